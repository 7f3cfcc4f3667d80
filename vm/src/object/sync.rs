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
