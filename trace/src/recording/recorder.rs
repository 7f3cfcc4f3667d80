//! The observer that records.
//!
//! The level of detail is a constant, so that a run records only what it must. After `events_max` events the recording
//! ends with a `limit` event while the run goes on; what was left out is counted.

use super::end::{LimitName, RunEnd};
use super::header::{Header, SourceText};
use super::writer::Writer;
use gilsim_scheduler::event::{Event, Observer};
use std::io::{self, Write};

/// Events kept unless told otherwise.
pub const EVENTS_MAX_DEFAULT: u64 = 1_000_000;

/// Records events of the groups `INTEREST` (`interest::SWITCH`, `SYNC_DETAIL`, `LINE_DETAIL` or `OP_DETAIL`).
#[derive(Debug)]
pub struct Recorder<W: Write, const INTEREST: u32> {
    writer: Writer<W>,
    events_max: u64,
    dropped: u64,
    failure: Option<io::Error>,
}

impl<W: Write, const INTEREST: u32> Recorder<W, INTEREST> {
    /// Starts a recording.
    pub fn new(out: W, header: &Header, events_max: u64) -> io::Result<Self> {
        Ok(Recorder { writer: Writer::new(out, header)?, events_max, dropped: 0, failure: None })
    }

    /// Ends the recording: `files` are the run's source files by index. Reports the first failed write of the run.
    pub fn finish(self, end: &RunEnd, files: &[SourceText]) -> io::Result<W> {
        match self.failure {
            Some(failure) => Err(failure),
            None => self.writer.finish(end, self.dropped, files),
        }
    }

    /// Events left out after the recording was cut.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    fn record(&mut self, event: &Event) -> io::Result<()> {
        if self.dropped > 0 {
            self.dropped += 1;
        } else if self.writer.events() < self.events_max {
            self.writer.event(event)?;
        } else {
            self.dropped = 1;
            self.writer.cut(LimitName::Events)?;
        }
        Ok(())
    }
}

impl<W: Write, const INTEREST: u32> Observer for Recorder<W, INTEREST> {
    const INTEREST: u32 = INTEREST;

    fn event(&mut self, event: &Event) {
        if self.failure.is_none() && event.kind.group() & INTEREST != 0 {
            self.failure = self.record(event).err();
        }
    }
}
