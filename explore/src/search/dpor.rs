//! Optimal dynamic partial order reduction: one execution of every class.
//!
//! The algorithm is the one of Abdulla, Aronis, Jonsson and Sagonas (Journal of the ACM 64, 2017): source sets, wakeup
//! trees, sleep sets. After each complete execution every race in it is reversed by a sequence of steps that is put into
//! the wakeup tree of the state before the race, unless a thread asleep there covers it. A step that waits (for a lock,
//! a notification, an item) races with the last conflicting step before which it was possible; the next steps of threads
//! that are blocked at the end race too. Guarantee: every class is executed exactly once, provided that all executions
//! end; one that comes back to a state is cut there. Cost: quadratic in the length of an execution. What it can miss: nothing, within the step rules.

use super::clock::Clock;
use super::cycle::Lookout;
use super::history::{Candidate, Event, History};
use super::wakeup::{self, Branch, Item};
use crate::machine::operation::{Accesses, conflict};
use crate::machine::undo::Saved;
use crate::machine::{Cut, Machine};
use gilsim_vm::value::ThreadId;
use serde::{Deserialize, Serialize};

/// Counts of a search.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Complete executions.
    pub executions: u64,
    /// Executions given up because all that could go on was covered elsewhere, or a planned step was not possible.
    pub blocked: u64,
    /// Steps of the complete executions.
    pub steps: u64,
}

/// What a visitor wants after an execution.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The next one.
    GoOn,
    /// No more.
    Stop,
}

/// Threads whose next step is, or has been, explored elsewhere, and what that step touches.
pub type Sleep = Vec<(ThreadId, Accesses)>;

/// A state on the way to where a search was stopped, as data: enough to go on from there.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Who took the step.
    pub chosen: ThreadId,
    /// What it touched.
    pub accesses: Accesses,
    /// Threads asleep before it.
    pub sleep: Sleep,
    /// What is still to be explored from there.
    pub branches: Vec<Branch>,
    /// How many branches have been explored from there.
    pub explored: u32,
}

/// A state on the way to the present one, and the step that was taken there.
struct Node {
    saved: Saved,
    chosen: ThreadId,
    accesses: Accesses,
    /// Threads whose next step has been, or is being, explored elsewhere.
    sleep: Sleep,
    /// What is still to be explored.
    branches: Vec<Branch>,
    /// How many branches have been explored.
    explored: u32,
}

/// Where a search goes on.
struct Next {
    /// Threads asleep.
    pub sleep: Sleep,
    /// What is planned.
    pub branches: Vec<Branch>,
    /// How many branches have been explored from the present state.
    pub explored: u32,
}

/// A search under way.
struct Dpor<'a> {
    machine: &'a mut Machine,
    history: History,
    nodes: Vec<Node>,
    counts: Counts,
    steps_max: usize,
}

/// Is told of each complete execution.
pub type Visitor<'a> = dyn FnMut(&Machine, &History) -> Verdict + 'a;

/// Explores every class of executions; `visit` is told of each complete one. Whether all were explored, and the counts.
pub fn explore(machine: &mut Machine, steps_max: usize, visit: &mut Visitor<'_>) -> (bool, Counts) {
    let (frames, counts) = resume(machine, steps_max, Vec::new(), Counts::default(), visit);
    (frames.is_none(), counts)
}

/// Goes on after the execution that was the last before a stop, or begins where there are no frames. The frames to go on
/// from if it was stopped again, and the counts.
pub fn resume(
    machine: &mut Machine,
    steps_max: usize,
    frames: Vec<Frame>,
    counts: Counts,
    visit: &mut Visitor<'_>,
) -> (Option<Vec<Frame>>, Counts) {
    let mut search = Dpor { machine, history: History::default(), nodes: Vec::new(), counts, steps_max };
    let is_new = frames.is_empty() && counts == Counts::default();
    search.rebuild(frames);
    let start = if is_new { Some(Next::start()) } else { search.backtrack() };
    let frames = start.and_then(|start| search.run(start, visit));
    (frames, search.counts)
}

