//! Locks, as CPython's `_thread.lock` and `_thread.RLock` on top of kernel semaphores.
//!
//! Acquiring tries first, with the GIL; only if that fails does the thread let go of the GIL and wait (2.7 lets go of it
//! always: the profile's [`LockRule`]). A release makes
//! the lock free and wakes the thread that has waited longest; the lock is not handed over, so whoever tries first has it.
//! The woken thread takes the lock without needing the GIL, and then wants the GIL; if another was faster, it waits again,
//! last in the queue.

use crate::choice::{ChoiceKind, Strategy};
use crate::chronicle::Cause;
use crate::drive::Driver;
use crate::event::{DropReason, EventKind, Observer, WakeCause, interest};
use crate::profile::LockRule;
use crate::sync::WaitPlace;
use crate::threads::Operation;
use gilsim_vm::effect::{Reply, Wait};
use gilsim_vm::object::sync::{Hold, LockKind};
use gilsim_vm::value::{ObjId, ThreadId};

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    pub(super) fn acquire(&mut self, thread: ThreadId, lock: ObjId, wait: Wait, depth: u32) {
        let kind = self.sim.interpreter_of(thread).vm.lock(lock).kind;
        self.introduce(interest::SYNC, thread, lock);
        let now_ns = self.sim.now_ns;
        if kind == LockKind::Reentrant && self.sim.interpreter_of(thread).vm.lock(lock).holder == Some(thread) {
            let held = self.sim.interpreter_of_mut(thread).vm.lock_mut(lock);
            held.depth += depth;
            let depth = held.depth;
            self.tell(Some(thread), EventKind::LockAcquire { lock, depth, waited_ns: 0 }, None);
            self.answer(thread, Reply::Bool(true));
        } else if self.sim.config.profile.lock == LockRule::AlwaysReleases {
            if !self.lock_is_free(thread, lock) {
                self.tell(Some(thread), EventKind::LockTry { lock, blocking: wait != Wait::No }, None);
            }
            let deadline_ns = self.deadline(wait).unwrap_or(Some(now_ns));
            let operation = Operation::Acquire { lock, depth, deadline_ns, tried_ns: now_ns };
            self.begin_without_gil(thread, DropReason::Block, operation);
        } else if self.lock_is_free(thread, lock) {
            self.grab(thread, lock, depth, now_ns);
            self.answer(thread, Reply::Bool(true));
        } else {
            let deadline = self.deadline(wait);
            self.tell(Some(thread), EventKind::LockTry { lock, blocking: deadline.is_some() }, None);
            match deadline {
                None => self.answer(thread, Reply::Bool(false)),
                Some(deadline_ns) => {
                    let operation = Operation::Acquire { lock, depth, deadline_ns, tried_ns: now_ns };
                    self.begin_without_gil(thread, DropReason::Block, operation);
                }
            }
        }
    }

    /// Whether a lock of the thread's interpreter is free.
    pub fn lock_is_free(&self, thread: ThreadId, lock: ObjId) -> bool {
        self.sim.interpreter_of(thread).vm.lock(lock).holder.is_none()
    }

    /// Takes a free lock.
    pub fn grab(&mut self, thread: ThreadId, lock: ObjId, depth: u32, tried_ns: u64) {
        let at = self.sim.interpreter_of(thread).vm.program_spot(&self.sim.thread(thread).green);
        let now_ns = self.sim.now_ns;
        let interpreter = self.sim.interpreter_of_mut(thread);
        let id = interpreter.id;
        interpreter.vm.lock_mut(lock).take(thread, depth, Hold { since_ns: now_ns, at });
        let waited_ns = now_ns - tried_ns;
        let by = if waited_ns > 0 { self.sim.chronicle.cause(Cause::LockRelease(id, lock)) } else { None };
        self.tell(Some(thread), EventKind::LockAcquire { lock, depth, waited_ns }, by);
    }

    pub(super) fn release(&mut self, thread: ThreadId, lock: ObjId, fully: bool) {
        let held = self.sim.interpreter_of_mut(thread).vm.lock_mut(lock);
        let before = held.give_back(fully);
        let depth = held.depth;
        self.introduce(interest::SYNC, thread, lock);
        if depth == 0 {
            self.make_free(thread, lock);
        } else {
            self.tell(Some(thread), EventKind::LockRelease { lock, depth, woken: None }, None);
        }
        self.answer(thread, Reply::Int(i64::from(before)));
    }

    fn make_free(&mut self, thread: ThreadId, lock: ObjId) {
        let id = self.sim.interpreter_of(thread).id;
        let woken = self.pick_waiter(thread, WaitPlace::Lock(lock), ChoiceKind::LockWake);
        let event = self.tell(Some(thread), EventKind::LockRelease { lock, depth: 0, woken }, None);
        self.note(Cause::LockRelease(id, lock), event);
        if let Some(woken) = woken {
            self.wake(woken, WakeCause::Released, event);
        }
    }
}
