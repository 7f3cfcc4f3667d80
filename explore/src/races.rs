//! Data races: conflicting accesses of two threads that no synchronisation orders.
//!
//! Happens-before with vector clocks over the executions of a search (Flanagan, Freund: FastTrack, PLDI 2009, without its
//! compression): locks, queues, events, starts and joins order; sleeps, and the GIL, do not. Guarantee: what is reported
//! can really happen at the same time. Misses races that only executions show which the search has left out. Two calls of
//! methods such as `append` on one container are no race: each is complete in itself. Two threads whose calls of
//! `setdefault` add keys to one dict race, though the order of different keys makes no difference to the search: each call
//! looks at the keys there are and changes them.
//!
//! A place has the name of the attribute, or of the variable that has the container. Where one attribute of several objects
//! races, it has the names of the variables that have the objects, if there are such.

use crate::machine::Machine;
use crate::report::Race;
use crate::search::history::{Event, History};
use crate::story::place_name;
use gilsim_vm::code::Op;
use gilsim_vm::interp::access::{Access, Part};
use gilsim_vm::object::Object;
use gilsim_vm::value::{CodeId, ObjId, ThreadId, Value};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Code, instruction, whether it writes.
type Spot = (u32, u32, bool);

/// The races of a search.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "List", into = "List")]
pub struct Races {
    /// Both sides, and what names the place.
    found: BTreeMap<(Spot, Spot), Place>,
}

/// What a race is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    /// Code and instruction that name it.
    at: (u32, u32),
    /// The objects whose attribute it is.
    owners: BTreeSet<u32>,
}

/// The same as a list.
#[derive(Serialize, Deserialize)]
struct List(Vec<((Spot, Spot), Place)>);

impl From<List> for Races {
    fn from(list: List) -> Races {
        Races { found: list.0.into_iter().collect() }
    }
}

impl From<Races> for List {
    fn from(races: Races) -> List {
        List(races.found.into_iter().collect())
    }
}

impl Races {
    /// Takes in the races of an execution.
    pub fn note(&mut self, machine: &Machine, history: &History) {
        for (at, event) in history.events.iter().enumerate().filter(|(_, event)| event.is_data) {
            for other in event.races.iter().map(|at| &history.events[*at as usize]) {
                if !are_calls(machine, event, other) {
                    self.note_pair(event, other);
                }
            }
            if event.adds_to.is_some() {
                let adding = history.events[..at].iter().filter(|other| other.adds_to == event.adds_to);
                adding.for_each(|other| self.note_pair(event, other));
            }
        }
    }

    /// Takes in two steps, the later one first, if nothing orders them.
    fn note_pair(&mut self, event: &Event, other: &Event) {
        if !other.is_data || event.ordered.of(other.thread) >= other.number {
            return;
        }
        let (Some(here), Some(there)) = (event.at, other.at) else { return };
        let spot = |at: (CodeId, u32), writes: bool| (at.0.0, at.1, writes);
        let writes = |accesses: &[Access]| accesses.iter().any(|access| access.write);
        let mut sides = [spot(there, writes(&other.accesses)), spot(here, writes(&event.accesses))];
        sides.sort_unstable();
        let owner = event.accesses.iter().find(|access| matches!(access.part, Part::Attr(_))).map(|one| one.object);
        // An attribute is named by the access, a container by the expression: by the first of the two in the program, as
        // either can come first where nothing orders them.
        let named = if owner.is_some() { here } else { here.min(there) };
        let place = Place { at: (named.0.0, named.1), owners: owner.iter().map(|owner| owner.0).collect() };
        self.add((sides[0], sides[1]), place);
    }

    /// Takes in a place where a pair of sides races: the same whatever the order.
    fn add(&mut self, sides: (Spot, Spot), place: Place) {
        let known = self.found.entry(sides).or_insert_with(|| place.clone());
        known.at = known.at.min(place.at);
        known.owners.extend(place.owners);
    }

    /// Takes in the races that another part of the search has met.
    pub fn join(&mut self, other: Races) {
        other.found.into_iter().for_each(|(sides, place)| self.add(sides, place));
    }

    /// The races, as the program names them. The machine stands before the first thread is started.
    pub fn named(&self, machine: &Machine) -> Vec<Race> {
        let line = |spot: Spot| machine.vm().place_at(CodeId(spot.0), spot.1).line;
        let codes = machine.vm().codes.len() as u32;
        let known = self.found.iter().filter(|((first, second), _)| first.0 < codes && second.0 < codes);
        let place_of = |place: &Place| place_name(machine, CodeId(place.at.0), place.at.1);
        let mut owners: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for (_, place) in known.clone() {
            owners.entry(place_of(place)).or_default().extend(&place.owners);
        }
        let mut named: Vec<Race> = Vec::new();
        for ((first, second), place) in known {
            let name = place_of(place);
            let several = variables(machine, &owners[&name]);
            let variables = several.filter(|_| owners[&name].len() > 1);
            let of_race = |variables: BTreeMap<u32, String>| -> Vec<String> {
                place.owners.iter().filter_map(|owner| variables.get(owner).cloned()).collect()
            };
            let places = variables.map_or_else(|| vec![name], of_race);
            named.extend(places.into_iter().map(|place| Race {
                place,
                first_line: line(*first),
                first_writes: first.2,
                second_line: line(*second),
                second_writes: second.2,
            }));
        }
        named.sort_unstable();
        named.dedup();
        named
    }
}

/// The variables of the main thread that have these objects; none if one of them has none.
fn variables(machine: &Machine, objects: &BTreeSet<u32>) -> Option<BTreeMap<u32, String>> {
    let vm = machine.vm();
    let locals = vm.variables(&machine.thread(ThreadId(0)).green);
    let variable = |object: &u32| {
        let held = locals.iter().find(|(_, value)| *value == Value::Obj(ObjId(*object)));
        held.map(|(name, _)| (*object, name.to_string()))
    };
    objects.iter().map(variable).collect()
}

/// Whether an access is made by a method of a list, deque or set that changes it, such as `append`, takes the next
/// item of an iterator, or is one of an object that stands for C code: those are complete in themselves, in any order.
pub fn is_one_call(machine: &Machine, access: &Access, (code, pc): (CodeId, u32)) -> bool {
    let container = machine.vm().heap.get(access.object);
    let listed = matches!(container, Object::List(_) | Object::Deque(_) | Object::Set(_));
    let instr = machine.vm().codes[code.0 as usize].code.instrs.get(pc as usize);
    let is_call = instr.is_some_and(|instr| instr.op == Op::Call);
    let stands_for_c = matches!(container, Object::Iter(_)) || is_instance(container) && access.part == Part::All;
    access.write && (listed && is_call || stands_for_c)
}

fn is_instance(object: &Object) -> bool {
    matches!(object, Object::Instance(_))
}

/// Whether two steps conflict by nothing but such calls.
fn are_calls(machine: &Machine, event: &Event, other: &Event) -> bool {
    let (Some(here), Some(there)) = (event.at, other.at) else { return false };
    let pairs = event.accesses.iter().flat_map(|own| other.accesses.iter().map(move |access| (own, access)));
    let mut conflicts = pairs.filter(|(own, access)| own.conflicts(access));
    conflicts.all(|(own, access)| is_one_call(machine, own, here) && is_one_call(machine, access, there))
}
