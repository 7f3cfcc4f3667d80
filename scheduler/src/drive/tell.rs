//! Telling: events for the observer, with their places and causes. Without a listener all of it compiles away.

use super::Driver;
use crate::choice::Strategy;
use crate::chronicle::Cause;
use crate::event::{Event, EventId, EventKind, InterpreterId, ObjectKind, Observer, Position, WakeCause, interest};
use gilsim_vm::interp::Place;
use gilsim_vm::object::Object;
use gilsim_vm::object::sync::{Lock, LockKind};
use gilsim_vm::value::{ObjId, ThreadId};

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// Tells the observer, if it wants to hear of such events; gives the event's number.
    pub fn tell(&mut self, thread: Option<ThreadId>, kind: EventKind, by: Option<EventId>) -> Option<EventId> {
        if O::INTEREST & kind.group() == 0 {
            return None;
        }
        let with_place = self.observer.records() || matches!(kind, EventKind::GilDrop { .. });
        let at = thread.filter(|_| with_place).and_then(|thread| self.position(thread));
        Some(self.emit(thread, kind, at, by))
    }

    /// Tells an event at a given place.
    pub(super) fn emit(
        &mut self,
        thread: Option<ThreadId>,
        kind: EventKind,
        at: Option<Position>,
        by: Option<EventId>,
    ) -> EventId {
        let id = self.sim.chronicle.number();
        let interpreter = thread.map_or(InterpreterId(0), |thread| self.sim.thread(thread).interpreter);
        let event = Event { id, time_ns: self.sim.now_ns, interpreter, thread, kind, at, by };
        self.observer.event(&event);
        id
    }

    /// Remembers an event as a cause of later ones, if anybody wants to know.
    pub fn note(&mut self, cause: Cause, event: Option<EventId>) {
        if O::INTEREST != interest::NONE && self.observer.records() {
            self.sim.chronicle.note(cause, event);
        }
    }

    /// Where a thread is in the user's program.
    pub fn position(&self, thread: ThreadId) -> Option<Position> {
        let vm = &self.sim.interpreter_of(thread).vm;
        vm.program_place(&self.sim.thread(thread).green).map(position)
    }

    /// A thread goes on.
    pub fn tell_wake(&mut self, thread: ThreadId, cause: WakeCause, by: Option<EventId>) {
        let event = self.tell(Some(thread), EventKind::Wake { cause }, by);
        self.note(Cause::Waker(thread), event);
    }

    /// A thread has the item that was put into its hand.
    pub fn tell_handed(&mut self, thread: ThreadId, queue: ObjId) {
        let by = self.sim.chronicle.take(Cause::Handed(thread));
        let size = self.sim.interpreter_of(thread).vm.simple_queue(queue).items.len() as u32;
        self.tell(Some(thread), EventKind::QueueGet { queue, size }, by);
    }

    /// A waiter's switch interval is over.
    pub fn tell_gil_timeout(&mut self, thread: ThreadId, interval_ns: u64, switched_meanwhile: bool) {
        let event = self.tell(Some(thread), EventKind::GilTimeout { interval_ns, switched_meanwhile }, None);
        self.note(Cause::GilTimeout(thread), event);
    }

    /// A waiter asks the holder to let go.
    pub fn tell_gil_request(&mut self, thread: ThreadId, holder: ThreadId) {
        let by = self.sim.chronicle.cause(Cause::GilTimeout(thread));
        let event = self.tell(Some(thread), EventKind::GilRequest { holder }, by);
        let interpreter = self.sim.thread(thread).interpreter;
        self.note(Cause::GilRequest(interpreter), event);
    }

    /// Introduces a lock, queue or handle when an event of this group tells of it for the first time.
    pub fn introduce(&mut self, group: u32, thread: ThreadId, object: ObjId) {
        if O::INTEREST & group == 0 {
            return;
        }
        let interpreter = self.sim.thread(thread).interpreter;
        if self.sim.chronicle.is_new(interpreter, object) {
            let (kind, name) = match self.sim.interpreter_of(thread).vm.heap.get(object) {
                Object::Lock(lock) => (lock_kind(lock), lock.name.as_deref().map(str::to_owned)),
                Object::SimpleQueue(_) => (ObjectKind::SimpleQueue, None),
                _ => (ObjectKind::ThreadHandle, None),
            };
            self.tell(Some(thread), EventKind::ObjectNew { object, kind, name }, None);
        }
    }
}

fn lock_kind(lock: &Lock) -> ObjectKind {
    match lock.kind {
        LockKind::Plain if lock.is_waiter => ObjectKind::Waiter,
        LockKind::Plain => ObjectKind::Lock,
        LockKind::Reentrant => ObjectKind::RLock,
    }
}

/// A place as events tell it.
pub(super) fn position(place: Place) -> Position {
    Position {
        file: place.file,
        line: place.line,
        column: place.column,
        end_column: place.end_column,
        code: place.code,
        instruction: place.instruction,
    }
}
