//! The search as a whole: rounds of learning, the reduction, the easiest failing execution, the races.

use crate::cause;
use crate::machine::knowledge::Knowledge;
use crate::machine::{Cut, Machine};
use crate::report::{Failure, Kind, Race, Report, Unfinished, Verdict};
use crate::schedule::Schedule;
use crate::schedule::replay::{Guide, Replayed, record, replay};
use crate::search::dpor::{self, Counts};
use crate::search::history::{Event, History};
use crate::search::sample::Sampler;
use crate::search::{bounded, enumerate, sleep};
use crate::story::{Story, place_name};
use crate::strategy;
use gilsim_vm::code::Op;
use gilsim_vm::interp::access::Part;
use gilsim_vm::object::Object;
use gilsim_vm::value::{CodeId, ThreadId};
use std::collections::{BTreeMap, BTreeSet};

/// How executions are chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// One execution of every class, and where there are many, random ones beside them.
    Portfolio,
    /// One execution of every class.
    Dpor,
    /// Every schedule.
    Enumerate,
    /// Random executions by the strategy of this name ([`crate::strategy::NAMED`]), until one fails.
    Random(&'static str),
}

/// What to search.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How executions are chosen.
    pub method: Method,
    /// From which everything random comes.
    pub seed: u64,
    /// Executions after the first failing one; the search goes on so far for the races and the number of classes.
    pub after_failure: u64,
    /// Executions in all.
    pub executions_max: u64,
    /// Steps of one execution.
    pub steps_max: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            method: Method::Portfolio,
            seed: 0,
            after_failure: 1_000,
            executions_max: u64::MAX,
            steps_max: 20_000,
        }
    }
}

/// Schedules that are tried to make a failing one easier.
const SHRINK_EXECUTIONS_MAX: u64 = 200_000;

/// Rounds after which a search gives up learning.
const ROUNDS_MAX: u32 = 1_000;

/// What one round found.
#[derive(Default)]
struct Round {
    counts: Counts,
    failing: u64,
    first: Option<Found>,
    sampled: u64,
    after: u64,
    cut: Option<Cut>,
    races: BTreeMap<(Spot, Spot), (CodeId, u32)>,
    stop: Option<Unfinished>,
    finished: bool,
    rounds: u32,
    /// Whether something was learned in it: the next round has finer steps.
    learned: bool,
}

/// A failing execution, and what was known of shared places when it was made.
struct Found {
    schedule: Vec<ThreadId>,
    knowledge: Knowledge,
}

type Spot = (u32, u32, bool);

/// Searches a program, from the moment before it starts its first thread. `go_on` is asked after every execution.
pub fn explore(origin: &Machine, options: &Options, go_on: &mut dyn FnMut(&Counts) -> bool) -> Report {
    conclude(origin, options, last_round(origin, options, go_on))
}

/// The answer alone, without the easiest failure.
pub fn verdict(origin: &Machine, options: &Options, go_on: &mut dyn FnMut(&Counts) -> bool) -> Verdict {
    last_round(origin, options, go_on).verdict(options)
}

/// Searches in rounds until nothing is learned in one.
fn last_round(origin: &Machine, options: &Options, go_on: &mut dyn FnMut(&Counts) -> bool) -> Round {
    let mut knowledge = Knowledge::default();
    let mut rounds = 0;
    loop {
        rounds += 1;
        let mut machine = fresh(origin, knowledge);
        let mut round = search(origin, &mut machine, options, go_on);
        knowledge = std::mem::take(&mut machine.knowledge);
        round.rounds = rounds;
        round.learned = knowledge.changed;
        if !knowledge.changed || round.stop.is_some() || rounds >= ROUNDS_MAX {
            return round;
        }
    }
}

/// The program just after it has started its first thread.
fn fresh(origin: &Machine, knowledge: Knowledge) -> Machine {
    fresh_with(origin, knowledge, |_| ())
}

fn fresh_with(origin: &Machine, mut knowledge: Knowledge, prepare: fn(&mut Machine)) -> Machine {
    knowledge.changed = false;
    let mut machine = origin.clone();
    machine.knowledge = knowledge;
    prepare(&mut machine);
    machine.begin();
    machine
}

