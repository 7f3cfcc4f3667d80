//! Wakeup trees: the beginnings of executions that are still to be explored from a state.
//!
//! From Abdulla, Aronis, Jonsson, Sagonas: Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction (Journal
//! of the ACM 64, 2017), section 6. A sequence of steps is put into a tree unless exploring a branch that is there will
//! also cover it; so no two branches lead to executions of the same class, and none is explored in vain.

use super::clock::Clock;
use super::history::{Candidate, Event, History};
use crate::machine::operation::{Accesses, conflict};
use gilsim_vm::value::ThreadId;
use smallvec::SmallVec;

/// A step that is to come before an earlier one.
#[derive(Clone, Copy, Debug)]
pub struct Coming<'a> {
    thread: ThreadId,
    accesses: &'a Accesses,
    base: &'a Clock,
}

impl<'a> From<&'a Event> for Coming<'a> {
    fn from(event: &'a Event) -> Coming<'a> {
        Coming { thread: event.thread, accesses: &event.accesses, base: &event.base }
    }
}

impl<'a> From<&'a Candidate> for Coming<'a> {
    fn from(candidate: &'a Candidate) -> Coming<'a> {
        Coming { thread: candidate.thread, accesses: &candidate.accesses, base: &candidate.base }
    }
}

/// A step in a sequence. What is looked at most is at hand.
#[derive(Clone, Copy, Debug)]
struct Item<'a> {
    thread: ThreadId,
    number: u32,
    event: &'a Event,
}

/// All that does not depend on a step, then one that does: the beginning of an execution in which it comes first.
#[derive(Clone, Debug)]
pub struct Sequence<'a> {
    events: SmallVec<[Item<'a>; 24]>,
    /// The last step, unless it was taken out.
    last: Option<Coming<'a>>,
    /// What happens before the last step.
    clock: Clock,
}

impl<'a> Sequence<'a> {
    /// That a step comes before an earlier one.
    pub fn new(history: &'a History, earlier: usize, coming: Coming<'a>) -> Sequence<'a> {
        let mut events = SmallVec::new();
        let mut clock = coming.base.clone();
        let first = &history.events[earlier];
        for event in &history.events[earlier + 1..] {
            if event.clock.of(first.thread) >= first.number {
                continue;
            }
            if conflict(&event.accesses, coming.accesses) {
                clock.join(&event.clock);
            }
            events.push(Item { thread: event.thread, number: event.number, event });
        }
        Sequence { events, last: Some(coming), clock }
    }

    /// The place of a thread's first step, if nothing has to come before that step.
    fn initial(&self, thread: ThreadId) -> Option<Result<usize, ()>> {
        let found = self.events.iter().position(|item| item.thread == thread);
        let (at, clock) = match (found, self.last) {
            (Some(at), _) => (at, &self.events[at].event.clock),
            (None, Some(last)) if last.thread == thread => (self.events.len(), &self.clock),
            (None, _) => return None,
        };
        let free = self.events[..at].iter().all(|item| clock.of(item.thread) < item.number);
        Some(if free { Ok(at) } else { Err(()) })
    }

    /// Whether an execution that begins with this thread's step can be of the same class as one that begins with the
    /// sequence (the thread is a weak initial of it).
    pub fn can_begin(&self, thread: ThreadId, accesses: &Accesses) -> bool {
        match self.initial(thread) {
            Some(first) => first.is_ok(),
            None => self.steps().all(|(_, other)| !conflict(other, accesses)),
        }
    }

    /// Takes out the first step of a thread with which it can begin, if it is in it.
    pub fn take_out(&mut self, thread: ThreadId) {
        match self.initial(thread) {
            Some(Ok(at)) if at == self.events.len() => self.last = None,
            Some(Ok(at)) => drop(self.events.remove(at)),
            Some(Err(())) | None => {}
        }
    }

    /// Its steps: who takes each, and what it touches.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = (ThreadId, &'a Accesses)> + '_ {
        let events = self.events.iter().map(|item| (item.thread, &item.event.accesses));
        events.chain(self.last.map(|last| (last.thread, last.accesses)))
    }
}

/// A branch of a wakeup tree.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Who takes the first step of it.
    pub thread: ThreadId,
    /// What that step touches.
    pub accesses: Accesses,
    /// How it goes on.
    pub branches: Vec<Branch>,
}

/// Puts a sequence into a tree.
pub fn insert(mut branches: &mut Vec<Branch>, sequence: &mut Sequence<'_>) {
    loop {
        let found = branches.iter().position(|branch| sequence.can_begin(branch.thread, &branch.accesses));
        let Some(at) = found else { break };
        sequence.take_out(branches[at].thread);
        branches = &mut branches[at].branches;
        if branches.is_empty() {
            return;
        }
    }
    let mut rest = Vec::new();
    for (thread, accesses) in sequence.steps().rev() {
        rest = vec![Branch { thread, accesses: accesses.clone(), branches: rest }];
    }
    branches.append(&mut rest);
}
