//! The command line of the commands about schedules: `explore`, `test`, `replay`.

use super::{ReportFlags, TEMPLATE, versions};
use crate::{exit, quantity};

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{ArgAction, Args, ValueEnum};
use gilsim_explore::machine::Points;
use gilsim_explore::machine::timeouts::Timeouts;
use gilsim_explore::strategy::NAMED;
use gilsim_scheduler::profile::Profile;
use std::path::PathBuf;

/// `explore`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim explore program.py                   fails, with the schedule; or holds, for every schedule
  gilsim explore --all program.py             go on after the first failure, to count all
  gilsim explore --format json program.py     for machines

")]
#[command(after_long_help = exit::table())]
pub struct ExploreCommand {
    /// The program; it should end in a fraction of a second and assert what must hold
    pub file: PathBuf,
    /// Arguments of the program
    #[arg(trailing_var_arg = true)]
    pub args: Vec<String>,
    /// How schedules are chosen: see `gilsim explain strategies`
    #[arg(long, value_name = "NAME", value_parser = strategies(), default_value = "portfolio")]
    #[arg(hide_possible_values = true)]
    pub strategy: String,
    /// Seed of random strategies
    #[arg(long, value_name = "N", default_value_t = 0, hide_short_help = true)]
    pub seed: u64,
    /// Go on after the first failing schedule until all are searched
    #[arg(long)]
    pub all: bool,
    /// Workers side by side; the same report for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64), default_value_t = 1)]
    pub jobs: u16,
    /// Stop the search after this time; or end timeouts and sleeps in the order of time (virtual)
    ///
    /// Without `virtual` they end at any time (free). Both can be given: `--time virtual --time 10s`.
    #[arg(long, value_name = "TIME|WORD", value_parser = time, action = ArgAction::Append)]
    pub time: Vec<Time>,
    /// Where a stopped search (Ctrl-C, --time, --max-executions) is kept, to go on with later
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// Go on with the search in this file, by its own strategy and seed
    #[arg(long = "continue", value_name = "FILE")]
    #[arg(conflicts_with_all = ["strategy", "seed", "points", "all", "max_steps"])]
    pub resume: Option<PathBuf>,
    /// Stop the search after so many executions [default: none]
    #[arg(long, value_name = "N", value_parser = quantity::count)]
    pub max_executions: Option<u64>,
    /// Where threads are switched: shared (before each access to a shared place), sync (before synchronisation only),
    /// evalchecks (where the CPython version does) or all (shared, and inside the library)
    #[arg(long, value_name = "WHERE", value_parser = points(), default_value = "shared", hide_possible_values = true)]
    pub points: String,
    /// What else counts as a failure: output (another one than in the first execution), or serial (an end that the threads,
    /// run one after the other, cannot have)
    #[arg(long, value_enum, value_name = "WHAT", hide_possible_values = true)]
    pub check: Option<Check>,
    /// CPython version whose switch points apply with `--points evalchecks`
    #[arg(long, value_name = "VERSION", value_parser = versions(), default_value = Profile::DEFAULT)]
    #[arg(hide_possible_values = true)]
    pub python: String,
    /// Write the failing schedule to this file, for `gilsim replay`
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Do not show on the terminal how far the search is
    #[arg(long, hide_short_help = true)]
    pub no_progress: bool,
    /// Steps of one execution, after which it is given up
    #[arg(long, value_name = "N", default_value = "20_000", value_parser = quantity::count, hide_short_help = true)]
    pub max_steps: u64,
    /// How to report
    #[command(flatten)]
    pub report: ReportFlags,
}

/// `test`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim test tests                          every test_*.py and *_test.py below a folder
  gilsim test test_bank.py::test_transfer    one function
  gilsim test --junit report.xml tests       for CI

")]
#[command(after_long_help = exit::table())]
pub struct TestCommand {
    /// Files, folders, or functions as FILE::NAME
    #[arg(required = true, value_name = "FILE_OR_FOLDER")]
    pub paths: Vec<PathBuf>,
    /// Stop the search of each function after this time; or end timeouts and sleeps in the order of time (virtual)
    ///
    /// Without `virtual` they end at any time (free). Both can be given: `--time virtual --time 10s`.
    #[arg(long, value_name = "TIME|WORD", value_parser = time, action = ArgAction::Append)]
    pub time: Vec<Time>,
    /// Stop the search of each function after so many executions [default: none]
    #[arg(long, value_name = "N", value_parser = quantity::count)]
    pub max_executions: Option<u64>,
    /// What else counts as a failure: output (another one than in the first execution), or serial (an end that the threads,
    /// run one after the other, cannot have)
    #[arg(long, value_enum, value_name = "WHAT", hide_possible_values = true)]
    pub check: Option<Check>,
    /// Write a report in the XML of JUnit to this file
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Do not show on the terminal how far the search is
    #[arg(long, hide_short_help = true)]
    pub no_progress: bool,
    /// How to report
    #[command(flatten)]
    pub report: ReportFlags,
}

/// `replay`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim explore --save race.schedule program.py
  gilsim replay program.py race.schedule

")]
#[command(after_long_help = exit::table())]
pub struct ReplayCommand {
    /// The program; comments, spaces and names may have changed
    pub file: PathBuf,
    /// A schedule file, or the code that `explore` prints
    #[arg(value_name = "SCHEDULE")]
    pub schedule: String,
    /// Arguments of the program
    #[arg(trailing_var_arg = true)]
    pub args: Vec<String>,
    /// What else counts as a failure: output (another one than in the first execution), or serial (an end that the threads,
    /// run one after the other, cannot have)
    #[arg(long, value_enum, value_name = "WHAT", hide_possible_values = true)]
    pub check: Option<Check>,
    /// Record the execution to this file (`-`: stdout), for `gilsim export`; a step takes a microsecond there
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// How to report
    #[command(flatten)]
    pub report: ReportFlags,
}

/// What `--time` says: it can be given once with a time and once with a word; of several the last counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Time {
    /// The search is stopped after so many nanoseconds.
    Limit(u64),
    /// When timeouts fire.
    Timeouts(Timeouts),
}

impl Time {
    /// The limit among these, in nanoseconds.
    pub fn limit_ns(given: &[Time]) -> Option<u64> {
        let limits = given.iter().rev();
        limits.copied().find_map(|time| if let Time::Limit(limit_ns) = time { Some(limit_ns) } else { None })
    }

    /// When timeouts fire, if these say so.
    pub fn timeouts(given: &[Time]) -> Option<Timeouts> {
        let named = given.iter().rev();
        named.copied().find_map(|time| if let Time::Timeouts(timeouts) = time { Some(timeouts) } else { None })
    }
}

fn time(text: &str) -> Result<Time, String> {
    match Timeouts::by_name(text) {
        Some(timeouts) => Ok(Time::Timeouts(timeouts)),
        None => {
            quantity::duration_ns(text).map(Time::Limit).map_err(|problem| format!("{problem}; nor free or virtual"))
        }
    }
}

/// What else a search counts as a failure.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Check {
    /// The output depends on the schedule
    Output,
    /// The end is none that the threads can have one after the other
    Serial,
}

/// Where threads can be switched in a search.
fn points() -> PossibleValuesParser {
    PossibleValuesParser::new(Points::ALL.iter().map(|points| points.name()))
}

/// How schedules can be chosen.
fn strategies() -> PossibleValuesParser {
    let fixed = ["portfolio", "dpor", "dfs", "states"].into_iter();
    PossibleValuesParser::new(fixed.chain(NAMED.iter().map(|named| named.name)).map(PossibleValue::new))
}
