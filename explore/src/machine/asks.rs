//! What a thread asks of the world as a step: which effects are steps of their own, and which belong to the step of a
//! library method around them.

use super::Machine;
use super::advance::{Region, first_local, whole};
use super::operation::{Accesses, Kind, Operation};
use super::rules::Rule;
use gilsim_scheduler::profile::LockRule;
use gilsim_vm::effect::{Effect, Wait};
use gilsim_vm::object::Object;
use gilsim_vm::value::{ObjId, ThreadId, Value};
use smallvec::smallvec;

impl Machine {
    /// The step that an effect is, if it is one.
    pub(super) fn next_by_effect(&mut self, id: ThreadId, effect: &Effect) -> Option<Operation> {
        if !self.parallel {
            return None;
        }
        let object = match effect {
            Effect::Acquire { lock, .. } | Effect::Release { lock, .. } => Some(*lock),
            Effect::QueuePut { queue, .. } | Effect::QueueGet { queue, .. } => Some(*queue),
            Effect::Join { handle, wait } => return self.next_by_join(*handle, *wait, effect),
            Effect::JoinAll => None,
            Effect::Write { .. } => return self.next_by_write(effect),
            _ => return None,
        };
        let step = |accesses| Some(Operation { kind: Kind::Effect(effect.clone()), accesses });
        let Some(object) = object else { return if self.all_ended() { None } else { step(Accesses::new()) } };
        match self.region(id) {
            Region::Ruled(rule, start) => self.inside_rule(id, rule, start, effect),
            Region::Program | Region::Library => step(smallvec![whole(object, true)]),
        }
    }

    /// An effect as the worker of a pool asks for it: a look into its queue becomes a wait.
    pub(super) fn as_worker(&self, id: ThreadId, effect: Effect) -> Effect {
        let frame = self.thread(id).green.frames.last();
        let rule = frame.and_then(|frame| self.codes.facts(frame.code).rule);
        match effect {
            Effect::QueueGet { queue, .. } if self.parallel && rule == Some(Rule::Worker) => {
                Effect::QueueGet { queue, wait: Wait::Forever }
            }
            other => other,
        }
    }

    /// Writing is a step where the output matters; then all of it is one place.
    fn next_by_write(&self, effect: &Effect) -> Option<Operation> {
        let Value::Obj(output) = self.vm.module("__main__").filter(|_| self.watches_output())? else { return None };
        Some(Operation { kind: Kind::Effect(effect.clone()), accesses: smallvec![whole(output, true)] })
    }

    /// Whether the program can end: all threads have, but for daemons that wait. One that can go on could do so before the
    /// end, and what it does then is to be seen; one that only waits for a time to pass comes too late.
    pub(super) fn all_ended(&self) -> bool {
        let rests = |id| !self.is_enabled(id) || self.would_give_up(id);
        let mut others = (0..).map(ThreadId).zip(&self.threads).skip(1);
        others.all(|(id, thread)| thread.is_done() || thread.daemon && rests(id))
    }

    /// Joining a thread that has ended is no step; with a timeout it asks whether it has.
    fn next_by_join(&mut self, handle: ObjId, wait: Wait, effect: &Effect) -> Option<Operation> {
        if wait == Wait::Forever {
            let ended = self.has_ended(handle);
            return (!ended).then(|| Operation { kind: Kind::Effect(effect.clone()), accesses: Accesses::new() });
        }
        self.watch_ends();
        Some(Operation { kind: Kind::Effect(effect.clone()), accesses: smallvec![whole(handle, false)] })
    }

    pub(super) fn watch_ends(&mut self) {
        self.knowledge.changed |= !std::mem::replace(&mut self.knowledge.watches_ends, true);
    }

    /// An effect inside a ruled function: mostly part of its step.
    fn inside_rule(&mut self, id: ThreadId, rule: Rule, start: usize, effect: &Effect) -> Option<Operation> {
        let Effect::Acquire { lock, wait, .. } = effect else { return None };
        if self.lock_is_free(*lock) || self.vm.lock(*lock).holder == Some(id) && !self.vm.lock(*lock).is_waiter {
            return None;
        }
        match (rule, *wait) {
            (_, Wait::No | Wait::AtMost(0)) => None,
            (Rule::Wait, wait) => Some(self.resume(id, start, *lock, wait)),
            // A step with a guard is only taken where it need not wait, or may give up.
            (_, Wait::AtMost(_)) => None,
            (_, Wait::Forever) => {
                Some(Operation { kind: Kind::Effect(effect.clone()), accesses: smallvec![whole(*lock, true)] })
            }
        }
    }

    /// The second step of a wait that began in the frame `start`.
    fn resume(&mut self, id: ThreadId, start: usize, waiter: ObjId, wait: Wait) -> Operation {
        let timeout_ns = match wait {
            Wait::AtMost(wait_ns) => Some(wait_ns),
            Wait::No | Wait::Forever => None,
        };
        let green = &self.thread(id).green;
        let object = first_local(green, start);
        let condition = (start..green.frames.len()).rev().find_map(|at| {
            let object = first_local(green, at)?;
            self.attribute(object, "_waiters").map(|_| object)
        });
        let lock = condition.and_then(|condition| self.lock_of(condition));
        let mut accesses: Accesses = lock.map(|lock| whole(lock, true)).into_iter().collect();
        accesses.extend(object.map(|object| whole(object, true)));
        Operation { kind: Kind::Resume { waiter, lock, timeout_ns }, accesses }
    }

    /// The lock behind a condition.
    pub(super) fn lock_of(&self, condition: ObjId) -> Option<ObjId> {
        match self.attribute(condition, "_lock")? {
            Value::Obj(lock) if matches!(self.vm.heap.get(lock), Object::Lock(_)) => Some(lock),
            _ => None,
        }
    }
}

/// Whether the GIL is released on the way, other than at an eval check.
pub(super) fn releases_gil(effect: &Effect, lock: LockRule) -> bool {
    match effect {
        Effect::Sleep { .. } | Effect::Write { .. } | Effect::Spawn { .. } | Effect::Join { .. } | Effect::JoinAll => {
            true
        }
        Effect::Acquire { .. } => lock == LockRule::AlwaysReleases,
        _ => false,
    }
}
