//! Few delays of a fixed order, placed at random.
//!
//! After Emmi, Qadeer, Rakamarić: Delay-Bounded Scheduling (POPL 2011). Without delays a thread goes on until it ends or
//! waits, then the next one in turn; a delay passes over the thread whose turn it is. Guarantee: each placement of d delays
//! in k choices is equally likely, whatever the number of threads. Cost: nothing. Misses what needs more delays.

use super::{Dice, Past, Point, Strategy, next_in_turn};
use gilsim_vm::value::ThreadId;

/// The choices at which the thread whose turn it is is passed over.
#[derive(Clone, Debug)]
pub struct Delay {
    dice: Dice,
    delays: u32,
    at: Vec<u32>,
}

impl Delay {
    /// From a seed, with at most so many delays.
    pub fn new(seed: u64, delays: u32) -> Delay {
        Delay { dice: Dice::new(seed), delays, at: Vec::new() }
    }
}

impl Strategy for Delay {
    fn begin(&mut self, execution: u64, past: &Past) {
        self.dice.begin(execution);
        // One more than ever seen: a delay can make an execution longer.
        let choices = (past.choices + 1).max(self.delays);
        self.at.clear();
        while (self.at.len() as u32) < self.delays {
            let choice = self.dice.below(u64::from(choices)) as u32;
            if !self.at.contains(&choice) {
                self.at.push(choice);
            }
        }
    }

    fn choose(&mut self, point: &Point<'_>) -> ThreadId {
        let last = point.last.unwrap_or(ThreadId(0));
        let turn = if point.candidates.contains(&last) { last } else { next_in_turn(point.candidates, last) };
        if self.at.contains(&point.choice) { next_in_turn(point.candidates, turn) } else { turn }
    }
}