/// How many executions there will be in all, judged by how much of what is known at each state on the way has been
/// explored (Knuth: Estimating the Efficiency of Backtrack Programs, 1975). Mostly too few: more branches are found on the way.
pub fn estimate(frames: &[Frame], executions: u64) -> u64 {
    let (mut explored, mut share) = (0.0, 1.0);
    for frame in frames {
        share /= f64::from(frame.explored) + 1.0 + frame.branches.len() as f64;
        explored += share * f64::from(frame.explored);
    }
    (executions as f64 / (explored + share)).ceil() as u64
}

impl Next {
    /// At the first state.
    fn start() -> Next {
        Next { sleep: Vec::new(), branches: Vec::new(), explored: 0 }
    }
}

impl Dpor<'_> {
    /// Takes the steps of the frames again.
    fn rebuild(&mut self, frames: Vec<Frame>) {
        for Frame { chosen, accesses, sleep, branches, explored } in frames {
            let saved = self.take(chosen);
            self.machine.step(chosen);
            self.nodes.push(Node { saved, chosen, accesses, sleep, branches, explored });
        }
    }

    /// Notes the step that a thread is about to take.
    fn take(&mut self, chosen: ThreadId) -> Saved {
        let saved = self.machine.save(chosen);
        self.history.push(self.machine, chosen);
        saved
    }

    /// Explores; the frames if it was stopped.
    fn run(&mut self, mut next: Next, visit: &mut Visitor<'_>) -> Option<Vec<Frame>> {
        loop {
            if self.explore_from(next, visit) == Verdict::Stop {
                return Some(self.unwind());
            }
            next = self.backtrack()?;
        }
    }

    /// Makes one execution, if it is not given up.
    fn explore_from(&mut self, next: Next, visit: &mut Visitor<'_>) -> Verdict {
        if !self.extend(next) {
            self.counts.blocked += 1;
            return Verdict::GoOn;
        }
        self.counts.executions += 1;
        self.counts.steps += self.history.events.len() as u64;
        self.plan_reversals();
        visit(self.machine, &self.history)
    }

    /// Takes steps until the execution is complete (true) or everything that could go on is asleep (false).
    fn extend(&mut self, next: Next) -> bool {
        let Next { mut sleep, mut branches, mut explored } = next;
        let mut lookout = Lookout::default();
        loop {
            if self.machine.is_over() || self.machine.enabled().next().is_none() {
                return true;
            }
            if self.nodes.len() >= self.steps_max {
                self.machine.ending.cut = Some(Cut::Steps);
                return true;
            }
            if lookout.is_back(self.machine) {
                self.machine.ending.cut = Some(Cut::Cycle);
                return true;
            }
            let Some((chosen, rest)) = self.choose(&sleep, &mut branches) else { return false };
            let saved = self.take(chosen);
            let accesses = self.machine.step(chosen);
            let left = sleep.iter().filter(|(_, asleep)| !conflict(asleep, &accesses)).cloned().collect();
            let sleep = std::mem::replace(&mut sleep, left);
            let explored = std::mem::take(&mut explored);
            self.nodes.push(Node { saved, chosen, accesses, sleep, branches, explored });
            branches = rest;
        }
    }

    /// The next thread, and how the plan goes on after its step; what remains of the plan stays in `branches`.
    fn choose(
        &mut self,
        sleep: &[(ThreadId, Accesses)],
        branches: &mut Vec<Branch>,
    ) -> Option<(ThreadId, Vec<Branch>)> {
        while !branches.is_empty() {
            let first = branches.remove(0);
            if (first.thread.0 as usize) < self.machine.threads().len() && self.machine.is_enabled(first.thread) {
                return Some((first.thread, first.branches));
            }
            self.counts.blocked += 1;
        }
        let awake = |thread: &ThreadId| sleep.iter().all(|(asleep, _)| asleep != thread);
        let last = self.nodes.last().map(|node| node.chosen);
        // A daemon's sleep comes last: the program may end before it does.
        let others = self.machine.enabled().any(|thread| !self.machine.sleeps(thread));
        let goes_on = |thread: &ThreadId| awake(thread) && !(others && self.machine.sleeps(*thread));
        let last = last.filter(|thread| goes_on(thread) && self.machine.is_enabled(*thread));
        let chosen = last.or_else(|| self.machine.enabled().find(goes_on))?;
        Some((chosen, Vec::new()))
    }

    /// Returns to the last state from which something is left to explore.
    fn backtrack(&mut self) -> Option<Next> {
        while let Some(Node { saved, chosen, accesses, mut sleep, branches, explored }) = self.nodes.pop() {
            self.machine.restore(saved);
            self.history.pop();
            if !branches.is_empty() {
                sleep.push((chosen, accesses));
                return Some(Next { sleep, branches, explored: explored + 1 });
            }
        }
        None
    }

    fn unwind(&mut self) -> Vec<Frame> {
        let mut frames = Vec::with_capacity(self.nodes.len());
        while let Some(Node { saved, chosen, accesses, sleep, branches, explored }) = self.nodes.pop() {
            self.machine.restore(saved);
            self.history.pop();
            frames.push(Frame { chosen, accesses, sleep, branches, explored });
        }
        frames.reverse();
        frames
    }

    /// Plans an execution for the reversal of each race in the present one.
    fn plan_reversals(&mut self) {
        let Dpor { machine, history, nodes, .. } = self;
        for event in &history.events {
            let candidate =
                Coming { thread: event.thread, number: event.number, accesses: &event.accesses, base: &event.base };
            for earlier in &event.races {
                plan(history, nodes, *earlier as usize, candidate);
            }
        }
        if machine.is_over() {
            return;
        }
        for (thread, state) in machine.threads().iter().enumerate() {
            let Some(operation) = &state.next else { continue };
            let (candidate, _, races) = history.look(machine, ThreadId(thread as u32), operation);
            let Candidate { thread, number, accesses, base } = &candidate;
            for earlier in races {
                plan(history, nodes, earlier as usize, Coming { thread: *thread, number: *number, accesses, base });
            }
        }
    }
}

