//! Uniform random choice among the threads that can go on.
//!
//! Guarantee: every schedule of n steps of k threads has a chance of at least k^-n. Cost: nothing. Misses what needs a
//! thread to stand still while others take many steps, or a window that closes soon: long runs of one thread are rare.

use super::{Dice, Past, Point, Strategy};
use gilsim_vm::value::ThreadId;

/// Picks any candidate.
#[derive(Clone, Debug)]
pub struct Random(Dice);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Random {
        Random(Dice::new(seed))
    }
}

impl Strategy for Random {
    fn begin(&mut self, execution: u64, _past: &Past) {
        self.0.begin(execution);
    }

    fn choose(&mut self, point: &Point<'_>) -> ThreadId {
        self.0.one_of(point.candidates)
    }
}
