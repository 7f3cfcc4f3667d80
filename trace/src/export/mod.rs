//! Exports: a recording as a file for another tool. One trait, one file per format, one registry.
//!
//! Every exporter draws from the fold of the recording and accepts every valid recording, cut ones included; what a cut
//! leaves unknown is not drawn, and the file says so.

mod chrome;
mod code;
mod perfetto;
mod text;
mod words;

use crate::fold::{Bins, Summary, Timeline, fold_recording};
use crate::gantt::{LANES_MAX_DEFAULT, Style};
use crate::recording::Recording;
use std::io::{self, Write};

/// What an exporter may be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExportOptions {
    /// Width, characters and colours of text.
    pub style: Style,
    /// Lanes for single threads in text.
    pub lanes_max: usize,
    /// The part of the run that text shows, virtual time.
    pub window_ns: (u64, u64),
}

impl Default for ExportOptions {
    fn default() -> ExportOptions {
        ExportOptions { style: Style::default(), lanes_max: LANES_MAX_DEFAULT, window_ns: (0, u64::MAX) }
    }
}

/// A recording with its fold.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The recording.
    pub recording: &'a Recording,
    /// Its numbers.
    pub summary: &'a Summary,
    /// Its intervals.
    pub timeline: &'a Timeline,
}

/// One format.
pub trait Exporter: Sync {
    /// The word after `--to`.
    fn name(&self) -> &'static str;
    /// Usual ending of the file's name, without the dot.
    fn extension(&self) -> &'static str;
    /// What it is for, in a few words.
    fn about(&self) -> &'static str;
    /// Writes the file.
    fn write(&self, input: &Input, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()>;
}

/// All formats.
pub const EXPORTERS: &[&dyn Exporter] = &[&perfetto::Perfetto, &chrome::Chrome, &text::Text];

/// The format of that name.
pub fn exporter(name: &str) -> Option<&'static dyn Exporter> {
    EXPORTERS.iter().copied().find(|exporter| exporter.name() == name)
}

/// Folds a recording and writes it in a format.
pub fn export(
    recording: &Recording,
    exporter: &dyn Exporter,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (from_ns, to_ns) = options.window_ns;
    let (summary, timeline) = fold_recording(recording, Bins::window(options.lanes_max, from_ns, to_ns));
    exporter.write(&Input { recording, summary: &summary, timeline: &timeline }, options, out)
}
