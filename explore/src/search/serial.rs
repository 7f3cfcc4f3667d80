//! The states in which a program can end if its threads run one after the other.
//!
//! A *serial* execution switches threads only where a thread ends, waits (or would give up waiting: both are tried), has
//! just started another thread, or has come back to a state in which it was before, as one that asks again and again does.
//! All of them are executed, by depth-first search that goes back from a state it has left before (fingerprints: two states
//! look equal with a chance of 2^-64). Cost: up to the factorial of the number of threads, less where orders lead to the
//! same state. What it can miss: nothing, or it says that there are too many.

use crate::machine::Machine;
use crate::machine::end_state::EndState;
use crate::machine::undo::Saved;
use gilsim_vm::value::ThreadId;
use std::collections::BTreeSet;

/// Steps in all.
const STEPS_MAX: usize = 1_000_000;

/// Steps of a thread without a switch, from which on it is looked whether it comes back to a state.
const STEPS_BEFORE_LOOKING: usize = 100;

/// There are too many serial executions, or they are too long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooMany;

/// The states in which serial executions end, but for those that end in a deadlock.
///
/// # Errors
/// If there are too many.
pub fn ends(machine: &mut Machine) -> Result<BTreeSet<EndState>, TooMany> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut nodes: Vec<(Saved, Vec<ThreadId>)> = Vec::new();
    let mut steps = 0;
    loop {
        if machine.ending.exit.is_some() {
            found.insert(machine.end_state());
        }
        let is_new = seen.insert(machine.state());
        let mut left: Vec<ThreadId> = if is_new { machine.enabled().collect() } else { Vec::new() };
        let chosen = loop {
            if let Some(chosen) = left.pop() {
                break chosen;
            }
            let Some((saved, others)) = nodes.pop() else { return Ok(found) };
            machine.restore(saved);
            left = others;
        };
        nodes.push((machine.save(chosen), left));
        steps += run(machine, chosen, STEPS_MAX - steps);
        if steps >= STEPS_MAX || machine.ending.cut.is_some() {
            nodes.drain(..).rev().for_each(|(saved, _)| machine.restore(saved));
            return Err(TooMany);
        }
    }
}

/// Lets a thread go on to where a serial execution may switch; the number of steps.
fn run(machine: &mut Machine, thread: ThreadId, steps_max: usize) -> usize {
    let mut seen = BTreeSet::new();
    for steps in 1..=steps_max {
        let threads = machine.threads().len();
        machine.step(thread);
        let waits = machine.is_over() || !machine.is_enabled(thread) || machine.would_give_up(thread);
        let mut is_back = || steps >= STEPS_BEFORE_LOOKING && !seen.insert(machine.state());
        if waits || machine.threads().len() > threads || is_back() {
            return steps;
        }
    }
    steps_max
}
