//! The report for machines: one JSON object, described by `schema/report.schema.json`.
//!
//! Additions raise the minor version; fields never change their meaning. Times are whole virtual nanoseconds, ratios whole
//! millionths.

use crate::fold::{GilSummary, LockSummary, State, Summary, ThreadSummary};
use crate::recording::{Ending, GilMode, object_kind_word};
use gilsim_scheduler::event::ThreadEnd;
use serde::Serialize;

/// `[major, minor]` of the report's format.
pub const REPORT_VERSION: [u32; 2] = [1, 0];

/// The whole report.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Report {
    /// Always `gilsim-report`.
    pub format: &'static str,
    /// `[major, minor]`.
    pub version: [u32; 2],
    /// What was run and how.
    pub run: RunReport,
    /// Threads in order of creation.
    pub threads: Vec<ThreadReport>,
    /// GILs by interpreter; empty without one.
    pub gil: Vec<GilReport>,
    /// Locks and queues in order of first use.
    pub locks: Vec<LockReport>,
    /// What was found.
    pub findings: Vec<FindingReport>,
    /// What the program wrote.
    pub output: OutputReport,
    /// How it ended.
    pub exit: ExitReport,
}

/// What was run and how.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RunReport {
    /// Name and version of the tool.
    pub tool: String,
    /// The program and its arguments.
    pub argv: Vec<String>,
    /// CPython version.
    pub profile: String,
    /// Kind of GIL.
    pub gil: GilMode,
    /// Switch interval.
    pub switch_interval_ns: u64,
    /// Simulated cores.
    pub cores: u32,
    /// Seed.
    pub seed: u64,
    /// Virtual time at the end.
    pub virtual_time_ns: u64,
    /// Threads, also those beyond the ones listed.
    pub thread_count: u64,
    /// Jain's index over the threads that competed for the GIL, millionths.
    pub fairness_ppm: Option<u64>,
}

/// One thread.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ThreadReport {
    /// Number, in order of creation.
    pub id: u32,
    /// Interpreter number.
    pub interpreter: u32,
    /// Name.
    pub name: String,
    /// Whether it is a daemon.
    pub daemon: bool,
    /// `ok`, `exception`, `stopped`, or `alive` at the end of the run.
    pub outcome: &'static str,
    /// Class of the exception that ended it.
    pub exception: Option<String>,
    /// Virtual time of its creation.
    pub created_ns: u64,
    /// Time it ran.
    pub runs_ns: u64,
    /// Time it wanted the GIL.
    pub wants_gil_ns: u64,
    /// Time it was blocked.
    pub blocked_ns: u64,
    /// Time it slept or waited for input and output.
    pub sleeps_ns: u64,
    /// Time in native code without the GIL.
    pub native_ns: u64,
    /// Time between states.
    pub switching_ns: u64,
    /// Times another thread got the GIL after this one let go.
    pub switches: u64,
    /// Those of them after a drop request.
    pub switches_forced: u64,
    /// Instructions executed.
    pub instructions: u64,
    /// Its waits for the GIL.
    pub gil_waits: WaitReport,
}

/// A distribution of waits; percentiles are at most 1/32 too high.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WaitReport {
    /// Number.
    pub count: u64,
    /// Half are not longer.
    pub p50_ns: Option<u64>,
    /// 95 of 100 are not longer.
    pub p95_ns: Option<u64>,
    /// 99 of 100 are not longer.
    pub p99_ns: Option<u64>,
    /// The longest.
    pub max_ns: u64,
}

/// One GIL.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct GilReport {
    /// Interpreter number.
    pub interpreter: u32,
    /// Time it was held.
    pub busy_ns: u64,
    /// Time it was free.
    pub free_ns: u64,
    /// Share of time it was held, millionths.
    pub utilisation_ppm: u64,
    /// Changes of holder.
    pub switches: u64,
    /// Those of them on request.
    pub switches_forced: u64,
    /// Drop requests.
    pub requests: u64,
    /// Changes of holder per virtual second, thousandths.
    pub switches_per_second_milli: u64,
    /// Longest hold.
    pub longest_hold_ns: u64,
    /// Longest wait.
    pub longest_wait_ns: u64,
}

