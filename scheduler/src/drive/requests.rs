//! Hand-overs of the request GIL, many in one step.
//!
//! Threads that only compute pass the GIL on in always the same way: a waiter's interval ends and it asks, the holder comes
//! to an eval check and drops, the waiter arrives and takes, the dropper's forced wait ends and it sleeps for an interval.
//! That is four timers and two executions for the driver. As long as nobody listens or chooses and no other thread is on a
//! core, a [`Round`] does the same within one run of the machine, at each pause: it fires the timers due by then, if they
//! are of these kinds, and hands the GIL over, if nothing else is due before the waiter has it. A lone waiter that asks
//! and is told before anything else happens is handed the GIL at once. The GIL's own state machine decides, as always:
//! here it is asked for the parts of its answers that are known to come. Whatever is out of the ordinary ends the run,
//! and the driver goes on from there.

use super::Driver;
use super::execute::BATCH_MAX_NS;
use crate::choice::Strategy;
use crate::event::{InterpreterId, Observer};
use crate::gil::request::RequestGil;
use crate::gil::{Gil, GilModel};
use crate::profile::LockRule;
use crate::simulation::Interpreter;
use crate::sync::WaitPlace;
use crate::threads::{Next, State, Thread};
use crate::timers::{Due, Timer, TimerKey, Timers};
use gilsim_vm::heap::Heap;
use gilsim_vm::interp::locks::OwnLocks;
use gilsim_vm::interp::turns::{NextTurn, Turn, Turns};
use gilsim_vm::interp::{Budget, GreenThread, Progress};
use gilsim_vm::value::{ObjId, ThreadId};

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// Whether the holder has waiters, and hand-overs can be made in one piece.
    pub(super) fn hands_over(&self, thread: ThreadId) -> bool {
        let interpreter = self.sim.interpreter_of(thread);
        let Gil::Requests(gil) = &interpreter.gil else { return false };
        gil.waiting() > 0 && !interpreter.finalizing && self.knows_what_follows()
    }

    /// The holder executes, and those after it, until something else has to be done.
    pub(super) fn hand_over_on_request(&mut self, first: ThreadId) {
        if !self.end_objects(first) || !self.collect(first) || !self.steps_left() {
            return;
        }
        let (last, progress, began_ns) = self.go_round_on_request(first);
        self.account(last, &progress);
        let end_ns = began_ns.saturating_add(progress.cost_ns);
        if end_ns >= self.horizon_ns(last) {
            return self.end_later(last, end_ns, progress.step);
        }
        self.sim.now_ns = end_ns;
        self.end_instruction(last, progress.step);
    }

    /// Turns as long as they are ordinary. Gives whose turn it is then, how far it has come in it, and when it began.
    fn go_round_on_request(&mut self, first: ThreadId) -> (ThreadId, Progress, u64) {
        let sim = &mut *self.sim;
        let (now_ns, latencies, limits) = (sim.now_ns, &sim.config.latencies, &sim.config.limits);
        let home = sim.threads[first.0 as usize].interpreter;
        let interpreter = &mut sim.interpreters[home.0 as usize];
        let Interpreter { vm, gil: Gil::Requests(gil), waits, .. } = interpreter else {
            unreachable!("hand-overs on request are the request GIL's");
        };
        let mut round = Round {
            threads: &mut sim.threads,
            timers: &mut sim.timers,
            gil,
            home,
            thread: first,
            began_ns: now_ns,
            now_ns,
            held_since_ns: interpreter.held_since_ns,
            held_instructions: interpreter.held_instructions,
            ahead: Ahead { asker: None, other_ns: u64::MAX },
            time_end_ns: limits.time_max_ns.saturating_add(1),
            wake_ns: latencies.wake_ns,
            late_ns: latencies.timed_wait_ns,
            round_end_ns: now_ns.saturating_add(BATCH_MAX_NS),
            steps_left: limits.steps_max - sim.steps,
            switched: false,
            cost_ns: 0,
        };
        let is_waited_for = |lock: ObjId| waits.is_waited_for(WaitPlace::Lock(lock));
        let locks = OwnLocks { now_ns, is_waited_for: &is_waited_for };
        let asks = sim.config.profile.lock == LockRule::AlwaysReleases;
        let budget = round.budget();
        let progress = vm.run_in_turns(&mut round, budget, (!asks).then_some(locks));
        sim.now_ns = round.now_ns;
        sim.steps = limits.steps_max - round.steps_left;
        let (last, began_ns) = (round.thread, round.began_ns);
        let (switched, cost_ns, since_ns, held) =
            (round.switched, round.cost_ns, round.held_since_ns, round.held_instructions);
        interpreter.cpu_ns += cost_ns;
        (interpreter.held_since_ns, interpreter.held_instructions) = (since_ns, held);
        if switched {
            interpreter.dropped_on_request = false;
            sim.cores.leave(first);
            sim.cores.enter(last, since_ns);
            sim.threads[last.0 as usize].state = State::Holding { burst: None };
        }
        (last, progress, began_ns)
    }
}

