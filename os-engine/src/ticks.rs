//! The tick GIL of CPython 2.7 where threads are real: a plain lock, offered every so many ticks.
//!
//! Unlike `gilsim_scheduler::gil::tick`, which decides by drawn numbers who is faster, this one leaves the race to the operating system: an
//! offer makes the lock free and wakes the thread that has waited longest; whoever comes first has it, nearly always the one that has just
//! let go.

use gilsim_scheduler::gil::{GilAction, GilActions, GilEvent, GilModel};
use gilsim_vm::value::ThreadId;
use std::collections::VecDeque;

/// A sleeper on the lock has no time-out; it looks again after this long all the same.
const LOOK_AGAIN_NS: u64 = 1_000_000_000;

/// State of the lock.
#[derive(Clone, PartialEq, Debug)]
pub struct OfferedGil {
    check_interval_ticks: i64,
    ticks_left: i64,
    holder: Option<ThreadId>,
    last_holder: Option<ThreadId>,
    switch_number: u64,
    /// Longest first.
    queue: VecDeque<ThreadId>,
    /// Without effect; what `sys.getswitchinterval()` says.
    interval_ns: u64,
}

impl OfferedGil {
    /// A free lock.
    pub fn new(check_interval_ticks: i64, interval_ns: u64) -> OfferedGil {
        OfferedGil {
            check_interval_ticks,
            ticks_left: check_interval_ticks,
            holder: None,
            last_holder: None,
            switch_number: 0,
            queue: VecDeque::new(),
            interval_ns,
        }
    }

    fn try_take(&mut self, thread: ThreadId, actions: &mut GilActions) {
        if self.holder.is_some() {
            self.queue.push_back(thread);
            actions.push(GilAction::Sleep { thread, timeout_ns: LOOK_AGAIN_NS });
            return;
        }
        let from = self.last_holder.replace(thread);
        self.switch_number += u64::from(from != Some(thread));
        self.holder = Some(thread);
        actions.push(GilAction::Take { thread, from, switch_number: self.switch_number });
    }

    fn leave(&mut self, thread: ThreadId) {
        self.queue.retain(|waiting| *waiting != thread);
    }
}

impl GilModel for OfferedGil {
    fn handle(&mut self, _now_ns: u64, event: GilEvent, actions: &mut GilActions) {
        match event {
            GilEvent::Want(thread) | GilEvent::Arrived(thread) => self.try_take(thread, actions),
            GilEvent::TimedOut(thread) => {
                self.leave(thread);
                self.try_take(thread, actions);
            }
            GilEvent::Drop { .. } => {
                self.holder = None;
                if let Some(thread) = self.queue.pop_front() {
                    actions.push(GilAction::Wake { thread });
                }
            }
            GilEvent::Leave(thread) => self.leave(thread),
        }
    }

    fn holder(&self) -> Option<ThreadId> {
        self.holder
    }

    fn must_drop(&self, _thread: ThreadId) -> bool {
        self.ticks_left < 0
    }

    fn counts_checks(&self) -> bool {
        true
    }

    /// Every check is a tick; when they have run out, they begin anew with the offer.
    fn check(&mut self, _thread: ThreadId) -> bool {
        self.ticks_left -= 1;
        let is_due = self.ticks_left < 0;
        if is_due {
            self.ticks_left = self.check_interval_ticks.max(0);
        }
        is_due
    }

    fn set_check_interval(&mut self, ticks: i64) {
        self.check_interval_ticks = ticks;
    }

    fn waiters(&self) -> Vec<ThreadId> {
        self.queue.iter().copied().collect()
    }

    fn interval_ns(&self) -> u64 {
        self.interval_ns
    }

    fn set_interval_ns(&mut self, interval_ns: u64) {
        self.interval_ns = interval_ns;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_comes_after_the_ticks_and_goes_to_whoever_is_faster() {
        let (a, b) = (ThreadId(0), ThreadId(1));
        let mut gil = OfferedGil::new(2, 5_000_000);
        let hear = |gil: &mut OfferedGil, event| {
            let mut actions = GilActions::new();
            gil.handle(0, event, &mut actions);
            actions
        };
        hear(&mut gil, GilEvent::Want(a));
        hear(&mut gil, GilEvent::Want(b));
        assert_eq!((gil.holder(), gil.waiters()), (Some(a), vec![b]));
        assert_eq!([gil.check(a), gil.check(a), gil.check(a), gil.check(a)], [false, false, true, false]);
        let offered = hear(&mut gil, GilEvent::Drop { thread: a, last: false, wake: None });
        assert_eq!(offered.as_slice(), [GilAction::Wake { thread: b }]);
        hear(&mut gil, GilEvent::Want(a));
        hear(&mut gil, GilEvent::Arrived(b));
        assert_eq!((gil.holder(), gil.waiters()), (Some(a), vec![b]), "b came too late");
    }
}
