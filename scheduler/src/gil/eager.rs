//! A GIL that changes hands as often as anybody asks: the holder lets go whenever another thread waits.
//!
//! No CPython works like this. With [`crate::config::Switching::EveryInstruction`] it makes every instruction a switch, in the
//! order in which threads came to wait: a program whose output depends on where threads are preempted shows it at once,
//! and one without races must not care. Nobody waits with a time-out and nobody barges: a dropped GIL is kept for the
//! waiter that was told. What this misses: all orders but one.

use super::{GilAction, GilActions, GilEvent, GilModel};
use gilsim_vm::value::ThreadId;
use std::collections::VecDeque;

/// State of one eager GIL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EagerGil {
    holder: Option<ThreadId>,
    last_holder: Option<ThreadId>,
    switch_number: u64,
    /// Asleep, longest first.
    queue: VecDeque<ThreadId>,
    /// Told of the free GIL, which is kept for it.
    told: Option<ThreadId>,
    /// Without effect; what `sys.getswitchinterval()` says.
    interval_ns: u64,
}

impl EagerGil {
    /// A free GIL.
    pub fn new(interval_ns: u64) -> EagerGil {
        let (holder, last_holder, told) = (None, None, None);
        EagerGil { holder, last_holder, switch_number: 0, queue: VecDeque::new(), told, interval_ns }
    }

    fn take(&mut self, thread: ThreadId, actions: &mut GilActions) {
        let from = self.last_holder.replace(thread);
        self.switch_number += u64::from(from != Some(thread));
        self.holder = Some(thread);
        actions.push(GilAction::Take { thread, from, switch_number: self.switch_number });
    }

    /// Who is told next.
    pub(crate) fn next(&self) -> Option<ThreadId> {
        self.queue.front().copied()
    }

    /// So many threads that come after the next so many.
    pub(crate) fn ahead(&self, count: usize) -> impl Iterator<Item = ThreadId> + '_ {
        let end = self.queue.len().min(2 * count);
        self.queue.range(count.min(end)..end).copied()
    }

    /// The holder drops the GIL and wants it again at once; the one told next arrives and takes it.
    pub(crate) fn hand_over(&mut self, holder: ThreadId) {
        debug_assert!(self.holder == Some(holder) && self.told.is_none(), "only the holder drops the GIL");
        self.holder = self.queue.pop_front();
        self.queue.push_back(holder);
        self.last_holder = self.holder;
        self.switch_number += 1;
    }

    /// Tells a waiter that the GIL is free.
    fn tell(&mut self, chosen: Option<ThreadId>, actions: &mut GilActions) {
        self.told = match chosen {
            Some(chosen) => {
                self.queue.retain(|waiting| *waiting != chosen);
                Some(chosen)
            }
            None => self.queue.pop_front(),
        };
        actions.extend(self.told.map(|thread| GilAction::Wake { thread }));
    }
}

impl GilModel for EagerGil {
    fn handle(&mut self, _now_ns: u64, event: GilEvent, actions: &mut GilActions) {
        match event {
            GilEvent::Want(thread) if self.holder.is_none() && self.told.is_none() => self.take(thread, actions),
            GilEvent::Want(thread) => self.queue.push_back(thread),
            GilEvent::TimedOut(_) => unreachable!("nobody waits with a time-out"),
            GilEvent::Arrived(thread) => {
                self.told = None;
                self.take(thread, actions);
            }
            GilEvent::Drop { wake, .. } => {
                self.holder = None;
                self.tell(wake, actions);
            }
            GilEvent::Leave(thread) if self.told == Some(thread) => self.tell(None, actions),
            GilEvent::Leave(thread) => self.queue.retain(|waiting| *waiting != thread),
        }
    }

    fn holder(&self) -> Option<ThreadId> {
        self.holder
    }

    fn must_drop(&self, _thread: ThreadId) -> bool {
        !self.queue.is_empty()
    }

    fn waiters(&self) -> Vec<ThreadId> {
        self.queue.iter().copied().collect()
    }

    fn waiting(&self) -> usize {
        self.queue.len()
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
    use ThreadId as T;

    fn handle(gil: &mut EagerGil, event: GilEvent) -> Vec<GilAction> {
        let mut actions = GilActions::new();
        gil.handle(0, event, &mut actions);
        actions.into_vec()
    }

    #[test]
    fn it_goes_round() {
        let mut gil = EagerGil::new(5);
        let take = |thread, from, switch_number| GilAction::Take { thread, from, switch_number };
        assert_eq!(handle(&mut gil, GilEvent::Want(T(1))), [take(T(1), None, 1)]);
        assert!(!gil.must_drop(T(1)), "nobody waits");
        assert_eq!(handle(&mut gil, GilEvent::Want(T(2))), []);
        assert!(gil.must_drop(T(1)));
        let drop = GilEvent::Drop { thread: T(1), last: false, wake: None };
        assert_eq!(handle(&mut gil, drop), [GilAction::Wake { thread: T(2) }]);
        assert_eq!(handle(&mut gil, GilEvent::Want(T(1))), [], "it is kept for the one who was told");
        assert_eq!(handle(&mut gil, GilEvent::Arrived(T(2))), [take(T(2), Some(T(1)), 2)]);
        assert_eq!((gil.holder(), gil.waiters()), (Some(T(2)), vec![T(1)]));
    }

    #[test]
    fn who_leaves_after_being_told_passes_it_on() {
        let mut gil = EagerGil::new(5);
        for thread in [T(1), T(2), T(3)] {
            handle(&mut gil, GilEvent::Want(thread));
        }
        handle(&mut gil, GilEvent::Drop { thread: T(1), last: true, wake: None });
        assert_eq!(handle(&mut gil, GilEvent::Leave(T(2))), [GilAction::Wake { thread: T(3) }]);
    }
}
