//! `gilsim check FILE`: says whether a program and the modules it imports can run, without running them.

use crate::args::{CheckCommand, Format};
use crate::exit::Status;
use crate::failure::Failure;
use crate::load::{self, Problems};
use crate::render::diagnostic;
use crate::render::terminal::Terminal;

use gilsim_vm::source::Severity;
use std::io::Write;

/// Checks the program: status 0 if it can run, 2 if it cannot.
pub fn check(arguments: &CheckCommand) -> Result<Status, Failure> {
    let program = load::load(&arguments.file)?;
    let problems = program.problems.clone();
    let status = if has_errors(&problems) { Status::CouldNotStart } else { Status::Ok };
    match arguments.report.format {
        Format::Json => {
            super::print(&format!("{:#}\n", diagnostic::json(&problems)))?;
        }
        Format::Human => {
            let text = diagnostic::human(&problems, &Terminal::of_stderr(&arguments.report.style));
            let _ = std::io::stderr().write_all(text.as_bytes());
            if status == Status::Ok {
                super::print(&format!(
                    "{}: no problems\n",
                    crate::failure::printable(&arguments.file.display().to_string())
                ))?;
            }
        }
    }
    Ok(status)
}

/// Whether a program with these problems cannot run.
pub fn has_errors(problems: &[Problems]) -> bool {
    problems.iter().flat_map(|file| &file.diagnostics).any(|diagnostic| diagnostic.severity == Severity::Error)
}