/// One lock or queue.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LockReport {
    /// Number, in order of first use.
    pub id: u32,
    /// Interpreter number.
    pub interpreter: u32,
    /// `lock`, `rlock`, `waiter`, `simple-queue`, `thread-handle`.
    pub kind: Option<&'static str>,
    /// Guessed name.
    pub name: Option<String>,
    /// Acquisitions.
    pub acquisitions: u64,
    /// Those that had to wait.
    pub contended: u64,
    /// Time all threads waited for it.
    pub waited_ns: u64,
    /// Longest wait.
    pub longest_wait_ns: u64,
    /// Most threads waiting at once.
    pub waiters_max: u32,
    /// Time it was held.
    pub held_ns: u64,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FindingReport {
    /// Tag, such as `deadlock`.
    pub tag: String,
    /// Code, such as `SELF-DEADLOCK`.
    pub code: String,
    /// One sentence.
    pub title: String,
    /// Further sentences.
    pub details: Vec<String>,
}

/// What the program wrote.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct OutputReport {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// How the run ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ExitReport {
    /// Exit status of gilsim.
    pub status: i32,
    /// How the program ended.
    #[serde(flatten)]
    pub ending: Ending,
}

impl Report {
    /// The report of a folded run.
    pub fn new(
        run: RunReport,
        summary: &Summary,
        findings: Vec<FindingReport>,
        output: OutputReport,
        exit: ExitReport,
    ) -> Report {
        Report {
            format: "gilsim-report",
            version: REPORT_VERSION,
            run,
            threads: summary.threads.iter().map(thread).collect(),
            gil: summary.gils.iter().map(gil).collect(),
            locks: summary.locks.iter().map(lock).collect(),
            findings,
            output,
            exit,
        }
    }

    /// As JSON, on one line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("the report holds only JSON values")
    }
}

fn thread(thread: &ThreadSummary) -> ThreadReport {
    let numbers = &thread.numbers;
    let (outcome, exception) = match &thread.end {
        None => ("alive", None),
        Some(ThreadEnd::Ok) => ("ok", None),
        Some(ThreadEnd::Stopped) => ("stopped", None),
        Some(ThreadEnd::Exception(class)) => ("exception", Some(class.clone())),
    };
    ThreadReport {
        id: thread.thread.0,
        interpreter: thread.interpreter,
        name: thread.name.clone(),
        daemon: thread.daemon,
        outcome,
        exception,
        created_ns: thread.created_ns,
        runs_ns: numbers.time_ns(State::Running),
        wants_gil_ns: numbers.time_ns(State::WantsGil),
        blocked_ns: numbers.time_ns(State::Blocked),
        sleeps_ns: numbers.time_ns(State::Sleeping),
        native_ns: numbers.time_ns(State::Native),
        switching_ns: numbers.time_ns(State::Switching),
        switches: numbers.switches(),
        switches_forced: numbers.switches_forced,
        instructions: numbers.instructions,
        gil_waits: WaitReport {
            count: numbers.gil_waits.count(),
            p50_ns: numbers.gil_waits.percentile_ns(50),
            p95_ns: numbers.gil_waits.percentile_ns(95),
            p99_ns: numbers.gil_waits.percentile_ns(99),
            max_ns: numbers.gil_waits.max_ns(),
        },
    }
}

fn gil(gil: &GilSummary) -> GilReport {
    GilReport {
        interpreter: gil.interpreter,
        busy_ns: gil.busy_ns,
        free_ns: gil.free_ns,
        utilisation_ppm: gil.utilisation_ppm(),
        switches: gil.switches,
        switches_forced: gil.switches_forced,
        requests: gil.requests,
        switches_per_second_milli: gil.switches_per_second_milli(),
        longest_hold_ns: gil.longest_hold_ns,
        longest_wait_ns: gil.longest_wait_ns,
    }
}

fn lock(lock: &LockSummary) -> LockReport {
    LockReport {
        id: lock.object,
        interpreter: lock.interpreter,
        kind: lock.kind.map(object_kind_word),
        name: lock.name.clone(),
        acquisitions: lock.acquisitions,
        contended: lock.contended,
        waited_ns: lock.waited_ns,
        longest_wait_ns: lock.longest_wait_ns,
        waiters_max: lock.waiters_max,
        held_ns: lock.held_ns,
    }
}
