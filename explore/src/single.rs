//! Data races of one execution, however long.
//!
//! One execution in which each thread goes on as long as it can, with vector clocks: of each thread, of each
//! synchronisation object, and of the last accesses of each place (Flanagan, Freund: FastTrack, PLDI 2009, without its
//! compression of clocks). Locks, queues, events, starts and joins order; sleeps and the GIL do not, so a race is found
//! whether or not the accesses came close in time. Guarantee: two accesses that are reported were not ordered. Cost:
//! an access looks at the known parts of its object. Misses races in code that this execution does not reach, and those that an order of
//! lock operations happens to hide.

use crate::machine::knowledge::Knowledge;
use crate::machine::operation::Kind;
use crate::machine::{Cut, Machine};
use crate::races::is_one_call;
use crate::search::clock::Clock;
use crate::story::place_name;
use gilsim_vm::interp::access::{Access, Part};
use gilsim_vm::value::{CodeId, ObjId, ThreadId};
use std::collections::{BTreeMap, BTreeSet};

/// A place that two threads touch without an order, one of them writing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Unordered {
    /// The attribute or variable.
    pub place: String,
    /// Lines of the accesses.
    pub lines: BTreeSet<u32>,
    /// Whether the threads both read and write it: then updates can be lost.
    pub loses_updates: bool,
}

impl Unordered {
    /// The code of the finding.
    pub fn code(&self) -> &'static str {
        if self.loses_updates { "LOST-UPDATE" } else { "UNORDERED-ACCESS" }
    }
}

/// What was found, and whether the execution had to be given up before its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Single {
    /// By name of the place.
    pub unordered: Vec<Unordered>,
    /// Why the execution was not followed to its end.
    pub cut: Option<Cut>,
}

type Spot = (CodeId, u32);

type Place = (ObjId, Part);

/// The last accesses of a place.
#[derive(Default)]
struct Last {
    write: Option<(ThreadId, u32, Spot)>,
    reads: BTreeMap<ThreadId, (u32, Spot)>,
    readers: BTreeSet<ThreadId>,
    writers: BTreeSet<ThreadId>,
}

/// Clocks of a synchronisation object: of all steps, and of those that changed it.
#[derive(Default)]
struct Sync {
    all: Clock,
    changes: Clock,
}

#[derive(Default)]
struct Detector {
    threads: Vec<Clock>,
    /// How many of the events before a thread's next step are in its clock.
    taken_in: Vec<usize>,
    sync: BTreeMap<ObjId, Sync>,
    places: BTreeMap<Place, Last>,
    /// Lines and places, by name of the place.
    found: BTreeMap<String, (BTreeSet<u32>, BTreeSet<Place>)>,
}

/// Executes a program once, from the moment before it starts its first thread.
pub fn execute(origin: &Machine, steps_max: u64) -> Single {
    let mut machine = origin.clone();
    machine.knowledge = Knowledge::of_everything();
    machine.begin();
    let mut detector = Detector::default();
    let mut last = ThreadId(0);
    let mut steps = 0;
    loop {
        detector.take_in(&machine);
        let Some(thread) = next(&machine, last) else { break };
        if steps == steps_max {
            machine.ending.cut = Some(Cut::Steps);
            break;
        }
        detector.step(&machine, thread);
        machine.step(thread);
        (last, steps) = (thread, steps + 1);
    }
    Single { unordered: detector.unordered(), cut: machine.ending.cut }
}

/// Who goes on: the same thread while it can, and nobody gives up waiting while others can go on.
fn next(machine: &Machine, last: ThreadId) -> Option<ThreadId> {
    let patient = |thread: &ThreadId| !machine.would_give_up(*thread);
    if !machine.is_over() && machine.is_enabled(last) && patient(&last) {
        return Some(last);
    }
    machine.enabled().find(patient).or_else(|| machine.enabled().next())
}

