//! Optimal dynamic partial order reduction: one execution of every class.
//!
//! The algorithm is the one of Abdulla, Aronis, Jonsson and Sagonas (Journal of the ACM 64, 2017): source sets, wakeup
//! trees, sleep sets. After each complete execution every race in it is reversed by a sequence of steps that is put into
//! the wakeup tree of the state before the race, unless a thread asleep there covers it. A step that waits (for a lock,
//! a notification, an item) races with the last conflicting step before which it was possible; the next steps of threads
//! that are blocked at the end race too. Guarantee: every class is executed exactly once, provided that all executions
//! end; one that comes back to a state is cut there. Cost: quadratic in the length of an execution. What it can miss: nothing, within the step rules.

use super::cycle::Lookout;
use super::history::{Candidate, History, RacesWith};
use super::wakeup::{self, Branch, Coming, Sequence};
use crate::machine::operation::{Accesses, conflict};
use crate::machine::undo::Saved;
use crate::machine::{Cut, Machine};
use gilsim_vm::value::ThreadId;
use serde::{Deserialize, Serialize};
use std::cell::Cell;

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

impl Counts {
    /// These and those of another part of the search.
    pub fn and(self, other: Counts) -> Counts {
        Counts {
            executions: self.executions + other.executions,
            blocked: self.blocked + other.blocked,
            steps: self.steps + other.steps,
        }
    }
}

/// How far a search has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Covered {
    /// What was counted.
    pub counts: Counts,
    /// How many executions there will be in all, if that can be told ([`estimate`]).
    pub estimate: Option<u64>,
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

/// Executions between two estimates.
const BETWEEN_ESTIMATES: u64 = 1_000;

/// Where a search goes on.
#[derive(Default)]
pub(super) struct Next {
    /// Threads asleep.
    pub sleep: Sleep,
    /// What is planned.
    pub branches: Vec<Branch>,
    /// How many branches have been explored from the present state.
    pub explored: u32,
}

/// A search under way.
pub(super) struct Dpor<'a> {
    pub machine: &'a mut Machine,
    pub history: History,
    /// The steps to the present state, each with the state before it.
    nodes: Vec<(Saved, Frame)>,
    /// How many of these lead to where it explores all: what is planned before that is for somebody else.
    base: usize,
    pub counts: Counts,
    steps_max: usize,
    /// Where the newest estimate is kept for the visitor.
    estimate: &'a Cell<Option<u64>>,
}

impl Frame {
    /// A step of a thread, with nothing else to do.
    fn of(chosen: ThreadId) -> Frame {
        Frame { chosen, accesses: Accesses::new(), sleep: Sleep::new(), branches: Vec::new(), explored: 0 }
    }
}

/// Who is still asleep after a step.
pub(super) fn still_asleep(sleep: &Sleep, accesses: &Accesses) -> Sleep {
    sleep.iter().filter(|(_, asleep)| !conflict(asleep, accesses)).cloned().collect()
}

/// Is told of each complete execution.
pub type Visitor<'a> = dyn FnMut(&Machine, &History) -> Verdict + 'a;

/// The number of a state, and the beginning of an execution to be explored from there.
pub(super) type Plan<'a> = (usize, Sequence<'a>);

/// Is handed the plans of an execution that begin before the base of a search.
pub(super) type Planner<'a> = dyn FnMut(Vec<Plan<'_>>) + 'a;

/// Explores every class of executions; `visit` is told of each complete one. Whether all were explored, and the counts.
pub fn explore(machine: &mut Machine, steps_max: usize, visit: &mut Visitor<'_>) -> (bool, Counts) {
    let estimate = Cell::new(None);
    let (frames, counts) = resume(machine, steps_max, Vec::new(), Counts::default(), &estimate, visit);
    (frames.is_none(), counts)
}

/// Goes on after the execution that was the last before a stop, or begins where there are no frames. The frames to go on
/// from if it was stopped again, and the counts. An estimate of the whole is put down now and then.
pub fn resume(
    machine: &mut Machine,
    steps_max: usize,
    frames: Vec<Frame>,
    counts: Counts,
    estimate: &Cell<Option<u64>>,
    visit: &mut Visitor<'_>,
) -> (Option<Vec<Frame>>, Counts) {
    let mut search = Dpor { counts, ..Dpor::new(machine, steps_max, estimate) };
    let is_new = frames.is_empty() && counts == Counts::default();
    search.rebuild(frames);
    let start = if is_new { Some(Next::default()) } else { search.backtrack() };
    let frames = start.and_then(|start| search.run(start, visit));
    (frames, search.counts)
}

