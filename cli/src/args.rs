//! The command line: every command, flag and help text. Nothing is done here.

mod measure;
mod run;
mod search;

pub use measure::{CalibrateCommand, CompareCommand, Metric, SweepCommand};
pub use run::{
    Color, Detail, Engine, Format, LimitFlags, MachineFlags, ReportFlags, RunFlags, Sought, Stdout, StyleFlags,
    SwitchAt,
};
pub use search::{Check, ExploreCommand, ReplayCommand, TestCommand, Time};

use run::versions;

use crate::exit;

use clap::builder::styling::{AnsiColor, Styles};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand};
use gilsim_scheduler::profile::Profile;
use gilsim_trace::export::{EXPORTERS, Exporter};
use std::path::PathBuf;

/// Help begins with what the command does and examples, then usage and flags.
const TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// See what the GIL does to a threaded Python program: run it on simulated threads in virtual time.
#[derive(Parser, Debug)]
#[command(name = "gilsim", version, styles = STYLES, help_template = TEMPLATE, max_term_width = 100)]
#[command(before_help = "Examples:
  gilsim demos run data-race      watch an update get lost
  gilsim run program.py           run a program of yours
  gilsim explain exit-codes       read about a code or a topic

")]
#[command(after_long_help = exit::table())]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Run a program and show who held the GIL when
    Run(RunCommand),
    /// Run a program under several CPython versions or settings, side by side
    Compare(CompareCommand),
    /// Run a program over and over while a setting varies, and plot what changes
    Sweep(SweepCommand),
    /// Measure an installed CPython, for predictions with its costs on this machine
    Calibrate(CalibrateCommand),
    /// Search the schedules of a program for one that fails, or prove that none does
    Explore(ExploreCommand),
    /// Search the schedules of every `test_` function of files or folders
    Test(TestCommand),
    /// Follow a schedule that `explore` has found
    Replay(ReplayCommand),
    /// Say whether a program can run, without running it
    Check(CheckCommand),
    /// List a program's instructions, with the possible switch points of the profile
    Dis(DisCommand),
    /// Programs that come with gilsim, each with a lesson
    Demos(DemosCommand),
    /// Convert a recorded trace for a trace viewer, or to text
    Export(ExportCommand),
    /// Read about a code (GS0112, DEADLOCK) or a topic (language)
    Explain(ExplainCommand),
    /// Print a completion script for a shell
    Completions(CompletionsCommand),
    /// Print the manual page
    Man,
}

/// `run`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim run program.py                          output, then the timeline
  gilsim run --python 3.9 program.py             the same under CPython 3.9's rules
  gilsim run --trace run.giltrace program.py     record it, for `gilsim export`
  gilsim run -q program.py -- --size 10          give the program arguments

")]
#[command(after_long_help = exit::table())]
pub struct RunCommand {
    /// The program; modules beside it can be imported
    pub file: PathBuf,
    /// Arguments of the program; they begin at `--` or at the first word after FILE
    #[arg(trailing_var_arg = true)]
    pub args: Vec<String>,
    /// How to run
    #[command(flatten)]
    pub run: RunFlags,
}

/// `check`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim check program.py
  gilsim check --format json program.py

")]
pub struct CheckCommand {
    /// The program; the modules that it imports are checked as well
    pub file: PathBuf,
    /// How to report
    #[command(flatten)]
    pub report: ReportFlags,
}

/// `dis`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim dis program.py
  gilsim dis --python 3.9 program.py      the switch points of CPython 3.9

")]
pub struct DisCommand {
    /// The program
    pub file: PathBuf,
    /// CPython version whose eval checks and costs are shown
    #[arg(long, value_name = "VERSION", value_parser = versions(), default_value = Profile::DEFAULT)]
    pub python: String,
    /// How problems are shown
    #[command(flatten)]
    pub style: StyleFlags,
}

/// `demos`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE, args_conflicts_with_subcommands = true)]
#[command(before_help = "Examples:
  gilsim demos                          what there is
  gilsim demos run data-race            run one
  gilsim demos copy data-race           get the program, to change it

")]
pub struct DemosCommand {
    /// What to do with the demos
    #[command(subcommand)]
    pub action: Option<DemosAction>,
}

/// What to do with the demos.
#[derive(Subcommand, Debug)]
pub enum DemosAction {
    /// List the demos (the default)
    List,
    /// Show a demo's lesson and program
    #[command(help_template = TEMPLATE)]
    #[command(before_help = "Examples:
  gilsim demos show data-race

")]
    Show {
        /// Name of the demo
        name: String,
    },
    /// Run a demo; the flags are those of `run`
    #[command(help_template = TEMPLATE)]
    #[command(before_help = "Examples:
  gilsim demos run data-race
  gilsim demos run data-race --python 3.13      under other rules

")]
    Run {
        /// Name of the demo
        name: String,
        /// How to run
        #[command(flatten)]
        run: Box<RunFlags>,
    },
    /// Write a demo's program to a folder
    #[command(help_template = TEMPLATE)]
    #[command(before_help = "Examples:
  gilsim demos copy data-race            to this folder
  gilsim demos copy deadlock lecture      to the folder lecture

")]
    Copy {
        /// Name of the demo
        name: String,
        /// The folder; it is made if need be
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Overwrite a file that is there and differs
        #[arg(long)]
        force: bool,
    },
}

/// `export`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim run --trace run.giltrace program.py
  gilsim export run.giltrace --to perfetto -o run.pftrace     open it at ui.perfetto.dev
  gilsim export run.giltrace --to text                        the timeline again

")]
#[command(after_long_help = exit::table())]
pub struct ExportCommand {
    /// A trace that `run --trace` has written
    pub trace: PathBuf,
    /// Format
    #[arg(long, value_name = "FORMAT", value_parser = targets())]
    pub to: String,
    /// Where to write; `-` is stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// How text looks
    #[command(flatten)]
    pub style: StyleFlags,
}

/// `explain`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim explain                  list everything
  gilsim explain DEADLOCK         how a run can end, what it means
  gilsim explain language         the Python that gilsim runs

")]
pub struct ExplainCommand {
    /// A code or a topic
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// `completions`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim completions bash > ~/.local/share/bash-completion/completions/gilsim

")]
pub struct CompletionsCommand {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// The formats of `export`.
fn targets() -> PossibleValuesParser {
    let target = |exporter: &&dyn Exporter| PossibleValue::new(exporter.name()).help(exporter.about());
    PossibleValuesParser::new(EXPORTERS.iter().map(target))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_may_follow_the_file_and_arguments_follow_them() {
        let parse = |line: &str| match Cli::try_parse_from(line.split(' ')).expect(line).command {
            Command::Run(run) => (run.run.machine.python, run.args),
            other => panic!("{other:?}"),
        };
        let words = |text: &str| text.split(' ').map(str::to_string).collect::<Vec<_>>();
        assert_eq!(parse("gilsim run p.py --python 3.9"), (Some("3.9".into()), vec![]));
        assert_eq!(parse("gilsim run p.py a --python 3.9"), (None, words("a --python 3.9")));
        assert_eq!(parse("gilsim run --python 3.9 p.py -- --size 10"), (Some("3.9".into()), words("--size 10")));
    }
}
