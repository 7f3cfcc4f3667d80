//! When a step can be taken.

use super::Machine;
use super::names::Name;
use super::operation::{Kind, Operation};
use super::rules::Guard;
use super::timeouts::Timeouts;
use gilsim_vm::effect::{Effect, Wait};
use gilsim_vm::interp::access::{Access, Part};
use gilsim_vm::object::Object;
use gilsim_vm::object::sync::LockKind;
use gilsim_vm::value::{ObjId, ThreadId, Value};

impl Machine {
    /// Whether the next step of a thread can be taken now.
    pub fn is_enabled(&self, id: ThreadId) -> bool {
        self.thread(id).next.as_ref().is_some_and(|operation| self.can_take(id, operation))
    }

    /// Whether an operation is possible now.
    pub(super) fn can_take(&self, id: ThreadId, operation: &Operation) -> bool {
        self.is_due(id, operation) && self.is_possible(id, operation)
    }

    fn is_possible(&self, id: ThreadId, operation: &Operation) -> bool {
        match &operation.kind {
            Kind::Instruction | Kind::Spawned | Kind::Pause | Kind::End => true,
            Kind::Method { object, guard, gives_up_ns } => gives_up_ns.is_some() || self.holds(*object, *guard),
            Kind::Resume { waiter, lock, timeout_ns } => {
                (timeout_ns.is_some() || self.lock_is_free(*waiter)) && lock.is_none_or(|lock| self.lock_is_free(lock))
            }
            Kind::Effect(effect) => self.effect_is_possible(id, effect),
        }
    }

    /// Whether the next step of a thread would be to give up waiting, because what it waits for is not there.
    pub fn would_give_up(&self, id: ThreadId) -> bool {
        self.thread(id).next.as_ref().is_some_and(|operation| self.gives_up(id, operation))
    }

    /// Whether an operation that waits no longer than some time would be given up now.
    pub(super) fn gives_up(&self, id: ThreadId, operation: &Operation) -> bool {
        match &operation.kind {
            Kind::Effect(Effect::Acquire { lock, wait: Wait::AtMost(_), .. }) => {
                self.vm.lock(*lock).holder.is_some_and(|holder| holder != id)
            }
            Kind::Effect(Effect::QueueGet { queue, wait: Wait::AtMost(_) }) => {
                self.vm.simple_queue(*queue).items.is_empty()
            }
            Kind::Effect(Effect::Join { handle, wait: Wait::AtMost(_) }) => !self.has_ended(*handle),
            Kind::Resume { waiter, .. } => !self.lock_is_free(*waiter),
            Kind::Effect(Effect::Sleep { .. }) => true,
            Kind::Method { object, guard, gives_up_ns: Some(_) } => !self.holds(*object, *guard),
            _ => false,
        }
    }

    /// Whether a thread is a daemon in a sleep during which the program may end.
    pub fn sleeps(&self, id: ThreadId) -> bool {
        let next = self.thread(id).next.as_ref().map(|next| &next.kind);
        self.timeouts == Timeouts::Free && matches!(next, Some(Kind::Effect(Effect::Sleep { .. })))
    }

    fn effect_is_possible(&self, id: ThreadId, effect: &Effect) -> bool {
        match effect {
            Effect::Acquire { lock, wait: Wait::Forever, .. } => {
                let lock = self.vm.lock(*lock);
                lock.holder.is_none() || (lock.kind == LockKind::Reentrant && lock.holder == Some(id))
            }
            Effect::QueueGet { queue, wait: Wait::Forever } => !self.vm.simple_queue(*queue).items.is_empty(),
            Effect::Join { handle, wait: Wait::Forever } => self.has_ended(*handle),
            Effect::JoinAll => self.all_ended(),
            _ => true,
        }
    }

    /// Whether a lock is free.
    pub fn lock_is_free(&self, lock: ObjId) -> bool {
        self.vm.lock(lock).holder.is_none()
    }

