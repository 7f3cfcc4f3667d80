//! Threads begin and end; the program ends; who waits for whom when nothing can go on.

use super::Driver;
use super::tell::position;
use crate::choice::Strategy;
use crate::chronicle::Cause;
use crate::event::{BlockReason, EventId, EventKind, Observer, ThreadEnd, WakeCause};
use crate::outcome::Outcome;
use crate::profile::JoinRule;
use crate::sync::WaitPlace;
use crate::threads::{Operation, State, Thread};
use crate::wait_graph::{HeldLock, WaitGraph, Waiting};
use gilsim_vm::interp::GreenThread;
use gilsim_vm::object::Object;
use gilsim_vm::object::sync::HandleState;
use gilsim_vm::source::Flavour;
use gilsim_vm::value::{ThreadId, Value};
use std::collections::BTreeMap;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// A thread's operating system thread runs; the first thing it needs is the GIL.
    pub fn boot(&mut self, thread: ThreadId) {
        let by = self.sim.chronicle.take(Cause::Created(thread));
        self.tell(Some(thread), EventKind::ThreadBegin, by);
        self.want_gil(thread);
    }

    /// Whether a thread that wants the GIL is stopped instead: a daemon, once the program is being taken down.
    pub fn must_stop(&self, thread: ThreadId) -> bool {
        let interpreter = self.sim.interpreter_of(thread);
        interpreter.finalizing && self.sim.thread(thread).daemon && interpreter.main != thread
    }

    /// Ends a daemon thread that wanted the GIL; none of its code runs any more.
    pub fn stop(&mut self, thread: ThreadId) {
        self.cancel_timer(thread);
        self.bury(thread, ThreadEnd::Stopped);
    }

    /// A thread's function returned; that of the main thread with the exit status of the process.
    pub fn finished(&mut self, thread: ThreadId, value: Value) {
        if self.sim.interpreter_of(thread).main == thread {
            let Value::Int(exit) = value else { unreachable!("the main thread ends with an exit status") };
            self.program_ended(thread, exit as i32);
        } else {
            self.end_thread(thread, ThreadEnd::Ok);
        }
    }

    /// An exception left a thread's function.
    pub fn died(&mut self, thread: ThreadId, exception: Value) {
        let class = match self.sim.thread_mut(thread).died_of.take() {
            Some(class) => class.into_string(),
            None => {
                let heap = &self.sim.interpreter_of(thread).vm.heap;
                heap.class(heap.class_of(exception)).name.to_string()
            }
        };
        self.end_thread(thread, ThreadEnd::Exception(class));
    }

    fn program_ended(&mut self, main: ThreadId, exit: i32) {
        let uncaught = self.sim.interpreter_of(main).uncaught.clone();
        let end = match &uncaught {
            Some(uncaught) => ThreadEnd::Exception(uncaught.class.clone()),
            None => ThreadEnd::Ok,
        };
        self.tell(Some(main), EventKind::ThreadEnd(end.clone()), None);
        self.drop_gil_for_ever(main);
        self.bury(main, end);
        self.stop_all(main);
        self.sim.interpreter_of_mut(main).ended = Some(match uncaught {
            Some(uncaught) => Outcome::Uncaught { exit, class: uncaught.class, message: uncaught.message },
            None => Outcome::Finished { exit },
        });
        let all = &self.sim.interpreters;
        if all.iter().all(|interpreter| interpreter.ended.is_some())
            && let Some(first) = all[0].ended.clone()
        {
            self.end(first);
        }
    }

    /// `os._exit`: no thread does anything any more.
    pub fn exit_at_once(&mut self, thread: ThreadId, exit: i32) {
        self.stop_all(thread);
        self.end(Outcome::Finished { exit });
    }

    /// Tells that all threads of an interpreter are stopped where they are.
    fn stop_all(&mut self, main: ThreadId) {
        let interpreter = self.sim.thread(main).interpreter;
        let left: Vec<ThreadId> = self
            .sim
            .threads
            .iter()
            .filter(|thread| thread.interpreter == interpreter)
            .filter(|thread| !thread.is_done())
            .map(|thread| thread.id)
            .collect();
        for thread in left {
            self.tell(Some(thread), EventKind::ThreadEnd(ThreadEnd::Stopped), None);
        }
    }

    fn end_thread(&mut self, thread: ThreadId, end: ThreadEnd) {
        let event = self.tell(Some(thread), EventKind::ThreadEnd(end.clone()), None);
        match self.sim.config.profile.join {
            JoinRule::Lock => {
                self.declare_ended(thread, event);
                self.drop_gil_for_ever(thread);
            }
            JoinRule::EventThenSystemThread => {
                self.drop_gil_for_ever(thread);
                self.declare_ended(thread, event);
            }
        }
        self.bury(thread, end);
    }

    fn wake_joiners(&mut self, thread: ThreadId, by: Option<EventId>) {
        let place = WaitPlace::Thread(thread);
        let joiners: Vec<ThreadId> = self.sim.interpreter_of(thread).waits.waiting(place).collect();
        for joiner in joiners {
            self.sim.interpreter_of_mut(thread).waits.remove(place, joiner);
            self.wake(joiner, WakeCause::Ended, by);
        }
    }

    fn bury(&mut self, thread: ThreadId, end: ThreadEnd) {
        let own = self.sim.thread_mut(thread);
        own.green = GreenThread::new(thread);
        own.on_take = None;
        own.state = State::Done(end);
        let handle = own.handle;
        let interpreter = self.sim.interpreter_of_mut(thread);
        if interpreter.main != thread {
            interpreter.live_threads -= 1;
            interpreter.not_daemons.remove(&thread);
        }
        // The handle of a thread that nobody can join may be collected before the thread ends.
        if let Some(handle) = handle
            && let Object::ThreadHandle(state) = interpreter.vm.heap.get_mut(handle)
            && state.thread == Some(thread)
        {
            state.state = HandleState::Done;
        }
    }

    /// For those who join a thread, it has ended.
    pub fn declare_ended(&mut self, thread: ThreadId, by: Option<EventId>) {
        self.sim.thread_mut(thread).joinable = true;
        self.note(Cause::Ended(thread), by);
        self.wake_joiners(thread, by);
    }

    /// Who is blocked, and on whom.
    pub fn wait_graph(&self) -> WaitGraph {
        let mut held = self.held_locks();
        let blocked = self.sim.threads.iter().filter_map(|thread| match &thread.state {
            State::Blocked { operation, since_ns } if operation.place().is_some() => {
                let holds = held.remove(&thread.id).unwrap_or_default();
                Some(self.waiting(thread, operation, *since_ns, holds))
            }
            _ => None,
        });
        WaitGraph::new(blocked.collect())
    }

    fn waiting(&self, thread: &Thread, operation: &Operation, since_ns: u64, holds: Vec<HeldLock>) -> Waiting {
        let reason = operation.reason(self.owner(thread.id, operation));
        let waits_for = match &reason {
            BlockReason::Lock { owner, .. } => owner.iter().copied().collect(),
            BlockReason::Join { target } => vec![*target],
            BlockReason::JoinAll => self.sim.interpreter_of(thread.id).not_daemons.iter().copied().collect(),
            BlockReason::Queue { .. } | BlockReason::Sleep | BlockReason::Io { .. } | BlockReason::Native => Vec::new(),
        };
        Waiting {
            thread: thread.id,
            name: thread.name.as_deref().map(str::to_owned),
            object_name: self.object_name(thread.id, &reason),
            reason,
            since_ns,
            at: self.position(thread.id),
            call: self.library_call(thread),
            holds,
            waits_for,
        }
    }

    /// The library function that the program has called, if it is in one.
    fn library_call(&self, thread: &Thread) -> Option<String> {
        let stack = self.sim.interpreter_of(thread.id).vm.stack(&thread.green);
        let own = stack.iter().rposition(|place| place.flavour == Flavour::User)?;
        stack.get(own + 1).map(|place| place.code.to_string())
    }

    /// Who holds the lock that an operation is about; nobody in particular if the thread waits to be notified.
    pub fn owner(&self, thread: ThreadId, operation: &Operation) -> Option<ThreadId> {
        match operation {
            Operation::Acquire { lock, .. } => {
                let lock = self.sim.interpreter_of(thread).vm.lock(*lock);
                lock.holder.filter(|_| !lock.is_waiter)
            }
            _ => None,
        }
    }

    fn object_name(&self, thread: ThreadId, reason: &BlockReason) -> Option<String> {
        match reason {
            BlockReason::Lock { lock, .. } => {
                self.sim.interpreter_of(thread).vm.lock(*lock).name.as_deref().map(str::to_owned)
            }
            BlockReason::Join { target } => self.sim.thread(*target).name.as_deref().map(str::to_owned),
            _ => None,
        }
    }

    /// The locks that each thread holds, in the order of their handles.
    fn held_locks(&self) -> BTreeMap<ThreadId, Vec<HeldLock>> {
        let mut held: BTreeMap<ThreadId, Vec<HeldLock>> = BTreeMap::new();
        for interpreter in &self.sim.interpreters {
            for (id, object) in interpreter.vm.heap.objects() {
                let Object::Lock(lock) = object else { continue };
                let (false, Some(holder), Some(hold)) = (lock.is_waiter, lock.holder, lock.hold) else { continue };
                let at = hold.at.map(|(code, instruction)| position(interpreter.vm.place_at(code, instruction)));
                let name = lock.name.as_deref().map(str::to_owned);
                held.entry(holder).or_default().push(HeldLock { lock: id, name, since_ns: hold.since_ns, at });
            }
        }
        held
    }
}
