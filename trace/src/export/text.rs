//! The terminal report as a file: header line, Gantt, table.

use super::{ExportOptions, Exporter, Input};
use crate::report::{RunInfo, human_report};
use std::io::{self, Write};

/// `--to text`
pub(super) struct Text;

impl Exporter for Text {
    fn name(&self) -> &'static str {
        "text"
    }
    fn extension(&self) -> &'static str {
        "txt"
    }
    fn about(&self) -> &'static str {
        "the Gantt and the table as text"
    }
    fn write(&self, input: &Input, options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
        let info = RunInfo::from(&input.recording.header);
        let report = human_report(&info, input.summary, &input.timeline.bins, &[], &options.style);
        out.write_all(report.as_bytes())
    }
}
