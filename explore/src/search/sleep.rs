//! Depth-first search with sleep sets.
//!
//! Godefroid: Partial-Order Methods for the Verification of Concurrent Systems (LNCS 1032, 1996), chapter 5. After a step
//! has been explored, its thread sleeps in the branches beside it until a step that conflicts is taken. What a step touches
//! is needed only after it was taken; so a step may be everything between two places where a thread can be switched, which
//! the reduction of [`super::dpor`] cannot deal with. Guarantee: one execution of every class. Cost: all states that differ
//! in what was done, and executions that are given up because everything sleeps. What it can miss: nothing.

use super::cycle::Lookout;
use super::dpor::{Counts, Verdict};
use crate::machine::operation::{Accesses, conflict};
use crate::machine::undo::Saved;
use crate::machine::{Cut, Machine};
use gilsim_vm::value::ThreadId;

/// Threads whose next step is explored elsewhere, and what it touches.
type Sleep = Vec<(ThreadId, Accesses)>;

/// Is told of executions: the machine at the end, the schedule if it is complete, the counts so far.
pub type Visitor<'a> = dyn FnMut(&Machine, Option<&[ThreadId]>, &Counts) -> Verdict + 'a;

struct Node {
    saved: Saved,
    chosen: ThreadId,
    accesses: Accesses,
    sleep: Sleep,
    /// Threads still to be tried; the last is next.
    left: Vec<ThreadId>,
}

/// Explores; `visit` is told of each complete execution with its schedule, and of each that is given up without. Whether
/// all were explored.
pub fn explore(machine: &mut Machine, steps_max: usize, visit: &mut Visitor<'_>) -> (bool, Counts) {
    let mut counts = Counts::default();
    let mut nodes: Vec<Node> = Vec::new();
    let mut sleep: Sleep = Vec::new();
    let mut lookout = Lookout::default();
    loop {
        if nodes.len() >= steps_max {
            machine.ending.cut = Some(Cut::Steps);
        } else if lookout.is_back(machine) {
            machine.ending.cut = Some(Cut::Cycle);
        }
        let mut left = machine.ready();
        let is_complete = left.is_empty();
        left.retain(|thread| sleep.iter().all(|(asleep, _)| asleep != thread));
        if left.is_empty() {
            counts.executions += u64::from(is_complete);
            counts.blocked += u64::from(!is_complete);
            let schedule: Vec<ThreadId> = nodes.iter().map(|node| node.chosen).collect();
            if visit(machine, is_complete.then_some(&schedule[..]), &counts) == Verdict::Stop {
                nodes.drain(..).rev().for_each(|node| machine.restore(node.saved));
                return (false, counts);
            }
        }
        // The thread that took the last step goes on first, so that the first executions have few preemptions.
        left.reverse();
        if let Some(at) = left.iter().position(|thread| Some(*thread) == nodes.last().map(|node| node.chosen)) {
            let last = left.remove(at);
            left.push(last);
        }
        while left.is_empty() {
            lookout = Lookout::default();
            let Some(node) = nodes.pop() else { return (true, counts) };
            machine.restore(node.saved);
            sleep = node.sleep;
            sleep.push((node.chosen, node.accesses));
            left = node.left;
        }
        let Some(chosen) = left.pop() else { continue };
        let saved = machine.save(chosen);
        let accesses = machine.step(chosen);
        counts.steps += 1;
        let awake = sleep.iter().filter(|(_, asleep)| !conflict(asleep, &accesses)).cloned().collect();
        let sleep = std::mem::replace(&mut sleep, awake);
        nodes.push(Node { saved, chosen, accesses, sleep, left });
    }
}
