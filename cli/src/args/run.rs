//! Flags of a run, which other commands share: the simulated machine, its limits, what is recorded and how it is told.

use crate::quantity;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, ValueEnum};
use gilsim_scheduler::profile::Profile;
use std::path::PathBuf;

/// Everything that a run can be told, shared by `run` and `demos run`.
#[derive(Args, Debug, Clone)]
pub struct RunFlags {
    /// How the simulated machine is made
    #[command(flatten)]
    pub machine: MachineFlags,
    /// What threads are: simulated, or those of the operating system (os), in real time and different in each run
    #[arg(long, value_enum, value_name = "ENGINE", default_value = "simulated", hide_possible_values = true)]
    #[arg(help_heading = "Simulated machine", hide_short_help = true)]
    pub engine: Engine,
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
    /// Use costs that `gilsim calibrate` has written; files of several versions with commas between them
    #[arg(long, value_name = "FILE", value_delimiter = ',', hide_short_help = true)]
    pub costs: Vec<PathBuf>,
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
    /// Draw the latencies of the operating system from the distributions that were measured, by the seed; `--jitter=0` does not
    #[arg(long, hide_short_help = true, value_name = "0|1", num_args = 0..=1, require_equals = true)]
    #[arg(default_value = "0", default_missing_value = "1", hide_default_value = true, hide_possible_values = true)]
    #[arg(value_parser = clap::builder::BoolishValueParser::new())]
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

/// The CPython versions that can be simulated.
pub(super) fn versions() -> PossibleValuesParser {
    PossibleValuesParser::new(Profile::names())
}

/// What runs the threads of a program.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Green threads in virtual time
    Simulated,
    /// Threads of the operating system around a real GIL
    Os,
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
