//! Synchronisation objects in the fold: who holds a lock, who waits for it, and their numbers.
//!
//! Objects are numbered in order of first use; at most `objects_max` are followed, because a long run can make any number
//! of them (`Condition.wait` makes a lock each time). The others are counted.

use super::sink::LockSpan;
use super::summary::LockSummary;
use gilsim_scheduler::event::{Event, EventId, EventKind, ObjId, ObjectKind, Position, ThreadId};
use std::collections::BTreeMap;

/// All objects.
#[derive(Clone, Debug)]
pub(super) struct Objects {
    objects_max: usize,
    numbers: BTreeMap<(u32, ObjId), u32>,
    followed: Vec<ObjectFold>,
    not_followed: u64,
}

/// One object.
#[derive(Clone, Debug)]
struct ObjectFold {
    hold: Option<Hold>,
    /// Waiting threads with the time their wait began, in order.
    waiters: Vec<(ThreadId, u64)>,
    summary: LockSummary,
}

#[derive(Clone, Debug)]
struct Hold {
    thread: ThreadId,
    since_ns: u64,
    waited_ns: u64,
    acquire: EventId,
    at: Option<Position>,
}

impl Hold {
    fn span(self, object: u32, end_ns: u64, release: Option<EventId>) -> LockSpan {
        LockSpan {
            object,
            thread: self.thread,
            start_ns: self.since_ns,
            end_ns: end_ns.max(self.since_ns),
            waited_ns: self.waited_ns,
            acquire: self.acquire,
            release,
            at: self.at,
        }
    }
}

/// What an event did to a lock.
#[derive(Debug, Default)]
pub(super) struct LockChange {
    /// A hold that ended.
    pub span: Option<LockSpan>,
    /// The object whose number of waiters changed, and the number.
    pub waiters: Option<(u32, u32)>,
}

impl Objects {
    pub fn new(objects_max: usize) -> Objects {
        Objects { objects_max, numbers: BTreeMap::new(), followed: Vec::new(), not_followed: 0 }
    }

    /// The number of an object, if it is followed; `new` when the run says that this is a new one.
    pub fn number(&mut self, interpreter: u32, object: ObjId, new: bool) -> Option<u32> {
        let key = (interpreter, object);
        if new {
            self.numbers.remove(&key);
        } else if let Some(known) = self.numbers.get(&key) {
            return Some(*known);
        } else if self.followed.len() >= self.objects_max {
            return None;
        }
        if self.followed.len() >= self.objects_max {
            self.not_followed += 1;
            return None;
        }
        let number = self.followed.len() as u32;
        self.followed.push(ObjectFold {
            hold: None,
            waiters: Vec::new(),
            summary: LockSummary { object: number, interpreter, ..LockSummary::default() },
        });
        self.numbers.insert(key, number);
        Some(number)
    }

    /// An event about a followed object.
    pub fn event(&mut self, number: u32, event: &Event) -> LockChange {
        let Some(object) = self.followed.get_mut(number as usize) else { return LockChange::default() };
        match &event.kind {
            EventKind::ObjectNew { kind, name, .. } => object.describe(*kind, name.clone()),
            EventKind::LockAcquire { depth, waited_ns, .. } => return object.acquire(event, *depth, *waited_ns),
            EventKind::LockRelease { depth: 0, .. } => return object.release(event),
            EventKind::QueuePut { size, .. } => {
                object.summary.kind = Some(ObjectKind::SimpleQueue);
                object.summary.items_max = object.summary.items_max.max(*size);
            }
            _ => {}
        }
        LockChange::default()
    }

    /// A thread begins to wait for an object.
    pub fn wait(&mut self, number: u32, thread: ThreadId, time_ns: u64) -> Option<(u32, u32)> {
        let object = self.followed.get_mut(number as usize)?;
        object.waiters.retain(|(waiter, _)| *waiter != thread);
        object.waiters.push((thread, time_ns));
        object.summary.waits += 1;
        object.summary.waiters_max = object.summary.waiters_max.max(object.waiters.len() as u32);
        Some((number, object.waiters.len() as u32))
    }

    /// A thread no longer waits for an object.
    pub fn wake(&mut self, number: u32, thread: ThreadId, time_ns: u64) -> Option<(u32, u32)> {
        let object = self.followed.get_mut(number as usize)?;
        let place = object.waiters.iter().position(|(waiter, _)| *waiter == thread)?;
        let (_, since_ns) = object.waiters.remove(place);
        object.waited(time_ns.saturating_sub(since_ns));
        Some((number, object.waiters.len() as u32))
    }

    /// Ends every hold and wait at the end of the run; gives the holds.
    pub fn finish(&mut self, time_ns: u64) -> Vec<LockSpan> {
        let mut spans = Vec::new();
        for (number, object) in self.followed.iter_mut().enumerate() {
            let waits: Vec<u64> = object.waiters.drain(..).map(|(_, since)| time_ns.saturating_sub(since)).collect();
            waits.into_iter().for_each(|waited_ns| object.waited(waited_ns));
            if let Some(hold) = object.hold.take() {
                object.summary.held_ns += time_ns.saturating_sub(hold.since_ns);
                spans.push(hold.span(number as u32, time_ns, None));
            }
        }
        spans
    }

    /// The numbers of each object, and how many objects were not followed.
    pub fn summaries(self) -> (Vec<LockSummary>, u64) {
        (self.followed.into_iter().map(|object| object.summary).collect(), self.not_followed)
    }
}

impl ObjectFold {
    fn describe(&mut self, kind: ObjectKind, name: Option<String>) {
        self.summary.kind = Some(kind);
        self.summary.name = name;
    }

    fn waited(&mut self, waited_ns: u64) {
        self.summary.waited_ns = self.summary.waited_ns.saturating_add(waited_ns);
        self.summary.longest_wait_ns = self.summary.longest_wait_ns.max(waited_ns);
    }

    fn acquire(&mut self, event: &Event, depth: u32, waited_ns: u64) -> LockChange {
        let Some(thread) = event.thread else { return LockChange::default() };
        self.summary.acquisitions += 1;
        self.summary.contended += u64::from(waited_ns > 0);
        if depth > 1 && self.hold.is_some() {
            return LockChange::default();
        }
        let hold = Hold { thread, since_ns: event.time_ns, waited_ns, acquire: event.id, at: event.at.clone() };
        let replaced = self.hold.replace(hold);
        let span = replaced.map(|hold| hold.span(self.summary.object, event.time_ns, Some(event.id)));
        LockChange { span, waiters: None }
    }

    fn release(&mut self, event: &Event) -> LockChange {
        let Some(hold) = self.hold.take() else { return LockChange::default() };
        self.summary.held_ns += event.time_ns.saturating_sub(hold.since_ns);
        LockChange { span: Some(hold.span(self.summary.object, event.time_ns, Some(event.id))), waiters: None }
    }
}
