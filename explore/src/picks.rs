//! Schedules for property tests: who goes on, as small numbers that can be generated and made simpler.
//!
//! At each choice among several threads the next number says who goes on: 0 the one that took the last step (or the first,
//! if it cannot), 1 the next one in order, and so on around. When the numbers are used up they are 0. So a shorter list
//! with smaller numbers has fewer switches, which is what a property test makes of a failing one. Every access to an object
//! is a step. With the feature `proptest`, [`schedules`] is a strategy of the crate of that name.
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
//! let schedules = proptest::collection::vec(0..3_u8, 0..20).prop_map(Picks); // or picks::schedules(20, 3)
//! let mut runner = TestRunner::new_with_rng(Config::default(), proptest::test_runner::TestRng::deterministic_rng(
//!     proptest::test_runner::RngAlgorithm::ChaCha,
//! ));
//! let failed = runner.run(&schedules, |picks| {
//!     prop_assert_eq!(failure_of(&picks.run(&origin, 1_000).machine), None);
//!     Ok(())
//! });
//! let Err(TestError::Fail(_, simplest)) = failed else { panic!("an update can get lost") };
//! assert_eq!(simplest.0.iter().filter(|pick| **pick > 0).count(), 1, "one switch is enough: {simplest:?}");
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
    /// Executes a program from where it starts its first thread, with at most so many steps.
    pub fn run(&self, origin: &Machine, steps_max: usize) -> Run {
        let mut machine = finest(origin, Points::Shared);
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
    proptest::collection::vec(0..threads_max.max(1), 0..=picks_max).prop_map(Picks)
}
