//! Queues of blocked threads: who waits for which lock, queue or thread.
//!
//! What the program can see of a lock (holder, depth) is an object in the virtual machine's heap; who waits for it is
//! here. Waiting is first come, first served, as in the kernel's wait queues under CPython's locks; a woken thread that
//! finds the lock taken by a faster one stands at the end again. Waking removes from the queue: a thread stands in at most
//! one.

use gilsim_vm::value::{ObjId, ThreadId};
use std::collections::{BTreeMap, VecDeque};

/// What a thread can wait for in a queue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WaitPlace {
    /// A lock to become free.
    Lock(ObjId),
    /// An item of a simple queue.
    Queue(ObjId),
    /// The end of a thread.
    Thread(ThreadId),
    /// The end of all threads that are not daemons.
    AllThreads,
}

/// The wait queues of one interpreter.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WaitQueues {
    by_place: BTreeMap<WaitPlace, VecDeque<ThreadId>>,
}

impl WaitQueues {
    /// Stands a thread at the end of a queue.
    pub fn push(&mut self, place: WaitPlace, thread: ThreadId) {
        self.by_place.entry(place).or_default().push_back(thread);
    }

    /// Takes a thread out of a queue; whether it was in it.
    pub fn remove(&mut self, place: WaitPlace, thread: ThreadId) -> bool {
        let Some(queue) = self.by_place.get_mut(&place) else { return false };
        let Some(at) = queue.iter().position(|waiting| *waiting == thread) else { return false };
        queue.remove(at);
        if queue.is_empty() {
            self.by_place.remove(&place);
        }
        true
    }

    /// Who waits there, longest first.
    pub fn waiting(&self, place: WaitPlace) -> impl ExactSizeIterator<Item = ThreadId> + '_ {
        const NOBODY: &VecDeque<ThreadId> = &VecDeque::new();
        self.by_place.get(&place).unwrap_or(NOBODY).iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_come_first_served_and_places_are_apart() {
        let (lock, queue) = (WaitPlace::Lock(ObjId(5)), WaitPlace::Queue(ObjId(5)));
        let mut queues = WaitQueues::default();
        queues.push(lock, ThreadId(2));
        queues.push(lock, ThreadId(1));
        queues.push(queue, ThreadId(3));
        assert_eq!(queues.waiting(lock).collect::<Vec<_>>(), [ThreadId(2), ThreadId(1)]);
        assert!(queues.remove(lock, ThreadId(2)));
        assert!(!queues.remove(lock, ThreadId(2)));
        assert!(!queues.remove(lock, ThreadId(3)));
        assert!(queues.remove(lock, ThreadId(1)) && queues.remove(queue, ThreadId(3)));
        assert_eq!(queues, WaitQueues::default(), "an empty queue leaves nothing behind");
    }
}
