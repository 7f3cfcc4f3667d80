//! The driver: decides what happens next and makes it happen.
//!
//! A [`Driver`] exists for the length of one step. `cpu` has the cores, `execute` runs the virtual machine, `gil` turns the
//! GIL's actions into timers and states, `block` does what happens without the GIL, `life` begins and ends threads, `turns` and `requests` take many steps in
//! one where nobody listens, `tell` and `detail` make events; what instructions ask for is in `crate::effects`.

mod block;
mod cpu;
mod detail;
mod execute;
mod gil;
mod life;
mod requests;
mod tell;
mod turns;

use crate::choice::{ChoiceKind, ChoicePoint, Pick, Strategy};
use crate::config::Jitter;
use crate::event::{EventKind, Limit, Observer, interest};
use crate::jitter::Latency;
use crate::outcome::Outcome;
use crate::simulation::Simulation;
use crate::threads::{BurstClock, State};
use crate::timers::{Due, TimerKey};
use gilsim_vm::value::ThreadId;

/// How much one step executes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pace {
    /// One instruction.
    Single,
    /// As many instructions as fit before anything else can happen.
    Batch,
}

/// A simulation in motion.
pub(crate) struct Driver<'a, S, O> {
    pub sim: &'a mut Simulation,
    pub strategy: &'a mut S,
    pub observer: &'a mut O,
    pub pace: Pace,
}

