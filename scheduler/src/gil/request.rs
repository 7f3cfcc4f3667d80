//! The request GIL of CPython 3.2 and later.
//!
//! Source: `Python/ceval_gil.c` (`take_gil`, `drop_gil`). A waiter sleeps for one switch interval at a time. If such a wait
//! runs out, the GIL is taken and did not change hands meanwhile, the waiter sets the drop request, which the holder
//! notices at its next eval check. One waiter is woken per drop, first come first served by the time since which it has
//! been sleeping without a break; it does not own the GIL yet and may find that another thread was faster, and then it
//! begins a fresh interval. Who drops while a request is pending does not go on before somebody has taken the GIL.
//!
//! Promises: the statements G1 to G13 of the tests. Misses: the microseconds between the parts of `take_gil` and
//! `drop_gil`, which are instants here, so that nobody can take the GIL between a drop and its forced wait; and the order
//! in which a C library wakes sleepers, which is first in, first out here and nearly so in reality.

use super::{GilAction, GilActions, GilEvent, GilModel};
use gilsim_vm::value::ThreadId;
use std::collections::VecDeque;

/// Where a version keeps the drop request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RequestRule {
    /// One flag per interpreter (3.9 to 3.12) or process (3.2 to 3.8): any thread that takes the GIL clears it.
    PerInterpreter,
    /// A bit of the thread that is asked (3.13 on): only that thread clears it, when it is forced to wait or takes again.
    PerThread,
}

/// The shortest wait: an interval below a microsecond acts as one.
const INTERVAL_MIN_NS: u64 = 1_000;

#[derive(Clone, PartialEq, Eq, Debug)]
struct Waiter {
    thread: ThreadId,
    /// `switch_number` when this wait began.
    seen_switch_number: u64,
    /// How long it waits; the interval may be another by now.
    timeout_ns: u64,
}

/// State of one request GIL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestGil {
    rule: RequestRule,
    interval_ns: u64,
    locked: bool,
    /// Has or last had the GIL; a drop does not clear it.
    last_holder: Option<ThreadId>,
    switch_number: u64,
    /// Asleep in a timed wait, longest first.
    queue: VecDeque<Waiter>,
    /// Threads whose request bit is set, ascending; with one flag per interpreter only the holder can be among them.
    asked: Vec<ThreadId>,
    /// Who made the request that is pending, to withdraw it when that thread leaves.
    asker: Option<ThreadId>,
    /// Droppers that wait until somebody takes.
    forced: VecDeque<ThreadId>,
}

impl RequestGil {
    /// A free GIL.
    pub fn new(rule: RequestRule, interval_ns: u64) -> RequestGil {
        RequestGil {
            rule,
            interval_ns,
            locked: false,
            last_holder: None,
            switch_number: 0,
            queue: VecDeque::new(),
            asked: Vec::new(),
            asker: None,
            forced: VecDeque::new(),
        }
    }

    /// Takes by a thread other than the last holder, so far.
    pub fn switch_number(&self) -> u64 {
        self.switch_number
    }

    /// Has or last had the GIL.
    pub fn last_holder(&self) -> Option<ThreadId> {
        self.last_holder
    }

    /// Who is woken at a drop, if no other thread is in its forced wait.
    #[inline]
    pub(crate) fn next_alone(&self) -> Option<ThreadId> {
        self.queue.front().filter(|_| self.forced.is_empty()).map(|waiter| waiter.thread)
    }

    /// The holder drops the GIL on request, the waiter that is woken arrives and takes it, which ends the holder's forced wait.
    #[inline]
    pub(crate) fn hand_over(&mut self, holder: ThreadId) -> Option<ThreadId> {
        debug_assert!(self.holder() == Some(holder) && self.forced.is_empty(), "only the holder drops the GIL");
        let taker = self.queue.pop_front()?.thread;
        self.withdraw(holder);
        self.asker = None;
        self.last_holder = Some(taker);
        self.switch_number += 1;
        self.clear_request_on_take(taker);
        Some(taker)
    }

    /// How long a wait that begins now is.
    pub(crate) fn timeout_ns(&self) -> u64 {
        self.interval_ns.max(INTERVAL_MIN_NS)
    }

    /// Whether a thread that is first in the queue asks when its timed wait ends, if the GIL does not change hands before.
    #[inline]
    pub(crate) fn will_ask(&self, thread: ThreadId) -> bool {
        let first = self.queue.front().filter(|waiter| waiter.thread == thread);
        first.is_some_and(|waiter| self.locked && self.switch_number == waiter.seen_switch_number)
    }