/// What is due next when a turn begins; nothing is added while it lasts.
#[derive(Clone, Copy)]
struct Ahead {
    /// The waiter whose timed wait ends first of all, and when, if it asks the holder to let go then.
    asker: Option<(ThreadId, u64)>,
    /// When anything else is due.
    other_ns: u64,
}

/// Threads of an interpreter under the request GIL, one of which holds it and executes.
struct Round<'a> {
    #[expect(clippy::vec_box, reason = "the thread table's own type")]
    threads: &'a mut Vec<Box<Thread>>,
    timers: &'a mut Timers,
    gil: &'a mut RequestGil,
    home: InterpreterId,
    /// The holder, whose turn it is.
    thread: ThreadId,
    /// When its turn began.
    began_ns: u64,
    /// The time of the last timer, or later.
    now_ns: u64,
    /// When it took the GIL, and its instructions since, without this turn's.
    held_since_ns: u64,
    held_instructions: u64,
    /// What is due in its turn.
    ahead: Ahead,
    /// When the run ends.
    time_end_ns: u64,
    wake_ns: u64,
    /// What a timed wait takes longer than asked for.
    late_ns: u64,
    /// When no further turn begins.
    round_end_ns: u64,
    /// Instructions up to the limit, without this turn's.
    steps_left: u64,
    /// Whether another has the GIL than at first, or the same one again.
    switched: bool,
    /// What the turns that are over cost.
    cost_ns: u64,
}

impl Turns for Round<'_> {
    #[inline]
    fn thread(&mut self) -> &mut GreenThread {
        &mut self.threads[self.thread.0 as usize].green
    }

    fn pass(&mut self, turn: &Turn, _heap: &Heap) -> Option<NextTurn<'_>> {
        let end_ns = self.began_ns.saturating_add(turn.cost_ns);
        let goes_on = end_ns < self.time_end_ns.min(self.round_end_ns) && turn.instructions < self.steps_left;
        if !goes_on {
            return None;
        }
        let taker = match self.lone_asker(turn, end_ns) {
            Some(taker) => {
                // The timer of the wait that it would have begun after asking.
                self.timers.pass(1);
                Some(taker)
            }
            None if !self.fire_until(end_ns) => return None,
            None if turn.check_due && self.gil.must_drop(self.thread) => Some(self.next_holder(end_ns)?),
            None => None,
        };
        self.steps_left -= turn.instructions;
        self.held_instructions += turn.instructions;
        self.cost_ns += turn.cost_ns;
        let holder = &mut self.threads[self.thread.0 as usize];
        holder.cpu_ns += turn.cost_ns;
        holder.green.check_due = false;
        self.now_ns = end_ns;
        if let Some(taker) = taker {
            self.hand_over(taker);
        }
        self.began_ns = self.now_ns;
        let budget = self.budget();
        Some(NextTurn { thread: &mut self.threads[self.thread.0 as usize].green, budget, now_ns: self.began_ns })
    }
}

