//! Every schedule with at most so many preemptions.
//!
//! Musuvathi, Qadeer: Iterative Context Bounding for Systematic Testing of Multithreaded Programs (PLDI 2007). A
//! preemption is a switch away from a thread that could have gone on. Guarantee: all schedules within the bound. Cost:
//! polynomial in the number of steps for a fixed bound. Misses whatever needs more preemptions.

use super::cycle::Lookout;
use super::dpor::Verdict;
use crate::machine::undo::Saved;
use crate::machine::{Cut, Machine};
use gilsim_vm::value::ThreadId;

/// A thread to try, and the preemptions spent once it has been.
#[derive(Clone, Copy)]
struct Choice {
    thread: ThreadId,
    used: u32,
}

/// Explores; `visit` is told of each complete execution and its schedule. Whether all were explored.
pub fn explore(
    machine: &mut Machine,
    bound: u32,
    steps_max: usize,
    visit: &mut dyn FnMut(&Machine, &[ThreadId]) -> Verdict,
) -> bool {
    let mut nodes: Vec<(Saved, Vec<Choice>)> = Vec::new();
    let mut schedule: Vec<ThreadId> = Vec::new();
    let mut used = 0;
    let mut lookout = Lookout::default();
    loop {
        let mut left = choices(machine, schedule.last().copied(), used, bound);
        if nodes.len() >= steps_max || lookout.is_back(machine) {
            machine.ending.cut = Some(Cut::Steps);
            left.clear();
        }
        if left.is_empty() && visit(machine, &schedule) == Verdict::Stop {
            while let Some((saved, _)) = nodes.pop() {
                machine.restore(saved);
            }
            return false;
        }
        let chosen = loop {
            if let Some(chosen) = left.pop() {
                break chosen;
            }
            lookout = Lookout::default();
            let Some((saved, others)) = nodes.pop() else { return true };
            schedule.pop();
            machine.restore(saved);
            left = others;
        };
        let saved = machine.save(chosen.thread);
        machine.step(chosen.thread);
        schedule.push(chosen.thread);
        used = chosen.used;
        nodes.push((saved, left));
    }
}

/// What can be done next within the bound; the last is tried first.
fn choices(machine: &Machine, last: Option<ThreadId>, used: u32, bound: u32) -> Vec<Choice> {
    let enabled = machine.ready();
    let going_on = last.filter(|last| enabled.contains(last));
    let cost = u32::from(going_on.is_some());
    let others = enabled.iter().rev().filter(|thread| Some(**thread) != going_on && used + cost <= bound);
    let mut choices: Vec<Choice> = others.map(|thread| Choice { thread: *thread, used: used + cost }).collect();
    choices.extend(going_on.map(|thread| Choice { thread, used }));
    choices
}
