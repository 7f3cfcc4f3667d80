//! Partial order sampling.
//!
//! Yuan, Yang, Gu: Partial Order Aware Concurrency Sampling (CAV 2018). Every pending operation has a random priority, the
//! highest goes first; when an operation is executed, pending ones that conflict with it get new priorities. Guarantee: a
//! lower bound for the chance of each partial order that is better than that of uniform choice. Cost: linear in the number
//! of threads at each step. Misses rare orders of many operations on one place.

use super::{Dice, Past, Point, Strategy};
use gilsim_vm::value::ThreadId;

/// Priorities of the pending operations, by thread.
#[derive(Clone, Debug)]
pub struct Pos {
    dice: Dice,
    priorities: Vec<Option<u64>>,
}

impl Pos {
    /// From a seed.
    pub fn new(seed: u64) -> Pos {
        Pos { dice: Dice::new(seed), priorities: Vec::new() }
    }

    /// A thread takes its step: it and the pending operations that conflict with it get new priorities.
    fn take(&mut self, point: &Point<'_>, chosen: ThreadId) {
        let threads = point.machine.threads();
        let taken = threads[chosen.0 as usize].next.as_ref();
        for (at, priority) in self.priorities.iter_mut().enumerate() {
            let next = threads.get(at).and_then(|thread| thread.next.as_ref());
            let conflicts = next.zip(taken).is_some_and(|(next, taken)| next.depends_on(taken));
            if at == chosen.0 as usize || conflicts {
                *priority = None;
            }
        }
    }
}

impl Strategy for Pos {
    fn begin(&mut self, execution: u64, _past: &Past) {
        self.dice.begin(execution);
        self.priorities.clear();
    }

    fn choose(&mut self, point: &Point<'_>) -> ThreadId {
        self.priorities.resize(point.machine.threads().len(), None);
        let (dice, priorities) = (&mut self.dice, &mut self.priorities);
        let priority = |thread: &&ThreadId| *priorities[thread.0 as usize].get_or_insert_with(|| dice.bits());
        let chosen = *point.candidates.iter().max_by_key(priority).unwrap_or(&point.candidates[0]);
        self.take(point, chosen);
        chosen
    }

    fn forced(&mut self, point: &Point<'_>) {
        self.take(point, point.candidates[0]);
    }
}