/// What can happen next.
enum Happening {
    Timer(u64),
    BurstEnd(u64, ThreadId),
    Execute(ThreadId),
    Nothing,
}

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// One step.
    pub fn step(&mut self) -> Option<Outcome> {
        if self.sim.outcome.is_none() {
            match self.next() {
                Happening::Timer(at_ns) => self.at(at_ns, Self::fire_timer),
                Happening::BurstEnd(at_ns, thread) => self.at(at_ns, |driver| driver.end_burst(thread)),
                Happening::Execute(thread) if self.takes_turns(thread) => self.take_turns(thread),
                Happening::Execute(thread) if self.hands_over(thread) => self.hand_over_on_request(thread),
                Happening::Execute(thread) => self.execute(thread),
                Happening::Nothing => {
                    let graph = self.wait_graph();
                    self.end(Outcome::Deadlock(graph));
                }
            }
        }
        self.sim.outcome.clone()
    }

    fn next(&mut self) -> Happening {
        let timer_ns = self.sim.timers.next_ns();
        let mut burst: Option<(u64, ThreadId)> = None;
        let mut ready: Option<ThreadId> = None;
        let mut several_ready = false;
        for thread in self.sim.cores.on_cores() {
            match self.sim.thread(thread).burst().map(|burst| burst.clock) {
                Some(BurstClock::EndsAt(at_ns)) => {
                    let end = (at_ns, thread);
                    burst = Some(burst.map_or(end, |first| first.min(end)));
                }
                Some(BurstClock::Left(_)) => unreachable!("a burst on a core has an end"),
                None => several_ready |= ready.replace(thread).is_some(),
            }
        }
        let first = match (timer_ns, burst) {
            (Some(timer_ns), Some((burst_ns, _))) if timer_ns <= burst_ns => Happening::Timer(timer_ns),
            (_, Some((burst_ns, thread))) => Happening::BurstEnd(burst_ns, thread),
            (Some(timer_ns), None) => Happening::Timer(timer_ns),
            (None, None) => Happening::Nothing,
        };
        match first {
            Happening::Timer(at_ns) | Happening::BurstEnd(at_ns, _) if at_ns <= self.sim.now_ns => first,
            _ if several_ready => self.choose_ready().map_or(Happening::Nothing, Happening::Execute),
            _ => ready.map_or(first, Happening::Execute),
        }
    }

    fn choose_ready(&mut self) -> Option<ThreadId> {
        let threads = self.sim.cores.on_cores().filter(|thread| self.sim.thread(*thread).burst().is_none());
        let threads: Vec<ThreadId> = threads.collect();
        self.choose(ChoiceKind::Run, &threads)
    }

    /// Lets time pass and then does something, unless the limit of time comes first.
    fn at(&mut self, at_ns: u64, act: impl FnOnce(&mut Self)) {
        let time_max_ns = self.sim.config.limits.time_max_ns;
        if at_ns > time_max_ns {
            self.sim.now_ns = time_max_ns;
            self.limit(Limit::Time);
        } else {
            debug_assert!(at_ns >= self.sim.now_ns, "time never goes back");
            self.sim.now_ns = at_ns;
            act(self);
        }
    }

    fn fire_timer(&mut self) {
        let Some(key) = self.choose_timer() else { return };
        let timer = self.sim.timers.remove(key).expect("it was just seen");
        if timer.due == Due::CoreSlice {
            self.sim.core_timer = None;
            return self.preempt_core();
        }
        self.sim.thread_mut(timer.thread).timer = None;
        match timer.due {
            Due::Boot => self.boot(timer.thread),
            Due::GilTimeOut => self.gil_timed_out(timer.thread),
            Due::GilArrival => self.gil_arrived(timer.thread),
            Due::ForcedArrival => self.forced_wait_over(timer.thread),
            Due::Deadline => self.deadline_passed(timer.thread),
            Due::WakeArrival => self.woken(timer.thread),
            Due::Done => self.operation_done(timer.thread),
            Due::CoreSlice => unreachable!("handled above"),
        }
    }

    fn choose_timer(&mut self) -> Option<TimerKey> {
        let timers = &self.sim.timers;
        let (first, _) = timers.next()?;
        if !self.hears_choices(ChoiceKind::Timer) || timers.next_ns_without(first) != Some(first.due_ns()) {
            return Some(first);
        }
        let due = timers.until(first.due_ns());
        let threads: Vec<ThreadId> = due.iter().map(|(_, timer)| timer.thread).collect();
        let chosen = self.choose(ChoiceKind::Timer, &threads)?;
        due.into_iter().find(|(_, timer)| timer.thread == chosen).map(|(key, _)| key)
    }

    /// Whether anybody makes or hears choices of this kind. If not, the faithful candidate is taken without a list of all.
    pub fn hears_choices(&self, what: ChoiceKind) -> bool {
        self.strategy.wants(what) || O::INTEREST & interest::CHOICE != 0
    }

    /// Asks the strategy to pick one of several threads, given in the order of the faithful model. `None` if it gives up.
    pub fn choose(&mut self, what: ChoiceKind, order: &[ThreadId]) -> Option<ThreadId> {
        let first = *order.first().expect("somebody to choose");
        if order.len() == 1 || !self.hears_choices(what) {
            return Some(first);
        }
        let mut candidates = order.to_vec();
        candidates.sort_unstable();
        candidates.dedup();
        if candidates.len() == 1 {
            return Some(first);
        }
        let faithful = candidates.binary_search(&first).expect("it is among them") as u32;
        let time_ns = self.sim.now_ns;
        let point = ChoicePoint { what, candidates: &candidates, faithful, time_ns };
        let pick = if self.strategy.wants(what) { self.strategy.choose(&point) } else { Pick::Candidate(faithful) };
        match pick {
            Pick::Candidate(picked) => {
                let chosen = *candidates.get(picked as usize).expect("a strategy picks one of the candidates");
                self.tell(None, EventKind::Choice { what: what.name(), candidates, picked }, None);
                Some(chosen)
            }
            Pick::Abandon => {
                self.end(Outcome::Abandoned);
                None
            }
        }
    }

    /// A latency as configured, or varied if the configuration says so.
    pub fn latency_ns(&mut self, latency: Latency) -> u64 {
        let Simulation { config, jitter, .. } = &mut *self.sim;
        match config.jitter {
            Jitter::Off => latency.configured_ns(&config.latencies),
            Jitter::On => latency.draw_ns(&config.latencies, jitter),
        }
    }

    /// Sets the one timer of a thread.
    pub fn set_timer(&mut self, thread: ThreadId, due_ns: u64, due: Due) {
        let key = self.sim.timers.set(due_ns, thread, due);
        let before = self.sim.thread_mut(thread).timer.replace(key);
        assert!(before.is_none(), "a thread waits for one thing at a time");
    }

    /// Cancels the timer of a thread, if it has one.
    pub fn cancel_timer(&mut self, thread: ThreadId) {
        if let Some(key) = self.sim.thread_mut(thread).timer.take() {
            self.sim.timers.remove(key);
        }
    }

    pub fn set_state(&mut self, thread: ThreadId, state: State) {
        self.sim.thread_mut(thread).state = state;
    }

    /// Ends the run; the first reason counts.
    pub fn end(&mut self, outcome: Outcome) {
        self.sim.outcome.get_or_insert(outcome);
    }

    /// Ends the run at a limit.
    pub fn limit(&mut self, limit: Limit) {
        self.tell(None, EventKind::Limit(limit), None);
        let blocked = self.wait_graph();
        self.end(Outcome::Limit { limit, blocked });
    }
}
