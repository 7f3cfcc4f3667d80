//! What must hold in every state of a program, between any two steps of its threads.
//!
//! Every access to an object, known to be shared or not, is a step here, so a state is what an observer thread could see.
//! The states are gone through once each ([`crate::search::stateful`]); of those that violate the invariant the one is told
//! that is reached with the fewest preemptions, and of these the fewest steps. Cost: all states. What it can miss: two
//! states look equal with a chance of 2^-64; nothing else.
//!
//! ```
//! use gilsim_explore::invariant::{Answer, always};
//! use gilsim_explore::machine::Machine;
//! use gilsim_scheduler::profile::Profile;
//! use gilsim_vm::value::Value;
//!
//! let program = "
//! import threading
//! left, right = 10, 0
//! lock = threading.Lock()
//! def move(n):
//!     global left, right
//!     with lock:
//!         left -= n
//!         right += n
//! threads = [threading.Thread(target=move, args=(n,)) for n in (1, 2)]
//! for t in threads: t.start()
//! for t in threads: t.join()
//! ";
//! let origin = Machine::of_text("move.py", program, Profile::default().code_rules()).expect("it compiles");
//! let number = |machine: &Machine, name| match machine.global(name) {
//!     Some(Value::Int(number)) => number,
//!     _ => 0,
//! };
//! // Nothing is ever made out of nothing.
//! let less = always(&origin, 10_000, &mut |state| {
//!     let sum = number(state, "left") + number(state, "right");
//!     if sum <= 10 { Ok(()) } else { Err(format!("the sum is {sum}")) }
//! });
//! assert!(matches!(less, Answer::Holds { .. }));
//! // But the sum is not always the same: an observer without the lock would see it in between.
//! let Answer::Violated(violation) = always(&origin, 10_000, &mut |state| {
//!     let sum = number(state, "left") + number(state, "right");
//!     if sum == 10 { Ok(()) } else { Err(format!("the sum is {sum}")) }
//! }) else { panic!("it does not hold") };
//! assert_eq!((violation.what.as_str(), violation.preemptions), ("the sum is 9", 0));
//! // Only at the end.
//! let at_end = always(&origin, 10_000, &mut |state| match state.is_over() && number(state, "right") != 3 {
//!     true => Err("something got lost".to_owned()),
//!     false => Ok(()),
//! });
//! assert!(matches!(at_end, Answer::Holds { .. }));
//! ```

use crate::machine::{Machine, Points};
use crate::schedule::replay::finest;
use crate::search::dpor::Verdict;
use crate::search::stateful;
use crate::story::{Story, Teller};
use gilsim_vm::value::ThreadId;
use std::collections::{BTreeMap, BTreeSet};

/// Whether an invariant holds.
#[derive(Clone, PartialEq, Debug)]
pub enum Answer {
    /// In every state.
    Holds {
        /// How many there are.
        states: usize,
    },
    /// Not in this one.
    Violated(Violation),
    /// In all that were seen, but an execution was cut.
    Unfinished,
}

/// A state in which an invariant does not hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Violation {
    /// What the invariant says.
    pub what: String,
    /// Who takes the steps that lead there.
    pub schedule: Vec<ThreadId>,
    /// Switches away from a thread that could have gone on.
    pub preemptions: u32,
    /// The steps, told.
    pub story: Story,
}

/// Asks the invariant in every state, from where the first thread has been started, at most so many steps deep.
pub fn always(origin: &Machine, steps_max: usize, invariant: &mut dyn FnMut(&Machine) -> Result<(), String>) -> Answer {
    let mut machine = finest(origin, Points::Shared, origin.timeouts());
    let mut violated: BTreeMap<u32, String> = BTreeMap::new();
    let mut is_cut = false;
    let (_, graph) = stateful::explore(&mut machine, steps_max, &mut |machine, state| {
        is_cut |= machine.ending.cut.is_some();
        if let Err(what) = invariant(machine) {
            violated.insert(state, what);
        }
        Verdict::GoOn
    });
    let states: BTreeSet<u32> = violated.keys().copied().collect();
    match graph.easiest(&states) {
        Some((schedule, preemptions, state)) => {
            let story = told(origin, &schedule);
            Answer::Violated(Violation {
                what: violated.remove(&state).unwrap_or_default(),
                schedule,
                preemptions,
                story,
            })
        }
        None if is_cut => Answer::Unfinished,
        None => Answer::Holds { states: graph.states.len() },
    }
}

/// The story of the beginning of an execution.
fn told(origin: &Machine, schedule: &[ThreadId]) -> Story {
    let mut machine = finest(origin, Points::Shared, origin.timeouts());
    let mut teller = Teller::default();
    schedule.iter().for_each(|thread| teller.step(&mut machine, *thread));
    teller.finish(&machine)
}
