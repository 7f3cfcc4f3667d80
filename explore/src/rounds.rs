//! Rounds of a search: each takes steps at the places known to be shared, and ends early when it learns of another.
//!
//! The last round is the one that learns nothing; only what it found counts. A round is a search by the reduction, with
//! random executions beside it once it has made many; or one by sleep sets, where steps are many operations; or random
//! executions and nothing else; or plain enumeration. Where an execution comes back to a state, as one that asks again and
//! again does, the round goes through the states instead: there are finitely many, and executions without end.

use crate::beside::{Beside, samples_after};
use crate::checkpoint::{Checkpoint, State};
use crate::explore::{Method, Options, failure_of};
use crate::machine::knowledge::Knowledge;
use crate::machine::operation::Kind;
use crate::machine::{Cut, Machine};
use crate::races::Races;
use crate::report::{Unfinished, Verdict};
use crate::search::dpor::{self, Counts, Covered, Frame};
use crate::search::graph::Circle;
use crate::search::history::History;
use crate::search::sample::Sampler;
use crate::search::{enumerate, sleep, stateful};
use crate::strategy;
use crate::workers::{self, Ahead, Ended};
use gilsim_vm::value::ThreadId;
use std::cell::Cell;
use std::collections::BTreeSet;

/// Rounds after which a search gives up learning.
const ROUNDS_MAX: u32 = 1_000;

/// What one round found.
#[derive(Default)]
pub struct Round {
    /// Executions and steps.
    pub counts: Counts,
    /// Executions that failed.
    pub failing: u64,
    /// The first of them.
    pub first: Option<Found>,
    /// What workers have counted since they were called, if they were stopped.
    pub beyond: Counts,
    /// Random executions beside the search.
    pub sampled: u64,
    after: u64,
    cut: Option<Cut>,
    /// How many executions there will be in all, as far as that can be told.
    pub estimate: Option<u64>,
    /// Races.
    pub races: Races,
    /// Why it was stopped, if it was.
    pub stop: Option<Unfinished>,
    finished: bool,
    /// Its number.
    pub rounds: u32,
    /// Whether it was stopped and can go on.
    can_go_on: bool,
    /// Its stack and the random executions beside it, then.
    left: State,
    /// Whether something was learned in it: the next round has finer steps.
    learned: bool,
    /// Whether an execution came back to a state.
    circles: bool,
    /// How many states there are, if it went through states.
    pub states: Option<u64>,
    /// Whether an execution ended while a daemon slept that would have gone on.
    pub left_sleepers: bool,
}

/// A failing execution, and what was known of shared places when it was made.
pub struct Found {
    /// Who took the steps.
    pub schedule: Vec<ThreadId>,
    /// What was known.
    pub knowledge: Knowledge,
    /// Its preemptions, if there is none with fewer.
    pub fewest: Option<u32>,
    /// The threads that go on for ever, if it ends with a circle.
    pub circling: Vec<ThreadId>,
}

impl Found {
    /// A failing execution of which nothing else is known.
    pub fn new(schedule: &[ThreadId], knowledge: Knowledge) -> Found {
        Found { schedule: schedule.to_vec(), knowledge, fewest: None, circling: Vec::new() }
    }
}

/// Searches in rounds until nothing is learned in one.
pub fn last_round(
    origin: &Machine,
    options: &Options,
    from: Option<&Checkpoint>,
    go_on: &mut dyn FnMut(&Covered) -> bool,
) -> Round {
    let mut state = from.map(|from| &from.state);
    let mut knowledge = state.map_or_else(Knowledge::default, |state| Knowledge::of_record(&state.knowledge));
    let mut rounds = state.map_or(0, |state| state.rounds - 1);
    loop {
        rounds += 1;
        let mut machine = fresh(origin, knowledge);
        let mut round = search(origin, &mut machine, options, state.take(), go_on);
        round.left.knowledge = machine.knowledge.record();
        knowledge = std::mem::take(&mut machine.knowledge);
        knowledge.leaves_daemons = false;
        round.rounds = rounds;
        round.learned = knowledge.changed;
        if !knowledge.changed || round.stop.is_some() || rounds >= ROUNDS_MAX {
            return round;
        }
    }
}

