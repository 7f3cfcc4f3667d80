//! Probabilistic concurrency testing, at the choices among visible steps.
//!
//! Burckhardt, Kothari, Musuvathi, Nagarakatti: A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs
//! (ASPLOS 2010). Each thread has a random priority, the highest goes on; at d - 1 random choices the running thread falls
//! below all others. Guarantee: a failure of depth d in a program of k choices and n threads is found with a chance of at
//! least 1 / (n k^(d-1)) by each execution. Cost: nothing. k is the most choices in an execution so far, so the first has no changes.
//! Misses what needs more than d ordering constraints, but for luck.

use super::{Dice, Past, Point, Strategy};
use gilsim_vm::value::ThreadId;

/// Priorities and the choices at which they change. High ones are initial, low ones come from changes.
#[derive(Clone, Debug)]
pub struct Pct {
    dice: Dice,
    depth: u32,
    changes: Vec<u32>,
    priorities: Vec<u64>,
}

/// Initial priorities are above this, those after a change below.
const INITIAL: u64 = 1 << 32;

impl Pct {
    /// From a seed, for failures of this depth.
    pub fn new(seed: u64, depth: u32) -> Pct {
        Pct { dice: Dice::new(seed), depth, changes: Vec::new(), priorities: Vec::new() }
    }

    fn highest(&mut self, candidates: &[ThreadId]) -> ThreadId {
        let last = candidates.iter().map(|thread| thread.0 as usize).max().unwrap_or(0);
        while self.priorities.len() <= last {
            self.priorities.push(INITIAL | self.dice.bits());
        }
        *candidates.iter().max_by_key(|thread| self.priorities[thread.0 as usize]).unwrap_or(&candidates[0])
    }
}

impl Strategy for Pct {
    fn begin(&mut self, execution: u64, past: &Past) {
        self.dice.begin(execution);
        self.priorities.clear();
        self.changes.clear();
        for _ in 1..if past.choices > 0 { self.depth } else { 1 } {
            self.changes.push(self.dice.below(u64::from(past.choices) + 1) as u32);
        }
    }

    fn choose(&mut self, point: &Point<'_>) -> ThreadId {
        let highest = self.highest(point.candidates);
        let Some(change) = self.changes.iter().position(|choice| *choice == point.choice) else { return highest };
        self.priorities[highest.0 as usize] = (self.changes.len() - change) as u64;
        self.highest(point.candidates)
    }
}
