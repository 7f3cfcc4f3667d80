//! The observer of a run: passes the program's output on, folds events into the report's numbers and picture, and
//! records if asked to.
//!
//! The level of detail is a constant, so that the simulation's code for events nobody wants compiles away.

use super::streams::Streams;
use super::trace_file::TraceFile;

use gilsim_scheduler::event::{Event, EventKind, Observer, interest};
use gilsim_trace::fold::LiveFold;
use gilsim_trace::recording::Recorder;

/// Hears the groups of events in `INTEREST`, and always those that the report needs.
#[derive(Debug)]
pub struct Listener<const INTEREST: u32> {
    /// The program's output.
    pub streams: Streams,
    /// Numbers and picture.
    pub fold: LiveFold<{ interest::SWITCH }>,
    /// The recording.
    pub recorder: Option<Recorder<TraceFile, INTEREST>>,
}

impl<const INTEREST: u32> Observer for Listener<INTEREST> {
    const INTEREST: u32 = INTEREST | interest::SWITCH;

    fn event(&mut self, event: &Event) {
        if let EventKind::Output { stream, text } = &event.kind {
            self.streams.write(*stream, text);
        }
        if event.kind.group() & interest::SWITCH != 0 {
            self.fold.event(event);
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.event(event);
        }
    }
}
