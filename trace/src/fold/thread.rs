//! One thread in the fold: its state, since when, and its numbers.

use super::State;
use super::histogram::Histogram;
use super::sink::{StateSpan, WaitReason};
use super::summary::Others;
use gilsim_scheduler::event::{DropReason, Event, EventId, Position, ThreadEnd, ThreadId};

/// Numbers of a thread, or of several added up.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Numbers {
    /// Time in each state, by [`State::index`].
    pub state_ns: [u64; State::COUNT],
    /// Times it let go by itself (waiting, native code, end) and another thread took the GIL.
    pub switches_voluntary: u64,
    /// Times another thread took the GIL after it let go on request (2.7: after its ticks ran out).
    pub switches_forced: u64,
    /// Instructions executed, as far as the GIL's drops tell.
    pub instructions: u64,
    /// Waits for the GIL that took any time.
    pub gil_waits: Histogram,
    /// Times it blocked on a lock, a queue or another thread.
    pub blocks: u64,
    /// Time on a simulated core.
    pub cpu_ns: u64,
}

impl Numbers {
    /// Time in a state.
    pub fn time_ns(&self, state: State) -> u64 {
        self.state_ns[state.index()]
    }

    /// Switches away from the thread, voluntary and forced.
    pub fn switches(&self) -> u64 {
        self.switches_voluntary + self.switches_forced
    }

    pub(crate) fn add(&mut self, other: &Numbers) {
        for (mine, theirs) in self.state_ns.iter_mut().zip(other.state_ns) {
            *mine = mine.saturating_add(theirs);
        }
        self.switches_voluntary += other.switches_voluntary;
        self.switches_forced += other.switches_forced;
        self.instructions = self.instructions.saturating_add(other.instructions);
        self.gil_waits.merge(&other.gil_waits);
        self.blocks += other.blocks;
        self.cpu_ns = self.cpu_ns.saturating_add(other.cpu_ns);
    }
}

/// A thread while it is followed.
#[derive(Clone, Debug)]
pub(super) struct ThreadFold {
    pub id: ThreadId,
    pub interpreter: u32,
    pub holds_gil: bool,
    pub has_ended: bool,
    pub last_drop: Option<DropReason>,
    pub on_core_since_ns: Option<u64>,
    pub state: State,
    since_ns: u64,
    reason: Option<WaitReason>,
    at: Option<Box<Position>>,
    begun_by: Option<EventId>,
    /// What is told of it alone; `None` for a thread that is added to the others, of which there may be millions.
    pub own: Option<Box<Own>>,
}

/// What is told of a thread alone.
#[derive(Clone, Debug)]
pub(super) struct Own {
    pub name: Option<String>,
    pub daemon: bool,
    pub created_ns: u64,
    pub end: Option<ThreadEnd>,
    pub numbers: Numbers,
}

impl ThreadFold {
    /// A thread first heard of in `event`.
    pub fn new(id: ThreadId, event: &Event, is_told_alone: bool) -> ThreadFold {
        let own = || {
            let (created_ns, numbers) = (event.time_ns, Numbers::default());
            Box::new(Own { name: None, daemon: false, created_ns, end: None, numbers })
        };
        ThreadFold {
            id,
            interpreter: event.interpreter.0,
            holds_gil: false,
            has_ended: false,
            last_drop: None,
            on_core_since_ns: None,
            state: State::New,
            since_ns: event.time_ns,
            reason: None,
            at: None,
            begun_by: Some(event.id),
            own: is_told_alone.then(own),
        }
    }

    /// Where its numbers are counted.
    pub fn numbers<'a>(&'a mut self, others: &'a mut Others) -> &'a mut Numbers {
        self.own.as_mut().map_or(&mut others.numbers, |own| &mut own.numbers)
    }

    /// Goes to a state; gives the interval that this closes, if it took any time.
    pub fn enter(
        &mut self,
        state: State,
        reason: Option<WaitReason>,
        event: &Event,
        others: &mut Others,
    ) -> Option<StateSpan> {
        let span = self.close(event.time_ns, Some(event.id), others);
        self.state = state;
        self.since_ns = event.time_ns;
        self.reason = reason;
        self.at = event.at.clone().map(Box::new);
        self.begun_by = Some(event.id);
        span
    }

    /// Ends the current interval at `time_ns` and counts it.
    pub fn close(&mut self, time_ns: u64, ended_by: Option<EventId>, others: &mut Others) -> Option<StateSpan> {
        let length = time_ns.checked_sub(self.since_ns).filter(|length| *length > 0)?;
        let state = self.state;
        let numbers = self.numbers(others);
        numbers.state_ns[state.index()] = numbers.state_ns[state.index()].saturating_add(length);
        if state == State::WantsGil {
            numbers.gil_waits.add(length);
        }
        let span = StateSpan {
            thread: self.id,
            state,
            start_ns: self.since_ns,
            end_ns: time_ns,
            reason: self.reason,
            at: self.at.take().map(|at| *at),
            begun_by: self.begun_by,
            ended_by,
        };
        self.since_ns = time_ns;
        Some(span)
    }
}
