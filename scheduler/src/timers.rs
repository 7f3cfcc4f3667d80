//! The timer queue: what is due at which virtual time.
//!
//! A map ordered by (time, order of setting), so that ties are deterministic: first set, first served, unless a strategy
//! picks otherwise. A thread has at most one timer, which it can cancel by its key; there are no stale entries. The timer
//! due first stands beside the map: it is asked for before every batch of instructions, and where threads hand the GIL to
//! each other it is often the only one.

use gilsim_vm::value::ThreadId;
use std::collections::BTreeMap;

/// What a timer is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Due {
    /// A started thread's operating system thread begins to run.
    Boot,
    /// A timed wait for the GIL is over.
    GilTimeOut,
    /// A waiter told that the GIL is free is awake.
    GilArrival,
    /// A thread whose forced wait ended is awake.
    ForcedArrival,
    /// A blocked thread's deadline has passed.
    Deadline,
    /// A thread woken from blocking is awake.
    WakeArrival,
    /// A sleep, or an input or output operation, is done.
    Done,
    /// The longest-running thread of the machine has used up its time on its core.
    CoreSlice,
}

/// Where a timer stands in the queue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TimerKey {
    due_ns: u64,
    order: u64,
}

impl TimerKey {
    /// When it is due.
    pub fn due_ns(self) -> u64 {
        self.due_ns
    }
}

/// A timer: whose and what for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timer {
    /// The thread; for [`Due::CoreSlice`] the one that ran when it was set.
    pub thread: ThreadId,
    /// What for.
    pub due: Due,
}

/// All timers of the machine.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Timers {
    /// The one due first, if any is pending.
    first: Option<(TimerKey, Timer)>,
    /// All others.
    later: BTreeMap<TimerKey, Timer>,
    set_so_far: u64,
}

impl Timers {
    /// Sets a timer.
    pub fn set(&mut self, due_ns: u64, thread: ThreadId, due: Due) -> TimerKey {
        let key = TimerKey { due_ns, order: self.set_so_far };
        self.set_so_far += 1;
        let timer = Timer { thread, due };
        match &mut self.first {
            Some((first, _)) if *first < key => {
                self.later.insert(key, timer);
            }
            first => {
                let before = first.replace((key, timer));
                self.later.extend(before);
            }
        }
        key
    }

    /// Takes a timer out, because it fires or is no longer wanted.
    pub fn remove(&mut self, key: TimerKey) -> Option<Timer> {
        match self.first {
            Some((first, timer)) if first == key => {
                self.first = if self.later.is_empty() { None } else { self.later.pop_first() };
                Some(timer)
            }
            _ => self.later.remove(&key),
        }
    }

    /// So many timers were set and have fired, one after the other, with nothing between.
    pub fn pass(&mut self, count: u64) {
        self.set_so_far += count;
    }

    /// When the next timer is due.
    #[inline]
    pub fn next_ns(&self) -> Option<u64> {
        self.first.map(|(key, _)| key.due_ns)
    }

    /// The timer due first.
    pub fn next(&self) -> Option<(TimerKey, Timer)> {
        self.first
    }

    /// When the next timer but this one is due.
    pub fn next_ns_without(&self, key: TimerKey) -> Option<u64> {
        let next = match self.first {
            Some((first, _)) if first == key => self.later.first_key_value().map(|(key, _)| *key),
            first => first.map(|(key, _)| key),
        };
        next.map(TimerKey::due_ns)
    }

    /// All timers, first due first.
    fn all(&self) -> impl Iterator<Item = (TimerKey, Timer)> + '_ {
        self.first.into_iter().chain(self.later.iter().map(|(key, timer)| (*key, *timer)))
    }

    /// The timers due first, in the order in which they were set.
    pub fn first(&self) -> impl Iterator<Item = (TimerKey, Timer)> + '_ {
        let due_ns = self.next_ns();
        self.all().take_while(move |(key, _)| Some(key.due_ns) == due_ns)
    }

    /// The timers due up to and including a time, first due first.
    pub fn until(&self, latest_ns: u64) -> impl Iterator<Item = (TimerKey, Timer)> + '_ {
        self.all().take_while(move |(key, _)| key.due_ns <= latest_ns)
    }

    /// How many are pending.
    pub fn len(&self) -> usize {
        usize::from(self.first.is_some()) + self.later.len()
    }

    /// Whether none is pending.
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_served_in_the_order_of_setting() {
        let mut timers = Timers::default();
        let late = timers.set(20, ThreadId(9), Due::Boot);
        timers.set(10, ThreadId(2), Due::Deadline);
        timers.set(10, ThreadId(1), Due::Done);
        let first: Vec<ThreadId> = timers.first().map(|(_, timer)| timer.thread).collect();
        assert_eq!(first, [ThreadId(2), ThreadId(1)]);
        assert_eq!(timers.next_ns(), Some(10));
        assert_eq!(timers.remove(late).map(|timer| timer.due), Some(Due::Boot));
        assert_eq!(timers.remove(late), None);
        assert_eq!(timers.len(), 2);
    }
    #[test]
    fn it_behaves_like_an_ordered_map() {
        let (mut timers, mut model) = (Timers::default(), BTreeMap::new());
        let mut random = 12345u64;
        let mut below = |n: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % n
        };
        for number in 0..5_000 {
            let some = model.keys().nth(below(8) as usize).copied();
            match (below(3), some) {
                (0, Some(key)) => assert_eq!(timers.remove(key), model.remove(&key)),
                (1, _) => assert_eq!(timers.remove(TimerKey { due_ns: 1, order: u64::MAX }), None),
                _ => {
                    let timer = Timer { thread: ThreadId(number), due: Due::Done };
                    model.insert(timers.set(below(20), timer.thread, timer.due), timer);
                }
            }
            assert!(timers.all().eq(model.iter().map(|(key, timer)| (*key, *timer))));
            assert_eq!((timers.len(), timers.next_ns()), (model.len(), model.keys().next().map(|key| key.due_ns())));
        }
    }
}
