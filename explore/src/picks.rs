//! Schedules for property tests: who goes on, as small numbers that can be generated and made simpler.
//!
//! At each choice among several threads the next number says who goes on: 0 the one that took the last step (or the first,
//! if it cannot), 1 the next one in order, and so on around. When the numbers are used up they are 0. So a shorter list
//! with smaller numbers has fewer switches. Property tests make them of switches, of which they take away one after the
//! other while the schedule still fails; what is left need not be the schedule with the fewest. Every access to an object
//! is a step. With the feature `proptest`, `schedules` is a strategy of the crate of that name.
//!
//! ```
//! use gilsim_explore::explore::failure_of;
//! use gilsim_explore::machine::Machine;
//! use gilsim_explore::picks::Picks;
//! use gilsim_scheduler::profile::Profile;
//! use proptest::prelude::*;
//! use proptest::test_runner::{Config, TestError, TestRunner};
//!
//! let program = "
//! import threading
//! class S: x = 0
//! def add(): S.x += 1
//! threads = [threading.Thread(target=add) for _ in range(2)]
//! for t in threads: t.start()
//! for t in threads: t.join()
//! assert S.x == 2
//! ";
//! let origin = Machine::of_text("add.py", program, Profile::default().code_rules()).expect("it compiles");
//! assert_eq!(failure_of(&Picks(vec![]).run(&origin, 1_000).machine), None);
//!
//! let switches = proptest::collection::vec((0..20_usize, 1..3_u8), 0..=20);
//! let schedules = switches.prop_map(Picks::of_switches); // that is picks::schedules(20, 3)
//! let mut runner = TestRunner::new_with_rng(Config::default(), proptest::test_runner::TestRng::deterministic_rng(
//!     proptest::test_runner::RngAlgorithm::ChaCha,
//! ));
//! let failed = runner.run(&schedules, |picks| {
//!     prop_assert_eq!(failure_of(&picks.run(&origin, 1_000).machine), None);
//!     Ok(())
//! });
//! let Err(TestError::Fail(_, simplest)) = failed else { panic!("an update can get lost") };
//! assert!(simplest.0.iter().filter(|pick| **pick > 0).count() <= 3, "a few switches are left: {simplest:?}");
//! assert!(failure_of(&simplest.run(&origin, 1_000).machine).is_some());
//! ```

use crate::machine::{Cut, Machine, Points};
use crate::schedule::replay::finest;
use gilsim_vm::value::ThreadId;

/// Who goes on at each choice.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Picks(pub Vec<u8>);

/// An execution by picks.
#[derive(Debug)]
pub struct Run {
    /// The machine at its end.
    pub machine: Machine,
    /// Who took the steps.
    pub schedule: Vec<ThreadId>,
}

impl Picks {
    /// The picks that are 0 but at these choices; of two switches at one choice the last counts.
    pub fn of_switches(switches: Vec<(usize, u8)>) -> Picks {
        let mut picks = Vec::new();
        for (at, pick) in switches {
            picks.resize(picks.len().max(at + 1), 0);
            picks[at] = pick;
        }
        Picks(picks)
    }

    /// Executes a program from where it starts its first thread, with at most so many steps.
    pub fn run(&self, origin: &Machine, steps_max: usize) -> Run {
        let mut machine = finest(origin, Points::Shared, origin.timeouts());
        let mut schedule: Vec<ThreadId> = Vec::new();
        let mut picks = self.0.iter();
        loop {
            let candidates: Vec<ThreadId> = machine.enabled().collect();
            let last = schedule.last().and_then(|last| candidates.iter().position(|thread| thread == last));
            let thread = match candidates[..] {
                [] => break,
                [only] => only,
                _ => {
                    let pick = picks.next().map_or(0, |pick| usize::from(*pick));
                    candidates[(last.unwrap_or(0) + pick) % candidates.len()]
                }
            };
            if schedule.len() >= steps_max {
                machine.ending.cut = Some(Cut::Steps);
                break;
            }
            machine.step(thread);
            schedule.push(thread);
        }
        Run { machine, schedule }
    }
}

/// Schedules with at most so many picks, among so many threads at most. They get simpler as failing ones are shrunk: fewer
/// picks, and fewer switches among them.
#[cfg(feature = "proptest")]
pub fn schedules(picks_max: usize, threads_max: u8) -> impl proptest::strategy::Strategy<Value = Picks> {
    use proptest::strategy::Strategy;
    let switches = proptest::collection::vec((0..picks_max.max(1), 1..threads_max.max(2)), 0..=picks_max);
    switches.prop_map(Picks::of_switches)
}
