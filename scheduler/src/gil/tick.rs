//! The tick GIL of CPython 2.7.
//!
//! Sources: `Python/ceval.c` and `Python/thread_pthread.h` of 2.7, and measurements on 2.7.18 (Linux, two cores). The GIL is
//! one plain lock without owner, queue or time-out. One counter for all threads goes down at every tick (an instruction
//! that ends through the loop top); when it has run out, the holder lets go and takes the lock again at once, whether
//! anybody waits or not. That a waiter gets it is a race, and modelled so:
//!
//! * A thread that comes back from an operation is awake for some microseconds while it tries. If the lock is offered in
//!   that time, it has it.
//! * A thread that sleeps on the lock is woken by each offer and mostly comes too late. One offer in `OFFERS_PER_WIN`, by a
//!   sequence of numbers drawn from the seed, goes to the one that has waited longest: the number of offers per slice
//!   that was measured, at 100 ticks as at 10,000.
//!
//! Promises: an offer every `check interval + 1` ticks from the first moment at which a second thread wants the GIL (CPython
//! makes it when the first thread is started, some microseconds before), none before; nobody but the holder counts ticks.
//! Misses: how an operating system places threads on cores, which in reality moves the odds of the race by a factor
//! of several in either direction.

use super::{GilAction, GilActions, GilEvent, GilModel};
use gilsim_vm::value::ThreadId;
use std::collections::VecDeque;

/// A sleeping waiter has the lock at one of so many offers.
const OFFERS_PER_WIN: u64 = 550;
/// How long a thread that comes back from an operation tries before it sleeps.
const AWAKE_NS: u64 = 20_000;

#[derive(Clone, PartialEq, Eq, Debug)]
struct Waiter {
    thread: ThreadId,
    awake_until_ns: u64,
}

/// State of one tick GIL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TickGil {
    /// `sys.setcheckinterval`; below 1 means a check at every tick.
    check_interval_ticks: i64,
    /// Ticks that may still pass; below 0 the holder is due to let go.
    ticks_left: i64,
    /// A second thread has wanted it.
    exists: bool,
    holder: Option<ThreadId>,
    last_holder: Option<ThreadId>,
    switch_number: u64,
    /// Who has just let go because its ticks ran out, and tries to take the lock again at once.
    offers: Option<ThreadId>,
    /// Longest first.
    queue: VecDeque<Waiter>,
    /// State of the sequence that decides races (SplitMix64).
    luck: u64,
    /// Without effect; what `sys.getswitchinterval()` says.
    interval_ns: u64,
}

impl TickGil {
    /// A free GIL.
    pub fn new(check_interval_ticks: i64, interval_ns: u64, seed: u64) -> TickGil {
        TickGil {
            check_interval_ticks,
            ticks_left: check_interval_ticks,
            exists: false,
            holder: None,
            last_holder: None,
            switch_number: 0,
            offers: None,
            queue: VecDeque::new(),
            luck: seed,
            interval_ns,
        }
    }

    fn take(&mut self, thread: ThreadId, actions: &mut GilActions) {
        let from = self.last_holder.replace(thread);
        if from != Some(thread) {
            self.switch_number += 1;
        }
        self.holder = Some(thread);
        actions.push(GilAction::Take { thread, from, switch_number: self.switch_number });
    }

    fn want(&mut self, now_ns: u64, thread: ThreadId, actions: &mut GilActions) {
        self.exists |= self.last_holder.is_some_and(|last| last != thread);
        let has_offered = self.offers.take() == Some(thread);
        if self.holder.is_none() {
            return self.take(thread, actions);
        }
        // One that lost the lock when its ticks ran out sleeps at once.
        let awake_until_ns = if has_offered { 0 } else { now_ns.saturating_add(AWAKE_NS) };
        self.queue.push_back(Waiter { thread, awake_until_ns });
    }

    fn arrived(&mut self, thread: ThreadId, actions: &mut GilActions) {
        if self.holder.is_none() {
            self.take(thread, actions);
        } else {
            self.queue.push_back(Waiter { thread, awake_until_ns: 0 });
        }
    }

    fn drop(&mut self, now_ns: u64, thread: ThreadId, wake: Option<ThreadId>, actions: &mut GilActions) {
        assert_eq!(self.holder, Some(thread), "only the holder drops the GIL");
        self.holder = None;
        let is_offer = self.ticks_left < 0;
        if is_offer {
            self.ticks_left = self.check_interval_ticks.max(0);
            self.offers = Some(thread);
        }
        let Some(first) = self.queue.front().map(|waiter| waiter.thread) else { return };
        let awake = self.queue.iter().find(|waiter| waiter.awake_until_ns >= now_ns).map(|waiter| waiter.thread);
        let next = wake.or(awake).unwrap_or(first);
        if awake == Some(next) || is_offer && self.is_lucky() {
            self.unqueue(next);
            self.take(next, actions);
        } else if !is_offer {
            self.unqueue(next);
            actions.push(GilAction::Wake { thread: next });
        }
    }

    fn unqueue(&mut self, thread: ThreadId) {
        self.queue.retain(|waiter| waiter.thread != thread);
    }

    fn is_lucky(&mut self) -> bool {
        self.luck = self.luck.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.luck ^ (self.luck >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)).is_multiple_of(OFFERS_PER_WIN)
    }
}

