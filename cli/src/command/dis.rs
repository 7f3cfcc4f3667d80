//! `gilsim dis FILE`: lists a program's instructions, with the places where its profile can switch threads marked.

use crate::args::DisCommand;
use crate::exit::Status;
use crate::failure::Failure;
use crate::load;
use crate::render::diagnostic;
use crate::render::terminal::Terminal;

use gilsim_scheduler::profile::Profile;
use gilsim_vm::code::dis::{ListingOptions, listing};
use std::io::Write;

/// What the marks mean.
const LEGEND: &str =
    "switch points: * after the instruction, j if it jumps, n after a call of native code, c after any call\n\n";

/// Prints the listing of the program; the modules that it imports are checked, not listed.
pub fn dis(arguments: &DisCommand) -> Result<Status, Failure> {
    let profile = Profile::by_name(&arguments.python).expect("every version of the command line has a profile");
    let program = load::load(&arguments.file, &profile.code_rules())?;
    let text = diagnostic::human(&program.problems, &Terminal::of_stderr(&arguments.style));
    let _ = std::io::stderr().write_all(text.as_bytes());
    match &program.code {
        Some(code) => super::print(&format!("{LEGEND}{}", listing(code, ListingOptions { switch_points: true }))),
        None => Ok(Status::CouldNotStart),
    }
}
