//! The observer of a plain run: folds as events happen and stores none.

use super::bins::Bins;
use super::folder::{Fold, FoldOptions};
use super::summary::Summary;
use gilsim_scheduler::event::{Event, Observer};

/// Folds events of the groups `INTEREST` into bins and numbers, in bounded memory.
#[derive(Clone, Debug)]
pub struct LiveFold<const INTEREST: u32> {
    fold: Fold<Bins>,
}

impl<const INTEREST: u32> LiveFold<INTEREST> {
    /// A fold with one lane for each of the first `lanes_max` threads.
    pub fn new(options: FoldOptions, lanes_max: usize) -> Self {
        LiveFold { fold: Fold::new(options, Bins::new(lanes_max)) }
    }

    /// The numbers and the picture of the run that ended at `end_ns`.
    pub fn finish(self, end_ns: u64) -> (Summary, Bins) {
        self.fold.finish(end_ns)
    }
}

impl<const INTEREST: u32> Observer for LiveFold<INTEREST> {
    const INTEREST: u32 = INTEREST;

    fn event(&mut self, event: &Event) {
        if event.kind.group() & INTEREST != 0 {
            self.fold.event(event);
        }
    }
}
