//! Another strategy with at most so many preemptions.
//!
//! Musuvathi, Qadeer: Iterative Context Bounding for Systematic Testing of Multithreaded Programs (PLDI 2007): most
//! failures need few. Once the bound is reached a thread goes on as long as it can; where it cannot, the other strategy is
//! asked as before. Misses whatever needs more preemptions.

use super::{Past, Point, Strategy};
use gilsim_vm::value::ThreadId;

/// A strategy and its bound.
#[derive(Clone, Debug)]
pub struct PreemptionBound<S> {
    inner: S,
    bound: u32,
    used: u32,
}

impl<S> PreemptionBound<S> {
    /// Restricts a strategy.
    pub fn new(inner: S, bound: u32) -> PreemptionBound<S> {
        PreemptionBound { inner, bound, used: 0 }
    }
}

impl<S: Strategy> Strategy for PreemptionBound<S> {
    fn begin(&mut self, execution: u64, past: &Past) {
        self.used = 0;
        self.inner.begin(execution, past);
    }

    fn choose(&mut self, point: &Point<'_>) -> ThreadId {
        let going_on = point.last.filter(|last| point.candidates.contains(last));
        if let Some(last) = going_on
            && self.used >= self.bound
        {
            self.inner.forced(&Point { candidates: &[last], ..*point });
            return last;
        }
        let chosen = self.inner.choose(point);
        self.used += u32::from(going_on.is_some_and(|last| last != chosen));
        chosen
    }

    fn forced(&mut self, point: &Point<'_>) {
        self.inner.forced(point);
    }
}
