//! `gilsim check FILE`: says whether a program and the modules it imports can run, without running them.

use crate::args::{CheckCommand, Format};
use crate::exit::Status;
use crate::failure::Failure;
use crate::load;
use crate::render::diagnostic;
use crate::render::terminal::Terminal;

use gilsim_scheduler::profile::Profile;
use std::io::Write;

/// Checks the program: status 0 if it can run, 2 if it cannot.
pub fn check(arguments: &CheckCommand) -> Result<Status, Failure> {
    let rules = Profile::default().code_rules();
    let program = load::load(&arguments.file, &rules)?;
    let problems = &program.problems;
    let status = if program.code.is_none() { Status::CouldNotStart } else { Status::Ok };
    match arguments.report.format {
        Format::Json => {
            super::print(&format!("{:#}\n", diagnostic::json(problems)))?;
        }
        Format::Human => {
            let text = diagnostic::human(problems, &Terminal::of_stderr(&arguments.report.style));
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
