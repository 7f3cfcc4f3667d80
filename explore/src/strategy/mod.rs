//! Strategies: who goes on, one execution at a time, with no memory of which schedules were tried.
//!
//! A [`Strategy`] is asked at every step where several threads can go on. It is handed to [`crate::search::sample`], which
//! tells it when an execution begins and what earlier ones were like ([`Past`]). Everything random comes from a seed and
//! the number of the execution, so an execution can be repeated without those before it but for the past they left.
//! Strategies compose: [`rotation::Rotation`] takes turns between others, [`bound::PreemptionBound`] restricts another.

pub mod bound;
pub mod delay;
pub mod pct;
pub mod pos;
pub mod random;
pub mod rotation;
pub mod surw;

use crate::machine::Machine;
use gilsim_vm::value::ThreadId;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What earlier executions were like.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Past {
    /// Choices among several threads, at most in one execution.
    pub choices: u32,
    /// For each object, by its handle, how often each thread touched it in the last execution, by thread number.
    pub touched: BTreeMap<u32, Vec<u32>>,
}

/// A step that several threads could take.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    /// The program; [`Machine::thread`] has the next step of each thread.
    pub machine: &'a Machine,
    /// Who can go on, ascending; at least two.
    pub candidates: &'a [ThreadId],
    /// Who took the last step.
    pub last: Option<ThreadId>,
    /// Choices made before this one.
    pub choice: u32,
}

/// Decides who goes on.
pub trait Strategy {
    /// An execution begins, the one of this number.
    fn begin(&mut self, execution: u64, past: &Past);

    /// Picks one of the candidates.
    fn choose(&mut self, point: &Point<'_>) -> ThreadId;

    /// Where only one thread can go on nothing is chosen, but the step is told.
    fn forced(&mut self, _point: &Point<'_>) {}
}

/// A strategy by name: what it is called, what it does, and how it is made from a seed.
#[derive(Clone, Copy)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// A few words.
    pub about: &'static str,
    /// Makes it.
    pub make: fn(u64) -> Box<dyn Strategy>,
}

/// All strategies that have a name.
pub const NAMED: &[Named] = &[
    Named {
        name: "rotation",
        about: "surw, delay and pos in turns",
        make: |seed| Box::new(rotation::Rotation::new(seed)),
    },
    Named { name: "random", about: "uniform among the threads", make: |seed| Box::new(random::Random::new(seed)) },
    Named { name: "pct", about: "priorities with few changes", make: |seed| Box::new(pct::Pct::new(seed, 3)) },
    Named { name: "pos", about: "priorities of operations", make: |seed| Box::new(pos::Pos::new(seed)) },
    Named { name: "surw", about: "uniform over the order on one object", make: |seed| Box::new(surw::Surw::new(seed)) },
    Named { name: "delay", about: "in turn, with few delays", make: |seed| Box::new(delay::Delay::new(seed, 2)) },
];

/// The strategy of this name.
pub fn by_name(name: &str) -> Option<&'static Named> {
    NAMED.iter().find(|named| named.name == name)
}

/// Random numbers of one execution.
#[derive(Clone, Debug)]
pub struct Dice {
    seed: u64,
    random: ChaCha8Rng,
}

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Dice {
        Dice { seed, random: ChaCha8Rng::seed_from_u64(seed) }
    }

    /// Those of an execution.
    pub fn begin(&mut self, execution: u64) {
        self.random = ChaCha8Rng::seed_from_u64(self.seed);
        self.random.set_stream(execution);
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.random.next_u64()
    }

    /// A number below `n`, which is positive; uniform but for n in 2^64.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(n)) >> 64) as u64
    }

    /// One of these, uniformly.
    pub fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u64) as usize]
    }
}

/// The candidate that comes next after a thread in a circle.
fn next_in_turn(candidates: &[ThreadId], after: ThreadId) -> ThreadId {
    *candidates.iter().find(|thread| **thread > after).unwrap_or(&candidates[0])
}