/// Executions by the reduction alone, before random ones are made beside them.
const ALONE: u64 = 2_000;

/// From then on one random execution comes with so many.
const SHARE: u64 = 4;

fn search(origin: &Machine, machine: &mut Machine, options: &Options, go_on: &mut dyn FnMut(&Counts) -> bool) -> Round {
    if let Method::Random(name) = options.method {
        return sampled(origin, machine, name, options, go_on);
    }
    if !machine.points().are_single() {
        return swept(origin, machine, options, go_on);
    }
    let mut round = Round::default();
    if machine.knowledge.changed {
        return round;
    }
    let mut seen: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut beside = Beside::new(origin, options);
    let mut visit = |machine: &Machine, history: &History| {
        round.counts.executions += 1;
        if machine.knowledge.changed {
            return dpor::Verdict::Stop;
        }
        note_races(machine, history, &mut seen, &mut round.races);
        round.cut = round.cut.or(machine.ending.cut);
        if failure_of(machine).is_some() {
            round.failing += 1;
            if round.first.is_none() {
                let schedule = history.events.iter().map(|event| event.thread).collect();
                round.first = Some(Found { schedule, knowledge: machine.knowledge.clone() });
            }
        }
        if round.first.is_none() && round.counts.executions > ALONE && round.counts.executions % SHARE == 0 {
            round.first = beside.execute();
            round.sampled = beside.sampler.executions();
        }
        round.after += u64::from(round.first.is_some());
        round.next(options, go_on)
    };
    let (finished, counts) = match options.method {
        Method::Enumerate => enumerate::enumerate(machine, options.steps_max, &mut visit),
        Method::Dpor | Method::Portfolio | Method::Random(_) => dpor::explore(machine, options.steps_max, &mut visit),
    };
    round.finished = finished;
    round.counts = counts;
    round
}

impl Round {
    /// Whether every class was searched.
    fn is_complete(&self, options: &Options) -> bool {
        let is_search = !matches!(options.method, Method::Random(_));
        self.finished && is_search && self.cut.is_none() && !self.learned
    }

    fn verdict(&self, options: &Options) -> Verdict {
        match (&self.first, self.stop, self.cut) {
            (Some(_), ..) => Verdict::Fails,
            (None, Some(stop), _) => Verdict::Unfinished(stop),
            (None, None, Some(cut)) => Verdict::Unfinished(Unfinished::Cut(cut)),
            (None, None, None) if self.is_complete(options) => Verdict::Holds,
            (None, None, None) => Verdict::Unfinished(Unfinished::Executions),
        }
    }

    /// Whether the next execution is to be made.
    fn next(&mut self, options: &Options, go_on: &mut dyn FnMut(&Counts) -> bool) -> dpor::Verdict {
        if self.after > options.after_failure {
            return dpor::Verdict::Stop;
        }
        if self.counts.executions >= options.executions_max {
            self.stop = Some(Unfinished::Executions);
            return dpor::Verdict::Stop;
        }
        if !go_on(&self.counts) {
            self.stop = Some(Unfinished::Stopped);
            return dpor::Verdict::Stop;
        }
        dpor::Verdict::GoOn
    }
}

/// Random executions before a search by sleep sets, which is slow to find what many switches need.
const BEFORE: u64 = 50;

