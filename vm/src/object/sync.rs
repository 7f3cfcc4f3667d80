//! Synchronisation objects. The queues of waiting threads belong to the scheduler; here is what the program can see.

use crate::value::{CodeId, ThreadId, Value};
use std::collections::VecDeque;

/// `_thread.lock` or `_thread.RLock`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LockKind {
    /// No owner in Python's eyes: any thread may release.
    Plain,
    /// Re-entrant.
    Reentrant,
}

/// Since when and where a lock has been held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hold {
    /// Since when, virtual time.
    pub since_ns: u64,
    /// Where it was acquired: code and index of the instruction.
    pub at: Option<(CodeId, u32)>,
}

/// A lock. Free when `holder` is `None`.
#[derive(Clone, PartialEq, Debug)]
pub struct Lock {
    /// Which kind.
    pub kind: LockKind,
    /// Who acquired it (for plain locks only known for reports).
    pub holder: Option<ThreadId>,
    /// How often the holder acquired it.
    pub depth: u32,
    /// Since when and where it has been held: written and read by the scheduler, for reports.
    pub hold: Option<Hold>,
    /// Name guessed from the assignment, for reports.
    pub name: Option<Box<str>>,
    /// A waiter lock: taken by the thread that will wait on it, and released by whoever notifies that thread. Its holder
    /// is not the one it waits for.
    pub is_waiter: bool,
}

impl Lock {
    /// A thread takes the lock, which is free. Since when it is held may be left open.
    pub fn take(&mut self, thread: ThreadId, depth: u32, hold: impl Into<Option<Hold>>) {
        assert!(self.holder.is_none(), "only a free lock is taken");
        self.holder = Some(thread);
        self.depth = depth;
        self.hold = hold.into();
    }

    /// The holder gives back one level, or all; returns how many there were. The lock is free when none is left.
    pub fn give_back(&mut self, fully: bool) -> u32 {
        let before = self.depth;
        self.depth = if fully { 0 } else { before.saturating_sub(1) };
        if self.depth == 0 {
            self.holder = None;
            self.hold = None;
        }
        before
    }
}

/// Life of the thread behind a handle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HandleState {
    /// Not started.
    NotStarted,
    /// Started and not ended.
    Running,
    /// Ended.
    Done,
}

/// `_thread._ThreadHandle`: what `join` waits on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ThreadHandle {
    /// The thread, once started.
    pub thread: Option<ThreadId>,
    /// Its life.
    pub state: HandleState,
}

/// `_queue.SimpleQueue`
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SimpleQueue {
    /// Items, oldest first.
    pub items: VecDeque<Value>,
}
