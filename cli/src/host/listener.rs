//! The observer of a run: passes the program's output on, folds events into the report's numbers and picture, and
//! records if asked to.
//!
//! The level of detail is a constant, so that the simulation's code for events nobody wants compiles away.

use super::streams::Streams;
use super::trace_file::TraceFile;

use gilsim_scheduler::event::{Event, EventKind, Observer, interest};
use gilsim_trace::analysis::Study;
use gilsim_trace::fold::LiveFold;
use gilsim_trace::recording::Recorder;

/// Records the groups of events in `RECORD` and folds those in `FOLD`.
#[derive(Debug)]
pub struct Listener<const RECORD: u32, const FOLD: u32> {
    /// The program's output.
    pub streams: Streams,
    /// Numbers and picture.
    pub fold: LiveFold<FOLD>,
    /// Notes for the findings about speed.
    pub study: Study,
    /// The recording.
    pub recorder: Option<Recorder<TraceFile, RECORD>>,
}

impl<const RECORD: u32, const FOLD: u32> Observer for Listener<RECORD, FOLD> {
    const INTEREST: u32 = RECORD | FOLD | interest::OUTPUT;

    fn event(&mut self, event: &Event) {
        if let EventKind::Output { stream, text } = &event.kind {
            self.streams.write(*stream, text);
        }
        self.fold.event(event);
        self.study.event(event);
        if let Some(recorder) = &mut self.recorder {
            recorder.event(event);
        }
    }

    fn records(&self) -> bool {
        self.recorder.is_some()
    }
}