/// The program just after it has started its first thread.
pub fn fresh(origin: &Machine, knowledge: Knowledge) -> Machine {
    fresh_with(origin, knowledge, |_| ())
}

/// The same, prepared first.
pub fn fresh_with(origin: &Machine, mut knowledge: Knowledge, prepare: fn(&mut Machine)) -> Machine {
    knowledge.changed = false;
    let mut machine = origin.clone();
    machine.knowledge = knowledge;
    prepare(&mut machine);
    machine.begin();
    machine
}

/// Searches again and again, each time from just after the first thread has started, until nothing is learned of shared
/// places. `search` should stop when something is. Gives what the last one gave.
pub fn until_nothing_is_learned<T>(origin: &Machine, mut search: impl FnMut(&mut Machine) -> T) -> T {
    let mut knowledge = Knowledge::default();
    loop {
        let mut machine = fresh(origin, knowledge);
        let found = search(&mut machine);
        if !machine.knowledge.changed {
            return found;
        }
        knowledge = std::mem::take(&mut machine.knowledge);
    }
}

/// Executions by one worker, before others are called.
const BEFORE_WORKERS: u64 = 500;

fn search(
    origin: &Machine,
    machine: &mut Machine,
    options: &Options,
    from: Option<&State>,
    go_on: &mut dyn FnMut(&Covered) -> bool,
) -> Round {
    if let Method::Random(name) = options.method {
        return sampled(origin, machine, name, options, go_on);
    }
    if options.method == Method::States {
        return by_states(origin, machine, options, go_on);
    }
    let round = if machine.points().are_single() {
        reduced(origin, machine, options, from, go_on)
    } else {
        swept(origin, machine, options, go_on)
    };
    if round.circles { by_states(origin, machine, options, go_on) } else { round }
}

/// One round of the reduction, or of plain enumeration.
fn reduced(
    origin: &Machine,
    machine: &mut Machine,
    options: &Options,
    from: Option<&State>,
    go_on: &mut dyn FnMut(&Covered) -> bool,
) -> Round {
    let mut round = from.map_or_else(Round::default, Round::of_state);
    if machine.knowledge.changed {
        return round;
    }
    let beside = Beside::new(origin, options, from);
    let mut pass = Pass { round: &mut round, beside, options, go_on, may_fork: options.jobs > 1 };
    if options.method == Method::Enumerate {
        let (finished, counts) =
            enumerate::enumerate(machine, options.steps_max, &mut |m, history| pass.note(m, history));
        (round.finished, round.counts) = (finished, counts);
        return round;
    }
    let (frames, counts) =
        (from.map_or_else(Vec::new, State::frames), from.map_or_else(Counts::default, |from| from.counts));
    pass.round.counts = counts;
    let mut ahead = from.and_then(|from| from.ahead.clone());
    let mut frames = if ahead.is_some() { Some(frames) } else { pass.reduce(machine, frames) };
    if let Some(from) = frames.as_ref().filter(|_| ahead.is_none() && !machine.knowledge.changed && pass.forks()) {
        ahead = Some(Box::new(Ahead::new(machine, &pass.beside, from)));
    }
    if let Some(from) = ahead.take() {
        match workers::finish(origin, &mut pass, &from) {
            Ended::Complete => frames = None,
            Ended::Stopped(left) => {
                pass.round.stop = Some(Unfinished::Stopped);
                pass.round.beyond = left.counts;
                ahead = Some(left);
            }
            Ended::InVain => {
                pass.may_fork = false;
                frames = pass.reduce(machine, frames.unwrap_or_default());
            }
        }
    }
    let Pass { beside, .. } = pass;
    round.finished = frames.is_none();
    round.left.ahead = ahead;
    if let Some(frames) = frames {
        round.left.set_frames(&frames);
        round.estimate = Some(dpor::estimate(&frames, round.counts.executions));
        round.can_go_on = round.stop.is_some();
        (round.left.past, round.left.sampler_knowledge) = beside.left();
    }
    round
}

