//! What a thread asks of the world as a step: which effects are steps of their own, and which belong to the step of a
//! library method around them.

use super::advance::{Region, first_local, whole};
use super::names::Name;
use super::operation::{Accesses, Kind, Operation};
use super::rules::Rule;
use super::timeouts::Timeouts;
use super::{DAEMON_SLEEPS, Machine};
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
            Effect::Sleep { .. } if self.timeouts == Timeouts::Virtual || self.sleeps_long(id) => None,
            _ => return None,
        };
        let step = |accesses| Some(Operation { kind: Kind::Effect(effect.clone()), accesses });
        let Some(object) = object else {
            let goes_on = *effect == Effect::JoinAll && self.ends_now(id);
            return if goes_on { None } else { step(Accesses::new()) };
        };
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

    /// Whether a thread is a daemon that has slept often enough for what it does in between to have been seen: from now on
    /// the program may end while it sleeps.
    fn sleeps_long(&self, id: ThreadId) -> bool {
        let thread = self.thread(id);
        thread.daemon && thread.sleeps >= DAEMON_SLEEPS
    }

    /// Whether the program can end: all threads have, but for daemons that wait. One that can go on could do so before the
    /// end, and what it does then is to be seen; one that only waits for a time to pass comes too late. If daemons are left
    /// anywhere, the others are enough.
    pub(super) fn all_ended(&self) -> bool {
        let may_stay = |id| self.knowledge.leaves_daemons || !self.is_enabled(id) || self.would_give_up(id);
        self.all_done_or(may_stay)
    }

    /// Whether the program ends at once, where the main thread waits for the end of the others. While a daemon could go on,
    /// that is a step where daemons are left anywhere; a log has it as one in any case, since a replay does so.
    pub(super) fn ends_now(&mut self, id: ThreadId) -> bool {
        if self.all_done_or(|daemon| !self.is_enabled(daemon)) {
            return true;
        }
        let ends = !self.knowledge.leaves_daemons && self.all_ended();
        if ends {
            self.note(id);
        }
        ends
    }

    /// Whether all threads but the main one have ended, or are daemons that may stay.
    fn all_done_or(&self, may_stay: impl Fn(ThreadId) -> bool) -> bool {
        let mut others = (0..).map(ThreadId).zip(&self.threads).skip(1);
        others.all(|(id, thread)| thread.is_done() || thread.daemon && may_stay(id))
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
        let (lock, wait) = match effect {
            Effect::Acquire { lock, wait, .. } => (lock, wait),
            // Bytes in a pipe: whoever brings them changes the files.
            Effect::QueueGet { queue, wait: Wait::Forever } if self.vm.simple_queue(*queue).items.is_empty() => {
                let files = self.thread(id).green.frames.get(start)?.globals;
                let accesses = smallvec![whole(*queue, true), whole(files, true)];
                return Some(Operation { kind: Kind::Effect(effect.clone()), accesses });
            }
            _ => return None,
        };
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
            self.attribute(object, Name::Waiters).map(|_| object)
        });
        let lock = condition.and_then(|condition| self.lock_of(condition));
        let mut accesses: Accesses = lock.map(|lock| whole(lock, true)).into_iter().collect();
        accesses.extend(object.map(|object| whole(object, true)));
        Operation { kind: Kind::Resume { waiter, lock, timeout_ns }, accesses }
    }

    /// The lock behind a condition.
    pub(super) fn lock_of(&self, condition: ObjId) -> Option<ObjId> {
        match self.attribute(condition, Name::Lock)? {
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
        Effect::Native { drops_gil, .. } => *drops_gil,
        _ => false,
    }
}
