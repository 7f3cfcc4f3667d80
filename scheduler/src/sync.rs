//! Queues of blocked threads: who waits for which lock, queue or thread.
//!
//! What the program can see of a lock (holder, depth) is an object in the virtual machine's heap; who waits for it is
//! here. Waiting is first come, first served, as in the kernel's wait queues under CPython's locks; a woken thread that
//! finds the lock taken by a faster one stands at the end again. Waking removes from the queue: a thread stands in at most
//! one.

use gilsim_vm::value::{ObjId, ThreadId};
use std::collections::{BTreeMap, VecDeque};
use std::slice;

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

/// Who waits in one place. Mostly it is a single thread: of a million that wait on a condition, each has a lock of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Queue {
    One(ThreadId),
    /// Two or more, longest first.
    #[expect(clippy::box_collection, reason = "the other case is the usual one, and this keeps it small")]
    Several(Box<VecDeque<ThreadId>>),
}

impl Queue {
    fn push(&mut self, thread: ThreadId) {
        match self {
            Queue::One(first) => *self = Queue::Several(Box::new(VecDeque::from([*first, thread]))),
            Queue::Several(all) => all.push_back(thread),
        }
    }

    /// All, in two pieces.
    fn slices(&self) -> (&[ThreadId], &[ThreadId]) {
        match self {
            Queue::One(thread) => (slice::from_ref(thread), &[]),
            Queue::Several(all) => all.as_slices(),
        }
    }
}

/// The wait queues of one interpreter.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WaitQueues {
    by_place: BTreeMap<WaitPlace, Queue>,
}

impl WaitQueues {
    /// Stands a thread at the end of a queue.
    pub fn push(&mut self, place: WaitPlace, thread: ThreadId) {
        self.by_place.entry(place).and_modify(|queue| queue.push(thread)).or_insert(Queue::One(thread));
    }

    /// Takes a thread out of a queue; whether it was in it.
    pub fn remove(&mut self, place: WaitPlace, thread: ThreadId) -> bool {
        let Some(queue) = self.by_place.get_mut(&place) else { return false };
        match queue {
            Queue::One(waiting) if *waiting == thread => {
                self.by_place.remove(&place);
            }
            Queue::One(_) => return false,
            Queue::Several(all) => {
                let Some(at) = all.iter().position(|waiting| *waiting == thread) else { return false };
                all.remove(at);
                if all.len() == 1 {
                    *queue = Queue::One(all[0]);
                }
            }
        }
        true
    }

    /// Whether anybody waits there.
    pub fn is_waited_for(&self, place: WaitPlace) -> bool {
        self.by_place.contains_key(&place)
    }

    /// Who waits there, longest first.
    pub fn waiting(&self, place: WaitPlace) -> impl Iterator<Item = ThreadId> + '_ {
        let (front, back) = self.by_place.get(&place).map(Queue::slices).unwrap_or_default();
        front.iter().chain(back).copied()
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
