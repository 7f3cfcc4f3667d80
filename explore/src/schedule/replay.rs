//! Making a schedule of a failing execution, and following one.
//!
//! A search knows which places are shared and takes coarser steps. [`record`] executes its schedule once more with a log
//! of who executes every single operation, and then steps a machine for which all of them are steps in that order. So a
//! replay is the same execution, whatever it knows. Where only one thread can go on nothing is picked. After the last pick
//! threads go on in turns while that leads them in a circle; if it does not, the execution departs from its schedule.

use super::chronicle::Chronicle;
use super::code::Code;
use super::trail::Trail;
use super::{Describer, Pick, Schedule, listed};
use crate::machine::knowledge::Knowledge;
use crate::machine::operation::Kind;
use crate::machine::timeouts::Timeouts;
use crate::machine::{Machine, Points};
use crate::story::{Story, Teller};
use gilsim_scheduler::event::Event;
use gilsim_vm::value::ThreadId;

/// Picks of one schedule at most.
pub const PICKS_MAX: usize = 1 << 20;

/// Where an execution departs from its schedule: the first pick that does not fit, and both sides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Divergence {
    /// Number of the pick, from 1.
    pub pick: usize,
    /// What the schedule says there.
    pub expected: String,
    /// What the program does there.
    pub found: String,
}

/// What is followed.
#[derive(Clone, Copy, Debug)]
pub enum Guide<'a> {
    /// A schedule file, compared pick by pick.
    Schedule(&'a Schedule),
    /// A short code: threads, and a checksum at the end.
    Code(&'a Code),
}

impl Guide<'_> {
    fn points(&self) -> Points {
        match self {
            Guide::Schedule(schedule) => schedule.points,
            Guide::Code(code) => code.points,
        }
    }

    fn timeouts(&self) -> Timeouts {
        match self {
            Guide::Schedule(schedule) => schedule.timeouts,
            Guide::Code(code) => code.timeouts,
        }
    }

    fn preemptions(&self) -> u32 {
        match self {
            Guide::Schedule(schedule) => schedule.preemptions,
            Guide::Code(code) => code.preemptions,
        }
    }

    fn len(&self) -> usize {
        match self {
            Guide::Schedule(schedule) => schedule.picks.len(),
            Guide::Code(code) => code.picks.len(),
        }
    }

    fn thread(&self, at: usize) -> Option<ThreadId> {
        match self {
            Guide::Schedule(schedule) => schedule.picks.get(at).map(|pick| pick.thread),
            Guide::Code(code) => code.picks.get(at).copied(),
        }
    }

    fn expected(&self, at: usize) -> String {
        match self {
            Guide::Schedule(schedule) => schedule.picks.get(at).map_or_else(end, words),
            Guide::Code(code) => code.picks.get(at).map_or_else(end, |thread| format!("T{} goes on", thread.0)),
        }
    }
}

fn end() -> String {
    "the end of the schedule".to_owned()
}

fn words(pick: &Pick) -> String {
    let note = if pick.note.is_empty() { String::new() } else { format!(" ({})", pick.note) };
    format!("T{} {}{note}, of {}", pick.thread.0, pick.deed, listed(&pick.candidates))
}

/// A machine for which every operation is a step, just after the program has started its first thread.
pub(crate) fn finest(origin: &Machine, points: Points, timeouts: Timeouts) -> Machine {
    let mut machine = origin.clone();
    machine.set_timeouts(timeouts);
    machine.set_points(if points == Points::All { Points::All } else { Points::Shared });
    machine.knowledge = Knowledge::of_everything();
    machine.begin();
    machine
}

/// The thread that must go on, if only one can.
fn only(candidates: &[ThreadId]) -> Option<ThreadId> {
    match candidates {
        [only] => Some(*only),
        _ => None,
    }
}

/// The schedule of an execution that a search has found: `machine` stands before the first step of `threads`. None if it
/// ends otherwise with every operation as a step.
pub fn record(origin: &Machine, mut machine: Machine, threads: &[ThreadId]) -> Option<Schedule> {
    let (points, timeouts) = (machine.points(), machine.timeouts());
    for thread in threads {
        if !machine.is_enabled(*thread) {
            return None;
        }
        machine.step(*thread);
    }
    let goes_on = machine.enabled().next().is_some();
    let order = machine.take_log();
    let mut machine = finest(origin, points, timeouts);
    let mut describer = Describer::default();
    let mut picks = Vec::new();

    for thread in order {
        let candidates: Vec<ThreadId> = machine.enabled().collect();
        if !candidates.contains(&thread) {
            return None;
        }
        if only(&candidates).is_none() {
            pass_pauses(&mut machine, thread);
            picks.push(describer.pick(&machine, thread, candidates));
        }
        pass_pauses(&mut machine, thread);
        machine.step(thread);
    }
    let profile = origin.profile().to_owned();
    (machine.enabled().next().is_some() == goes_on).then_some(Schedule {
        points,
        timeouts,
        profile,
        preemptions: 0,
        picks,
    })
}