/// One round of the reduction under way.
pub struct Pass<'a> {
    /// What it has found.
    pub round: &'a mut Round,
    /// Random executions beside it.
    pub beside: Beside,
    /// What is searched.
    pub options: &'a Options,
    /// Asked after every execution.
    pub go_on: &'a mut dyn FnMut(&Covered) -> bool,
    may_fork: bool,
}

impl Pass<'_> {
    /// Goes on with one worker; the frames if it was stopped.
    fn reduce(&mut self, machine: &mut Machine, frames: Vec<Frame>) -> Option<Vec<Frame>> {
        let (steps_max, counts, estimate) = (self.options.steps_max, self.round.counts, Cell::new(None));
        let (frames, counts) = dpor::resume(machine, steps_max, frames, counts, &estimate, &mut |m, history| {
            self.round.estimate = estimate.get();
            self.note(m, history)
        });
        self.round.counts = counts;
        frames
    }

    /// Takes in an execution.
    fn note(&mut self, machine: &Machine, history: &History) -> dpor::Verdict {
        let round = &mut *self.round;
        round.counts.executions += 1;
        if machine.knowledge.changed {
            return dpor::Verdict::Stop;
        }
        if round.turns_in_circles(machine) {
            return dpor::Verdict::Stop;
        }
        round.races.note(machine, history);
        round.left_sleepers |= left_sleeper(machine);
        round.cut = round.cut.or(machine.ending.cut);
        if failure_of(machine).is_some() {
            round.failing += 1;
            if round.first.is_none() {
                let schedule: Vec<ThreadId> = history.events.iter().map(|event| event.thread).collect();
                round.first = Some(Found::new(&schedule, machine.knowledge.clone()));
            }
        }
        if round.first.is_none() && samples_after(round.counts.executions) > samples_after(round.counts.executions - 1)
        {
            round.first = self.beside.execute();
            round.sampled = self.beside.sampler.executions();
        }
        round.after += u64::from(round.first.is_some());
        match round.next(self.options, self.go_on) {
            dpor::Verdict::GoOn if self.forks() => dpor::Verdict::Stop,
            verdict => verdict,
        }
    }

    /// Whether it is time for several workers: there is much to do, and what they find does not depend on the order.
    fn forks(&self) -> bool {
        let is_ordered = self.round.first.is_some() && self.options.after_failure != u64::MAX;
        self.may_fork
            && self.round.stop.is_none()
            && self.round.cut.is_none()
            && self.round.counts.blocked == 0
            && self.round.counts.executions >= BEFORE_WORKERS
            && !is_ordered
    }
}

/// An execution that ends in a circle. Of a circle in which a thread computes between its steps only the way there is kept:
/// a replay finds it again, and shorter, since it knows finer steps.
fn found_circle(machine: &mut Machine, circle: Circle) -> Found {
    let Circle { mut schedule, preemptions, steps_before, going } = circle;
    let mut computes = false;
    let mut saved = Vec::new();
    for (at, thread) in schedule.iter().enumerate() {
        let next = machine.thread(*thread).next.as_ref();
        computes |= at >= steps_before && next.is_some_and(|next| next.kind == Kind::Pause);
        saved.push(machine.save(*thread));
        machine.step(*thread);
    }
    saved.into_iter().rev().for_each(|saved| machine.restore(saved));
    if computes {
        schedule.truncate(steps_before);
    }
    Found { fewest: Some(preemptions), circling: going, ..Found::new(&schedule, machine.knowledge.clone()) }
}

