//! The command line: every command, flag and help text. Nothing is done here.

mod measure;
mod search;

pub use measure::{CompareCommand, Metric, SweepCommand};
pub use search::{Check, ExploreCommand, ReplayCommand, TestCommand};

use crate::{exit, quantity};

use clap::builder::styling::{AnsiColor, Styles};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
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

/// Everything that a run can be told, shared by `run` and `demos run`.
#[derive(Args, Debug, Clone)]
pub struct RunFlags {
    /// How the simulated machine is made
    #[command(flatten)]
    pub machine: MachineFlags,
    /// When to stop
    #[command(flatten)]
    pub limits: LimitFlags,
    /// What to record
    #[command(flatten)]
    pub record: RecordFlags,
    /// How to report
    #[command(flatten)]
    pub report: ReportFlags,
    /// Look for these and print `finding:` lines at the end: race, deadlock
    #[arg(long, value_enum, value_name = "LIST", value_delimiter = ',', hide_possible_values = true)]
    #[arg(help_heading = "Report")]
    pub find: Vec<Sought>,
    /// The same, and end with status 4 if there are any
    #[arg(long, value_enum, value_name = "LIST", value_delimiter = ',', hide_possible_values = true)]
    #[arg(help_heading = "Report")]
    pub deny: Vec<Sought>,
    /// Print only problems: no timeline, no table
    #[arg(short, long, help_heading = "Report")]
    pub quiet: bool,
}

/// The simulated machine.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Simulated machine")]
pub struct MachineFlags {
    /// CPython version whose GIL rules apply: 2.7, 3.6 to 3.13 or 3.13t [default: 3.13]
    #[arg(long, value_name = "VERSION", value_parser = versions(), hide_possible_values = true)]
    pub python: Option<String>,
    /// Wait of a thread before it asks for the GIL [default: 5ms]
    #[arg(long, value_name = "TIME", value_parser = quantity::duration_ns)]
    pub switch_interval: Option<u64>,
    /// Ticks between two offers of the GIL, for 2.7
    #[arg(long, value_name = "TICKS", default_value_t = 100, hide_short_help = true, allow_hyphen_values = true)]
    pub check_interval: i64,
    /// Treat code as not yet specialised: calls of len() and the like can switch on 3.11 and later
    #[arg(long, hide_short_help = true)]
    pub cold: bool,
    /// Number of processor cores
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub cores: u32,
    /// Seed of everything that is random
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// What the program's standard output is: a terminal (flushes lines) or a pipe (flushes blocks)
    #[arg(long, value_enum, value_name = "KIND", default_value = "tty", hide_possible_values = true)]
    #[arg(hide_short_help = true)]
    pub stdout: Stdout,
    /// Vary the latencies of the operating system at random, from the seed
    #[arg(long, hide_short_help = true)]
    pub jitter: bool,
    /// When threads change: as the GIL of the version has it (gil), or after every instruction (instruction)
    #[arg(long, value_enum, value_name = "WHEN", default_value = "gil", hide_possible_values = true)]
    #[arg(hide_short_help = true)]
    pub switching: SwitchAt,
    /// What `time.time()` shows at the start: seconds since 1970, or a date such as 2025-01-01T00:00:00Z
    #[arg(long, value_name = "TIME", default_value = "2025-01-01T00:00:00Z", value_parser = crate::epoch::epoch_ns)]
    #[arg(hide_short_help = true, allow_hyphen_values = true)]
    pub epoch: u64,
}

impl Default for MachineFlags {
    fn default() -> MachineFlags {
        #[derive(Parser)]
        struct Alone {
            #[command(flatten)]
            machine: MachineFlags,
        }
        Alone::parse_from(["gilsim"]).machine
    }
}

/// Limits. A run that reaches one ends with status 5.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Limits")]
pub struct LimitFlags {
    /// Instructions executed
    #[arg(long, value_name = "N", default_value = "2e9", value_parser = quantity::count, hide_short_help = true)]
    pub max_steps: u64,
    /// Virtual time
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = quantity::duration_ns)]
    pub max_time: u64,
    /// Memory of the program's objects
    #[arg(long, value_name = "SIZE", default_value = "1.5GB", value_parser = quantity::size_bytes)]
    #[arg(hide_short_help = true)]
    pub max_heap: u64,
    /// Live threads
    #[arg(long, value_name = "N", default_value = "100_000", value_parser = quantity::count, hide_short_help = true)]
    pub max_threads: u64,
    /// Bytes that the program writes
    #[arg(long, value_name = "SIZE", default_value = "10MB", value_parser = quantity::size_bytes)]
    #[arg(hide_short_help = true)]
    pub max_output: u64,
}

/// Recording.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Recording")]
pub struct RecordFlags {
    /// Record the run to this file (`-`: stdout), for `gilsim export`
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// How much to record: switch, sync, line or op
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "sync", hide_possible_values = true)]
    #[arg(hide_default_value = false)]
    pub detail: Detail,
}

/// Reports, shared by all commands that print one.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Report")]
pub struct ReportFlags {
    /// human (on stderr) or json (on stdout)
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT", hide_possible_values = true)]
    pub format: Format,
    /// Colour
    #[command(flatten)]
    pub style: StyleFlags,
}

/// How text for people looks.
#[derive(Args, Debug, Clone, Default)]
#[command(next_help_heading = "Report")]
pub struct StyleFlags {
    /// Use colour: auto, always or never
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", hide_possible_values = true)]
    pub color: Color,
    /// Draw with ASCII characters only
    #[arg(long)]
    pub ascii: bool,
    /// Columns to use [default: the terminal's width, else 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=1000), hide_short_help = true)]
    pub width: Option<u16>,
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

/// The CPython versions that can be simulated.
fn versions() -> PossibleValuesParser {
    PossibleValuesParser::new(Profile::names())
}

/// The formats of `export`.
fn targets() -> PossibleValuesParser {
    let target = |exporter: &&dyn Exporter| PossibleValue::new(exporter.name()).help(exporter.about());
    PossibleValuesParser::new(EXPORTERS.iter().map(target))
}

/// What the program's standard output is.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stdout {
    /// A terminal: flushed at each line
    Tty,
    /// A pipe or a file: flushed when 8 KiB are full
    Pipe,
}

/// When threads change.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum SwitchAt {
    /// As the GIL of the version has it
    Gil,
    /// After every instruction: as no CPython does it, to see what a program does not guard
    Instruction,
}

/// How much is recorded.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Detail {
    /// Threads, the GIL, waiting
    Switch,
    /// and locks, queues, choices
    Sync,
    /// and lines and calls
    Line,
    /// and instructions
    Op,
}

/// What a run can be searched for.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sought {
    /// Accesses that nothing orders
    Race,
    /// A deadlock; it is always reported, with status 3
    Deadlock,
}

/// For whom a report is.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// People
    Human,
    /// Machines
    Json,
}

/// When to use colour.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
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
