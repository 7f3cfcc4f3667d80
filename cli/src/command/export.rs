//! `gilsim export TRACE --to FORMAT`: converts a recording.
//!
//! A damaged or cut recording is exported as far as it goes: a note says so, and the status is 6.

use crate::args::ExportCommand;
use crate::exit::Status;
use crate::failure::{Failure, describe, printable};
use crate::host::trace_file::{TraceFile, is_stdout};
use crate::render::terminal::Terminal;

use gilsim_trace::export::{ExportOptions, export as write_export, exporter};
use gilsim_trace::recording::{Integrity, ReadError, ReadLimits, Recording, read};
use std::fs::File;
use std::io::{BufReader, IsTerminal, Write};
use std::path::Path;

/// Converts the recording.
pub fn export(arguments: &ExportCommand) -> Result<Status, Failure> {
    let exporter = exporter(&arguments.to).expect("the command line accepts registered formats only");
    let to_stdout = is_stdout(&arguments.output);
    let is_binary = exporter.name() == "perfetto";
    if is_binary && to_stdout && std::io::stdout().is_terminal() {
        return Err(Failure::usage("this format is binary and would garble the terminal")
            .with_help(format!("write it to a file: -o trace.{}", exporter.extension())));
    }
    let recording = load(&arguments.trace)?;
    let terminal = Terminal::of_stdout(&arguments.style);
    let options = ExportOptions { style: terminal.picture_style(), ..ExportOptions::default() };
    let mut out = TraceFile::create(&arguments.output)?;
    let written = write_export(&recording, exporter, &options, &mut out).and_then(|()| out.commit());
    match written {
        Err(error) if to_stdout => return Err(Failure::from(error)),
        Err(error) => return Err(Failure::file("write", &arguments.output, &error)),
        Ok(()) => {}
    }
    Ok(note_damage(&arguments.trace, &recording.integrity))
}

fn load(path: &Path) -> Result<Recording, Failure> {
    let file = File::open(path).map_err(|error| Failure::file("read", path, &error))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Failure::file("read", path, &std::io::Error::from(std::io::ErrorKind::IsADirectory)));
    }
    let shown = printable(&path.display().to_string());
    read(&mut BufReader::new(file), &ReadLimits::default()).map_err(|error| Failure::Message {
        text: match &error {
            ReadError::Io(error) => format!("cannot read `{shown}`: {}", describe(error)),
            other => printable(&format!("`{shown}`: {other}")),
        },
        help: None,
        status: Status::BadRecord,
    })
}

/// Says on stderr what is wrong with the recording.
fn note_damage(path: &Path, integrity: &Integrity) -> Status {
    let problem = match integrity {
        Integrity::Complete => return Status::Ok,
        Integrity::Truncated => "the recording was cut off; what is there was exported".to_string(),
        Integrity::Damaged { line, problem } => {
            format!("line {line} is damaged ({}); what is before it was exported", printable(problem))
        }
    };
    let _ = writeln!(std::io::stderr(), "warning: `{}`: {problem}", printable(&path.display().to_string()));
    Status::BadRecord
}