impl GilModel for TickGil {
    fn handle(&mut self, now_ns: u64, event: GilEvent, actions: &mut GilActions) {
        match event {
            GilEvent::Want(thread) => self.want(now_ns, thread, actions),
            GilEvent::Arrived(thread) => self.arrived(thread, actions),
            GilEvent::TimedOut(_) => unreachable!("nobody waits with a time-out"),
            GilEvent::Drop { thread, wake, .. } => self.drop(now_ns, thread, wake, actions),
            GilEvent::Leave(thread) => self.unqueue(thread),
        }
    }

    fn holder(&self) -> Option<ThreadId> {
        self.holder
    }

    fn must_drop(&self, thread: ThreadId) -> bool {
        self.holder == Some(thread) && self.ticks_left < 0
    }

    fn counts_checks(&self) -> bool {
        self.exists
    }

    fn check(&mut self, thread: ThreadId) -> bool {
        if self.exists && self.ticks_left >= 0 {
            self.ticks_left -= 1;
        }
        self.must_drop(thread)
    }

    fn waiters(&self) -> Vec<ThreadId> {
        self.queue.iter().map(|waiter| waiter.thread).collect()
    }

    fn interval_ns(&self) -> u64 {
        self.interval_ns
    }

    fn set_interval_ns(&mut self, interval_ns: u64) {
        self.interval_ns = interval_ns;
    }

    fn set_check_interval(&mut self, ticks: i64) {
        self.check_interval_ticks = ticks;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ThreadId = ThreadId(0);
    const B: ThreadId = ThreadId(1);

    fn act(gil: &mut TickGil, now_ns: u64, event: GilEvent) -> Vec<GilAction> {
        let mut actions = GilActions::new();
        gil.handle(now_ns, event, &mut actions);
        actions.into_vec()
    }

    fn drop_of(thread: ThreadId) -> GilEvent {
        GilEvent::Drop { thread, last: false, wake: None }
    }

    /// A holds the GIL, B waits since `since_ns`.
    fn contended(check_interval_ticks: i64, since_ns: u64) -> TickGil {
        let mut gil = TickGil::new(check_interval_ticks, 0, 0);
        act(&mut gil, 0, GilEvent::Want(A));
        act(&mut gil, since_ns, GilEvent::Want(B));
        gil
    }

    fn ticks_to_offer(gil: &mut TickGil) -> u64 {
        (1..).find(|_| gil.check(A)).expect("it comes")
    }

    #[test]
    fn g30_the_period_is_one_more_than_the_check_interval() {
        for (interval, period) in [(10, 11), (100, 101), (1000, 1001), (1, 2), (0, 1), (-5, 1)] {
            let mut gil = contended(interval, 0);
            ticks_to_offer(&mut gil);
            act(&mut gil, 50_000, drop_of(A));
            act(&mut gil, 50_000, GilEvent::Want(A));
            assert_eq!(ticks_to_offer(&mut gil), period, "{interval}");
        }
    }

    #[test]
    fn g30_nothing_is_offered_before_a_second_thread_wants_it() {
        let mut gil = TickGil::new(10, 0, 0);
        act(&mut gil, 0, GilEvent::Want(A));
        assert!(!gil.counts_checks());
        assert!((0..1000).all(|_| !gil.check(A)));
    }

    #[test]
    fn g31_the_holder_takes_it_again_and_a_sleeping_waiter_has_one_offer_in_many() {
        let mut gil = contended(0, 0);
        let mut offers = 0_u64;
        let mut wins = 0_u64;
        while wins < 40 {
            let (holder, waiter) = if gil.holder() == Some(A) { (A, B) } else { (B, A) };
            assert!(gil.check(holder));
            offers += 1;
            let won = act(&mut gil, 1_000_000, drop_of(holder));
            let again = act(&mut gil, 1_000_000, GilEvent::Want(holder));
            match won[..] {
                [] => assert!(matches!(again[..], [GilAction::Take { thread, .. }] if thread == holder)),
                [GilAction::Take { thread, .. }] => {
                    assert_eq!((thread, again, gil.waiters()), (waiter, vec![], vec![holder]));
                    wins += 1;
                }
                _ => panic!("{won:?}"),
            }
        }
        assert!((OFFERS_PER_WIN / 2..OFFERS_PER_WIN * 2).contains(&(offers / wins)), "{offers} {wins}");
    }

    #[test]
    fn a_thread_that_blocks_wakes_the_first_waiter() {
        let mut gil = contended(100, 0);
        assert_eq!(act(&mut gil, 1_000_000, drop_of(A)), [GilAction::Wake { thread: B }]);
        assert!(matches!(act(&mut gil, 1_012_000, GilEvent::Arrived(B))[..], [GilAction::Take { thread: B, .. }]));
    }

    #[test]
    fn g31_a_thread_just_back_from_an_operation_is_awake_and_has_the_next_offer() {
        let mut gil = contended(0, 999_000);
        assert!(gil.check(A));
        assert!(matches!(act(&mut gil, 1_000_000, drop_of(A))[..], [GilAction::Take { thread: B, .. }]));
        assert_eq!(act(&mut gil, 1_000_000, GilEvent::Want(A)), []);
        // And A, which lost it at a tick, sleeps at once.
        assert!(gil.check(B));
        assert_eq!(act(&mut gil, 1_001_000, drop_of(B)), []);
    }
}
