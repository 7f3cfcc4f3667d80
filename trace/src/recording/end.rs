//! How a run ended, as the last line of a recording carries it.

use gilsim_scheduler::event::Limit;
use serde::{Deserialize, Serialize};

/// Name of a limit in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LimitName {
    /// Executed instructions.
    Steps,
    /// Virtual time.
    Time,
    /// Bytes of the heap.
    Heap,
    /// Live threads.
    Threads,
    /// Bytes written by the program.
    Output,
    /// Events of a recording.
    Events,
}

impl From<Limit> for LimitName {
    fn from(limit: Limit) -> LimitName {
        match limit {
            Limit::Steps => LimitName::Steps,
            Limit::Time => LimitName::Time,
            Limit::Heap => LimitName::Heap,
            Limit::Threads => LimitName::Threads,
            Limit::Output => LimitName::Output,
            Limit::Events => LimitName::Events,
        }
    }
}

impl From<LimitName> for Limit {
    fn from(limit: LimitName) -> Limit {
        match limit {
            LimitName::Steps => Limit::Steps,
            LimitName::Time => Limit::Time,
            LimitName::Heap => Limit::Heap,
            LimitName::Threads => Limit::Threads,
            LimitName::Output => Limit::Output,
            LimitName::Events => Limit::Events,
        }
    }
}

/// How the run ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Ending {
    /// The program ended, with this exit status.
    Finished {
        /// Exit status.
        exit: i32,
    },
    /// An exception left the main program.
    Uncaught {
        /// Class name.
        class: String,
    },
    /// No thread could go on.
    Deadlock,
    /// Threads kept running without getting anywhere.
    Livelock,
    /// A limit was reached.
    Limit {
        /// Which.
        which: LimitName,
    },
    /// The run was given up from outside.
    Abandoned,
}

/// The end of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RunEnd {
    /// Virtual time at the end.
    pub time_ns: u64,
    /// How it ended.
    pub ending: Ending,
}