impl Detector {
    /// Takes in what must come before each thread's next step: starts, joins, notifications.
    fn take_in(&mut self, machine: &Machine) {
        let threads = machine.threads();
        self.threads.resize_with(threads.len(), Clock::default);
        self.taken_in.resize(threads.len(), 0);
        for (at, thread) in threads.iter().enumerate() {
            for before in thread.before.iter().skip(self.taken_in[at]) {
                let clock = self.threads[before.thread.0 as usize].clone();
                self.threads[at].join(&clock);
            }
            self.taken_in[at] = thread.before.len();
        }
    }

    fn step(&mut self, machine: &Machine, id: ThreadId) {
        let thread = machine.thread(id);
        let Some(operation) = &thread.next else { return };
        let at = id.0 as usize;
        self.taken_in[at] = 0;
        let number = thread.steps + 1;
        self.threads[at].set(id, number);
        if operation.kind != Kind::Instruction {
            operation.accesses.iter().for_each(|access| self.synchronise(at, access));
            return;
        }
        let Some(spot) = machine.vm().next_spot_in_program(&thread.green) else { return };
        for access in &operation.accesses {
            self.access(machine, id, number, spot, access);
        }
    }

    fn synchronise(&mut self, thread: usize, access: &Access) {
        let sync = self.sync.entry(access.object).or_default();
        let clock = &mut self.threads[thread];
        clock.join(if access.write { &sync.all } else { &sync.changes });
        sync.all.join(clock);
        if access.write {
            sync.changes.join(clock);
        }
    }

    fn access(&mut self, machine: &Machine, id: ThreadId, number: u32, spot: Spot, access: &Access) {
        let mut others = self.conflicts(id, access);
        others.retain(|other| !is_one_call(machine, access, spot) || !is_one_call(machine, access, *other));
        let last = self.places.entry((access.object, access.part)).or_default();
        if access.write {
            last.write = Some((id, number, spot));
            last.reads.clear();
            last.writers.insert(id);
        } else {
            last.reads.insert(id, (number, spot));
            last.readers.insert(id);
        }
        if others.is_empty() {
            return;
        }
        let named = if matches!(access.part, Part::Attr(_)) { spot } else { others[0] };
        let (lines, places) = self.found.entry(place_name(machine, named.0, named.1)).or_default();
        places.insert((access.object, access.part));
        for (code, pc) in others.into_iter().chain([spot]) {
            lines.insert(machine.vm().place_at(code, pc).line);
        }
    }

    /// Accesses of other threads that conflict with this one and are not ordered before it. A whole container
    /// conflicts with each of its items; attributes are apart.
    fn conflicts(&self, id: ThreadId, access: &Access) -> Vec<Spot> {
        let clock = &self.threads[id.0 as usize];
        let unordered = |thread: ThreadId, number: u32| thread != id && clock.of(thread) < number;
        let from = (access.object, Part::All);
        let of_object = self.places.range(from..).take_while(|((object, _), _)| *object == access.object);
        let mut others = Vec::new();
        for ((_, part), last) in of_object {
            let is_attribute = |part: Part| matches!(part, Part::Attr(_));
            let has_items = !is_attribute(access.part) && !is_attribute(*part);
            let overlaps = *part == access.part
                || has_items && (access.part == Part::All || *part == Part::All)
                || access.part == Part::Names
                || *part == Part::Names;
            if !overlaps {
                continue;
            }
            others.extend(last.write.filter(|(thread, at, _)| unordered(*thread, *at)).map(|(_, _, spot)| spot));
            if access.write {
                let reads = last.reads.iter().filter(|(thread, (at, _))| unordered(**thread, *at));
                others.extend(reads.map(|(_, (_, spot))| *spot));
            }
        }
        others
    }

    fn unordered(self) -> Vec<Unordered> {
        let places = self.places;
        let loses =
            |place: &Place| places.get(place).is_some_and(|last| last.readers.intersection(&last.writers).count() > 1);
        let found = self.found.into_iter();
        found.map(|(place, (lines, at))| Unordered { place, lines, loses_updates: at.iter().any(loses) }).collect()
    }
}
