//! `gilsim completions SHELL`: prints a completion script.

use crate::args::{Cli, CompletionsCommand};
use crate::exit::Status;
use crate::failure::Failure;

use clap::CommandFactory;

/// Prints the script.
pub fn completions(arguments: &CompletionsCommand) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "gilsim", &mut script);
    super::print(&String::from_utf8_lossy(&script))
}
