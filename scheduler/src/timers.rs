//! The timer queue: what is due at which virtual time.
//!
//! Ordered by (time, order of setting), so that ties are deterministic: first set, first served, unless a strategy picks
//! otherwise. A thread has at most one timer, which it can cancel by its key.
//!
//! Most timers of a kind last equally long (a switch interval, a wake latency), so they are set in the order in which they
//! are due: each kind has a lane, a queue to which they are added at the end in constant time; only one that belongs
//! between others goes into an ordered map. What is cancelled within a lane is marked, and swept out when half of the
//! lane is. The timer due first stands beside all: it is asked for before every batch of instructions, and where threads
//! hand the GIL to each other it is often the only one.

use gilsim_vm::value::ThreadId;
use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroU64;
use std::{fmt, iter};

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

impl Due {
    /// How many kinds there are.
    const KINDS: usize = Due::CoreSlice as usize + 1;
}

/// Where a timer stands in the queue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TimerKey {
    due_ns: u64,
    order: NonZeroU64,
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

/// A timer that is pending.
type Entry = (TimerKey, Timer);

/// Timers of one kind, most of them set in the order in which they are due.
#[derive(Clone, Default)]
struct Lane {
    /// Ascending by key; `None` was removed. The first and the last are pending.
    entries: VecDeque<(TimerKey, Option<Timer>)>,
    removed: usize,
}

const _: () = assert!(Due::KINDS <= u8::BITS as usize, "a bit for each lane");

/// A lane is swept when more than half of it and so many more entries are removed.
const REMOVED_SPARE: usize = 64;

impl Lane {
    fn first(&self) -> Option<Entry> {
        self.entries.front().and_then(|(key, timer)| Some((*key, (*timer)?)))
    }

    fn pending(&self) -> impl Iterator<Item = Entry> + '_ {
        self.entries.iter().filter_map(|(key, timer)| Some((*key, (*timer)?)))
    }

    /// Adds a timer at one of the ends; false if it belongs between others.
    fn add(&mut self, (key, timer): Entry) -> bool {
        if self.entries.back().is_none_or(|(last, _)| *last < key) {
            self.entries.push_back((key, Some(timer)));
        } else if self.entries.front().is_some_and(|(first, _)| key < *first) {
            self.entries.push_front((key, Some(timer)));
        } else {
            return false;
        }
        true
    }

    fn remove(&mut self, key: TimerKey) -> Option<Timer> {
        let (first, last) = (self.entries.front()?.0, self.entries.back()?.0);
        if key < first || last < key {
            return None;
        }
        if key == first {
            let timer = self.entries.pop_front()?.1;
            self.trim();
            return timer;
        }
        let at = self.entries.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let timer = self.entries[at].1.take()?;
        self.removed += 1;
        self.trim();
        if self.removed > self.entries.len() / 2 + REMOVED_SPARE {
            self.entries.retain(|(_, timer)| timer.is_some());
            self.removed = 0;
        }
        Some(timer)
    }

    /// Drops what was removed at the ends.
    fn trim(&mut self) {
        if self.removed == 0 {
            return;
        }
        while self.entries.pop_front_if(|(_, timer)| timer.is_none()).is_some() {
            self.removed -= 1;
        }
        while self.entries.pop_back_if(|(_, timer)| timer.is_none()).is_some() {
            self.removed -= 1;
        }
    }
}

/// All timers of the machine.
#[derive(Clone, Default)]
pub struct Timers {
    /// The one due first, if any is pending.
    first: Option<Entry>,
    /// Others, by kind.
    lanes: [Lane; Due::KINDS],
    /// Which lanes have any, a bit each: mostly two or three.
    used: u8,
    /// Those that were not set in order.
    others: BTreeMap<TimerKey, Timer>,
    set_so_far: u64,
}

impl Timers {
    /// Sets a timer.
    #[inline]
    pub fn set(&mut self, due_ns: u64, thread: ThreadId, due: Due) -> TimerKey {
        self.set_so_far += 1;
        let order = NonZeroU64::new(self.set_so_far).expect("no run sets 2^64 timers");
        let key = TimerKey { due_ns, order };
        let entry = (key, Timer { thread, due });
        match self.first {
            None => self.first = Some(entry),
            Some((first, _)) if first < key => self.add(entry),
            Some(later) => {
                self.first = Some(entry);
                self.add(later);
            }
        }
        key
    }

    fn add(&mut self, entry: Entry) {
        let lane = entry.1.due as usize;
        if self.lanes[lane].add(entry) {
            self.used |= 1 << lane;
        } else {
            self.others.insert(entry.0, entry.1);
        }
    }

    /// Takes a timer out, because it fires or is no longer wanted.
    #[inline]
    pub fn remove(&mut self, key: TimerKey) -> Option<Timer> {
        match self.first {
            Some((first, timer)) if first == key => {
                self.first = if self.has_one_at_most() { None } else { self.take_second() };
                Some(timer)
            }
            _ => self.remove_later(key),
        }
    }

