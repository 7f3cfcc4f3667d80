//! Several strategies in turns, because none is best for every kind of failure.
//!
//! Partial order sampling finds most races, the selectively uniform walk long alternations on one object, delays
//! what needs a thread to stand still. Guarantee: of n executions each has its share. Cost: none of its own.

use super::{NAMED, Past, Point, Strategy};
use gilsim_vm::value::ThreadId;

/// Who takes turns.
const TURNS: &[&str] = &["surw", "delay", "pos"];

/// The strategies, in the order of their turns.
pub struct Rotation {
    turns: Vec<Box<dyn Strategy>>,
    at: usize,
}

impl std::fmt::Debug for Rotation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Rotation").field("turns", &TURNS).field("at", &self.at).finish()
    }
}

impl Rotation {
    /// From a seed.
    pub fn new(seed: u64) -> Rotation {
        let named = |name: &&str| NAMED.iter().find(|named| named.name == *name).map(|named| (named.make)(seed));
        Rotation { turns: TURNS.iter().filter_map(named).collect(), at: 0 }
    }
}

impl Strategy for Rotation {
    fn begin(&mut self, execution: u64, past: &Past) {
        self.at = (execution % self.turns.len() as u64) as usize;
        self.turns[self.at].begin(execution, past);
    }

    fn choose(&mut self, point: &Point<'_>) -> ThreadId {
        self.turns[self.at].choose(point)
    }

    fn forced(&mut self, point: &Point<'_>) {
        self.turns[self.at].forced(point);
    }
}
