//! The GIL: events for the model, and what its actions do to threads.

use super::Driver;
use crate::choice::{ChoiceKind, Strategy};
use crate::chronicle::Cause;
use crate::config::Jitter;
use crate::event::{DropReason, EventKind, Observer, interest};
use crate::gil::{Gil, GilAction, GilActions, GilEvent, GilModel};
use crate::jitter::Latency;
use crate::threads::{BurstEnd, Next, OnTake, Operation, State};
use crate::timers::Due;
use gilsim_vm::value::ThreadId;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// A thread without the GIL wants it.
    pub fn want_gil(&mut self, thread: ThreadId) {
        if self.must_stop(thread) {
            return self.stop(thread);
        }
        self.set_state(thread, State::WantsGil { since_ns: self.sim.now_ns });
        let gil = self.sim.interpreter_of(thread).gil.model();
        let holder = gil.holder();
        let queue_length = if O::INTEREST & interest::GIL != 0 { gil.waiting() as u32 } else { 0 };
        let actions = self.gil_handle(thread, GilEvent::Want(thread));
        if self.sim.interpreter_of(thread).gil.model().holder() != Some(thread) && !self.is_free(thread) {
            let by = self.sim.chronicle.take(Cause::Waker(thread));
            self.tell(Some(thread), EventKind::GilWant { holder, queue_length }, by);
        }
        self.gil_apply(thread, &actions);
    }

    /// A waiter's switch interval is over.
    pub fn gil_timed_out(&mut self, thread: ThreadId) {
        if self.must_stop(thread) {
            return self.leave_gil(thread);
        }
        let actions = self.gil_handle(thread, GilEvent::TimedOut(thread));
        self.gil_apply(thread, &actions);
    }

    /// A waiter that was told of a free GIL is awake.
    pub fn gil_arrived(&mut self, thread: ThreadId) {
        if self.must_stop(thread) {
            return self.leave_gil(thread);
        }
        let actions = self.gil_handle(thread, GilEvent::Arrived(thread));
        self.gil_apply(thread, &actions);
    }

    /// A thread that waited for the GIL ends without it.
    fn leave_gil(&mut self, thread: ThreadId) {
        let actions = self.gil_handle(thread, GilEvent::Leave(thread));
        self.stop(thread);
        self.gil_apply(thread, &actions);
    }

    /// The instruction of the holder ended at an eval check: if it was asked to, it drops the GIL.
    pub fn poll_gil(&mut self, thread: ThreadId) {
        if !self.sim.interpreter_of_mut(thread).gil.model_mut().check(thread) {
            return;
        }
        match &self.sim.interpreter_of(thread).gil {
            Gil::Ticks(gil) => {
                let latencies = &self.sim.config.latencies;
                let cost_ns = if gil.waiting() > 0 { latencies.offer_ns } else { latencies.offer_to_nobody_ns };
                self.compute(thread, cost_ns, BurstEnd::Offer);
            }
            Gil::Requests(_) | Gil::Free(_) | Gil::Eager(_) | Gil::Custom(_) => {
                self.tell(Some(thread), EventKind::GilCheck, None);
                self.drop_gil(thread, DropReason::Request, Next::WantGil);
            }
        }
    }

    /// The ticks of the holder have run out: it lets go and takes the GIL again, unless another is faster.
    pub fn offer_gil(&mut self, thread: ThreadId) {
        self.drop_gil(thread, DropReason::Ticks, Next::WantGil);
    }

    /// Whether there is no GIL, so that there is nothing to tell of it.
    pub fn is_free(&self, thread: ThreadId) -> bool {
        matches!(self.sim.interpreter_of(thread).gil, Gil::Free(_))
    }

    /// The holder lets go to do something without the GIL.
    pub fn begin_without_gil(&mut self, thread: ThreadId, reason: DropReason, operation: Operation) {
        self.drop_gil(thread, reason, Next::Begin(operation));
    }

    fn drop_gil(&mut self, thread: ThreadId, reason: DropReason, next: Next) {
        let actions = self.release_gil(thread, reason, false);
        if actions.contains(&GilAction::Force { thread }) {
            self.tell(Some(thread), EventKind::GilForcedWait, None);
            self.set_state(thread, State::Forced { next });
        } else {
            self.go_on(thread, next);
        }
    }

    /// The holder lets go for the last time.
    pub fn drop_gil_for_ever(&mut self, thread: ThreadId) {
        self.release_gil(thread, DropReason::Exit, true);
    }

    fn release_gil(&mut self, thread: ThreadId, reason: DropReason, last: bool) -> GilActions {
        if self.is_free(thread) {
            self.leave_core(thread);
            return GilActions::new();
        }
        let interpreter = self.sim.interpreter_of_mut(thread);
        interpreter.dropped_on_request = matches!(reason, DropReason::Request | DropReason::Ticks);
        let (id, instructions) = (interpreter.id, interpreter.held_instructions);
        let held_ns = self.sim.now_ns - self.sim.interpreter_of(thread).held_since_ns;
        let by = if reason == DropReason::Request { self.sim.chronicle.cause(Cause::GilRequest(id)) } else { None };
        let event = self.tell(Some(thread), EventKind::GilDrop { reason, held_ns, instructions }, by);
        self.note(Cause::GilDrop(id), event);
        self.leave_core(thread);
        let wake = self.choose_gil_waiter(thread);
        let actions = self.gil_handle(thread, GilEvent::Drop { thread, last, wake });
        self.gil_apply(thread, &actions);
        actions
    }

    /// The waiter to wake, when a strategy wants to have a say.
    fn choose_gil_waiter(&mut self, thread: ThreadId) -> Option<ThreadId> {
        if !self.hears_choices(ChoiceKind::GilWake) {
            return None;
        }
        let waiters = self.sim.interpreter_of(thread).gil.model().waiters();
        if waiters.is_empty() { None } else { self.choose(ChoiceKind::GilWake, &waiters) }
    }

    /// A forced wait is over and its thread awake.
    pub fn forced_wait_over(&mut self, thread: ThreadId) {
        let State::Forced { next } = &self.sim.thread(thread).state else {
            unreachable!("only a thread in a forced wait is let go on");
        };
        let next = next.clone();
        match self.waiter_under_way(thread).filter(|_| next == Next::WantGil) {
            Some(arrival_ns) => self.set_timer(thread, arrival_ns, Due::ForcedArrival),
            None => self.go_on(thread, next),
        }
    }

    /// When the next waiter arrives that was told of the free GIL before this thread could take it.
    ///
    /// The one who took the GIL ended this thread's forced wait, and has dropped it again within the wake latency (an
    /// input thread beside two that compute). Now two woken threads are on their way, and which is faster is a race that
    /// CPython leaves to the operating system: about even in measurements. With exact latencies the same one would win
    /// every time and the other starve; so the race goes to the waiter, who has waited longer. With jitter the drawn
    /// latencies decide.
    fn waiter_under_way(&self, thread: ThreadId) -> Option<u64> {
        let sim = &*self.sim;
        let home = sim.thread(thread).interpreter;
        if sim.config.jitter == Jitter::On || sim.interpreters[home.0 as usize].gil.model().holder().is_some() {
            return None;
        }
        let latest_ns = sim.now_ns.saturating_add(sim.config.latencies.wake_ns);
        let due = sim.timers.until(latest_ns);
        let mut arrivals = due.iter().filter(|(_, timer)| timer.due == Due::GilArrival);
        let first = arrivals.find(|(_, timer)| sim.thread(timer.thread).interpreter == home);
        first.map(|(key, _)| key.due_ns()).filter(|due_ns| *due_ns > sim.now_ns)
    }

    fn go_on(&mut self, thread: ThreadId, next: Next) {
        match next {
            Next::WantGil => self.want_gil(thread),
            Next::Begin(operation) => self.begin(thread, operation),
        }
    }

    fn gil_handle(&mut self, thread: ThreadId, event: GilEvent) -> GilActions {
        let now_ns = self.sim.now_ns;
        let mut actions = GilActions::new();
        self.sim.interpreter_of_mut(thread).gil.model_mut().handle(now_ns, event, &mut actions);
        actions
    }

    fn gil_apply(&mut self, thread: ThreadId, actions: &[GilAction]) {
        let mut taker = None;
        for action in actions {
            match *action {
                GilAction::Take { thread, from, switch_number } => {
                    self.take(thread, from, switch_number);
                    taker = Some(thread);
                }
                GilAction::Sleep { thread, timeout_ns } => {
                    let late_ns = self.latency_ns(Latency::TimedWait);
                    let due_ns = self.sim.now_ns.saturating_add(timeout_ns).saturating_add(late_ns);
                    self.set_timer(thread, due_ns, Due::GilTimeOut);
                }
                GilAction::NoRequest { thread, timeout_ns } => self.tell_gil_timeout(thread, timeout_ns, true),
                GilAction::Request { thread, timeout_ns, holder } => {
                    self.tell_gil_timeout(thread, timeout_ns, false);
                    self.tell_gil_request(thread, holder);
                }
                GilAction::Wake { thread } => {
                    self.cancel_timer(thread);
                    self.arrive_later(thread, Due::GilArrival);
                }
                GilAction::Force { .. } => {}
                GilAction::Unforce { thread } => self.arrive_later(thread, Due::ForcedArrival),
            }
        }
        if let Some(taker) = taker {
            self.resume(taker);
        }
        debug_assert!(self.sim.interpreter_of(thread).gil.model().holder().is_none_or(|holder| self.holds(holder)));
    }

    fn holds(&self, thread: ThreadId) -> bool {
        matches!(self.sim.thread(thread).state, State::Holding { .. } | State::Done(_))
    }

    /// Sets the timer for the moment at which a woken thread runs.
    pub fn arrive_later(&mut self, thread: ThreadId, due: Due) {
        let wake_ns = self.latency_ns(Latency::Wake);
        self.set_timer(thread, self.sim.now_ns.saturating_add(wake_ns), due);
    }

    fn take(&mut self, thread: ThreadId, from: Option<ThreadId>, switch_number: u64) {
        let State::WantsGil { since_ns } = self.sim.thread(thread).state else {
            unreachable!("only a thread that wants the GIL takes it");
        };
        let now_ns = self.sim.now_ns;
        let interpreter = self.sim.interpreter_of_mut(thread);
        interpreter.held_since_ns = now_ns;
        interpreter.held_instructions = 0;
        let forced = std::mem::take(&mut interpreter.dropped_on_request);
        let id = interpreter.id;
        self.set_state(thread, State::Holding { burst: None });
        if self.is_free(thread) {
            return;
        }
        self.sim.chronicle.take(Cause::Waker(thread));
        let by = self.sim.chronicle.take(Cause::GilDrop(id));
        let kind = EventKind::GilTake { waited_ns: now_ns - since_ns, from, switch_number, forced };
        self.tell(Some(thread), kind, by);
    }

    /// A thread has just got the GIL: it gets a core, and its instruction gets its reply.
    fn resume(&mut self, thread: ThreadId) {
        self.enter_core(thread);
        match self.sim.thread_mut(thread).on_take.take() {
            None => {}
            Some(OnTake::Reply(reply)) => self.answer(thread, reply),
            Some(OnTake::GetAgain { queue, deadline_ns }) => self.get_again(thread, queue, deadline_ns),
            Some(OnTake::Joined { target, at_exit }) => self.joined(thread, target, at_exit),
            Some(OnTake::SystemThreadJoined { at_exit }) => self.system_thread_joined(thread, at_exit),
        }
    }
}