/// Whether an execution has ended while a daemon slept.
pub fn left_sleeper(machine: &Machine) -> bool {
    machine.threads().iter().any(|thread| machine.sleeps(thread.green.id))
}

/// Steps from the first state.
const STATES_DEEP_MAX: usize = 200_000;

/// Asks whether to go on after so many states.
const STATES_BETWEEN_ASKING: u64 = 64;

/// Goes through the states, for programs whose executions come back to states.
fn by_states(
    origin: &Machine,
    machine: &mut Machine,
    options: &Options,
    go_on: &mut dyn FnMut(&Covered) -> bool,
) -> Round {
    let mut knowledge = std::mem::take(&mut machine.knowledge);
    knowledge.leaves_daemons = true;
    *machine = fresh(origin, knowledge);
    let mut round = Round::default();
    let mut failing = BTreeSet::new();
    let mut seen = 0;
    let (finished, graph) = stateful::explore(machine, STATES_DEEP_MAX, &mut |machine, state| {
        seen += 1;
        if machine.knowledge.changed {
            return dpor::Verdict::Stop;
        }
        if machine.enabled().next().is_none() {
            round.counts.executions += 1;
            round.cut = round.cut.or(machine.ending.cut);
            failing.extend(failure_of(machine).map(|_| state));
        }
        if seen % STATES_BETWEEN_ASKING != 0 { dpor::Verdict::GoOn } else { round.next(options, go_on) }
    });
    (round.finished, round.states) = (finished, Some(graph.states.len() as u64));
    round.counts.steps = graph.states.iter().map(|edges| edges.len() as u64).sum();
    round.failing = failing.len() as u64;
    if machine.knowledge.changed {
        return round;
    }
    let easiest = graph.easiest(&failing);
    round.first = easiest.map(|(schedule, preemptions, _)| Found {
        fewest: Some(preemptions),
        ..Found::new(&schedule, machine.knowledge.clone())
    });
    // In a part of the graph a thread can seem to have no way out.
    let circle = graph.fair_circle().filter(|_| finished && round.cut.is_none() && round.first.is_none());
    if let Some(circle) = circle {
        round.failing += 1;
        round.first = Some(found_circle(machine, circle));
    }
    round
}

impl Round {
    /// Whether an execution has come back to a state: then its states are gone through. Notes that.
    fn turns_in_circles(&mut self, machine: &Machine) -> bool {
        self.circles |= machine.ending.cut == Some(Cut::Cycle) && self.first.is_none();
        self.circles
    }

    /// A round that was stopped.
    fn of_state(state: &State) -> Round {
        let first = state.first.as_ref().map(|(schedule, knowledge)| {
            let schedule: Vec<ThreadId> = schedule.iter().map(|thread| ThreadId(*thread)).collect();
            Found::new(&schedule, Knowledge::of_record(knowledge))
        });
        Round {
            counts: state.counts,
            failing: state.failing,
            first,
            sampled: state.sampled,
            after: state.after,
            cut: state.cut,
            races: state.races.clone(),
            ..Round::default()
        }
    }

    /// What is needed to go on, if that is possible.
    pub fn state(&self) -> Option<State> {
        let found = |found: &Found| {
            let schedule = found.schedule.iter().map(|thread| thread.0).collect();
            (schedule, found.knowledge.record())
        };
        self.can_go_on.then(|| State {
            rounds: self.rounds,
            counts: self.counts,
            failing: self.failing,
            after: self.after,
            cut: self.cut,
            races: self.races.clone(),
            first: self.first.as_ref().map(found),
            sampled: self.sampled,
            ..self.left.clone()
        })
    }

    /// Whether every class was searched.
    pub fn is_complete(&self, options: &Options) -> bool {
        let is_search = !matches!(options.method, Method::Random(_));
        self.finished && is_search && self.cut.is_none() && !self.learned
    }

