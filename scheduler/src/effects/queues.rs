//! `SimpleQueue`: a put never blocks; a get lets go of the GIL only when it must wait.
//!
//! How an item gets to a waiting thread is the profile's [`QueueRule`].

use crate::choice::{ChoiceKind, Strategy};
use crate::chronicle::Cause;
use crate::drive::Driver;
use crate::event::{DropReason, EventKind, Observer, WakeCause, interest};
use crate::profile::QueueRule;
use crate::sync::WaitPlace;
use crate::threads::Operation;
use gilsim_vm::effect::{Reply, Wait};
use gilsim_vm::value::{ObjId, ThreadId, Value};

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    pub(super) fn queue_put(&mut self, thread: ThreadId, queue: ObjId, item: Value) {
        self.introduce(interest::SYNC, thread, queue);
        let waiter = self.pick_waiter(thread, WaitPlace::Queue(queue), ChoiceKind::QueueWake);
        let hand_off = waiter.filter(|_| self.sim.config.profile.queue == QueueRule::HandOff);
        let interpreter = self.sim.interpreter_of_mut(thread);
        let id = interpreter.id;
        let items = &mut interpreter.vm.simple_queue_mut(queue).items;
        if hand_off.is_none() {
            items.push_back(item);
        }
        let size = items.len() as u32;
        let event = self.tell(Some(thread), EventKind::QueuePut { queue, size }, None);
        if hand_off.is_none() && event.is_some() {
            self.sim.chronicle.put(id, queue, event);
        }
        if let Some(receiver) = hand_off {
            if let Some(Operation::Get { handed, .. }) = self.operation_mut(receiver) {
                *handed = true;
            }
            // The item is in the receiver's frame from now on, where a collection finds it.
            self.reply(receiver, Reply::Value(item));
            self.note(Cause::Handed(receiver), event);
        }
        if let Some(waiter) = waiter {
            self.wake(waiter, WakeCause::Put, event);
        }
        self.answer(thread, Reply::Done);
    }

    pub(super) fn queue_get(&mut self, thread: ThreadId, queue: ObjId, wait: Wait) {
        self.introduce(interest::SYNC, thread, queue);
        let deadline = self.deadline(wait);
        self.get(thread, queue, deadline);
    }

    /// A thread that was woken, or began to wait too late, looks again.
    pub fn get_again(&mut self, thread: ThreadId, queue: ObjId, deadline_ns: Option<u64>) {
        let now_ns = self.sim.now_ns;
        let over = deadline_ns.is_some_and(|deadline_ns| deadline_ns <= now_ns);
        self.get(thread, queue, if over { None } else { Some(deadline_ns) });
    }

    fn get(&mut self, thread: ThreadId, queue: ObjId, deadline: Option<Option<u64>>) {
        let interpreter = self.sim.interpreter_of_mut(thread);
        let id = interpreter.id;
        let items = &mut interpreter.vm.simple_queue_mut(queue).items;
        if let Some(item) = items.pop_front() {
            let size = items.len() as u32;
            let by = self.sim.chronicle.got(id, queue);
            self.tell(Some(thread), EventKind::QueueGet { queue, size }, by);
            return self.answer(thread, Reply::Value(item));
        }
        match deadline {
            None => self.answer(thread, Reply::TimedOut),
            Some(deadline_ns) => {
                let operation = Operation::Get { queue, deadline_ns, handed: false };
                if self.queues_before_drop(&operation) {
                    self.sim.interpreter_of_mut(thread).waits.push(WaitPlace::Queue(queue), thread);
                }
                self.begin_without_gil(thread, DropReason::Block, operation);
            }
        }
    }
}
