//! Threads on cores: getting one, leaving it, being preempted.

use super::Driver;
use crate::choice::{ChoiceKind, Strategy};
use crate::event::{EventKind, Observer};
use crate::threads::{Burst, BurstClock};
use crate::timers::Due;
use gilsim_vm::value::ThreadId;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// A thread wants to compute; it may have to wait for a core.
    pub fn enter_core(&mut self, thread: ThreadId) {
        match self.sim.cores.enter(thread, self.sim.now_ns) {
            Some(core) => self.on_core(thread, core),
            None => self.arm_core_timer(),
        }
    }

    /// A thread stops computing; a waiting one gets its core.
    pub fn leave_core(&mut self, thread: ThreadId) {
        let Some(core) = self.sim.cores.leave(thread) else { return };
        self.tell(Some(thread), EventKind::CpuStop { core }, None);
        self.suspend_burst(thread);
        self.admit_next();
    }

    fn admit_next(&mut self) {
        if self.sim.cores.queued().len() == 0 || !self.sim.cores.has_free() {
            return;
        }
        let queued: Vec<ThreadId> = self.sim.cores.queued().collect();
        let Some(next) = self.choose(ChoiceKind::Core, &queued) else { return };
        let core = self.sim.cores.admit(next, self.sim.now_ns).expect("a core is free");
        self.on_core(next, core);
    }

    fn on_core(&mut self, thread: ThreadId, core: u32) {
        self.tell(Some(thread), EventKind::CpuRun { core }, None);
        let now_ns = self.sim.now_ns;
        if let Some(Burst { clock, .. }) = self.sim.thread_mut(thread).burst_mut()
            && let BurstClock::Left(left_ns) = *clock
        {
            *clock = BurstClock::EndsAt(now_ns.saturating_add(left_ns));
        }
    }

    fn suspend_burst(&mut self, thread: ThreadId) {
        let now_ns = self.sim.now_ns;
        if let Some(Burst { clock, .. }) = self.sim.thread_mut(thread).burst_mut()
            && let BurstClock::EndsAt(at_ns) = *clock
        {
            *clock = BurstClock::Left(at_ns.saturating_sub(now_ns));
        }
    }

    fn arm_core_timer(&mut self) {
        if self.sim.core_timer.is_none()
            && let Some((at_ns, thread)) = self.sim.cores.next_preemption()
        {
            let at_ns = at_ns.max(self.sim.now_ns);
            self.sim.core_timer = Some(self.sim.timers.set(at_ns, thread, Due::CoreSlice));
        }
    }

    /// The longest-running thread makes room for the head of the queue, if its time is over.
    pub fn preempt_core(&mut self) {
        if let Some((at_ns, thread)) = self.sim.cores.next_preemption()
            && at_ns <= self.sim.now_ns
        {
            self.leave_core(thread);
            self.enter_core(thread);
        }
        self.arm_core_timer();
    }
}
