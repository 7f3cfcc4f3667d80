//! Every state, each once.
//!
//! Depth-first search that goes back from a state whose fingerprint was seen before (Holzmann: The Model Checker SPIN, IEEE
//! Transactions on Software Engineering 23, 1997: hash compaction). Guarantee: every way to end is seen, but for a chance
//! of 2^-64 for each pair of states; programs that come back to a state (that spin) are searched completely. Cost: a
//! number for each state, and a fingerprint for each step. It cannot count executions or classes, nor see data races.

use super::dpor::Verdict;
use crate::machine::undo::Saved;
use crate::machine::{Cut, Machine};
use gilsim_vm::value::ThreadId;
use std::collections::BTreeSet;

/// What was gone through.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct States {
    /// States.
    pub states: u64,
    /// Steps from one to another.
    pub steps: u64,
}

/// Is told of each last state, with a schedule that leads there.
pub type Visitor<'a> = dyn FnMut(&Machine, &[ThreadId]) -> Verdict + 'a;

/// Goes through the states; `visit` is told of each in which no thread can go on. Whether all were seen.
pub fn explore(machine: &mut Machine, steps_max: usize, visit: &mut Visitor<'_>) -> (bool, States) {
    let mut seen = BTreeSet::new();
    let mut counts = States::default();
    let mut nodes: Vec<(Saved, Vec<ThreadId>)> = Vec::new();
    let mut schedule: Vec<ThreadId> = Vec::new();
    loop {
        let mut left: Vec<ThreadId> = Vec::new();
        if seen.insert(machine.state()) {
            counts.states += 1;
            if nodes.len() >= steps_max {
                machine.ending.cut = Some(Cut::Steps);
            }
            left = machine.enabled().collect();
            left.reverse();
            if left.is_empty() && visit(machine, &schedule) == Verdict::Stop {
                nodes.drain(..).rev().for_each(|(saved, _)| machine.restore(saved));
                return (false, counts);
            }
        }
        let chosen = loop {
            if let Some(chosen) = left.pop() {
                break chosen;
            }
            let Some((saved, others)) = nodes.pop() else { return (true, counts) };
            schedule.pop();
            machine.restore(saved);
            left = others;
        };
        let saved = machine.save(chosen);
        machine.step(chosen);
        counts.steps += 1;
        schedule.push(chosen);
        nodes.push((saved, left));
    }
}
