//! What a search found, as data.

use crate::machine::Cut;
use crate::machine::check::NotSerial;
use crate::search::dpor::Counts;
use gilsim_vm::value::ThreadId;

/// The answer of a search.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    /// An execution fails.
    Fails,
    /// Every class of executions was tried, and none fails.
    Holds,
    /// Something was left out.
    Unfinished(Unfinished),
}

/// Why a search did not cover everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfinished {
    /// It was stopped from outside.
    Stopped,
    /// It made as many executions as it was allowed to.
    Executions,
    /// An execution reached a limit of its own.
    Cut(Cut),
}

/// How an execution failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// An exception left the main program.
    Exception {
        /// Its class.
        class: String,
        /// `str()` of it.
        message: String,
    },
    /// An exception ended a thread.
    ThreadException {
        /// The thread.
        thread: ThreadId,
        /// Its class.
        class: String,
        /// `str()` of it.
        message: String,
    },
    /// No thread can take another step.
    Deadlock,
    /// Threads go on for ever and come back to the same state, although every thread that could go on does.
    Livelock {
        /// These.
        threads: Vec<ThreadId>,
    },
    /// The output is another than that of the first execution.
    Output {
        /// That of the first execution.
        expected: String,
        /// This one.
        found: String,
    },
    /// It ends as no execution does in which the threads run one after the other.
    NotSerial(NotSerial),
}

impl Kind {
    /// Its name in machine reports.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Exception { class, .. } if class == "AssertionError" => "assert",
            Kind::Exception { .. } => "exception",
            Kind::ThreadException { .. } => "thread-exception",
            Kind::Deadlock => "deadlock",
            Kind::Livelock { .. } => "livelock",
            Kind::Output { .. } => "output",
            Kind::NotSerial(_) => "serial",
        }
    }
}

/// One step of an execution, for people.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// Who took it.
    pub thread: ThreadId,
    /// What it did: `reads x`, `acquires lock`.
    pub what: String,
    /// The place or object it touched, as the program names it.
    pub object: String,
    /// Line in the program, 0 if unknown.
    pub line: u32,
    /// The value read or written, shortly.
    pub value: Option<String>,
}

/// A thread that waits for ever.
#[derive(Clone, PartialEq, Debug)]
pub struct Stuck {
    /// The thread.
    pub thread: ThreadId,
    /// What it waits to do.
    pub what: String,
    /// The object.
    pub object: String,
    /// Who holds it.
    pub owner: Option<ThreadId>,
    /// Line in the program.
    pub line: u32,
}

/// A failing execution.
#[derive(Clone, PartialEq, Debug)]
pub struct Failure {
    /// How it failed.
    pub kind: Kind,
    /// Who went on where several threads could.
    pub schedule: crate::schedule::Schedule,
    /// Switches away from a thread that could have gone on.
    pub preemptions: u32,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Who waits for what at the end.
    pub stuck: Vec<Stuck>,
    /// Names of the threads.
    pub names: Vec<String>,
    /// Why it failed, as far as a known pattern fits.
    pub cause: Option<crate::cause::Cause>,
}

/// Two accesses that nothing orders.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Race {
    /// The attribute or variable.
    pub place: String,
    /// Line of one side.
    pub first_line: u32,
    /// Whether that side writes.
    pub first_writes: bool,
    /// Line of the other side.
    pub second_line: u32,
    /// Whether that side writes.
    pub second_writes: bool,
}

/// What a search found.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// The answer.
    pub verdict: Verdict,
    /// How much was searched, in the last round.
    pub counts: Counts,
    /// Random executions beside the search.
    pub sampled: u64,
    /// Executions that failed.
    pub failing: u64,
    /// The number of classes, if all were searched.
    pub classes: Option<u64>,
    /// The number of states, if the search went through states. What ends are counted then as executions.
    pub states: Option<u64>,
    /// Whether an execution ended while a daemon slept that would have gone on.
    pub left_sleepers: bool,
    /// An estimate of how many executions there are in all, if a search by the reduction was stopped. Mostly too few.
    pub estimate: Option<u64>,
    /// The easiest failing execution found.
    pub failure: Option<Failure>,
    /// Data races, each pair of lines once.
    pub races: Vec<Race>,
    /// How often the search began again because it had learned of a shared place.
    pub rounds: u32,
}
