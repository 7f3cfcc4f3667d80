//! The one fold: from events to states, holds and numbers.
//!
//! [`Fold`] hears events in order and keeps, per thread, the state it is in; per interpreter, who holds the GIL; per lock,
//! who holds it and who waits. Each closed interval goes to a [`Sink`]: [`Bins`] adds it to a picture of bounded size (a
//! plain run stores nothing else), [`Timeline`] keeps it (exporters draw from that). Numbers are added up on the way. A
//! live run and a recording of it pass the same code, so they give the same result as far as the recording goes.
//!
//! Promises: the intervals of a thread tile its life without gap or overlap; at most one thread holds the GIL of an
//! interpreter at any time. What it can miss: with the `switch` level of detail locks are known only by their waits.

mod bins;
mod folder;
mod gil;
mod histogram;
mod live;
mod locks;
mod sink;
mod summary;
mod thread;
mod threads;
mod timeline;

pub use bins::{Bins, Column, GilColumn};
pub use folder::{Fold, FoldOptions};
pub use histogram::Histogram;
pub use live::LiveFold;
pub use sink::{GilSpan, LockSpan, Sink, StateSpan, WaitReason};
pub use summary::{GilSummary, LockSummary, Others, Summary, ThreadSummary};
pub use thread::Numbers;
pub use timeline::{Timeline, fold_recording};

/// What a thread is doing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// Created, not yet begun.
    New,
    /// Has the GIL (or runs freely where there is none).
    Running,
    /// Waits for the GIL.
    WantsGil,
    /// Waits for a lock, a queue or another thread.
    Blocked,
    /// Sleeps or waits for input or output.
    Sleeping,
    /// Computes in native code without the GIL.
    Native,
    /// Between two of these: woken but not yet asking for the GIL, or let go and about to block.
    Switching,
    /// Ended.
    Done,
}

impl State {
    /// Number of states.
    pub const COUNT: usize = 8;
    /// All states, by index.
    pub const ALL: [State; State::COUNT] = [
        State::New,
        State::Running,
        State::WantsGil,
        State::Blocked,
        State::Sleeping,
        State::Native,
        State::Switching,
        State::Done,
    ];

    /// Position in [`State::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The state in words.
    pub fn words(self) -> &'static str {
        match self {
            State::New => "not started",
            State::Running => "runs",
            State::WantsGil => "wants GIL",
            State::Blocked => "blocked",
            State::Sleeping => "sleeps",
            State::Native => "native, no GIL",
            State::Switching => "switching",
            State::Done => "done",
        }
    }

    /// True between the thread's first and last moment.
    pub fn is_alive(self) -> bool {
        !matches!(self, State::New | State::Done)
    }
}
