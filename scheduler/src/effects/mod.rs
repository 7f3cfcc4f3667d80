//! Effects: what instructions ask of the world, one file per family.

mod locks;
mod queues;
mod surroundings;
mod threads;
mod time;

use crate::choice::Strategy;
use crate::drive::Driver;
use crate::event::{EventKind, Observer};
use gilsim_vm::effect::{Effect, Reply, Wait};
use gilsim_vm::value::ThreadId;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// Does what an instruction of the holder asks for; its reply comes now or when the thread has the GIL again.
    pub fn perform(&mut self, thread: ThreadId, effect: Effect) {
        match effect {
            Effect::Spawn { function, args, kwargs, handle, daemon } => {
                self.spawn(thread, function, &args, &kwargs, handle, daemon);
            }
            Effect::Join { handle, wait } => self.join(thread, handle, wait),
            Effect::SetDone { handle } => self.set_done(thread, handle),
            Effect::Finalize => self.finalize(thread),
            Effect::JoinAll => self.join_all(thread),
            Effect::Acquire { lock, wait, depth } => self.acquire(thread, lock, wait, depth),
            Effect::Release { lock, fully } => self.release(thread, lock, fully),
            Effect::QueuePut { queue, item } => self.queue_put(thread, queue, item),
            Effect::QueueGet { queue, wait } => self.queue_get(thread, queue, wait),
            Effect::Sleep { duration_ns } => self.sleep(thread, duration_ns),
            Effect::YieldCpu => self.yield_cpu(thread),
            Effect::Write { stream, text } => self.write_stream(thread, stream, text),
            Effect::Native { cost_ns, drops_gil } => self.native(thread, cost_ns, drops_gil),
            Effect::Now(clock) => self.now(thread, clock),
            Effect::Random => self.random(thread),
            Effect::SetInterval { interval_us } => self.set_interval(thread, interval_us),
            Effect::GetInterval => self.get_interval(thread),
            Effect::CheckInterval { ticks } => self.check_interval(thread, ticks),
            Effect::ThreadCount => self.thread_count(thread),
            Effect::NameThread { ident, name } => self.name_thread(thread, ident, name),
            Effect::Mark(text) => self.mark(thread, text),
            Effect::Uncaught { class, message } => self.uncaught(thread, class, message),
            Effect::ThreadDied { class, message: _ } => self.thread_died(thread, class),
            Effect::Exit(exit) => self.exit_at_once(thread, exit),
        }
    }

    fn mark(&mut self, thread: ThreadId, text: String) {
        self.tell(Some(thread), EventKind::Mark(text), None);
        self.answer(thread, Reply::Done);
    }

    /// When a wait that begins now is over: `Some(None)` never, `None` it must not wait at all.
    fn deadline(&self, wait: Wait) -> Option<Option<u64>> {
        match wait {
            Wait::No | Wait::AtMost(0) => None,
            Wait::Forever => Some(None),
            Wait::AtMost(ns) => Some(Some(self.sim.now_ns.saturating_add(ns))),
        }
    }
}