/// Steps of many operations: random executions, then a search by sleep sets.
fn swept(origin: &Machine, machine: &mut Machine, options: &Options, go_on: &mut dyn FnMut(&Counts) -> bool) -> Round {
    let mut round = Round::default();
    let mut beside = Beside::new(origin, options);
    while round.first.is_none() && beside.sampler.executions() < BEFORE && beside.strategy.is_some() {
        round.first = beside.execute();
        round.sampled = beside.sampler.executions();
    }
    if machine.knowledge.changed {
        return round;
    }
    let (finished, counts) = sleep::explore(machine, options.steps_max, &mut |machine, schedule, counts| {
        round.counts = *counts;
        if machine.knowledge.changed {
            return dpor::Verdict::Stop;
        }
        round.cut = round.cut.or(machine.ending.cut);
        if let Some(schedule) = schedule
            && failure_of(machine).is_some()
        {
            round.failing += 1;
            let found = || Found { schedule: schedule.to_vec(), knowledge: machine.knowledge.clone() };
            round.first.get_or_insert_with(found);
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

/// Random executions beside a search for all; they look for a failure and nothing else.
struct Beside {
    sampler: Sampler,
    strategy: Option<Box<dyn strategy::Strategy>>,
}

impl Beside {
    fn new(origin: &Machine, options: &Options) -> Beside {
        let strategy = (options.method == Method::Portfolio).then(|| strategy::by_name("rotation")).flatten();
        let sampler = Sampler::new(origin.clone(), options.steps_max);
        Beside { sampler, strategy: strategy.map(|named| (named.make)(options.seed)) }
    }

    /// Makes one; gives it if it fails.
    fn execute(&mut self) -> Option<Found> {
        self.sampler.execute(self.strategy.as_deref_mut()?, |machine, schedule| {
            let failed = failure_of(machine).is_some() && !machine.knowledge.changed;
            failed.then(|| Found { schedule: schedule.to_vec(), knowledge: machine.knowledge.clone() })
        })
    }
}

/// Random executions and nothing else. Failing ones count from when no more is learned from them.
fn sampled(
    origin: &Machine,
    machine: &mut Machine,
    name: &str,
    options: &Options,
    go_on: &mut dyn FnMut(&Counts) -> bool,
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
                let found = || Found { schedule: schedule.to_vec(), knowledge: machine.knowledge.clone() };
                round.first.get_or_insert_with(found);
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

/// How an execution that is over has failed.
pub fn failure_of(machine: &Machine) -> Option<Kind> {
    let ending = &machine.ending;
    if let Some(uncaught) = &ending.uncaught {
        return Some(Kind::Exception { class: uncaught.class.clone(), message: uncaught.message.clone() });
    }
    if let Some(died) = ending.died.first() {
        let (class, message) = (died.class.clone(), died.message.clone());
        return Some(Kind::ThreadException { thread: died.thread, class, message });
    }
    (ending.exit.is_none() && ending.cut.is_none()).then_some(Kind::Deadlock)
}

fn note_races(
    machine: &Machine,
    history: &History,
    seen: &mut BTreeSet<(u32, u32)>,
    races: &mut BTreeMap<(Spot, Spot), (CodeId, u32)>,
) {
    for event in history.events.iter().filter(|event| event.is_data) {
        for other in event.races.iter().map(|at| &history.events[*at as usize]) {
            let ordered = event.ordered.of(other.thread) >= other.number;
            if !other.is_data || ordered || (is_one_call(machine, event) && is_one_call(machine, other)) {
                continue;
            }
            let (Some(here), Some(there)) = (event.at, other.at) else { continue };
            let spot = |at: (CodeId, u32), writes: bool| (at.0.0, at.1, writes);
            let writes = |accesses: &[gilsim_vm::interp::access::Access]| accesses.iter().any(|access| access.write);
            let mut sides = [spot(there, writes(&other.accesses)), spot(here, writes(&event.accesses))];
            sides.sort_unstable();
            if seen.insert((sides[0].0 << 16 ^ sides[0].1, sides[1].0 << 16 ^ sides[1].1)) {
                // An attribute is named by the access, a container by the expression.
                let named =
                    if event.accesses.iter().any(|access| matches!(access.part, Part::Attr(_))) { here } else { there };
                races.insert((sides[0], sides[1]), named);
            }
        }
    }
}

/// Whether a step is a method of a list, deque or set, such as `append`: those are complete in themselves, in any order.
fn is_one_call(machine: &Machine, event: &Event) -> bool {
    let heap = &machine.vm().heap;
    let container = event.accesses.first().map(|access| heap.get(access.object));
    let listed = matches!(container, Some(Object::List(_) | Object::Deque(_) | Object::Set(_)));
    let instr = event.at.and_then(|(code, pc)| machine.vm().codes[code.0 as usize].code.instrs.get(pc as usize));
    listed && instr.is_some_and(|instr| instr.op == Op::Call) && event.accesses.iter().all(|access| access.write)
}

fn conclude(origin: &Machine, options: &Options, round: Round) -> Report {
    Report {
        verdict: round.verdict(options),
        counts: round.counts,
        sampled: round.sampled,
        failing: round.failing,
        classes: round.is_complete(options).then_some(round.counts.executions),
        failure: round.first.as_ref().map(|found| easiest(origin, options, found)),
        races: named_races(origin, &round.races),
        rounds: round.rounds,
    }
}

fn named_races(machine: &Machine, races: &BTreeMap<(Spot, Spot), (CodeId, u32)>) -> Vec<Race> {
    let line = |spot: Spot| machine.vm().place_at(CodeId(spot.0), spot.1).line;
    let mut named: Vec<Race> = races
        .iter()
        .filter(|((first, second), _)| {
            let codes = machine.vm().codes.len() as u32;
            first.0 < codes && second.0 < codes
        })
        .map(|((first, second), at)| Race {
            place: place_name(machine, at.0, at.1),
            first_line: line(*first),
            first_writes: first.2,
            second_line: line(*second),
            second_writes: second.2,
        })
        .collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// The failing execution with the fewest preemptions that is found, told.
fn easiest(origin: &Machine, options: &Options, found: &Found) -> Failure {
    let mut machine = fresh(origin, found.knowledge.clone());
    let preemptions = preemptions_of(&mut machine, &found.schedule);
    let easier = shrink(origin, options, &found.knowledge, preemptions);
    let (schedule, preemptions) = easier.unwrap_or_else(|| (found.schedule.clone(), preemptions));
    let recorded = record_with(origin, found.knowledge.clone(), &schedule).map(|mut recorded| {
        recorded.preemptions = preemptions;
        recorded
    });
    let recorded = recorded.expect("an execution can be repeated with every operation as a step");
    let followed = replay(origin, Guide::Schedule(&recorded));
    let followed = followed.unwrap_or_else(|at| panic!("what was recorded can be followed: {at:?}"));
    failure(followed).expect("a failing execution fails again")
}

/// The schedule of an execution that was made with this knowledge; none if it cannot be repeated.
pub fn record_with(origin: &Machine, knowledge: Knowledge, threads: &[ThreadId]) -> Option<Schedule> {
    record(origin, fresh_with(origin, knowledge, Machine::keep_log), threads)
}

/// What is to be said of an execution that has failed; none if it has not.
pub fn failure(replayed: Replayed) -> Option<Failure> {
    let Replayed { machine, story, schedule } = replayed;
    let kind = failure_of(&machine)?;
    let cause = cause::find(&kind, &story.steps, &story.stuck);
    let Story { steps, stuck, names } = story;
    Some(Failure { kind, preemptions: schedule.preemptions, schedule, steps, stuck, names, cause })
}

/// Switches away from a thread that could have gone on.
fn preemptions_of(machine: &mut Machine, schedule: &[ThreadId]) -> u32 {
    let mut count = 0;
    for (at, thread) in schedule.iter().enumerate() {
        if !machine.is_enabled(*thread) {
            break;
        }
        if at > 0 && schedule[at - 1] != *thread && machine.is_enabled(schedule[at - 1]) {
            count += 1;
        }
        machine.step(*thread);
    }
    count
}

/// A failing schedule with fewer preemptions, if there is one within reach.
fn shrink(
    origin: &Machine,
    options: &Options,
    knowledge: &Knowledge,
    preemptions: u32,
) -> Option<(Vec<ThreadId>, u32)> {
    let mut left = SHRINK_EXECUTIONS_MAX;
    for bound in 0..preemptions {
        let mut machine = fresh(origin, knowledge.clone());
        let mut found = None;
        bounded::explore(&mut machine, bound, options.steps_max, &mut |machine, schedule| {
            left = left.saturating_sub(1);
            if failure_of(machine).is_some() {
                found = Some(schedule.to_vec());
            }
            if found.is_some() || left == 0 { dpor::Verdict::Stop } else { dpor::Verdict::GoOn }
        });
        if let Some(schedule) = found {
            return Some((schedule, bound));
        }
        if left == 0 {
            return None;
        }
    }
    None
}
