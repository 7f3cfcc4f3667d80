//! Clocks, sleeping, yielding, native code that takes time.

use crate::choice::Strategy;
use crate::drive::Driver;
use crate::event::{DropReason, Observer};
use crate::jitter::Latency;
use crate::profile::{SleepZeroRule, YieldRule};
use crate::threads::Operation;
use gilsim_vm::effect::{Clock, Reply};
use gilsim_vm::value::ThreadId;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// The end of a sleep is fixed when it is asked for; a forced wait before it does not make it longer.
    pub(super) fn sleep(&mut self, thread: ThreadId, duration_ns: u64) {
        let operation = if duration_ns > 0 {
            let late_ns = self.latency_ns(Latency::Sleep);
            Operation::Sleep { until_ns: self.sim.now_ns.saturating_add(duration_ns).saturating_add(late_ns) }
        } else {
            match self.sim.config.profile.sleep_zero {
                SleepZeroRule::SleepsForSlack => {
                    let slack_ns = self.latency_ns(Latency::SleepZero);
                    Operation::Sleep { until_ns: self.sim.now_ns.saturating_add(slack_ns) }
                }
                SleepZeroRule::ReturnsAtOnce => {
                    Operation::Call { name: "select", duration_ns: self.sim.config.latencies.call_ns }
                }
            }
        };
        self.begin_without_gil(thread, DropReason::Block, operation);
    }

    /// Where the GIL is released, a waiting thread gets it: the system call lasts until the woken one is awake.
    pub(super) fn yield_cpu(&mut self, thread: ThreadId) {
        let call_ns = self.sim.config.latencies.call_ns;
        match self.sim.config.profile.sched_yield {
            YieldRule::KeepsGil => self.compute_with_gil(thread, call_ns, Reply::Done),
            YieldRule::ReleasesGil => {
                let somebody_waits = !self.sim.interpreter_of(thread).gil.model().waiters().is_empty();
                let wake_ns = if somebody_waits { self.sim.config.latencies.wake_ns } else { 0 };
                let operation = Operation::Call { name: "sched_yield", duration_ns: call_ns + wake_ns };
                self.begin_without_gil(thread, DropReason::Block, operation);
            }
        }
    }

    pub(super) fn native(&mut self, thread: ThreadId, cost_ns: u64, drops_gil: bool) {
        if drops_gil {
            self.begin_without_gil(thread, DropReason::Native, Operation::Compute { cost_ns });
        } else {
            self.compute_with_gil(thread, cost_ns, Reply::Done);
        }
    }

    pub(super) fn now(&mut self, thread: ThreadId, clock: Clock) {
        let now_ns = match clock {
            Clock::Wall => self.sim.config.epoch_ns.saturating_add(self.sim.now_ns),
            Clock::Monotonic => self.sim.now_ns,
            Clock::Process => self.sim.interpreter_of(thread).cpu_ns,
            Clock::Thread => self.sim.thread(thread).cpu_ns,
        };
        self.answer(thread, Reply::Int(i64::try_from(now_ns).unwrap_or(i64::MAX)));
    }

    /// The GIL counts in nanoseconds: more than 584 years act, and read back, as 584 years.
    pub(super) fn set_interval(&mut self, thread: ThreadId, interval_us: u64) {
        let interval_ns = interval_us.min(u64::MAX / 1000) * 1000;
        self.sim.interpreter_of_mut(thread).gil.model_mut().set_interval_ns(interval_ns);
        self.answer(thread, Reply::Done);
    }

    pub(super) fn check_interval(&mut self, thread: ThreadId, ticks: Option<i64>) {
        let interpreter = self.sim.interpreter_of_mut(thread);
        let before = interpreter.check_interval_ticks;
        if let Some(ticks) = ticks {
            interpreter.check_interval_ticks = ticks;
            interpreter.gil.model_mut().set_check_interval(ticks);
        }
        self.answer(thread, Reply::Int(before));
    }

    pub(super) fn get_interval(&mut self, thread: ThreadId) {
        let interval_us = self.sim.interpreter_of(thread).gil.model().interval_ns() / 1000;
        self.answer(thread, Reply::Int(interval_us.cast_signed()));
    }
}
