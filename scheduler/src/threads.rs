//! The thread table: what each simulated thread is doing, as data.
//!
//! A thread is in exactly one [`State`]. With the GIL it is `Holding`; everything that happens without the GIL is an
//! [`Operation`] that it is about to begin (`Forced`), in (`Blocked`, `Native`) or coming back from (`Woken`, then
//! `WantsGil`). Times are virtual nanoseconds.

use crate::event::{BlockReason, InterpreterId, ThreadEnd, WakeCause};
use crate::sync::WaitPlace;
use crate::timers::TimerKey;
use gilsim_vm::effect::{Reply, Stream};
use gilsim_vm::interp::frame::Peep;
use gilsim_vm::interp::{GreenThread, Step};
use gilsim_vm::value::{ObjId, ThreadId};

/// What a thread gives up the GIL for.
#[derive(Clone, PartialEq, Debug)]
pub enum Operation {
    /// Acquire a lock.
    Acquire {
        /// The lock.
        lock: ObjId,
        /// Depth to set.
        depth: u32,
        /// When to give up.
        deadline_ns: Option<u64>,
        /// When it was first tried.
        tried_ns: u64,
    },
    /// Take an item of a simple queue.
    Get {
        /// The queue.
        queue: ObjId,
        /// When to give up.
        deadline_ns: Option<u64>,
        /// An item was put into this thread's hand (it is in its reply already).
        handed: bool,
    },
    /// Wait for the end of a thread.
    Join {
        /// The thread.
        target: ThreadId,
        /// When to give up.
        deadline_ns: Option<u64>,
        /// One of the joins at the end of the program.
        at_exit: bool,
    },
    /// Wait for the operating system's thread of an ended thread, which takes no longer than a system call.
    JoinSystemThread {
        /// The thread.
        target: ThreadId,
        /// One of the joins at the end of the program.
        at_exit: bool,
    },
    /// Sleep.
    Sleep {
        /// When it ends.
        until_ns: u64,
    },
    /// Write to a standard stream.
    Write {
        /// Which.
        stream: Stream,
        /// Text.
        text: String,
    },
    /// A system call that returns after so long.
    Call {
        /// Its name.
        name: &'static str,
        /// How long.
        duration_ns: u64,
    },
    /// Native code that computes, on a core.
    Compute {
        /// How long.
        cost_ns: u64,
    },
}

impl Operation {
    /// The queue in which a thread waits for this, if any.
    pub fn place(&self) -> Option<WaitPlace> {
        match self {
            Operation::Acquire { lock, .. } => Some(WaitPlace::Lock(*lock)),
            Operation::Get { queue, .. } => Some(WaitPlace::Queue(*queue)),
            Operation::Join { target, .. } => Some(WaitPlace::Thread(*target)),
            Operation::JoinSystemThread { .. }
            | Operation::Sleep { .. }
            | Operation::Write { .. }
            | Operation::Call { .. }
            | Operation::Compute { .. } => None,
        }
    }

    /// When the thread gives up waiting.
    pub fn deadline_ns(&self) -> Option<u64> {
        match self {
            Operation::Acquire { deadline_ns, .. }
            | Operation::Get { deadline_ns, .. }
            | Operation::Join { deadline_ns, .. } => *deadline_ns,
            Operation::JoinSystemThread { .. }
            | Operation::Sleep { .. }
            | Operation::Write { .. }
            | Operation::Call { .. }
            | Operation::Compute { .. } => None,
        }
    }

    /// The reason as events tell it; `owner` is the present holder of a lock.
    pub fn reason(&self, owner: Option<ThreadId>) -> BlockReason {
        match self {
            Operation::Acquire { lock, .. } => BlockReason::Lock { lock: *lock, owner },
            Operation::Get { queue, .. } => BlockReason::Queue { queue: *queue },
            Operation::Join { at_exit: true, .. } | Operation::JoinSystemThread { at_exit: true, .. } => {
                BlockReason::JoinAll
            }
            Operation::Join { target, .. } | Operation::JoinSystemThread { target, .. } => {
                BlockReason::Join { target: *target }
            }
            Operation::Sleep { .. } => BlockReason::Sleep,
            Operation::Write { stream: Stream::Stdout, .. } => BlockReason::Io { operation: "write stdout" },
            Operation::Write { stream: Stream::Stderr, .. } => BlockReason::Io { operation: "write stderr" },
            Operation::Call { name, .. } => BlockReason::Io { operation: name },
            Operation::Compute { .. } => BlockReason::Native,
        }
    }
}

/// What a thread does once it has let go of the GIL.
#[derive(Clone, PartialEq, Debug)]
pub enum Next {
    /// Wants it again at once (it was asked to let go).
    WantGil,
    /// Begins an operation without it.
    Begin(Operation),
}

