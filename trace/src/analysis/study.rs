//! The notes that the analysers need, taken as a run goes.
//!
//! Bounded: one entry a thread, a lock and an instruction of the program. A lock counts only where a thread is known to
//! hold it, so waits to be notified are left out.

use crate::fold::Histogram;
use gilsim_scheduler::event::{BlockReason, DropReason, Event, EventKind, ObjId, ThreadId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An instruction of the program.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Index of the source file.
    pub file: u32,
    /// Qualified name of the code object.
    pub code: Arc<str>,
    /// Index of the instruction.
    pub instruction: u32,
    /// Its line.
    pub line: u32,
}

/// A stretch for which the GIL was kept although another thread had asked for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Who kept it.
    pub thread: ThreadId,
    /// From being asked to letting go.
    pub length_ns: u64,
    /// Where it let go at last.
    pub place: Option<Place>,
    /// How often it was kept for more than a millisecond.
    pub times: u64,
}

/// One lock.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LockStudy {
    /// A name guessed from where it was made.
    pub name: Option<String>,
    /// Times a thread got it after waiting.
    pub hand_overs: u64,
    /// First and last of them.
    pub first_ns: u64,
    /// Last of them.
    pub last_ns: u64,
    /// Most times in a row that a woken thread found it taken again: who, how often, how long it waited, who had it.
    pub starved: Option<Starved>,
}

/// A thread that was woken for a lock again and again, and each time too late.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Starved {
    /// Who waited.
    pub thread: ThreadId,
    /// How often it was too late.
    pub times: u64,
    /// Since it first blocked.
    pub waited_ns: u64,
    /// Who had the lock then.
    pub owner: ThreadId,
}

#[derive(Clone, Debug)]
enum Doing {
    /// Sleeping, reading or writing.
    Outside,
    /// Back from it, without the GIL.
    Back { since_ns: u64 },
    /// Waiting for a lock.
    Waiting { lock: ObjId, since_ns: u64, too_late: u64 },
}

/// Notes of a run.
#[derive(Clone, Debug, Default)]
pub struct Study {
    doing: BTreeMap<ThreadId, Doing>,
    asked_ns: BTreeMap<ThreadId, u64>,
    dropped: Option<(ThreadId, Place)>,
    names: BTreeMap<ObjId, Option<String>>,
    /// How often a thread was made to let go after each instruction, and another ran then.
    pub cuts: BTreeMap<Place, u64>,
    /// Waits of each thread for the GIL after sleeping, reading or writing.
    pub returns: BTreeMap<ThreadId, Histogram>,
    /// The longest stretch for which the GIL was kept.
    pub kept: Option<Kept>,
    /// Locks that were waited for.
    pub locks: BTreeMap<ObjId, LockStudy>,
    free_threaded: bool,
}

/// Kept shorter than this is nothing to tell.
const KEPT_NS: u64 = 1_000_000;

impl Study {
    /// Notes of a run that has not begun.
    pub fn new(free_threaded: bool) -> Study {
        Study { free_threaded, ..Study::default() }
    }

    /// All waits after sleeping, reading or writing.
    pub fn all_returns(&self) -> Histogram {
        let mut all = Histogram::default();
        self.returns.values().for_each(|histogram| all.merge(histogram));
        all
    }

    /// One event.
    pub fn event(&mut self, event: &Event) {
        if let EventKind::ObjectNew { object, name, .. } = &event.kind {
            self.names.insert(*object, name.clone());
        }
        let Some(thread) = event.thread else { return };
        let now_ns = event.time_ns;
        match &event.kind {
            EventKind::GilRequest { holder } => {
                self.asked_ns.entry(*holder).or_insert(now_ns);
            }
            EventKind::GilDrop { reason, .. } => self.dropped(thread, *reason, event),
            EventKind::GilTake { .. } => self.taken(thread, now_ns),
            EventKind::Block { reason, .. } => self.blocked(thread, reason, now_ns),
            EventKind::Wake { .. } => {
                if matches!(self.doing.get(&thread), Some(Doing::Outside)) {
                    self.doing.insert(thread, Doing::Back { since_ns: now_ns });
                    if self.free_threaded {
                        self.taken(thread, now_ns);
                    }
                }
            }
            EventKind::ThreadEnd(_) => {
                self.doing.remove(&thread);
            }
            _ => {}
        }
    }

    fn dropped(&mut self, thread: ThreadId, reason: DropReason, event: &Event) {
        let place = event.at.as_ref().map(|at| Place {
            file: at.file,
            code: Arc::clone(&at.code),
            instruction: at.instruction,
            line: at.line,
        });
        if let Some(asked_ns) = self.asked_ns.remove(&thread) {
            self.kept(thread, event.time_ns.saturating_sub(asked_ns), place.clone());
        }
        let on_request = matches!(reason, DropReason::Request | DropReason::Ticks);
        self.dropped = place.filter(|_| on_request).map(|place| (thread, place));
    }

    fn kept(&mut self, thread: ThreadId, length_ns: u64, place: Option<Place>) {
        if length_ns < KEPT_NS {
            return;
        }
        let times = self.kept.as_ref().map_or(0, |kept| kept.times) + 1;
        match &mut self.kept {
            Some(kept) if kept.length_ns >= length_ns => kept.times = times,
            kept => *kept = Some(Kept { thread, length_ns, place, times }),
        }
    }

    fn taken(&mut self, thread: ThreadId, now_ns: u64) {
        if let Some((from, place)) = self.dropped.take()
            && from != thread
        {
            *self.cuts.entry(place).or_default() += 1;
        }
        match self.doing.remove(&thread) {
            Some(Doing::Back { since_ns }) => {
                self.returns.entry(thread).or_default().add(now_ns.saturating_sub(since_ns));
            }
            Some(Doing::Waiting { lock, .. }) => {
                let study = self.lock(lock);
                if study.hand_overs == 0 {
                    study.first_ns = now_ns;
                }
                study.hand_overs += 1;
                study.last_ns = now_ns;
            }
            Some(Doing::Outside) | None => {}
        }
    }

    fn lock(&mut self, lock: ObjId) -> &mut LockStudy {
        let name = self.names.get(&lock).cloned().flatten();
        self.locks.entry(lock).or_insert_with(|| LockStudy { name, ..LockStudy::default() })
    }

    fn blocked(&mut self, thread: ThreadId, reason: &BlockReason, now_ns: u64) {
        let doing = match reason {
            BlockReason::Sleep | BlockReason::Io { .. } => Some(Doing::Outside),
            BlockReason::Lock { lock, owner: Some(owner) } => Some(self.waits_for(thread, *lock, *owner, now_ns)),
            _ => None,
        };
        match doing {
            Some(doing) => self.doing.insert(thread, doing),
            None => self.doing.remove(&thread),
        };
    }

    fn waits_for(&mut self, thread: ThreadId, lock: ObjId, owner: ThreadId, now_ns: u64) -> Doing {
        let (since_ns, too_late) = match self.doing.get(&thread) {
            Some(Doing::Waiting { lock: same, since_ns, too_late }) if *same == lock => (*since_ns, *too_late + 1),
            _ => (now_ns, 0),
        };
        let study = self.lock(lock);
        if too_late > study.starved.as_ref().map_or(0, |starved| starved.times) {
            let waited_ns = now_ns.saturating_sub(since_ns);
            study.starved = Some(Starved { thread, times: too_late, waited_ns, owner });
        }
        Doing::Waiting { lock, since_ns, too_late }
    }
}
