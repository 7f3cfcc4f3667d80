//! What the telling of events needs to remember between steps: sequence numbers and causes.
//!
//! None of this is state of the simulated world: it depends on who listens. It therefore takes no part in equality or
//! fingerprints of a simulation, and nothing that decides how a run goes may read it.

use crate::event::{EventId, InterpreterId, Position};
use gilsim_vm::value::{ObjId, ThreadId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// An event that later ones may name as their cause.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Cause {
    /// The creation of a thread.
    Created(ThreadId),
    /// The end of a thread.
    Ended(ThreadId),
    /// The put whose item a thread has in its hand.
    Handed(ThreadId),
    /// What woke a thread, or will.
    Waker(ThreadId),
    /// The end of a thread's timed wait for the GIL.
    GilTimeout(ThreadId),
    /// The last drop request in an interpreter.
    GilRequest(InterpreterId),
    /// The last drop of an interpreter's GIL.
    GilDrop(InterpreterId),
    /// The last release of a lock.
    LockRelease(InterpreterId, ObjId),
}

/// Sequence numbers, causes, and what was told before.
#[derive(Clone, Debug, Default)]
pub struct Chronicle {
    next: u64,
    causes: BTreeMap<Cause, EventId>,
    puts: BTreeMap<(InterpreterId, ObjId), VecDeque<Option<EventId>>>,
    objects: BTreeSet<(InterpreterId, ObjId)>,
    lines: BTreeMap<ThreadId, Spot>,
    executing: BTreeMap<ThreadId, Executing>,
    frames: BTreeMap<ThreadId, (usize, usize)>,
}

/// An instruction under way.
#[derive(Clone, PartialEq, Debug)]
pub struct Executing {
    /// Its name.
    pub name: &'static str,
    /// Its cost, once known.
    pub cost_ns: u64,
    /// Where it is.
    pub at: Position,
}

/// Where a thread was when its last instruction was told: file, line and depth of frames.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// Index into the list of files.
    pub file: u32,
    /// Line.
    pub line: u32,
    /// Number of frames.
    pub depth: usize,
}

impl Chronicle {
    /// The next event's number.
    pub fn number(&mut self) -> EventId {
        let id = EventId(self.next);
        self.next += 1;
        id
    }

    /// Remembers an event as a cause.
    pub fn note(&mut self, cause: Cause, event: Option<EventId>) {
        if let Some(event) = event {
            self.causes.insert(cause, event);
        }
    }

    /// The event remembered.
    pub fn cause(&self, cause: Cause) -> Option<EventId> {
        self.causes.get(&cause).copied()
    }

    /// Forgets a cause, and gives it.
    pub fn take(&mut self, cause: Cause) -> Option<EventId> {
        self.causes.remove(&cause)
    }

    /// An item was put at the end of a queue.
    pub fn put(&mut self, interpreter: InterpreterId, queue: ObjId, event: Option<EventId>) {
        self.puts.entry((interpreter, queue)).or_default().push_back(event);
    }

    /// An item was taken from a queue: the event of its put.
    pub fn got(&mut self, interpreter: InterpreterId, queue: ObjId) -> Option<EventId> {
        self.puts.get_mut(&(interpreter, queue))?.pop_front()?
    }

    /// Whether an object is told of for the first time.
    pub fn is_new(&mut self, interpreter: InterpreterId, object: ObjId) -> bool {
        self.objects.insert((interpreter, object))
    }

    /// Forgets the objects that a collection has destroyed: their handles will be given to others.
    pub fn forget_objects(&mut self, interpreter: InterpreterId, is_free: impl Fn(ObjId) -> bool) {
        self.objects.retain(|(owner, object)| *owner != interpreter || !is_free(*object));
        self.puts.retain(|(owner, queue), _| *owner != interpreter || !is_free(*queue));
    }

    /// Sets where a thread is, and gives where it was.
    pub fn moved(&mut self, thread: ThreadId, spot: Spot) -> Option<Spot> {
        self.lines.insert(thread, spot)
    }

    /// How many frames a thread had when last told of: all, and those of the program's own code.
    pub fn frames(&self, thread: ThreadId) -> Option<(usize, usize)> {
        self.frames.get(&thread).copied()
    }

    /// Sets how many frames a thread has, and gives how many it had.
    pub fn set_frames(&mut self, thread: ThreadId, frames: (usize, usize)) -> Option<(usize, usize)> {
        self.frames.insert(thread, frames)
    }

    /// A thread begins an instruction.
    pub fn executes(&mut self, thread: ThreadId, instruction: Executing) {
        self.executing.insert(thread, instruction);
    }

    /// The cost of the instruction a thread is at.
    pub fn costs(&mut self, thread: ThreadId, cost_ns: u64) {
        if let Some(instruction) = self.executing.get_mut(&thread) {
            instruction.cost_ns = cost_ns;
        }
    }

    /// A thread has ended its instruction.
    pub fn executed(&mut self, thread: ThreadId) -> Option<Executing> {
        self.executing.remove(&thread)
    }
}

/// Always equal: what was told is not state of the simulated world.
impl PartialEq for Chronicle {
    fn eq(&self, _other: &Chronicle) -> bool {
        true
    }
}