/// How many executions there will be in all, judged by how much of what is known at each state on the way has been
/// explored (Knuth: Estimating the Efficiency of Backtrack Programs, 1975). Mostly too few: more branches are found on the way.
pub fn estimate<'a>(frames: impl IntoIterator<Item = &'a Frame>, executions: u64) -> u64 {
    let (mut explored, mut share) = (0.0, 1.0);
    for frame in frames {
        share /= f64::from(frame.explored) + 1.0 + frame.branches.len() as f64;
        explored += share * f64::from(frame.explored);
    }
    (executions as f64 / (explored + share)).ceil() as u64
}

impl<'a> Dpor<'a> {
    /// At the state of the machine, before any step.
    pub fn new(machine: &'a mut Machine, steps_max: usize, estimate: &'a Cell<Option<u64>>) -> Dpor<'a> {
        let (history, counts) = (History::default(), Counts::default());
        Dpor { machine, history, nodes: Vec::new(), base: 0, counts, steps_max, estimate }
    }

    /// Takes the steps of the frames again.
    fn rebuild(&mut self, frames: Vec<Frame>) {
        for mut frame in frames {
            // What a step touches is kept as it was first known.
            let accesses = std::mem::take(&mut frame.accesses);
            self.take(frame);
            self.nodes.last_mut().expect("it was just pushed").1.accesses = accesses;
        }
    }

    /// Goes to the state that these threads' steps lead to, to explore all from there. False if one of them cannot be taken.
    pub fn go_to(&mut self, path: &[ThreadId]) -> bool {
        let common = self.nodes.iter().zip(path).take_while(|((_, frame), thread)| frame.chosen == **thread).count();
        while self.nodes.len() > common {
            self.step_back();
        }
        for thread in &path[common..] {
            if !self.can_take(*thread) {
                return false;
            }
            self.take(Frame::of(*thread));
        }
        self.base = path.len();
        true
    }

    /// Whether a planned step is possible.
    fn can_take(&self, thread: ThreadId) -> bool {
        (thread.0 as usize) < self.machine.threads().len() && self.machine.is_enabled(thread)
    }

    /// Takes the step of a frame.
    fn take(&mut self, mut frame: Frame) {
        let saved = self.machine.save(frame.chosen);
        self.history.push(self.machine, frame.chosen);
        frame.accesses = self.machine.step(frame.chosen);
        self.nodes.push((saved, frame));
    }

    /// Undoes the last step.
    fn step_back(&mut self) -> Option<Frame> {
        let (saved, frame) = self.nodes.pop()?;
        self.machine.restore(saved);
        self.history.pop();
        Some(frame)
    }

    /// Explores; the frames if it was stopped.
    fn run(&mut self, mut next: Next, visit: &mut Visitor<'_>) -> Option<Vec<Frame>> {
        loop {
            // Nothing is planned before the first state.
            if self.explore_from(next, visit, &mut |_| ()) == Verdict::Stop {
                return Some(self.unwind());
            }
            next = self.backtrack()?;
        }
    }

    /// Makes one execution, if it is not given up.
    pub fn explore_from(&mut self, next: Next, visit: &mut Visitor<'_>, before_base: &mut Planner<'_>) -> Verdict {
        if !self.extend(next) {
            self.counts.blocked += 1;
            return Verdict::GoOn;
        }
        self.counts.executions += 1;
        self.counts.steps += self.history.events.len() as u64;
        self.plan_reversals(before_base);
        if self.counts.executions.is_multiple_of(BETWEEN_ESTIMATES) {
            self.estimate.set(Some(estimate(self.nodes.iter().map(|(_, frame)| frame), self.counts.executions)));
        }
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
            let explored = std::mem::take(&mut explored);
            let accesses = Accesses::new();
            self.take(Frame { chosen, accesses, sleep, branches, explored });
            let (_, frame) = self.nodes.last().expect("it was just pushed");
            sleep = still_asleep(&frame.sleep, &frame.accesses);
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
            if self.can_take(first.thread) {
                return Some((first.thread, first.branches));
            }
            self.counts.blocked += 1;
        }
        let awake = |thread: &ThreadId| sleep.iter().all(|(asleep, _)| asleep != thread);
        let last = self.nodes.last().map(|(_, frame)| frame.chosen);
        // A daemon's sleep comes last: the program may end before it does.
        let others = self.machine.enabled().any(|thread| !self.machine.sleeps(thread));
        let goes_on = |thread: &ThreadId| awake(thread) && !(others && self.machine.sleeps(*thread));
        let last = last.filter(|thread| goes_on(thread) && self.machine.is_enabled(*thread));
        let chosen = last.or_else(|| self.machine.enabled().find(goes_on))?;
        Some((chosen, Vec::new()))
    }

    /// Returns to the last state from which something is left to explore.
    pub fn backtrack(&mut self) -> Option<Next> {
        while self.nodes.len() > self.base {
            let Frame { chosen, accesses, mut sleep, branches, explored } = self.step_back()?;
            if !branches.is_empty() {
                sleep.push((chosen, accesses));
                return Some(Next { sleep, branches, explored: explored + 1 });
            }
        }
        None
    }

    fn unwind(&mut self) -> Vec<Frame> {
        let mut frames: Vec<Frame> = std::iter::from_fn(|| self.step_back()).collect();
        frames.reverse();
        frames
    }

    /// Gives away what is left to explore at the first state from which something is, unless that is all there is: the
    /// steps from the base to that state and the next, which is the base from now on.
    pub fn give_away(&mut self) -> Option<Vec<Frame>> {
        let own = &mut self.nodes[self.base..];
        if own.iter().map(|(_, frame)| frame.branches.len()).sum::<usize>() < 2 {
            return None;
        }
        let first = own.iter().position(|(_, frame)| !frame.branches.is_empty())?;
        Some(self.give_away_to(self.base + first + 1))
    }

    /// Gives away all that is left to explore.
    pub fn give_away_all(&mut self) -> Vec<Frame> {
        self.give_away_to(self.nodes.len())
    }

    fn give_away_to(&mut self, end: usize) -> Vec<Frame> {
        let frames = self.nodes[self.base..end].iter_mut().map(|(_, frame)| {
            let branches = std::mem::take(&mut frame.branches);
            Frame { branches, ..frame.clone() }
        });
        let frames = frames.collect();
        self.base = end;
        frames
    }

    /// Plans an execution for the reversal of each race in the present one.
    fn plan_reversals(&mut self, before_base: &mut Planner<'_>) {
        let waiting = self.waiting();
        let mut not_own = Vec::new();
        for (earlier, coming) in races(&self.history, &waiting) {
            let mut sequence = Sequence::new(&self.history, earlier, coming);
            if earlier < self.base {
                not_own.push((earlier, sequence));
                continue;
            }
            let (_, Frame { sleep, branches, .. }) = &mut self.nodes[earlier];
            if !sleep.iter().any(|(asleep, accesses)| sequence.can_begin(*asleep, accesses)) {
                wakeup::insert(branches, &mut sequence);
            }
        }
        if !not_own.is_empty() {
            before_base(not_own);
        }
    }

    /// The next steps of threads that are blocked at the end of the execution.
    fn waiting(&self) -> Vec<Waiting> {
        if self.machine.is_over() {
            return Vec::new();
        }
        let threads = (0..).map(ThreadId).zip(self.machine.threads());
        let next = threads.filter_map(|(thread, state)| Some((thread, state.next.as_ref()?)));
        let look = |(thread, operation)| {
            let (candidate, _, races) = self.history.look(self.machine, thread, operation);
            (candidate, races)
        };
        next.map(look).collect()
    }
}

/// A step that cannot be taken, and the steps it races with.
type Waiting = (Candidate, RacesWith);

/// The races of an execution: the number of the earlier step, and the later one.
fn races<'a>(history: &'a History, waiting: &'a [Waiting]) -> impl Iterator<Item = (usize, Coming<'a>)> {
    let taken = history.events.iter().map(|event| (Coming::from(event), &event.races));
    let all = taken.chain(waiting.iter().map(|(candidate, races)| (Coming::from(candidate), races)));
    all.flat_map(|(coming, races)| races.iter().map(move |earlier| (*earlier as usize, coming)))
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
