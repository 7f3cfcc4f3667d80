//! Outcomes: every way in which a run can end, as data. Texts for people are made elsewhere.

use crate::event::Limit;
use crate::wait_graph::WaitGraph;

/// How a run ended.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// The program ended.
    Finished {
        /// Exit status of the process.
        exit: i32,
    },
    /// An exception left the main program; its traceback was printed to the simulated standard error.
    Uncaught {
        /// Exit status of the process.
        exit: i32,
        /// Class name of the exception.
        class: String,
        /// `str()` of the exception.
        message: String,
    },
    /// No thread can ever run, and no timer or input or output is pending.
    Deadlock(WaitGraph),
    /// The same states would repeat for ever. Only a search that compares states can tell; a plain run ends at a limit.
    Livelock,
    /// A limit was reached; the graph shows who was blocked then, and a blocked cycle beside live threads if there is one.
    Limit {
        /// Which.
        limit: Limit,
        /// Who waited for whom.
        blocked: WaitGraph,
    },
    /// The strategy gave the execution up.
    Abandoned,
}