    /// The answer.
    pub fn verdict(&self, options: &Options) -> Verdict {
        match (&self.first, self.stop, self.cut) {
            (Some(_), ..) => Verdict::Fails,
            (None, Some(stop), _) => Verdict::Unfinished(stop),
            (None, None, Some(cut)) => Verdict::Unfinished(Unfinished::Cut(cut)),
            (None, None, None) if self.is_complete(options) => Verdict::Holds,
            (None, None, None) => Verdict::Unfinished(Unfinished::Executions),
        }
    }

    /// Whether the next execution is to be made.
    fn next(&mut self, options: &Options, go_on: &mut dyn FnMut(&Covered) -> bool) -> dpor::Verdict {
        if self.after > options.after_failure {
            return dpor::Verdict::Stop;
        }
        if self.counts.executions >= options.executions_max {
            self.stop = Some(Unfinished::Executions);
            return dpor::Verdict::Stop;
        }
        if !go_on(&Covered { counts: self.counts, estimate: self.estimate }) {
            self.stop = Some(Unfinished::Stopped);
            return dpor::Verdict::Stop;
        }
        dpor::Verdict::GoOn
    }
}

/// Random executions before a search by sleep sets, which is slow to find what many switches need.
const BEFORE: u64 = 50;

/// Steps of many operations: random executions, then a search by sleep sets.
fn swept(origin: &Machine, machine: &mut Machine, options: &Options, go_on: &mut dyn FnMut(&Covered) -> bool) -> Round {
    let mut round = Round::default();
    let mut beside = Beside::new(origin, options, None);
    while round.first.is_none() && beside.sampler.executions() < BEFORE && beside.is_used() {
        round.first = beside.execute();
        round.sampled = beside.sampler.executions();
        round.circles = beside.circles && round.first.is_none();
        if round.circles {
            return round;
        }
    }
    if machine.knowledge.changed {
        return round;
    }
    let (finished, counts) = sleep::explore(machine, options.steps_max, &mut |machine, schedule, counts| {
        round.counts = *counts;
        if machine.knowledge.changed {
            return dpor::Verdict::Stop;
        }
        if round.turns_in_circles(machine) {
            return dpor::Verdict::Stop;
        }
        round.left_sleepers |= left_sleeper(machine);
        round.cut = round.cut.or(machine.ending.cut);
        if let Some(schedule) = schedule
            && failure_of(machine).is_some()
        {
            round.failing += 1;
            round.first.get_or_insert_with(|| Found::new(schedule, machine.knowledge.clone()));
        }
        round.after += u64::from(round.first.is_some());
        if counts.blocked >= options.executions_max {
            round.stop = Some(Unfinished::Executions);
            return dpor::Verdict::Stop;
        }
        round.next(options, go_on)
    });
    round.finished = finished;
    round.counts = counts;
    round
}

/// Random executions and nothing else. Failing ones count from when no more is learned from them.
fn sampled(
    origin: &Machine,
    machine: &mut Machine,
    name: &str,
    options: &Options,
    go_on: &mut dyn FnMut(&Covered) -> bool,
) -> Round {
    let mut round = Round::default();
    let Some(named) = strategy::by_name(name) else { return round };
    let mut strategy = (named.make)(options.seed);
    let mut sampler = Sampler::new(origin.clone(), options.steps_max);
    loop {
        let verdict = sampler.execute(&mut *strategy, |machine, schedule| {
            round.counts.executions += 1;
            round.counts.steps += schedule.len() as u64;
            round.cut = round.cut.or(machine.ending.cut);
            if failure_of(machine).is_some() && !machine.knowledge.changed {
                round.failing += 1;
                round.first.get_or_insert_with(|| Found::new(schedule, machine.knowledge.clone()));
            }
            round.after += u64::from(round.first.is_some()) * (options.after_failure + 1);
            round.next(options, go_on)
        });
        if verdict == dpor::Verdict::Stop {
            machine.knowledge.changed = false;
            return round;
        }
    }
}
