//! Threads that execute in turn within one run of the loop.
//!
//! Where the loop would pause, somebody else may know already who goes on, and until when: the same thread or another. Then
//! the machine goes on with that thread instead of being left and entered again. It asks only at pauses after
//! which nothing has to be done by the machine itself: no collection, no ended object. Whoever answers does what would have
//! been done between the two runs; a run that does not go on ends as if nobody had been asked, with the progress of the
//! last turn.

use super::Vm;
use super::frame::GreenThread;
use super::progress::{Budget, Pause, Run};
use crate::heap::Heap;

/// A turn at its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// Virtual nanoseconds of what was executed.
    pub cost_ns: u64,
    /// Instructions executed.
    pub instructions: u64,
    /// The last instruction ended at an eval check.
    pub check_due: bool,
    /// The thread is in library code that stands for C code.
    pub is_atomic: bool,
}

/// A turn that begins.
pub struct NextTurn<'a> {
    /// Whose.
    pub thread: &'a mut GreenThread,
    /// How far it goes.
    pub budget: Budget,
    /// Virtual time.
    pub now_ns: u64,
}

/// Threads of which one executes.
pub trait Turns {
    /// The thread whose turn it is.
    fn thread(&mut self) -> &mut GreenThread;
    /// Its turn is over, and leaves these objects: the next one, which has begun then, of the same thread or another. `None`
    /// if the run ends here.
    fn pass(&mut self, turn: &Turn, heap: &Heap) -> Option<NextTurn<'_>>;
}

/// One thread and no other.
pub(super) struct Alone<'a>(pub &'a mut GreenThread);

impl Turns for Alone<'_> {
    #[inline]
    fn thread(&mut self) -> &mut GreenThread {
        self.0
    }

    fn pass(&mut self, _turn: &Turn, _heap: &Heap) -> Option<NextTurn<'_>> {
        None
    }
}

impl Vm {
    /// The turn that ends with this pause, unless the machine has something to do between two instructions.
    #[inline]
    pub(super) fn turn_over(&self, t: &GreenThread, pause: Pause, run: &Run<'_>) -> Option<Turn> {
        let check_due = pause == Pause::EvalCheck || t.check_due;
        let is_calm = run.in_turns && !run.watching && !self.is_watching() && !self.wants_collection();
        is_calm.then(|| Turn {
            cost_ns: run.spent_ns,
            instructions: run.count,
            check_due,
            is_atomic: self.is_in_atomic(t),
        })
    }

    /// Asks who goes on, and begins that turn.
    #[inline]
    pub(super) fn next_turn<'a>(
        &mut self,
        turns: &'a mut dyn Turns,
        turn: &Turn,
        run: &mut Run<'_>,
    ) -> Option<&'a mut GreenThread> {
        let NextTurn { thread, budget, now_ns } = turns.pass(turn, &self.heap)?;
        self.account_round(run);
        run.begin_turn(budget, now_ns);
        self.current = thread.id;
        thread.jumped_from = None;
        Some(thread)
    }
}

impl GreenThread {
    /// Whether it goes on with its next instruction, without anything to be done before.
    #[inline]
    pub fn is_ready(&self) -> bool {
        !self.frames.is_empty() && !self.check_due && self.next_effect.is_none() && self.drops.is_empty()
    }
}
