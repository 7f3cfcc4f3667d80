//! What the fold gives out: closed intervals, handed to a sink as soon as they are known.

use super::State;
use gilsim_scheduler::event::{BlockReason, DropReason, EventId, Position, ThreadId};

/// What a thread waits for. Objects are the fold's own numbers, in order of first use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitReason {
    /// A lock.
    Lock {
        /// Object number, if this object is followed.
        object: Option<u32>,
        /// Who held it when the wait began.
        owner: Option<ThreadId>,
    },
    /// An item of a queue.
    Queue {
        /// Object number, if this object is followed.
        object: Option<u32>,
    },
    /// The end of a thread.
    Join {
        /// The thread.
        target: ThreadId,
    },
    /// The end of all other threads.
    JoinAll,
    /// Time to pass.
    Sleep,
    /// Input or output.
    Io {
        /// What it does.
        operation: &'static str,
    },
    /// Native code to end.
    Native,
}

impl WaitReason {
    /// From the event's reason, with the object's number.
    pub(super) fn new(reason: &BlockReason, object: Option<u32>) -> WaitReason {
        match reason {
            BlockReason::Lock { owner, .. } => WaitReason::Lock { object, owner: *owner },
            BlockReason::Queue { .. } => WaitReason::Queue { object },
            BlockReason::Join { target } => WaitReason::Join { target: *target },
            BlockReason::JoinAll => WaitReason::JoinAll,
            BlockReason::Sleep => WaitReason::Sleep,
            BlockReason::Io { operation } => WaitReason::Io { operation },
            BlockReason::Native => WaitReason::Native,
        }
    }

    /// The state of a thread that waits for this.
    pub fn state(self) -> State {
        match self {
            WaitReason::Lock { .. } | WaitReason::Queue { .. } | WaitReason::Join { .. } | WaitReason::JoinAll => {
                State::Blocked
            }
            WaitReason::Sleep | WaitReason::Io { .. } => State::Sleeping,
            WaitReason::Native => State::Native,
        }
    }
}

/// A thread was in one state from `start_ns` to `end_ns`.
#[derive(Clone, PartialEq, Debug)]
pub struct StateSpan {
    /// The thread.
    pub thread: ThreadId,
    /// The state.
    pub state: State,
    /// Beginning, virtual time.
    pub start_ns: u64,
    /// End, virtual time; later than the beginning.
    pub end_ns: u64,
    /// What it waited for.
    pub reason: Option<WaitReason>,
    /// Where in the program the state began.
    pub at: Option<Position>,
    /// The event that began it.
    pub begun_by: Option<EventId>,
    /// The event that ended it, `None` at the end of the run.
    pub ended_by: Option<EventId>,
}

/// A thread held the GIL.
#[derive(Clone, PartialEq, Debug)]
pub struct GilSpan {
    /// Interpreter number.
    pub interpreter: u32,
    /// The holder.
    pub thread: ThreadId,
    /// Taken at, virtual time.
    pub start_ns: u64,
    /// Dropped at, virtual time.
    pub end_ns: u64,
    /// How long the holder had waited for it.
    pub waited_ns: u64,
    /// Switches so far, as the GIL counts them.
    pub switch_number: u64,
    /// The take.
    pub take: EventId,
    /// The event that ended it, a drop in every valid run; `None` at the end of the run.
    pub drop: Option<EventId>,
    /// Why it was dropped.
    pub reason: Option<DropReason>,
    /// Instructions executed meanwhile.
    pub instructions: u64,
}

/// A thread held a lock.
#[derive(Clone, PartialEq, Debug)]
pub struct LockSpan {
    /// Object number.
    pub object: u32,
    /// The holder.
    pub thread: ThreadId,
    /// Acquired at, virtual time.
    pub start_ns: u64,
    /// Released at, virtual time.
    pub end_ns: u64,
    /// How long the holder had waited.
    pub waited_ns: u64,
    /// The acquisition.
    pub acquire: EventId,
    /// The event that ended it, a release in every valid run; `None` at the end of the run.
    pub release: Option<EventId>,
    /// Where it was acquired.
    pub at: Option<Position>,
}

/// Takes closed intervals, in order of their ends.
pub trait Sink {
    /// A thread was in a state. Intervals of no length are left out.
    fn state(&mut self, span: StateSpan);
    /// A thread held the GIL.
    fn gil(&mut self, span: GilSpan);
    /// Threads waiting for the GIL of an interpreter, from now on.
    fn gil_waiters(&mut self, _interpreter: u32, _time_ns: u64, _count: u32) {}
    /// A thread held a lock.
    fn lock(&mut self, _span: LockSpan) {}
    /// Threads waiting for a lock, from now on.
    fn lock_waiters(&mut self, _object: u32, _time_ns: u64, _count: u32) {}
}
