//! The search as a whole: what is searched, and what is made of what `rounds.rs` found: the easiest
//! failing execution, its schedule, its cause.

use crate::cause;
use crate::checkpoint::Checkpoint;
use crate::machine::check::Missed;
use crate::machine::knowledge::Knowledge;
use crate::machine::{Machine, Points};
use crate::report::{Failure, Kind, Report, Verdict};
pub use crate::rounds::until_nothing_is_learned;
use crate::rounds::{Found, Round, fresh, fresh_with, last_round};
use crate::schedule::Schedule;
use crate::schedule::replay::{Guide, Replayed, record, replay};
use crate::search::dpor::{self, Covered};
use crate::search::serial::TooMany;
use crate::search::{bounded, serial};
use crate::story::{Story, Teller};
use gilsim_vm::value::ThreadId;

/// How executions are chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// One execution of every class, and where there are many, random ones beside them.
    Portfolio,
    /// One execution of every class.
    Dpor,
    /// Every schedule.
    Enumerate,
    /// Every state.
    States,
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
    /// Workers of the reduction; the report is the same for every number.
    pub jobs: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            method: Method::Portfolio,
            seed: 0,
            after_failure: 1_000,
            executions_max: u64::MAX,
            steps_max: 20_000,
            jobs: 1,
        }
    }
}

/// Schedules that are tried to make a failing one easier.
const SHRINK_EXECUTIONS_MAX: u64 = 200_000;

/// Searches a program, from the moment before it starts its first thread. `go_on` is asked after every execution.
pub fn explore(origin: &Machine, options: &Options, go_on: &mut dyn FnMut(&Covered) -> bool) -> Report {
    conclude(origin, options, last_round(origin, options, None, go_on))
}

/// The same, with a checkpoint if it was stopped and can go on later.
pub fn explore_stopping(
    origin: &Machine,
    options: &Options,
    from: Option<&Checkpoint>,
    go_on: &mut dyn FnMut(&Covered) -> bool,
) -> (Report, Option<Checkpoint>) {
    let round = last_round(origin, options, from, go_on);
    let checkpoint = round.state().map(|state| Checkpoint::new(origin, options, state));
    (conclude(origin, options, round), checkpoint)
}

/// The answer alone, without the easiest failure.
pub fn verdict(origin: &Machine, options: &Options, go_on: &mut dyn FnMut(&Covered) -> bool) -> Verdict {
    last_round(origin, options, None, go_on).verdict(options)
}

/// From now on every execution of the program must end as one does in which the threads run one after the other.
///
/// # Errors
/// If there are too many of those.
pub fn expect_serial_ends(origin: &mut Machine) -> Result<(), TooMany> {
    let mut watched = origin.clone();
    watched.set_points(Points::Shared);
    watched.watch_output();
    origin.expect_one_of(until_nothing_is_learned(&watched, serial::ends)?);
    Ok(())
}

/// How an execution that is over has failed.
pub fn failure_of(machine: &Machine) -> Option<Kind> {
    let ending = &machine.ending;
    if !ending.circling.is_empty() {
        return Some(Kind::Livelock { threads: ending.circling.clone() });
    }
    if let Some(uncaught) = &ending.uncaught {
        return Some(Kind::Exception { class: uncaught.class.clone(), message: uncaught.message.clone() });
    }
    if let Some(died) = ending.died.first() {
        let (class, message) = (died.class.clone(), died.message.clone());
        return Some(Kind::ThreadException { thread: died.thread, class, message });
    }
    if ending.cut.is_some() {
        return None;
    }
    if ending.exit.is_none() {
        return Some(Kind::Deadlock);
    }
    Some(match machine.missed()? {
        Missed::Output { expected, found } => Kind::Output { expected, found },
        Missed::Serial(differs) => Kind::NotSerial(differs),
    })
}

fn conclude(origin: &Machine, options: &Options, round: Round) -> Report {
    Report {
        verdict: round.verdict(options),
        counts: round.counts.and(round.beyond),
        sampled: round.sampled,
        failing: round.failing,
        classes: round.is_complete(options).then_some(round.counts.executions).filter(|_| round.states.is_none()),
        states: round.states,
        left_sleepers: round.left_sleepers,
        estimate: round.estimate.filter(|_| round.stop.is_some()),
        failure: round.first.as_ref().map(|found| easiest(origin, options, found)),
        races: round.races.named(origin),
        rounds: round.rounds,
    }
}

/// The failing execution with the fewest preemptions that is found, told.
fn easiest(origin: &Machine, options: &Options, found: &Found) -> Failure {
    let (schedule, preemptions) = match found.fewest {
        Some(preemptions) => (found.schedule.clone(), preemptions),
        None => {
            let mut machine = fresh(origin, found.knowledge.clone());
            let preemptions = preemptions_of(&mut machine, &found.schedule);
            let easier = shrink(origin, options, &found.knowledge, preemptions);
            easier.unwrap_or_else(|| (found.schedule.clone(), preemptions))
        }
    };
    let recorded = record_with(origin, found.knowledge.clone(), &schedule).map(|mut recorded| {
        recorded.preemptions = preemptions;
        recorded
    });
    let recorded = recorded.expect("an execution can be repeated with every operation as a step");
    let followed = replay(origin, Guide::Schedule(&recorded));
    match followed {
        Ok(followed) => failure(followed).expect("a failing execution fails again"),
        Err(_) if !found.circling.is_empty() => untold(origin, found, recorded),
        Err(at) => panic!("what was recorded can be followed: {at:?}"),
    }
}

/// Threads that go on for ever, where a replay does not come back to a state soon enough to tell how.
fn untold(origin: &Machine, found: &Found, schedule: Schedule) -> Failure {
    let mut machine = fresh(origin, found.knowledge.clone());
    found.schedule.iter().for_each(|thread| drop(machine.step(*thread)));
    let Story { steps, stuck, names } = Teller::default().finish(&machine);
    let kind = Kind::Livelock { threads: found.circling.clone() };
    Failure { kind, preemptions: schedule.preemptions, schedule, steps, stuck, names, cause: None }
}

/// The schedule of an execution that was made with this knowledge; none if it cannot be repeated.
pub fn record_with(origin: &Machine, knowledge: Knowledge, threads: &[ThreadId]) -> Option<Schedule> {
    record(origin, fresh_with(origin, knowledge, Machine::keep_log), threads)
}

/// What is to be said of an execution that has failed; none if it has not.
pub fn failure(replayed: Replayed) -> Option<Failure> {
    let Replayed { machine, story, schedule, .. } = replayed;
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
        if let Some(last) = schedule[..at].last().filter(|last| *last != thread) {
            count += u32::from(machine.is_enabled(*last) && !machine.sleeps(*last));
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
