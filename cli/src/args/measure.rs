//! The command line of the commands that compare runs by their numbers, `compare` and `sweep`, and of `calibrate`.

use super::{LimitFlags, MachineFlags, ReportFlags, StyleFlags, TEMPLATE, versions};
use crate::{exit, quantity};

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `compare`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim compare program.py                                   every CPython version
  gilsim compare --python 3.9,3.13 --cores 1,8 program.py     each version on each number of cores
  gilsim compare --switch-interval 1ms,5ms,50ms program.py
  gilsim compare --seeds 20 program.py                        20 runs each, with varied latencies

")]
#[command(after_long_help = exit::table())]
pub struct CompareCommand {
    /// The program; it should end in a few seconds
    pub file: PathBuf,
    /// Arguments of the program
    #[arg(trailing_var_arg = true)]
    pub args: Vec<String>,
    /// CPython versions, with commas between them [default: all, or those of the cost files]
    #[arg(long, value_name = "VERSIONS", value_delimiter = ',', value_parser = versions(), hide_possible_values = true)]
    pub python: Vec<String>,
    /// Use costs that `gilsim calibrate` has written, one file for each version, with commas between them
    #[arg(long, value_name = "FILES", value_delimiter = ',')]
    pub costs: Vec<PathBuf>,
    /// Switch intervals, with commas between them
    #[arg(long, value_name = "TIMES", value_delimiter = ',', value_parser = quantity::duration_ns)]
    #[arg(default_value = "5ms")]
    pub switch_interval: Vec<u64>,
    /// Numbers of processor cores, with commas between them
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..=1024))]
    #[arg(default_value = "4")]
    pub cores: Vec<u32>,
    /// Runs of each, with seeds from 0 and varied latencies; 1 is one run without variation
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub seeds: u64,
    /// When to stop
    #[command(flatten)]
    pub limits: LimitFlags,
    /// How to report
    #[command(flatten)]
    pub report: ReportFlags,
}

/// `calibrate`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim calibrate --python /usr/bin/python3.11 -o costs.toml     takes about half a minute
  gilsim run --costs costs.toml program.py                        virtual time as on that CPython

")]
pub struct CalibrateCommand {
    /// The CPython to measure: 2.7, or 3.6 to 3.13
    #[arg(long, value_name = "PATH")]
    pub python: PathBuf,
    /// Where to write the costs; `-` is stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// How often everything is timed; the median counts
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub rounds: u32,
    /// Print each piece of Python that was timed, with its time and what the costs make of it
    #[arg(long)]
    pub details: bool,
}

/// `sweep`
#[derive(Args, Debug)]
#[command(help_template = TEMPLATE)]
#[command(before_help = "Examples:
  gilsim sweep program.py --vary switch-interval=0.1ms..50ms               a chart
  gilsim sweep program.py --vary cores=1..8 --metric time --svg plot.svg   a plot
  gilsim sweep program.py --vary switch-interval=0.1ms..50ms --vary threads:arg1=0,1 --csv -

")]
#[command(after_long_help = exit::table())]
pub struct SweepCommand {
    /// The program; it should end in a fraction of a second
    pub file: PathBuf,
    /// Arguments of the program
    #[arg(trailing_var_arg = true)]
    pub args: Vec<String>,
    /// What varies: NAME=FROM..TO, NAME=FROM..TO:POINTS or NAME=A,B,C; a second one makes several lines
    #[arg(long, value_name = "NAME=VALUES", required = true, value_parser = crate::vary::vary)]
    pub vary: Vec<crate::vary::Vary>,
    /// What is plotted: wait, wait-p99, time, switches or output (the last number that the program prints)
    #[arg(long, value_enum, value_name = "METRIC", default_value = "wait", hide_possible_values = true)]
    pub metric: Metric,
    /// Words at the vertical axis [default: the metric's]
    #[arg(long, value_name = "TEXT")]
    pub y_label: Option<String>,
    /// Write all numbers as comma-separated values (`-`: stdout)
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Write a plot in SVG (`-`: stdout)
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// How the simulated machine is made
    #[command(flatten)]
    pub machine: MachineFlags,
    /// When to stop
    #[command(flatten)]
    pub limits: LimitFlags,
    /// How text looks
    #[command(flatten)]
    pub style: StyleFlags,
}

/// What a sweep plots.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Metric {
    /// Median wait for the GIL after input, output or sleep
    Wait,
    /// 99th percentile of it
    WaitP99,
    /// Virtual time of the run
    Time,
    /// Switches
    Switches,
    /// The last number that the program prints
    Output,
}

impl Metric {
    /// The words at the axis.
    pub fn label(self) -> &'static str {
        match self {
            Metric::Wait => "wait for the GIL after I/O (median)",
            Metric::WaitP99 => "wait for the GIL after I/O (99th percentile)",
            Metric::Time => "virtual run time",
            Metric::Switches => "switches",
            Metric::Output => "last number printed",
        }
    }

    /// Whether its values are durations.
    pub fn is_time(self) -> bool {
        matches!(self, Metric::Wait | Metric::WaitP99 | Metric::Time)
    }
}