    /// Whether the thread of a handle has ended.
    pub(super) fn has_ended(&self, handle: ObjId) -> bool {
        match self.vm.thread_handle(handle).thread {
            Some(thread) => self.threads.get(thread.0 as usize).is_none_or(|thread| thread.is_done()),
            None => true,
        }
    }

    /// Whether a guard holds for an object.
    pub fn holds(&self, object: ObjId, guard: Guard) -> bool {
        self.level(object, guard).is_none_or(|level| holds_at(guard, level))
    }

    /// The number that a guard looks at; none where it always holds.
    pub fn level(&self, object: ObjId, guard: Guard) -> Option<i64> {
        match guard {
            Guard::None => None,
            Guard::Positive(name) | Guard::True(name) | Guard::Zero(name) => self.number(object, name),
            Guard::NotEmpty => self.queue_len(object),
            Guard::NotFull => {
                let room = self.number(object, Name::MaxSize).filter(|size| *size > 0)?;
                Some(room - self.queue_len(object)?)
            }
            Guard::Done => {
                let state = self.attribute(object, Name::State)?;
                let done = self.vm.heap.str(state).is_some_and(|state| matches!(state, "FINISHED"))
                    || self.vm.heap.str(state).is_some_and(|state| state.starts_with("CANCELLED"));
                Some(i64::from(done))
            }
        }
    }

    /// The level of an object before a step that touches it, whatever the guard of other steps on it: of a lock 1 if it
    /// is free, of a synchronisation object what its guards look at.
    pub fn level_of(&self, object: ObjId) -> i64 {
        match self.vm.heap.get(object) {
            Object::Lock(lock) => i64::from(lock.holder.is_none()),
            Object::SimpleQueue(queue) => queue.items.len() as i64,
            Object::Instance(_) => self.instance_level(object),
            _ => 1,
        }
    }

    fn instance_level(&self, object: ObjId) -> i64 {
        for guard in [Guard::Positive(Name::Value), Guard::True(Name::Flag), Guard::Done] {
            if let Some(level) = self.level(object, guard) {
                return level;
            }
        }
        self.queue_len(object).unwrap_or(1)
    }

    /// Whether an access is to a key that its dict does not have.
    pub fn lacks_key(&self, access: &Access) -> bool {
        match (self.vm.heap.get(access.object), access.part) {
            (Object::Dict(dict), Part::Key(hash)) => dict.find(hash, |_| true).is_none(),
            _ => false,
        }
    }

    /// The size of a bounded queue.
    pub fn room(&self, queue: ObjId) -> i64 {
        self.number(queue, Name::MaxSize).filter(|size| *size > 0).unwrap_or(i64::MAX)
    }

    fn queue_len(&self, queue: ObjId) -> Option<i64> {
        let Value::Obj(items) = self.attribute(queue, Name::Queue)? else { return None };
        match self.vm.heap.get(items) {
            Object::Deque(items) => Some(items.items.len() as i64),
            Object::List(items) => Some(items.len() as i64),
            _ => None,
        }
    }

    fn number(&self, object: ObjId, name: Name) -> Option<i64> {
        match self.attribute(object, name)? {
            Value::Int(number) => Some(number),
            Value::Bool(truth) => Some(i64::from(truth)),
            _ => None,
        }
    }

    /// An attribute of an instance.
    pub(super) fn attribute(&self, object: ObjId, name: Name) -> Option<Value> {
        self.vm.heap.instance_attribute(object, self.codes.names.get(name)?)
    }
}

/// Whether a guard holds at a level.
pub fn holds_at(guard: Guard, level: i64) -> bool {
    match guard {
        Guard::None => true,
        Guard::Positive(_) | Guard::True(_) | Guard::NotEmpty | Guard::NotFull | Guard::Done => level > 0,
        Guard::Zero(_) => level == 0,
    }
}
