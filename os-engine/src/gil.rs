//! A real GIL: a mutex, a condition variable for each thread, and the state machine that says who may go on.
//!
//! Every event of a thread (it wants the GIL, its wait timed out, it was told, it lets go) is given to the model under the mutex; the model's actions ring
//! the bells of others or let this thread go on or sleep. So the rules of a version are the simulation's own, and only time and the operating system are real.

use crate::ticks::OfferedGil;
use gilsim_scheduler::config::Config;
use gilsim_scheduler::gil::{Gil, GilAction, GilActions, GilEvent, GilModel};
use gilsim_scheduler::profile::GilRule;
use gilsim_vm::value::ThreadId;
use parking_lot::{Condvar, Mutex, MutexGuard};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What became of the GIL in a run.
#[derive(Clone, Copy, Default, Debug)]
pub struct GilReport {
    /// Takes by a thread other than the last holder.
    pub switches: u64,
    /// Those after which the last holder had let go on request, or because its ticks ran out.
    pub switches_forced: u64,
    /// How long somebody held it, in hundredths of the run.
    pub held_percent: f64,
    /// The longest wait for it.
    pub longest_wait_ns: u64,
}

/// Why a holder lets go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Letting {
    /// It was asked to, or its ticks ran out; it wants it back.
    OnRequest,
    /// To do something without it.
    ToWait,
    /// For ever.
    Last,
}

/// The lock.
pub struct RealGil {
    state: Mutex<State>,
    /// Somebody has asked the holder to let go.
    requested: AtomicBool,
    counts_checks: bool,
}

struct State {
    model: Box<dyn GilModel>,
    bells: BTreeMap<ThreadId, Arc<Condvar>>,
    /// Threads that were told to go on and have not noticed yet.
    told: BTreeSet<ThreadId>,
    /// Nobody takes it any more.
    closed: bool,
    held_since: Instant,
    dropped_on_request: bool,
    held: Duration,
    report: GilReport,
}

/// What an event means for the thread that it is of.
enum Meaning {
    Taken,
    Sleep(Duration),
    Forced,
    Nothing,
}

impl RealGil {
    /// The free GIL of a configuration that has one.
    pub fn new(config: &Config) -> RealGil {
        let (interval_ns, ticks) = (config.switch_interval_ns, config.check_interval_ticks);
        let model: Box<dyn GilModel> = match config.profile.gil {
            GilRule::Ticks => Box::new(OfferedGil::new(ticks, interval_ns)),
            rule => Gil::of(rule, interval_ns, ticks, config.seed).model().clone_model(),
        };
        let counts_checks = model.counts_checks();
        let state = State {
            model,
            bells: BTreeMap::new(),
            told: BTreeSet::new(),
            closed: false,
            held_since: Instant::now(),
            dropped_on_request: false,
            held: Duration::ZERO,
            report: GilReport::default(),
        };
        RealGil { state: Mutex::new(state), requested: AtomicBool::new(false), counts_checks }
    }

    /// Waits until the thread has it. False if nobody gets it any more.
    pub fn take(&self, thread: ThreadId) -> bool {
        let mut state = self.state.lock();
        let wanted = Instant::now();
        let mut event = GilEvent::Want(thread);
        loop {
            if state.closed {
                return false;
            }
            match self.hear(&mut state, event) {
                Meaning::Sleep(timeout) => {
                    let is_told = wait(&mut state, thread, Some(timeout));
                    event = if is_told { GilEvent::Arrived(thread) } else { GilEvent::TimedOut(thread) };
                }
                _ => break,
            }
        }
        let waited_ns = wanted.elapsed().as_nanos() as u64;
        state.report.longest_wait_ns = state.report.longest_wait_ns.max(waited_ns);
        true
    }

    /// The holder lets go; after a request it comes back when somebody else has taken the GIL.
    pub fn drop(&self, thread: ThreadId, letting: Letting) {
        let mut state = self.state.lock();
        let held = state.held_since.elapsed();
        state.held += held;
        state.dropped_on_request = letting == Letting::OnRequest;
        let event = GilEvent::Drop { thread, last: letting == Letting::Last, wake: None };
        if matches!(self.hear(&mut state, event), Meaning::Forced) {
            wait(&mut state, thread, None);
        }
    }

    /// Whether the holder should run from eval check to eval check.
    pub fn stops_at_checks(&self) -> bool {
        self.counts_checks || self.requested.load(Ordering::Relaxed)
    }

    /// The holder passes an eval check: whether it should let go.
    pub fn check(&self, thread: ThreadId) -> bool {
        self.stops_at_checks() && self.state.lock().model.check(thread)
    }

    /// Changes or reads the model's settings.
    pub fn with_model<T>(&self, act: impl FnOnce(&mut dyn GilModel) -> T) -> T {
        act(self.state.lock().model.as_mut())
    }

    /// From now on nobody gets it; those who wait for it go away.
    pub fn close(&self) {
        let mut state = self.state.lock();
        state.closed = true;
        for bell in state.bells.values() {
            bell.notify_all();
        }
    }

    /// What became of it in a run of this length.
    pub fn report(&self, real_ns: u64) -> GilReport {
        let state = self.state.lock();
        let held_percent = 100.0 * state.held.as_nanos() as f64 / real_ns.max(1) as f64;
        GilReport { held_percent: held_percent.min(100.0), ..state.report }
    }

    fn hear(&self, state: &mut State, event: GilEvent) -> Meaning {
        let mut actions = GilActions::new();
        state.model.handle(0, event, &mut actions);
        let mut meaning = Meaning::Nothing;
        for action in actions {
            match action {
                GilAction::Take { thread, from, .. } => {
                    state.taken(from != Some(thread));
                    meaning = Meaning::Taken;
                }
                GilAction::Sleep { timeout_ns, .. } => meaning = Meaning::Sleep(Duration::from_nanos(timeout_ns)),
                GilAction::Force { .. } => meaning = Meaning::Forced,
                GilAction::Wake { thread } | GilAction::Unforce { thread } => state.tell(thread),
                GilAction::Request { .. } | GilAction::NoRequest { .. } => {}
            }
        }
        let is_asked = state.model.holder().is_some_and(|holder| state.model.must_drop(holder));
        self.requested.store(is_asked, Ordering::Relaxed);
        meaning
    }
}

impl State {
    fn taken(&mut self, is_switch: bool) {
        self.held_since = Instant::now();
        let forced = std::mem::take(&mut self.dropped_on_request);
        self.report.switches += u64::from(is_switch);
        self.report.switches_forced += u64::from(is_switch && forced);
    }

    fn tell(&mut self, thread: ThreadId) {
        self.told.insert(thread);
        self.bell(thread).notify_one();
    }

    fn bell(&mut self, thread: ThreadId) -> Arc<Condvar> {
        Arc::clone(self.bells.entry(thread).or_default())
    }
}

/// Sleeps until the thread is told to go on, or the time is over, or the GIL is closed; whether it was told.
fn wait(state: &mut MutexGuard<'_, State>, thread: ThreadId, timeout: Option<Duration>) -> bool {
    let bell = state.bell(thread);
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    while !state.closed && !state.told.contains(&thread) {
        match deadline {
            None => bell.wait(state),
            Some(deadline) if bell.wait_until(state, deadline).timed_out() => break,
            Some(_) => {}
        }
    }
    state.told.remove(&thread)
}
