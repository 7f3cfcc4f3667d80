//! Data races: conflicting accesses of two threads that no synchronisation orders.
//!
//! Happens-before with vector clocks over the executions of a search (Flanagan, Freund: FastTrack, PLDI 2009, without its
//! compression): locks, queues, events, starts and joins order; sleeps, and the GIL, do not. Guarantee: what is reported
//! can really happen at the same time. Misses races that only executions show which the search has left out. Two calls of
//! methods such as `append` on one container are no race: each is complete in itself.

use crate::machine::Machine;
use crate::report::Race;
use crate::search::history::{Event, History};
use crate::story::place_name;
use gilsim_vm::code::Op;
use gilsim_vm::interp::access::{Access, Part};
use gilsim_vm::object::Object;
use gilsim_vm::value::CodeId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Code, instruction, whether it writes.
type Spot = (u32, u32, bool);

/// The races of a search.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "List", into = "List")]
pub struct Races {
    /// Pairs of instructions met.
    seen: BTreeSet<(u32, u32)>,
    /// Both sides, and the instruction that names the place.
    found: BTreeMap<(Spot, Spot), (u32, u32)>,
}

/// The same as lists.
#[derive(Serialize, Deserialize)]
struct List {
    seen: Vec<(u32, u32)>,
    found: Vec<((Spot, Spot), (u32, u32))>,
}

impl From<List> for Races {
    fn from(list: List) -> Races {
        Races { seen: list.seen.into_iter().collect(), found: list.found.into_iter().collect() }
    }
}

impl From<Races> for List {
    fn from(races: Races) -> List {
        List { seen: races.seen.into_iter().collect(), found: races.found.into_iter().collect() }
    }
}

impl Races {
    /// Takes in the races of an execution.
    pub fn note(&mut self, machine: &Machine, history: &History) {
        for event in history.events.iter().filter(|event| event.is_data) {
            for other in event.races.iter().map(|at| &history.events[*at as usize]) {
                let ordered = event.ordered.of(other.thread) >= other.number;
                if !other.is_data || ordered || (is_call(machine, event) && is_call(machine, other)) {
                    continue;
                }
                let (Some(here), Some(there)) = (event.at, other.at) else { continue };
                let spot = |at: (CodeId, u32), writes: bool| (at.0.0, at.1, writes);
                let writes = |accesses: &[Access]| accesses.iter().any(|access| access.write);
                let mut sides = [spot(there, writes(&other.accesses)), spot(here, writes(&event.accesses))];
                sides.sort_unstable();
                if self.seen.insert((sides[0].0 << 16 ^ sides[0].1, sides[1].0 << 16 ^ sides[1].1)) {
                    // An attribute is named by the access, a container by the expression.
                    let named = if event.accesses.iter().any(|access| matches!(access.part, Part::Attr(_))) {
                        here
                    } else {
                        there
                    };
                    self.found.insert((sides[0], sides[1]), (named.0.0, named.1));
                }
            }
        }
    }

    /// The races, as the program names them.
    pub fn named(&self, machine: &Machine) -> Vec<Race> {
        let line = |spot: Spot| machine.vm().place_at(CodeId(spot.0), spot.1).line;
        let mut named: Vec<Race> = self
            .found
            .iter()
            .filter(|((first, second), _)| {
                let codes = machine.vm().codes.len() as u32;
                first.0 < codes && second.0 < codes
            })
            .map(|((first, second), at)| Race {
                place: place_name(machine, CodeId(at.0), at.1),
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
}

/// Whether an access is made by a method of a list, deque or set that changes it, such as `append`: those are complete in
/// themselves, in any order.
pub fn is_one_call(machine: &Machine, access: &Access, (code, pc): (CodeId, u32)) -> bool {
    let container = machine.vm().heap.get(access.object);
    let listed = matches!(container, Object::List(_) | Object::Deque(_) | Object::Set(_));
    let instr = machine.vm().codes[code.0 as usize].code.instrs.get(pc as usize);
    access.write && listed && instr.is_some_and(|instr| instr.op == Op::Call)
}

fn is_call(machine: &Machine, event: &Event) -> bool {
    event.at.is_some_and(|spot| event.accesses.iter().all(|access| is_one_call(machine, access, spot)))
}
