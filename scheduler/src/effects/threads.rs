//! Starting, joining, counting and naming threads, and exceptions that end them.
//!
//! `start()` needs nothing special: its Python code waits on an event that the new thread sets. On 3.13 the first to join a
//! thread also waits for its operating system thread, without the GIL, even when it has long ended.

use crate::choice::Strategy;
use crate::chronicle::Cause;
use crate::drive::Driver;
use crate::event::{DropReason, EventKind, Limit, Observer, interest};
use crate::jitter::Latency;
use crate::profile::{JoinRule, StartAtExitRule};
use crate::simulation::Uncaught;
use crate::threads::{Operation, Thread};
use crate::timers::Due;
use gilsim_vm::effect::{Refusal, Reply, Wait};
use gilsim_vm::interp::Vm;
use gilsim_vm::object::sync::HandleState;
use gilsim_vm::value::{ObjId, ThreadId, Value};

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    pub(super) fn spawn(
        &mut self,
        parent: ThreadId,
        function: Value,
        args: &[Value],
        kwargs: &[(ObjId, Value)],
        handle: ObjId,
        daemon: bool,
    ) {
        if self.sim.interpreter_of(parent).live_threads >= self.sim.config.limits.threads_max {
            self.limit(Limit::Threads);
            return self.answer(parent, Reply::Failed(Refusal::NoThread));
        }
        if self.sim.interpreter_of(parent).joined && self.sim.config.profile.start_at_exit == StartAtExitRule::Refused {
            return self.answer(parent, Reply::Failed(Refusal::AtShutdown));
        }
        let id = ThreadId(self.sim.threads.len() as u32);
        let interpreter = self.sim.interpreter_of_mut(parent);
        interpreter.live_threads += 1;
        let home = interpreter.id;
        if !daemon {
            interpreter.not_daemons.insert(id);
        }
        let green = interpreter.vm.new_thread(id, function, args, kwargs);
        let state = interpreter.vm.thread_handle_mut(handle);
        state.thread = Some(id);
        state.state = HandleState::Running;
        let mut thread = Thread::new(id, home, green, daemon);
        thread.handle = Some(handle);
        self.sim.threads.push(Box::new(thread));
        let start_ns = self.latency_ns(Latency::ThreadStart);
        self.set_timer(id, self.sim.now_ns.saturating_add(start_ns), Due::Boot);
        let event = self.tell(Some(parent), EventKind::ThreadCreate { child: id, daemon }, None);
        self.note(Cause::Created(id), event);
        self.compute_with_gil(parent, self.sim.config.latencies.thread_create_ns, Reply::Int(Vm::ident(id)));
    }

    pub(super) fn join(&mut self, thread: ThreadId, handle: ObjId, wait: Wait) {
        self.introduce(interest::SYNC, thread, handle);
        let Some(target) = self.sim.interpreter_of(thread).vm.thread_handle(handle).thread else {
            return self.answer(thread, Reply::Bool(true));
        };
        if self.sim.thread(target).joinable {
            return self.joined(thread, target, false);
        }
        match self.deadline(wait) {
            None => {
                self.tell(Some(thread), EventKind::ThreadJoin { target, ended: false }, None);
                self.answer(thread, Reply::Bool(false));
            }
            Some(deadline_ns) => {
                let operation = Operation::Join { target, deadline_ns, at_exit: false };
                self.begin_without_gil(thread, DropReason::Block, operation);
            }
        }
    }

    /// The target of a join has ended, and the joining thread has the GIL.
    pub fn joined(&mut self, thread: ThreadId, target: ThreadId, at_exit: bool) {
        let by = self.sim.chronicle.cause(Cause::Ended(target));
        self.tell(Some(thread), EventKind::ThreadJoin { target, ended: true }, by);
        // The main thread's handle has no operating system thread to join.
        let is_main = self.sim.interpreter_of(target).main == target;
        let first = !std::mem::replace(&mut self.sim.thread_mut(target).system_joined, true);
        if first && !is_main && self.sim.config.profile.join == JoinRule::EventThenSystemThread {
            let operation = Operation::JoinSystemThread { target, at_exit };
            self.begin_without_gil(thread, DropReason::Block, operation);
        } else {
            self.system_thread_joined(thread, at_exit);
        }
    }

    /// A join is complete.
    pub fn system_thread_joined(&mut self, thread: ThreadId, at_exit: bool) {
        if at_exit {
            self.join_all(thread);
        } else {
            self.answer(thread, Reply::Bool(true));
        }
    }

    /// Joins, one after the other in the order of their start, all threads that are no daemons.
    pub(super) fn join_all(&mut self, thread: ThreadId) {
        match self.sim.interpreter_of(thread).not_daemons.first().copied() {
            None => {
                self.sim.interpreter_of_mut(thread).joined = true;
                self.answer(thread, Reply::Done);
            }
            Some(target) => {
                let operation = Operation::Join { target, deadline_ns: None, at_exit: true };
                self.begin_without_gil(thread, DropReason::Block, operation);
            }
        }
    }

    /// The main thread has come to its end as far as others are concerned; it still takes the program down.
    pub(super) fn set_done(&mut self, thread: ThreadId, handle: ObjId) {
        let state = self.sim.interpreter_of_mut(thread).vm.thread_handle_mut(handle);
        state.state = HandleState::Done;
        if let Some(target) = state.thread {
            self.declare_ended(target, None);
        }
        self.answer(thread, Reply::Done);
    }

    /// From now on daemon threads stop where they next want the GIL.
    pub(super) fn finalize(&mut self, thread: ThreadId) {
        self.sim.interpreter_of_mut(thread).finalizing = true;
        self.answer(thread, Reply::Done);
    }

    pub(super) fn thread_count(&mut self, thread: ThreadId) {
        let live = self.sim.interpreter_of(thread).live_threads;
        self.answer(thread, Reply::Int(i64::from(live)));
    }

    pub(super) fn name_thread(&mut self, thread: ThreadId, ident: i64, name: String) {
        if let Some(target) = self.thread_of_ident(ident) {
            self.sim.thread_mut(target).name = Some(name.as_str().into());
            self.tell(Some(thread), EventKind::ThreadName { target, name }, None);
        }
        self.answer(thread, Reply::Done);
    }

    /// Idents are evenly spaced from the first thread's on.
    fn thread_of_ident(&self, ident: i64) -> Option<ThreadId> {
        let first = Vm::ident(ThreadId(0));
        let number = ident.checked_sub(first)? / (Vm::ident(ThreadId(1)) - first);
        let id = ThreadId(u32::try_from(number).ok()?);
        (Vm::ident(id) == ident && (id.0 as usize) < self.sim.threads.len()).then_some(id)
    }

    pub(super) fn uncaught(&mut self, thread: ThreadId, class: String, message: String) {
        self.sim.interpreter_of_mut(thread).uncaught = Some(Uncaught { class, message });
        self.answer(thread, Reply::Done);
    }

    pub(super) fn thread_died(&mut self, thread: ThreadId, class: String) {
        self.sim.thread_mut(thread).died_of = Some(class.into());
        self.answer(thread, Reply::Done);
    }
}
