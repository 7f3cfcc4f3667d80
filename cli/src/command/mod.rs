//! One file per command.

mod calibrate;
mod check;
mod checkpoint;
mod compare;
mod completions;
mod demos;
mod dis;
mod explain;
mod explore;
mod export;
mod man;
mod replay;
mod run;
mod run_os;
mod subject;
mod sweep;
mod test;

use crate::args::{Cli, Command};
use crate::exit::Status;
use crate::failure::Failure;

/// Does what the command line says.
pub fn dispatch(cli: &Cli) -> Result<Status, Failure> {
    match &cli.command {
        Command::Run(arguments) => run::run(arguments),
        Command::Compare(arguments) => compare::compare(arguments),
        Command::Sweep(arguments) => sweep::sweep(arguments),
        Command::Calibrate(arguments) => calibrate::calibrate(arguments),
        Command::Dis(arguments) => dis::dis(arguments),
        Command::Export(arguments) => export::export(arguments),
        Command::Check(arguments) => check::check(arguments),
        Command::Demos(arguments) => demos::demos(arguments),
        Command::Explore(arguments) => explore::explore(arguments),
        Command::Replay(arguments) => replay::replay(arguments),
        Command::Test(arguments) => test::test(arguments),
        Command::Explain(arguments) => explain::explain(arguments),
        Command::Completions(arguments) => completions::completions(arguments),
        Command::Man => man::man(),
    }
}

/// Writes a whole text to stdout.
fn print(text: &str) -> Result<Status, Failure> {
    use std::io::Write;
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    Ok(Status::Ok)
}