impl Round<'_> {
    /// How far the holder may run: to the next timer. If that is the end of a wait after which the waiter will ask, the
    /// holder runs on to its next eval check, or to the timer after it.
    #[inline]
    fn budget(&mut self) -> Budget {
        let must_drop = self.gil.must_drop(self.thread);
        self.ahead = self.look_ahead(must_drop);
        let Ahead { asker, other_ns } = self.ahead;
        let asked_ns = if must_drop { Some(self.now_ns) } else { asker.map(|(_, asks_ns)| asks_ns) };
        let again_ns = asker.map_or(u64::MAX, |(_, asks_ns)| self.asks_again_ns(asks_ns));
        let time_ns = self.time_end_ns.min(other_ns).min(again_ns).saturating_sub(self.now_ns);
        let cost_ns = time_ns.min(BATCH_MAX_NS).min(self.steps_left);
        Budget { cost_ns, checks_from_ns: asked_ns.map_or(u64::MAX, |asked_ns| asked_ns.saturating_sub(self.now_ns)) }
    }

    /// What is due next; that the holder has to let go anyway leaves no asker.
    #[inline]
    fn look_ahead(&self, must_drop: bool) -> Ahead {
        let Some((key, timer)) = self.timers.next() else { return Ahead { asker: None, other_ns: u64::MAX } };
        let due_ns = key.due_ns();
        if must_drop || due_ns >= self.time_end_ns || !self.asks(timer) {
            return Ahead { asker: None, other_ns: due_ns };
        }
        let other_ns = self.timers.next_ns_without(key).unwrap_or(u64::MAX);
        Ahead { asker: Some((timer.thread, due_ns)), other_ns }
    }

    /// The end of the wait that begins when one ends at this time.
    fn asks_again_ns(&self, asks_ns: u64) -> u64 {
        asks_ns.saturating_add(self.gil.timeout_ns()).saturating_add(self.late_ns)
    }

    /// Whether this is the end of a wait after which the holder is asked to let go.
    fn asks(&self, timer: Timer) -> bool {
        let is_ours = || self.threads[timer.thread.0 as usize].interpreter == self.home;
        timer.due == Due::GilTimeOut && is_ours() && self.gil.will_ask(timer.thread)
    }

    /// Fires the timers that are due by then; false when one is left that is not of the usual kinds.
    fn fire_until(&mut self, end_ns: u64) -> bool {
        while let Some((key, timer)) = self.timers.next().filter(|(key, _)| key.due_ns() <= end_ns) {
            if !self.fire(key, timer) {
                return false;
            }
        }
        true
    }

    /// Fires a timer while somebody has the GIL: a thread sleeps in the GIL's queue afterwards, for an interval. False, and
    /// nothing has happened, if it is another kind of timer.
    fn fire(&mut self, key: TimerKey, timer: Timer) -> bool {
        let thread = &self.threads[timer.thread.0 as usize];
        let is_usual = match timer.due {
            Due::GilTimeOut | Due::GilArrival => true,
            Due::ForcedArrival => matches!(thread.state, State::Forced { next: Next::WantGil }),
            _ => false,
        };
        if !is_usual || thread.interpreter != self.home {
            return false;
        }
        self.now_ns = key.due_ns();
        self.timers.remove(key);
        match timer.due {
            Due::GilTimeOut => {
                self.gil.ask(timer.thread);
                self.sleep(timer.thread);
            }
            Due::ForcedArrival => self.wait_again(timer.thread),
            _ => self.sleep(timer.thread),
        }
        true
    }

    #[inline]
    fn set_timer(&mut self, thread: ThreadId, in_ns: u64, due: Due) {
        let key = self.timers.set(self.now_ns.saturating_add(in_ns), thread, due);
        self.threads[thread.0 as usize].timer = Some(key);
    }

    /// The only waiter, if all that is due by the end of a turn is that it asks, and it can have the GIL at once. That it
    /// asks and then waits again for as long as nobody else acts is left out: nobody can tell.
    #[inline]
    fn lone_asker(&self, turn: &Turn, end_ns: u64) -> Option<ThreadId> {
        let Ahead { asker, other_ns } = self.ahead;
        let (asker, asks_ns) = asker?;
        let asks = turn.check_due
            && asks_ns <= end_ns
            && end_ns < self.asks_again_ns(asks_ns)
            && self.gil.waiting() == 1
            && self.gil.next_alone() == Some(asker)
            && self.takes_at_once(asker, end_ns, other_ns);
        asks.then_some(asker)
    }

    /// The waiter that has the GIL after a drop at this time, if it takes it at once.
    fn next_holder(&self, drop_ns: u64) -> Option<ThreadId> {
        let next = self.gil.next_alone()?;
        let other_ns = self.timers.next_ns_without(self.threads[next.0 as usize].timer?);
        self.takes_at_once(next, drop_ns, other_ns.unwrap_or(u64::MAX)).then_some(next)
    }

    /// Whether the waiter that is woken by a drop at this time takes the GIL before anything else is due, and goes on with
    /// its next instruction.
    #[inline]
    fn takes_at_once(&self, next: ThreadId, drop_ns: u64, other_ns: u64) -> bool {
        let thread = &self.threads[next.0 as usize];
        let arrival_ns = drop_ns.saturating_add(self.wake_ns);
        arrival_ns < self.time_end_ns.min(other_ns) && thread.on_take.is_none() && thread.green.is_ready()
    }

    /// The holder drops the GIL on request; the waiter arrives and takes it, and ends the forced wait.
    #[inline]
    fn hand_over(&mut self, taker: ThreadId) {
        let dropper = self.thread;
        let taken = self.gil.hand_over(dropper);
        debug_assert_eq!(taken, Some(taker), "who has waited longest is woken");
        // Its state is left as it is until the run ends or its turn does.
        if let Some(key) = self.threads[taker.0 as usize].timer.take() {
            self.timers.remove(key);
        }
        // The timer of its arrival.
        self.timers.pass(1);
        self.now_ns = self.now_ns.saturating_add(self.wake_ns);
        self.thread = taker;
        (self.held_since_ns, self.held_instructions, self.switched) = (self.now_ns, 0, true);
        if self.wake_ns == 0 {
            // The forced wait is over at once, and the dropper waits again before the taker executes anything.
            self.timers.pass(1);
            self.wait_again(dropper);
        } else {
            self.threads[dropper.0 as usize].state = State::Forced { next: Next::WantGil };
            self.set_timer(dropper, self.wake_ns, Due::ForcedArrival);
        }
    }

    /// A thread whose forced wait is over sleeps in the GIL's queue.
    #[inline]
    fn wait_again(&mut self, thread: ThreadId) {
        match &mut self.threads[thread.0 as usize].state {
            State::WantsGil { since_ns } => *since_ns = self.now_ns,
            state => *state = State::WantsGil { since_ns: self.now_ns },
        }
        self.sleep(thread);
    }

    /// A thread sleeps in the GIL's queue for an interval.
    #[inline]
    fn sleep(&mut self, thread: ThreadId) {
        let timeout_ns = self.gil.sleep(thread);
        self.set_timer(thread, timeout_ns.saturating_add(self.late_ns), Due::GilTimeOut);
    }
}
