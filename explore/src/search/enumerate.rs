//! Plain enumeration: every schedule, one after the other.
//!
//! The definition of what the other searches must find, for programs small enough. Guarantee: everything. Cost:
//! exponential in the number of steps.

use super::dpor::{Counts, Verdict};
use super::history::History;
use crate::machine::Machine;
use crate::machine::undo::Saved;
use gilsim_vm::value::ThreadId;

/// Explores every schedule of at most so many steps; `visit` is told of each complete execution.
pub fn enumerate(
    machine: &mut Machine,
    steps_max: usize,
    visit: &mut dyn FnMut(&Machine, &History) -> Verdict,
) -> (bool, Counts) {
    let mut counts = Counts::default();
    let mut history = History::default();
    let mut stack: Vec<(Saved, Vec<ThreadId>)> = Vec::new();
    loop {
        let mut enabled = machine.ready();
        if stack.len() >= steps_max {
            machine.ending.cut = Some(crate::machine::Cut::Steps);
            enabled.clear();
        }
        if enabled.is_empty() {
            counts.executions += 1;
            if visit(machine, &history) == Verdict::Stop {
                while let Some((saved, _)) = stack.pop() {
                    machine.restore(saved);
                }
                return (false, counts);
            }
        }
        // The next untried choice, here or further up.
        enabled.reverse();
        let (chosen, left) = loop {
            if let Some(chosen) = enabled.pop() {
                break (chosen, enabled);
            }
            let Some((saved, left)) = stack.pop() else { return (true, counts) };
            machine.restore(saved);
            history.pop();
            enabled = left;
        };
        let saved = machine.save(chosen);
        history.push(machine, chosen);
        machine.step(chosen);
        counts.steps += 1;
        stack.push((saved, left));
    }
}
