//! The sink that keeps every interval, and the fold of a recording.

use super::bins::Bins;
use super::folder::{Fold, FoldOptions};
use super::sink::{GilSpan, LockSpan, Sink, StateSpan};
use super::summary::Summary;
use crate::recording::{GilMode, Recording};

/// Every interval of a run, each list in order of the ends, and the same run in bins.
#[derive(Clone, PartialEq, Debug)]
pub struct Timeline {
    /// States of threads.
    pub states: Vec<StateSpan>,
    /// Holds of GILs.
    pub gil: Vec<GilSpan>,
    /// `(interpreter, time, count)` whenever the number of threads wanting the GIL changed.
    pub gil_waiters: Vec<(u32, u64, u32)>,
    /// Holds of locks.
    pub locks: Vec<LockSpan>,
    /// `(object, time, count)` whenever the number of threads waiting for it changed.
    pub lock_waiters: Vec<(u32, u64, u32)>,
    /// The picture.
    pub bins: Bins,
}

impl Timeline {
    /// An empty one that draws into `bins`.
    pub fn new(bins: Bins) -> Timeline {
        Timeline {
            states: Vec::new(),
            gil: Vec::new(),
            gil_waiters: Vec::new(),
            locks: Vec::new(),
            lock_waiters: Vec::new(),
            bins,
        }
    }
}

impl Sink for Timeline {
    fn state(&mut self, span: StateSpan) {
        self.bins.state(span.clone());
        self.states.push(span);
    }
    fn gil(&mut self, span: GilSpan) {
        self.bins.gil(span.clone());
        self.gil.push(span);
    }
    fn gil_waiters(&mut self, interpreter: u32, time_ns: u64, count: u32) {
        self.gil_waiters.push((interpreter, time_ns, count));
    }
    fn lock(&mut self, span: LockSpan) {
        self.locks.push(span);
    }
    fn lock_waiters(&mut self, object: u32, time_ns: u64, count: u32) {
        self.lock_waiters.push((object, time_ns, count));
    }
}

/// Folds a recording into its numbers and intervals; `bins` decides the lanes and the part of time of the picture.
pub fn fold_recording(recording: &Recording, bins: Bins) -> (Summary, Timeline) {
    let options = FoldOptions { free_threaded: recording.header.gil == GilMode::Free, ..FoldOptions::default() };
    let mut fold = Fold::new(options, Timeline::new(bins));
    recording.events.iter().for_each(|event| fold.event(event));
    fold.finish(recording.end.as_ref().map_or(0, |end| end.time_ns))
}
