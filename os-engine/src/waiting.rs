//! Waiting without the GIL: for locks, queues, the end of threads, or for time to pass.
//!
//! Which locks are held is kept twice: in the virtual machine, for the holder of the GIL, and here, for woken threads, which take a lock before they have the
//! GIL, as CPython's do. Both are equal but for a lock that was taken here and whose taker has not got the GIL yet (`Claimed`). An entry of a lock
//! that ended while it was held is stale; the virtual machine's word counts then, and every lock that somebody waits for is alive.
//!
//! When every thread waits without a deadline, nothing can ever happen: that is noticed at the moment at which the last one begins to wait or ends.

use gilsim_scheduler::sync::{WaitPlace, WaitQueues};
use gilsim_vm::value::{ObjId, ThreadId};
use parking_lot::{Condvar, MutexGuard};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

/// A lock that is held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held {
    /// The virtual machine knows.
    Known,
    /// By a thread that still waits for the GIL.
    Claimed,
}

/// Who waits for what.
#[derive(Default)]
pub struct Waiting {
    /// Who waits where.
    pub queues: WaitQueues,
    /// Locks that are held.
    pub locks: BTreeMap<ObjId, Held>,
    /// Threads that have ended.
    pub ended: BTreeSet<ThreadId>,
    /// Threads that keep the program alive, without the main thread.
    pub not_daemons: BTreeSet<ThreadId>,
    /// Threads that have been started and have not ended.
    pub live: usize,
    /// The run is over: nobody waits any longer.
    pub over: bool,
    bells: BTreeMap<ThreadId, Arc<Condvar>>,
    woken: BTreeSet<ThreadId>,
    /// Threads that wait without a deadline.
    stuck: BTreeSet<ThreadId>,
}

impl Waiting {
    /// Of a program whose main thread is about to begin.
    pub fn new() -> Waiting {
        Waiting { live: 1, ..Waiting::default() }
    }

    /// Takes a lock if it is free here.
    pub fn claim(&mut self, lock: ObjId, as_: Held) -> bool {
        let is_free = !self.locks.contains_key(&lock);
        if is_free {
            self.locks.insert(lock, as_);
        }
        is_free
    }

    /// Wakes the thread that has waited longest at a place, if one does.
    pub fn wake_first(&mut self, place: WaitPlace) {
        let first = self.queues.waiting(place).next();
        if let Some(thread) = first {
            self.queues.remove(place, thread);
            self.wake(thread);
        }
    }

    /// Wakes all who wait at a place.
    pub fn wake_all(&mut self, place: WaitPlace) {
        while self.queues.is_waited_for(place) {
            self.wake_first(place);
        }
    }

    /// Ends all waits.
    pub fn close(&mut self) {
        self.over = true;
        for bell in self.bells.values() {
            bell.notify_all();
        }
    }

    /// Whether every thread waits for another, for ever.
    pub fn is_deadlock(&self) -> bool {
        self.live > 0 && self.stuck.len() == self.live
    }

    fn wake(&mut self, thread: ThreadId) {
        self.stuck.remove(&thread);
        self.woken.insert(thread);
        self.bell(thread).notify_one();
    }

    fn bell(&mut self, thread: ThreadId) -> Arc<Condvar> {
        Arc::clone(self.bells.entry(thread).or_default())
    }
}

/// Sleeps until another thread wakes this one, the time has come, or the run is over; whether it was woken. `dead` hears of a deadlock.
pub fn wait(
    waiting: &mut MutexGuard<'_, Waiting>,
    thread: ThreadId,
    deadline: Option<Instant>,
    dead: impl FnOnce(&mut Waiting),
) -> bool {
    let bell = waiting.bell(thread);
    if deadline.is_none() && !waiting.woken.contains(&thread) {
        waiting.stuck.insert(thread);
        if waiting.is_deadlock() {
            dead(waiting);
        }
    }
    while !waiting.over && !waiting.woken.contains(&thread) {
        match deadline {
            None => bell.wait(waiting),
            Some(deadline) if bell.wait_until(waiting, deadline).timed_out() => break,
            Some(_) => {}
        }
    }
    waiting.stuck.remove(&thread);
    waiting.woken.remove(&thread)
}
