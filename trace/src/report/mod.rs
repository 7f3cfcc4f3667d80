//! The report of a run: text for people and data for machines, both from the folded numbers.
//!
//! Every function here is pure: data in, `String` out. Whoever calls decides where it goes, how wide the terminal is and
//! whether there are colours. No line is wider than the style's width, except sentences about deadlocks and limits, which
//! are never cut.

mod deadlock;
mod limits;
mod machine;
mod run;
mod table;

pub use deadlock::{deadlock_findings, describe_deadlock};
pub use limits::describe_limit;
pub use machine::{
    ExitReport, FindingReport, GilReport, LockReport, OutputReport, Report, RunReport, ThreadReport, WaitReport,
};
pub use run::{RunInfo, header_line, human_report};
pub use table::{gil_line, lock_lines, thread_table};
