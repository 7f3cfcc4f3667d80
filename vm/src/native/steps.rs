//! Loops of native functions over containers that other threads may change meanwhile.
//!
//! `repr([a, b])` or `x in [a, b]` call Python code for each item, and other threads may run in between. Such a loop
//! keeps its position, the item it is at and the results so far in the function's memo ([`Memo::Loop`]), so that running
//! the function again goes on where it stopped, in constant time, with the item it had taken, and looks at the live
//! container for the next one, as the loops in CPython do. A loop is known by its purpose and its objects: if the memo holds
//! something else at this point (the container changed its shape), that is forgotten and the loop starts.

use super::{Cx, Memo};
use crate::value::Value;

/// Where a loop is.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopState {
    /// What the loop does (`"repr"`, `"eq"`, …).
    pub purpose: &'static str,
    /// What it loops over.
    pub of: [Value; 2],
    /// Number of the current item.
    pub at: usize,
    /// The items taken for this step (`Unbound` where there is only one), while they are worked on.
    pub current: Option<[Value; 2]>,
    /// Results so far.
    pub kept: Vec<Value>,
    /// The result of the whole loop, once it ended.
    pub finished: Option<Value>,
}

impl LoopState {
    /// All values the loop refers to, for the collector.
    pub fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.of.iter().chain(self.current.iter().flatten()).chain(&self.kept).copied().for_each(&mut *visit);
        self.finished.into_iter().for_each(visit);
    }
}

/// A loop under way: the place of its state in the memo.
#[derive(Debug)]
pub struct Steps {
    slot: usize,
}

impl Cx<'_> {
    /// Starts or continues a loop. `Err` gives the result of a loop that ended in an earlier run.
    pub fn steps(&mut self, purpose: &'static str, of: [Value; 2]) -> Result<Steps, Value> {
        let slot = self.memo_used;
        if !self.in_loop(purpose, of) {
            self.memo.truncate(slot);
            let (at, current, kept, finished) = (0, None, Vec::new(), None);
            self.memo.push(Memo::Loop(Box::new(LoopState { purpose, of, at, current, kept, finished })));
        }
        self.memo_used = slot + 1;
        let steps = Steps { slot };
        match self.loop_state(&steps).finished {
            Some(result) => Err(result),
            None => Ok(steps),
        }
    }

    /// Whether the next thing in the memo is this loop.
    pub fn in_loop(&self, purpose: &'static str, of: [Value; 2]) -> bool {
        matches!(self.memo.get(self.memo_used), Some(Memo::Loop(s)) if s.purpose == purpose && s.of == of)
    }

    fn loop_state(&mut self, steps: &Steps) -> &mut LoopState {
        match &mut self.memo[steps.slot] {
            Memo::Loop(state) => state,
            _ => unreachable!("the slot of a loop holds its state"),
        }
    }

    /// The items of the current step: those taken before, or what `fetch` finds for this number now. `None` ends.
    pub fn step(
        &mut self,
        steps: &Steps,
        fetch: impl FnOnce(&mut Self, usize) -> Option<[Value; 2]>,
    ) -> Option<[Value; 2]> {
        let state = self.loop_state(steps);
        if state.current.is_some() {
            return state.current;
        }
        let at = state.at;
        let found = fetch(self, at);
        self.loop_state(steps).current = found;
        found
    }

    /// Ends a step and keeps its result, if there is one worth keeping.
    pub fn step_done(&mut self, steps: &Steps, keep: Option<Value>) {
        let state = self.loop_state(steps);
        state.at += 1;
        state.current = None;
        state.kept.extend(keep);
        self.memo.truncate(steps.slot + 1);
        self.memo_used = steps.slot + 1;
    }

    /// The results kept so far.
    pub fn steps_kept(&mut self, steps: &Steps) -> &[Value] {
        &self.loop_state(steps).kept
    }

    /// Ends the loop with its result, which later runs of the function get at once.
    pub fn steps_end(&mut self, steps: &Steps, result: Value) -> Value {
        let state = self.loop_state(steps);
        state.finished = Some(result);
        state.current = None;
        state.kept = Vec::new();
        self.memo.truncate(steps.slot + 1);
        self.memo_used = steps.slot + 1;
        result
    }

    /// Whether this thread is inside a loop with this purpose over this object, in this function or in one that waits
    /// for the Python code that called it: how self-containing containers are noticed.
    pub fn is_looping(&self, purpose: &'static str, of: Value) -> bool {
        let hit = |memo: &Memo| matches!(memo, Memo::Loop(s) if s.purpose == purpose && s.of[0] == of && s.finished.is_none());
        self.memo[..self.memo_used].iter().any(hit)
            || self.thread.pending.iter().any(|pending| pending.memo.iter().any(hit))
    }
}