    /// Takes one out that is not due first.
    fn remove_later(&mut self, key: TimerKey) -> Option<Timer> {
        self.lanes_used().find_map(|lane| self.take(lane, key)).or_else(|| self.others.remove(&key))
    }

    #[inline]
    fn has_one_at_most(&self) -> bool {
        self.used == 0 && self.others.is_empty()
    }

    fn take_second(&mut self) -> Option<Entry> {
        let (key, timer) = self.second()?;
        if self.take(timer.due as usize, key).is_none() {
            self.others.remove(&key);
        }
        Some((key, timer))
    }

    /// The timer due first but for `first`.
    fn second(&self) -> Option<Entry> {
        let mut second = self.others.first_key_value().map(|(key, timer)| (*key, *timer));
        for lane in self.lanes_used() {
            let first = self.lanes[lane].first();
            if second.is_none_or(|(key, _)| first.is_some_and(|(earlier, _)| earlier < key)) {
                second = first;
            }
        }
        second
    }

    fn lanes_used(&self) -> impl Iterator<Item = usize> + use<> {
        let mut left = self.used;
        iter::from_fn(move || {
            let lane = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (lane < Due::KINDS).then_some(lane)
        })
    }

    /// Takes one out of a lane.
    fn take(&mut self, lane: usize, key: TimerKey) -> Option<Timer> {
        let timer = self.lanes[lane].remove(key);
        if self.lanes[lane].entries.is_empty() {
            self.used &= !(1 << lane);
        }
        timer
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
    #[inline]
    pub fn next(&self) -> Option<(TimerKey, Timer)> {
        self.first
    }

    /// When the next timer but this one is due.
    #[inline]
    pub fn next_ns_without(&self, key: TimerKey) -> Option<u64> {
        let next = match self.first {
            Some((first, _)) if first == key && self.has_one_at_most() => None,
            Some((first, _)) if first == key => self.second(),
            first => first,
        };
        next.map(|(key, _)| key.due_ns)
    }

    /// All timers, first due first.
    fn all(&self) -> Vec<Entry> {
        self.until(u64::MAX)
    }

    /// The timers due up to and including a time, first due first; of those due together, the one set first.
    pub fn until(&self, latest_ns: u64) -> Vec<(TimerKey, Timer)> {
        let is_due = move |entry: &Entry| entry.0.due_ns <= latest_ns;
        let in_lanes = self.lanes.iter().flat_map(|lane| lane.pending().take_while(is_due));
        let others = self.others.iter().map(|(key, timer)| (*key, *timer)).take_while(is_due);
        let mut due: Vec<Entry> = self.first.into_iter().filter(is_due).chain(in_lanes).chain(others).collect();
        due.sort_unstable_by_key(|(key, _)| *key);
        due
    }

    /// How many are pending.
    pub fn len(&self) -> usize {
        let in_lanes: usize = self.lanes.iter().map(|lane| lane.entries.len() - lane.removed).sum();
        usize::from(self.first.is_some()) + in_lanes + self.others.len()
    }

    /// Whether none is pending.
    pub fn is_empty(&self) -> bool {
        self.first.is_none()
    }
}

/// Where a timer is kept means nothing: what is pending counts, and what the next one's number will be.
impl PartialEq for Timers {
    fn eq(&self, other: &Timers) -> bool {
        self.set_so_far == other.set_so_far && self.all() == other.all()
    }
}

impl Eq for Timers {}

impl fmt::Debug for Timers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timers").field("pending", &self.all()).field("set_so_far", &self.set_so_far).finish()
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
        let first: Vec<ThreadId> = timers.until(10).iter().map(|(_, timer)| timer.thread).collect();
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
        // Two kinds come in order, so that their lanes fill; the third at any time. First more are set than taken out, so
        // that what is taken out from between has to be swept.
        for number in 0..6_000u32 {
            let which = match below(4) {
                0 => 0,
                _ => below(model.len().max(1) as u64) as usize,
            };
            let some = model.keys().nth(which).copied();
            let takes = below(3) < if number < 2_000 { 1 } else { 2 };
            match some {
                Some(key) if takes => assert_eq!(timers.remove(key), model.remove(&key)),
                _ => {
                    let (due, due_ns) = [
                        (Due::GilTimeOut, u64::from(number) + 500),
                        (Due::Boot, u64::from(number) + 30),
                        (Due::Done, u64::from(number) + below(1_000)),
                    ][below(3) as usize];
                    let timer = Timer { thread: ThreadId(number), due };
                    model.insert(timers.set(due_ns, timer.thread, due), timer);
                }
            }
            assert_eq!(timers.remove(TimerKey { due_ns: 1, order: NonZeroU64::MAX }), None);
            assert_eq!((timers.len(), timers.next_ns()), (model.len(), model.keys().next().map(|key| key.due_ns())));
            if number % 16 == 0 {
                assert!(timers.all().into_iter().eq(model.iter().map(|(key, timer)| (*key, *timer))));
            }
            let spare: usize = timers.lanes.iter().map(|lane| lane.removed).sum();
            assert!(spare <= timers.len() + Due::KINDS * 2 * REMOVED_SPARE, "{spare} beside {}", timers.len());
        }
    }
}