fn pauses(machine: &Machine, thread: ThreadId) -> bool {
    machine.thread(thread).next.as_ref().is_some_and(|next| next.kind == Kind::Pause)
}

/// Lets a thread go on to its next operation: where it pauses depends on what its steps are, and is in no schedule.
fn pass_pauses(machine: &mut Machine, thread: ThreadId) {
    while !machine.is_over() && pauses(machine, thread) {
        machine.step(thread);
    }
}

/// An execution that followed a schedule.
#[derive(Debug)]
pub struct Replayed {
    /// The machine at its end.
    pub machine: Machine,
    /// What happened.
    pub story: Story,
    /// The schedule, with descriptions of this program.
    pub schedule: Schedule,
    /// The time of the last event.
    pub time_ns: u64,
}

/// Follows a schedule to its end.
///
/// # Errors
/// The first pick that does not fit.
pub fn replay(origin: &Machine, guide: Guide<'_>) -> Result<Replayed, Divergence> {
    replay_telling(origin, guide, &mut |_| ())
}

/// The same, and tells the events of the execution ([`super::chronicle`]).
///
/// # Errors
/// The first pick that does not fit.
pub fn replay_telling(
    origin: &Machine,
    guide: Guide<'_>,
    tell: &mut dyn FnMut(&Event),
) -> Result<Replayed, Divergence> {
    let mut machine = finest(origin, guide.points(), guide.timeouts());
    let mut chronicle = Chronicle::new(&machine, tell);
    let mut describer = Describer::default();
    let mut teller = Teller::default();
    let mut picks: Vec<Pick> = Vec::new();
    let mut trail = Trail::default();
    let mut beyond: Option<Divergence> = None;
    loop {
        let candidates: Vec<ThreadId> = machine.enabled().collect();
        if candidates.is_empty() {
            break;
        }
        let is_followed = picks.len() >= guide.len();
        if let Some(circling) = trail.circle(&machine, &candidates).filter(|_| is_followed) {
            machine.ending.circling = circling;
            break;
        }
        if is_followed && trail.is_full() && beyond.is_some() {
            break;
        }
        let thread = match only(&candidates) {
            Some(only) => only,
            // In turns, in case that they come back to where they were.
            None if is_followed => {
                beyond.get_or_insert_with(|| {
                    let found = format!("these threads can go on: {}", listed(&candidates));
                    Divergence { pick: picks.len() + 1, expected: end(), found }
                });
                trail.next_of(&candidates)
            }
            None => {
                if let Some(thread) = guide.thread(picks.len()).filter(|thread| candidates.contains(thread)) {
                    pass_pauses(&mut machine, thread);
                }
                let pick = next_pick(&machine, guide, picks.len(), candidates, &mut describer)?;
                let thread = pick.thread;
                picks.push(pick);
                thread
            }
        };
        trail.note(thread);
        let operation = machine.thread(thread).next.clone();
        chronicle.before(&machine, thread);
        teller.step(&mut machine, thread);
        if let Some(operation) = operation {
            chronicle.after(&machine, thread, &operation);
        }
    }
    if let Some(beyond) = beyond.filter(|_| machine.ending.circling.is_empty()) {
        return Err(beyond);
    }
    let time_ns = chronicle.now_ns();
    let at = picks.len();
    if at < guide.len() {
        let found = "the program is over".to_owned();
        return Err(Divergence { pick: at + 1, expected: guide.expected(at), found });
    }
    let checksum = picks.last().map_or(0, |pick| pick.checksum);
    if let Guide::Code(code) = guide
        && code.checksum != checksum
    {
        let expected = format!("checksum {:08x} of all steps", code.checksum);
        return Err(Divergence { pick: at, expected, found: format!("checksum {checksum:08x}: other steps") });
    }
    let story = teller.finish(&machine);
    let profile = origin.profile().to_owned();
    let (points, timeouts, preemptions) = (guide.points(), guide.timeouts(), guide.preemptions());
    let schedule = Schedule { points, timeouts, profile, preemptions, picks };
    Ok(Replayed { machine, story, schedule, time_ns })
}

fn next_pick(
    machine: &Machine,
    guide: Guide<'_>,
    at: usize,
    candidates: Vec<ThreadId>,
    describer: &mut Describer,
) -> Result<Pick, Divergence> {
    let diverged = |found: String| Divergence { pick: at + 1, expected: guide.expected(at), found };
    let Some(thread) = guide.thread(at).filter(|thread| candidates.contains(thread)) else {
        return Err(diverged(format!("only these threads can go on: {}", listed(&candidates))));
    };
    let pick = describer.pick(machine, thread, candidates);
    match guide {
        Guide::Schedule(schedule) if schedule.picks[at].checksum != pick.checksum => Err(diverged(words(&pick))),
        Guide::Schedule(_) | Guide::Code(_) => Ok(pick),
    }
}
