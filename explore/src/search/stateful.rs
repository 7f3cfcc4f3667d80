//! Every state, each once.
//!
//! Depth-first search that goes back from a state whose fingerprint was seen before (Holzmann: The Model Checker SPIN, IEEE
//! Transactions on Software Engineering 23, 1997: hash compaction). Guarantee: every way to end is seen, but for a chance
//! of 2^-64 for each pair of states; programs that come back to a state (that spin) are searched completely. Cost: a
//! number and the steps of each state, and a fingerprint for each step. It cannot count executions or classes, nor see
//! data races.

use super::dpor::Verdict;
use super::graph::Graph;
use crate::machine::undo::Saved;
use crate::machine::{Cut, Machine};
use gilsim_vm::value::ThreadId;
use std::collections::BTreeMap;

/// Is told of each state when it is seen for the first time, with its number.
pub type Visitor<'a> = dyn FnMut(&Machine, u32) -> Verdict + 'a;

/// A state on the way to the present one, the step that was taken there, and who is still to be tried.
struct Node {
    saved: Saved,
    state: u32,
    chosen: ThreadId,
    left: Vec<ThreadId>,
}

/// Goes through the states, up to so many steps from the first. Whether all were seen, and how they are connected.
pub fn explore(machine: &mut Machine, steps_max: usize, visit: &mut Visitor<'_>) -> (bool, Graph) {
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    let mut graph = Graph::default();
    let mut nodes: Vec<Node> = Vec::new();
    loop {
        let next = graph.states.len() as u32;
        let state = *seen.entry(machine.state()).or_insert(next);
        if let Some(node) = nodes.last() {
            graph.states[node.state as usize].push((node.chosen, state));
        }
        let mut left: Vec<ThreadId> = Vec::new();
        if state == next {
            graph.states.push(Vec::new());
            if nodes.len() >= steps_max {
                machine.ending.cut = Some(Cut::Steps);
            }
            left = machine.enabled().collect();
            left.reverse();
            if visit(machine, state) == Verdict::Stop {
                nodes.drain(..).rev().for_each(|node| machine.restore(node.saved));
                return (false, graph);
            }
        }
        let mut at = state;
        let chosen = loop {
            if let Some(chosen) = left.pop() {
                break chosen;
            }
            let Some(node) = nodes.pop() else { return (true, graph) };
            machine.restore(node.saved);
            (at, left) = (node.state, node.left);
        };
        let saved = machine.save(chosen);
        machine.step(chosen);
        nodes.push(Node { saved, state: at, chosen, left });
    }
}