/// What a thread does when it has got the GIL back.
#[derive(Clone, PartialEq, Debug)]
pub enum OnTake {
    /// Its instruction gets this reply.
    Reply(Reply),
    /// It looks into the queue, and waits again if another thread was faster.
    GetAgain {
        /// The queue.
        queue: ObjId,
        /// When to give up.
        deadline_ns: Option<u64>,
    },
    /// The thread it waited for has ended.
    Joined {
        /// That thread.
        target: ThreadId,
        /// One of the joins at the end of the program.
        at_exit: bool,
    },
    /// The operating system's thread has ended, too.
    SystemThreadJoined {
        /// One of the joins at the end of the program.
        at_exit: bool,
    },
}

/// What happens at the end of a stretch of computing.
#[derive(Clone, PartialEq, Debug)]
pub enum BurstEnd {
    /// An instruction, or several, is completed and this came of it.
    Instruction(Step),
    /// Native code that kept the GIL is done.
    Reply(Reply),
    /// The waiters of the tick GIL are told of the offer that follows.
    Offer,
    /// Native code without the GIL is done.
    Computed,
}

/// When a burst ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BurstClock {
    /// On a core; ends then.
    EndsAt(u64),
    /// Without a core; so much is left.
    Left(u64),
}

/// A stretch of computing whose end lies in the future.
#[derive(Clone, PartialEq, Debug)]
pub struct Burst {
    /// When it ends.
    pub clock: BurstClock,
    /// What happens then.
    pub end: BurstEnd,
}

/// What a thread is doing.
#[derive(Clone, PartialEq, Debug)]
pub enum State {
    /// Created; its operating system thread does not run yet.
    Starting,
    /// Waits for the GIL: asleep in its queue, or told and about to arrive.
    WantsGil {
        /// Since when.
        since_ns: u64,
    },
    /// Has the GIL.
    Holding {
        /// What it is in the middle of.
        burst: Option<Burst>,
    },
    /// Has let go of the GIL on request and waits until somebody has taken it.
    Forced {
        /// What it does then.
        next: Next,
    },
    /// Without the GIL, waiting.
    Blocked {
        /// For what.
        operation: Operation,
        /// Since when.
        since_ns: u64,
    },
    /// Woken from blocking; arrives after its wake latency.
    Woken {
        /// What it was blocked in.
        operation: Operation,
        /// Since when it had been blocked.
        since_ns: u64,
        /// Why it was woken.
        cause: WakeCause,
    },
    /// Computes without the GIL.
    Native {
        /// Until when.
        burst: Burst,
    },
    /// Ended.
    Done(ThreadEnd),
}

/// A simulated thread. What every turn needs stands together, up to the first half of `green`: among many threads each
/// line of the processor's cache counts.
#[derive(Clone, PartialEq, Debug)]
#[repr(C)]
pub struct Thread {
    /// What it is doing.
    pub state: State,
    pub(crate) on_take: Option<OnTake>,
    pub(crate) timer: Option<TimerKey>,
    /// Virtual time it has computed.
    pub cpu_ns: u64,
    /// Its number.
    pub id: ThreadId,
    /// Where it lives.
    pub interpreter: InterpreterId,
    /// Frames and values.
    pub green: GreenThread,
    /// The name the program gave it.
    pub name: Option<Box<str>>,
    /// Class of the exception that left its function.
    pub died_of: Option<Box<str>>,
    /// The object on which `join` waits; the main thread has none.
    pub handle: Option<ObjId>,
    /// Whether the program may end without it.
    pub daemon: bool,
    /// Whether those who join it need not wait: it has ended, or is the main thread and taking the program down.
    pub joinable: bool,
    /// Whether somebody has joined its operating system thread.
    pub system_joined: bool,
}

impl Thread {
    /// A thread whose operating system thread has just been asked for.
    pub fn new(id: ThreadId, interpreter: InterpreterId, green: GreenThread, daemon: bool) -> Thread {
        Thread {
            id,
            interpreter,
            green,
            state: State::Starting,
            daemon,
            name: None,
            handle: None,
            cpu_ns: 0,
            died_of: None,
            joinable: false,
            system_joined: false,
            timer: None,
            on_take: None,
        }
    }

    /// Reads what its next turn needs first; what it is means nothing.
    pub(crate) fn peep(&self, how_far: Peep<'_>) -> u64 {
        let own = match how_far {
            Peep::Record => self.cpu_ns.wrapping_add(u64::from(self.on_take.is_some()) + u64::from(self.is_done())),
            Peep::Storage | Peep::Values(_) => 0,
        };
        own.wrapping_add(self.green.peep(how_far))
    }

    /// Whether it has ended.
    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Done(_))
    }

    /// The burst it is in.
    pub fn burst(&self) -> Option<&Burst> {
        match &self.state {
            State::Holding { burst } => burst.as_ref(),
            State::Native { burst } => Some(burst),
            _ => None,
        }
    }

    /// The burst it is in, for changing.
    pub fn burst_mut(&mut self) -> Option<&mut Burst> {
        match &mut self.state {
            State::Holding { burst } => burst.as_mut(),
            State::Native { burst } => Some(burst),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_records_fit() {
        // Each thread that ever was keeps its record; what grows it is paid a million times.
        assert!(size_of::<Thread>() <= 320, "{} bytes", size_of::<Thread>());
    }
}
