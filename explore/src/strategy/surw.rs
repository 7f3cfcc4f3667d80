//! Selectively uniform random walk.
//!
//! Zhao, Wolff, Mathur, Roychoudhury: Selectively Uniform Concurrency Testing (ASPLOS 2025). For each execution one object
//! that several threads touched is chosen; the orders of the operations on it are to be equally likely. The thread whose
//! operation on it comes next is drawn by how many such operations each thread has left, and the others wait before theirs;
//! what touches other objects is scheduled uniformly. Guarantee: uniform over the orders on the object if all threads have
//! as many operations on it as in the execution before. Cost: nothing. Misses failures that need rare orders on several
//! objects at once. The first execution is a uniform random walk.

use super::{Dice, Past, Point, Strategy};
use gilsim_vm::value::{ObjId, ThreadId};

/// The object, and how many operations on it each thread has left.
#[derive(Clone, Debug)]
pub struct Surw {
    dice: Dice,
    object: Option<ObjId>,
    left: Vec<u32>,
    intended: Option<ThreadId>,
}

impl Surw {
    /// From a seed.
    pub fn new(seed: u64) -> Surw {
        Surw { dice: Dice::new(seed), object: None, left: Vec::new(), intended: None }
    }

    /// Draws the thread whose operation on the object comes next.
    fn intend(&mut self) {
        let all: u64 = self.left.iter().map(|left| u64::from(*left)).sum();
        if all == 0 {
            self.intended = None;
            return;
        }
        let mut drawn = self.dice.below(all);
        for (thread, left) in self.left.iter().enumerate() {
            if drawn < u64::from(*left) {
                self.intended = Some(ThreadId(thread as u32));
                return;
            }
            drawn -= u64::from(*left);
        }
    }

    /// Whether the next step of a thread touches the object.
    fn is_about_to(&self, point: &Point<'_>, thread: ThreadId) -> bool {
        let next = point.machine.thread(thread).next.as_ref();
        next.is_some_and(|next| next.accesses.iter().any(|access| Some(access.object) == self.object))
    }

    fn take(&mut self, point: &Point<'_>, chosen: ThreadId) {
        if self.is_about_to(point, chosen) {
            if let Some(left) = self.left.get_mut(chosen.0 as usize) {
                *left = left.saturating_sub(1);
            }
            self.intend();
        }
    }
}

impl Strategy for Surw {
    fn begin(&mut self, execution: u64, past: &Past) {
        self.dice.begin(execution);
        let several = |counts: &[u32]| counts.iter().filter(|count| **count > 0).count() > 1;
        let objects: Vec<u32> =
            past.touched.iter().filter(|(_, counts)| several(counts)).map(|(object, _)| *object).collect();
        self.object = if objects.is_empty() { None } else { Some(ObjId(self.dice.one_of(&objects))) };
        self.left = self.object.and_then(|object| past.touched.get(&object.0).cloned()).unwrap_or_default();
        self.intend();
    }

    fn choose(&mut self, point: &Point<'_>) -> ThreadId {
        let waits = |thread: &ThreadId| {
            self.intended.is_some_and(|intended| intended != *thread) && self.is_about_to(point, *thread)
        };
        let free: Vec<ThreadId> = point.candidates.iter().copied().filter(|thread| !waits(thread)).collect();
        let chosen = self.dice.one_of(if free.is_empty() { point.candidates } else { &free });
        self.take(point, chosen);
        chosen
    }

    fn forced(&mut self, point: &Point<'_>) {
        self.take(point, point.candidates[0]);
    }
}