    /// A thread that wants the GIL, or was told that it is free, finds it taken; gives how long it sleeps now.
    #[inline]
    pub(crate) fn sleep(&mut self, thread: ThreadId) -> u64 {
        debug_assert!(self.locked, "nobody waits for a free GIL");
        let timeout_ns = self.timeout_ns();
        self.queue.push_back(Waiter { thread, seen_switch_number: self.switch_number, timeout_ns });
        timeout_ns
    }

    /// A timed wait is over: what is asked of whom.
    pub(crate) fn ask(&mut self, thread: ThreadId) -> GilAction {
        let waiter = self.unqueue(thread).expect("only a thread asleep in the queue times out");
        let timeout_ns = waiter.timeout_ns;
        match self.last_holder {
            Some(holder) if self.locked && self.switch_number == waiter.seen_switch_number => {
                if let Err(at) = self.asked.binary_search(&holder) {
                    self.asked.insert(at, holder);
                }
                self.asker = Some(thread);
                GilAction::Request { thread, timeout_ns, holder }
            }
            _ => GilAction::NoRequest { thread, timeout_ns },
        }
    }

    /// One turn of the loop of `take_gil`: take it if it is free, else sleep for a full interval at the end of the queue.
    fn try_take(&mut self, thread: ThreadId, actions: &mut GilActions) {
        if self.locked {
            let timeout_ns = self.sleep(thread);
            actions.push(GilAction::Sleep { thread, timeout_ns });
            return;
        }
        let from = self.last_holder;
        self.locked = true;
        if from != Some(thread) {
            self.last_holder = Some(thread);
            self.switch_number += 1;
        }
        actions.push(GilAction::Take { thread, from, switch_number: self.switch_number });
        if let Some(thread) = self.forced.pop_front() {
            actions.push(GilAction::Unforce { thread });
        }
        self.clear_request_on_take(thread);
    }

    fn clear_request_on_take(&mut self, thread: ThreadId) {
        match self.rule {
            RequestRule::PerInterpreter => self.asked.clear(),
            RequestRule::PerThread => {
                self.withdraw(thread);
            }
        }
        if self.asked.is_empty() {
            self.asker = None;
        }
    }

    fn timed_out(&mut self, thread: ThreadId, actions: &mut GilActions) {
        actions.push(self.ask(thread));
        self.try_take(thread, actions);
    }

    fn drop(&mut self, thread: ThreadId, last: bool, wake: Option<ThreadId>, actions: &mut GilActions) {
        assert!(self.locked && self.last_holder == Some(thread), "only the holder drops the GIL");
        self.locked = false;
        let woken = match wake {
            Some(chosen) => self.unqueue(chosen),
            None => self.queue.pop_front(),
        };
        if let Some(waiter) = woken {
            actions.push(GilAction::Wake { thread: waiter.thread });
        }
        if !last && self.withdraw(thread) {
            self.asker = None;
            self.forced.push_back(thread);
            actions.push(GilAction::Force { thread });
        } else if last && self.rule == RequestRule::PerThread {
            // The thread's own word, and with it the request bit, is gone.
            self.withdraw(thread);
        }
    }

    /// Clears the request bit of a thread; whether it was set.
    #[inline]
    fn withdraw(&mut self, thread: ThreadId) -> bool {
        let found = self.asked.binary_search(&thread);
        found.is_ok_and(|at| self.asked.remove(at) == thread)
    }

    fn leave(&mut self, thread: ThreadId) {
        self.unqueue(thread);
        if self.asker == Some(thread) {
            self.asker = None;
            self.asked.clear();
        }
    }

    fn unqueue(&mut self, thread: ThreadId) -> Option<Waiter> {
        if self.queue.front()?.thread == thread {
            return self.queue.pop_front();
        }
        let at = self.queue.iter().position(|waiter| waiter.thread == thread)?;
        self.queue.remove(at)
    }
}

impl GilModel for RequestGil {
    fn handle(&mut self, _now_ns: u64, event: GilEvent, actions: &mut GilActions) {
        match event {
            GilEvent::Want(thread) | GilEvent::Arrived(thread) => self.try_take(thread, actions),
            GilEvent::TimedOut(thread) => self.timed_out(thread, actions),
            GilEvent::Drop { thread, last, wake } => self.drop(thread, last, wake, actions),
            GilEvent::Leave(thread) => self.leave(thread),
        }
    }

    fn holder(&self) -> Option<ThreadId> {
        self.last_holder.filter(|_| self.locked)
    }

    #[inline]
    fn must_drop(&self, thread: ThreadId) -> bool {
        self.asked.contains(&thread)
    }

    #[inline]
    fn waiting(&self) -> usize {
        self.queue.len()
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
}