/// A step that is to come before an earlier one.
#[derive(Clone, Copy)]
struct Coming<'a> {
    thread: ThreadId,
    number: u32,
    accesses: &'a Accesses,
    base: &'a Clock,
}

/// Plans that a step comes before an earlier one: all that does not depend on the earlier one first, then the step.
fn plan(history: &History, nodes: &mut [Node], earlier: usize, coming: Coming<'_>) {
    let mut sequence: Vec<Item<'_>> = Vec::with_capacity(history.events.len() - earlier);
    let mut clock = coming.base.clone();
    for (at, event) in history.events.iter().enumerate().skip(earlier + 1) {
        if history.precedes(earlier, at) {
            continue;
        }
        if conflict(&event.accesses, coming.accesses) {
            clock.join(&event.clock);
        }
        let Event { thread, number, accesses, clock, .. } = event;
        sequence.push(Item { thread: *thread, number: *number, accesses, clock });
    }
    clock.set(coming.thread, coming.number);
    sequence.push(Item { thread: coming.thread, number: coming.number, accesses: coming.accesses, clock: &clock });
    let Node { sleep, branches, .. } = &mut nodes[earlier];
    let covered = sleep.iter().any(|(asleep, accesses)| wakeup::can_begin(&sequence, *asleep, accesses));
    if !covered {
        wakeup::insert(branches, &mut sequence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_counts_what_is_left_as_large_as_what_was_done() {
        let branch = || Branch { thread: ThreadId(1), accesses: Accesses::new(), branches: Vec::new() };
        let frame = |explored: u32, left: usize| Frame {
            chosen: ThreadId(0),
            accesses: Accesses::new(),
            sleep: Vec::new(),
            branches: (0..left).map(|_| branch()).collect(),
            explored,
        };
        assert_eq!(estimate(&[frame(0, 0), frame(0, 0)], 1), 1, "nothing is left");
        assert_eq!(estimate(&[frame(0, 1), frame(0, 0)], 100), 200, "one of two branches");
        assert_eq!(estimate(&[frame(1, 1), frame(0, 0)], 100), 150, "two of three");
        assert_eq!(estimate(&[frame(0, 1), frame(0, 1)], 100), 400, "a half of a half");
    }
}
