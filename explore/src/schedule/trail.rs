//! The states on the way of an execution that is followed, to see that it has come back to one of them.
//!
//! A circle counts if every thread that could go on at one of its states goes on in it. Kept are the first states only
//! ([`STATES_MAX`]): schedules that lead into a circle are short.

use crate::machine::Machine;
use gilsim_vm::value::ThreadId;

/// States that are kept.
const STATES_MAX: usize = 5_000;

/// A state, who could go on there, and who did.
#[derive(Debug)]
struct Spot {
    state: u64,
    candidates: Vec<ThreadId>,
    went: Option<ThreadId>,
}

/// The states so far.
#[derive(Debug, Default)]
pub struct Trail(Vec<Spot>);

impl Trail {
    /// Notes the present state. The threads that go around, if it closes a circle that leaves nobody out.
    pub fn circle(&mut self, machine: &Machine, candidates: &[ThreadId]) -> Option<Vec<ThreadId>> {
        if self.is_full() {
            return None;
        }
        let state = machine.state();
        let start = self.0.iter().position(|spot| spot.state == state);
        let circle = &self.0[start.unwrap_or(self.0.len())..];
        let mut going: Vec<ThreadId> = circle.iter().filter_map(|spot| spot.went).collect();
        going.sort_unstable();
        going.dedup();
        let is_fair = circle.iter().flat_map(|spot| &spot.candidates).all(|thread| going.contains(thread));
        self.0.push(Spot { state, candidates: candidates.to_vec(), went: None });
        Some(going).filter(|going| is_fair && !going.is_empty())
    }

    /// Whether no more states are kept.
    pub fn is_full(&self) -> bool {
        self.0.len() >= STATES_MAX
    }

    /// Notes who goes on from the present state.
    pub fn note(&mut self, thread: ThreadId) {
        if let Some(spot) = self.0.last_mut() {
            spot.went = Some(thread);
        }
    }

    /// Of these the one whose turn it is after who went last.
    pub fn next_of(&self, candidates: &[ThreadId]) -> ThreadId {
        let last = self.0.iter().rev().find_map(|spot| spot.went);
        *candidates.iter().find(|thread| Some(**thread) > last).unwrap_or(&candidates[0])
    }
}
