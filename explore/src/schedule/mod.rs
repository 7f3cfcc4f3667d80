//! Schedules: which thread went on where several could, as data that outlives the program's text.
//!
//! A schedule is made for the finest steps ([`crate::machine::knowledge::Knowledge::of_everything`]), so following it
//! needs nothing that a search has learned. A [`Pick`] is one choice among several threads. It says what the thread did
//! there by verb and by the numbers of the places, counted in the order in which the picks touch them: no name, line or
//! handle counts, so comments, whitespace and renaming change nothing. A running checksum of all picks so far stands
//! beside each. [`text`] is the file format, [`code`] the short form, [`mod@replay`] follows either.

pub mod chronicle;
pub mod code;
pub mod replay;
pub mod text;
mod trail;

use crate::machine::timeouts::Timeouts;
use crate::machine::{Machine, Points};
use gilsim_scheduler::fingerprint::Fingerprint;
use gilsim_vm::interp::access::{Access, Part};
use gilsim_vm::object::Object;
use gilsim_vm::value::{ObjId, ThreadId};

/// One choice among several threads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pick {
    /// Who went on.
    pub thread: ThreadId,
    /// Who could have.
    pub candidates: Vec<ThreadId>,
    /// What it did: a verb and the numbers of the places.
    pub deed: String,
    /// Of all picks up to this one.
    pub checksum: u32,
    /// Name of the place and line, for people; not compared.
    pub note: String,
}

/// The choices of one execution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schedule {
    /// Which steps there were.
    pub points: Points,
    /// When timeouts fired.
    pub timeouts: Timeouts,
    /// The profile, where steps depend on it.
    pub profile: String,
    /// Switches away from a thread that could have gone on, as the search counted them.
    pub preemptions: u32,
    /// The choices.
    pub picks: Vec<Pick>,
}

/// Threads as schedules name them.
fn listed(threads: &[ThreadId]) -> String {
    threads.iter().map(|thread| format!("T{}", thread.0)).collect::<Vec<_>>().join(" ")
}

/// The accesses of a step that a pick tells: not the classes that an attribute was looked for in besides its object.
fn told<'a>(machine: &'a Machine, accesses: &'a [Access]) -> impl Iterator<Item = &'a Access> {
    let is_class = |access: &Access| matches!(machine.vm().heap.get(access.object), Object::Class(_));
    let looked_in = move |access: &Access| !access.write && is_class(access);
    accesses.iter().enumerate().filter(move |(at, access)| *at == 0 || !looked_in(access)).map(|(_, access)| access)
}

/// The checksum of picks so far.
#[derive(Debug, Default)]
struct Checksum(Fingerprint);

impl Checksum {
    fn add(&mut self, thread: ThreadId, candidates: &[ThreadId], deed: &str) -> u32 {
        self.0.debug(&(thread, candidates, deed));
        let bits = self.0.finish();
        (bits ^ bits >> 32) as u32
    }
}

/// Describes choices: numbers places and sums up.
#[derive(Debug, Default)]
pub(crate) struct Describer {
    places: Vec<(ObjId, Part)>,
    sum: Checksum,
}

impl Describer {
    /// The choice of a thread that is about to take its next step.
    pub(crate) fn pick(&mut self, machine: &Machine, thread: ThreadId, candidates: Vec<ThreadId>) -> Pick {
        let Some(operation) = &machine.thread(thread).next else { unreachable!("only a thread with a step is picked") };
        let step = crate::story::describe(machine, thread, operation);
        let mut deed = step.what;
        for access in told(machine, &operation.accesses) {
            deed.push_str(&format!(" #{}", self.number((access.object, access.part))));
        }
        let checksum = self.sum.add(thread, &candidates, &deed);
        let note = match (step.object.is_empty(), step.line) {
            (false, line) if line > 0 => format!("{}, line {line}", step.object),
            (true, line) if line > 0 => format!("line {line}"),
            _ => step.object,
        };
        Pick { thread, candidates, deed, checksum, note }
    }

    fn number(&mut self, place: (ObjId, Part)) -> usize {
        let known = self.places.iter().position(|known| *known == place);
        known.unwrap_or_else(|| {
            self.places.push(place);
            self.places.len() - 1
        }) + 1
    }
}
