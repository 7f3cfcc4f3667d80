//! Effects and replies: what an instruction asks of the world, and what it gets.
//!
//! The virtual machine knows no time, no other thread's state and no operating system. A native function that needs one
//! of these ends its instruction with [`crate::interp::Step::Needs`]; whoever drives the machine (the scheduler) performs
//! the [`Effect`] and gives the [`Reply`] back with `Vm::reply`, which completes the instruction. Effects are plain data.

use crate::value::{ObjId, Value};

/// How long an operation may block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wait {
    /// Try once.
    No,
    /// Until it succeeds.
    Forever,
    /// At most so many virtual nanoseconds; 0 means: try once.
    AtMost(u64),
}

/// Which clock a program reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clock {
    /// `time.time`: starts at the simulation's epoch.
    Wall,
    /// `time.monotonic`, `time.perf_counter`: starts at 0.
    Monotonic,
    /// `time.process_time`: virtual time in which any thread of the interpreter ran.
    Process,
    /// `time.thread_time`: virtual time in which this thread ran.
    Thread,
}

/// Standard stream of the simulated process.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stream {
    /// `sys.stdout`
    Stdout,
    /// `sys.stderr`
    Stderr,
}

/// A request to the world. The comment names the reply that completes the instruction.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Start a thread that calls `function(*args, **kwargs)`; `handle` is its `ThreadHandle` object. Reply: `Int` ident,
    /// or `Failed` when the limit of threads is reached.
    Spawn {
        /// What the thread calls.
        function: Value,
        /// Positional arguments.
        args: Vec<Value>,
        /// Keyword arguments: interned name and value.
        kwargs: Vec<(ObjId, Value)>,
        /// The handle object through which it is joined.
        handle: ObjId,
        /// Daemon threads do not keep the program alive.
        daemon: bool,
    },
    /// Wait for the thread of a handle. Reply: `Bool` (false on timeout).
    Join {
        /// `ThreadHandle` object.
        handle: ObjId,
        /// How long.
        wait: Wait,
    },
    /// Mark a handle as done and let those who join its thread go on (`_ThreadHandle._set_done`, used by the main thread
    /// at the end of the program). Reply: `Done`.
    SetDone {
        /// `ThreadHandle` object.
        handle: ObjId,
    },
    /// Wait for all threads that are not daemons (end of the program). Reply: `Done`.
    JoinAll,
    /// The interpreter is being taken down, after the exit functions: daemon threads stop where they next want the GIL.
    /// Reply: `Done`.
    Finalize,
    /// Acquire a `Lock` object (plain or re-entrant), `depth` times at once. Reply: `Bool`.
    Acquire {
        /// Lock object.
        lock: ObjId,
        /// How long.
        wait: Wait,
        /// 1, or the depth to restore (`RLock._acquire_restore`).
        depth: u32,
    },
    /// Release a lock; the caller has checked that this is allowed. Reply: `Int` depth before.
    Release {
        /// Lock object.
        lock: ObjId,
        /// True releases all levels of a re-entrant lock (`_release_save`).
        fully: bool,
    },
    /// Put into a `SimpleQueue` object. Reply: `Done`.
    QueuePut {
        /// Queue object.
        queue: ObjId,
        /// Item.
        item: Value,
    },
    /// Take from a `SimpleQueue` object. Reply: `Value`, or `TimedOut`.
    QueueGet {
        /// Queue object.
        queue: ObjId,
        /// How long.
        wait: Wait,
    },
    /// Sleep; releases the GIL. Reply: `Done`.
    Sleep {
        /// Virtual nanoseconds.
        duration_ns: u64,
    },
    /// Give the processor to another thread of the operating system (`os.sched_yield`). Reply: `Done`.
    YieldCpu,
    /// Write bytes to a standard stream; releases the GIL. Reply: `Done`.
    Write {
        /// Which stream.
        stream: Stream,
        /// Text, UTF-8.
        text: String,
    },
    /// Native code that takes time. Reply: `Done`.
    Native {
        /// Virtual nanoseconds.
        cost_ns: u64,
        /// Whether it runs without the GIL.
        drops_gil: bool,
    },
    /// Read a clock. Reply: `Int` nanoseconds.
    Now(Clock),
    /// 64 random bits of the simulated machine (unseeded generators). Reply: `Int`.
    Random,
    /// Set the switch interval. Reply: `Done`.
    SetInterval {
        /// Virtual microseconds.
        interval_us: u64,
    },
    /// Read the switch interval. Reply: `Int` microseconds.
    GetInterval,
    /// Set (`Some`) and read the check interval of 2.7. Reply: `Int` ticks, as set before.
    CheckInterval {
        /// Ticks.
        ticks: Option<i64>,
    },
    /// Number of live threads started through `_thread`. Reply: `Int`.
    ThreadCount,
    /// The thread object's new name, for reports. Reply: `Done`.
    NameThread {
        /// Ident of the thread that is named.
        ident: i64,
        /// Name.
        name: String,
    },
    /// A note in the trace (`gilsim.mark`). Reply: `Done`.
    Mark(String),
    /// An exception left the main program; the traceback was printed. Reply: `Done`.
    Uncaught {
        /// Class name.
        class: String,
        /// `str()` of the exception.
        message: String,
    },
    /// An exception left a thread's function. Reply: `Done`.
    ThreadDied {
        /// Class name.
        class: String,
        /// `str()` of the exception.
        message: String,
    },
    /// End the process at once (`os._exit`). No reply.
    Exit(i32),
}

/// The answer to an effect.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Reply {
    /// Nothing to tell: the call returns `None`.
    Done,
    /// A truth value.
    Bool(bool),
    /// A number.
    Int(i64),
    /// A value.
    Value(Value),
    /// The wait ended without success.
    TimedOut,
    /// The operation was refused (a `RuntimeError`).
    Failed(Refusal),
}

/// Why an operation was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// There are as many threads as there may be.
    NoThread,
    /// The interpreter is being taken down.
    AtShutdown,
}

impl Refusal {
    /// What CPython says.
    pub fn message(self) -> &'static str {
        match self {
            Refusal::NoThread => "can't start new thread",
            Refusal::AtShutdown => "can't create new thread at interpreter shutdown",
        }
    }
}
