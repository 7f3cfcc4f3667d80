//! Events: what an observer hears while a simulation runs.
//!
//! Events hold data, never text for people. `by` names the event that caused this one, so that every wait has a cause and
//! every wake an author. The kinds follow the table in ARCHITECTURE.md ("The trace"); names in the file format are in
//! `gilsim-trace`. Emitting is skipped altogether for groups that are outside the observer's interest mask.

pub use gilsim_vm::effect::Stream;
pub use gilsim_vm::value::{ObjId, ThreadId};

/// Sequence number of an event, strictly increasing by one within a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EventId(pub u64);

/// Number of an interpreter (a process or subinterpreter).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct InterpreterId(pub u32);

/// A place in the program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    /// Index into the simulation's list of source files.
    pub file: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 0.
    pub column: u32,
    /// End column, on the same line where the construct ends on it.
    pub end_column: u32,
    /// Qualified name of the code object.
    pub code: std::sync::Arc<str>,
    /// Index of the instruction.
    pub instruction: u32,
}

/// One event.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Sequence number.
    pub id: EventId,
    /// Virtual time, never decreasing.
    pub time_ns: u64,
    /// The interpreter.
    pub interpreter: InterpreterId,
    /// The thread that does it, or `None` for the simulated machine.
    pub thread: Option<ThreadId>,
    /// What happened.
    pub kind: EventKind,
    /// Where the thread is in its program.
    pub at: Option<Position>,
    /// The event that caused this one.
    pub by: Option<EventId>,
}

/// Groups of events, one bit each: an observer's interest mask.
pub mod interest {
    /// Thread creation, begin, end, join, names.
    pub const THREAD: u32 = 1 << 0;
    /// The GIL's state machine.
    pub const GIL: u32 = 1 << 1;
    /// Blocking and waking.
    pub const WAIT: u32 = 1 << 2;
    /// Locks and queues made, taken, released.
    pub const SYNC: u32 = 1 << 3;
    /// Writes to the standard streams, marks and limits.
    pub const OUTPUT: u32 = 1 << 4;
    /// Every new line that a thread reaches.
    pub const LINE: u32 = 1 << 5;
    /// Every instruction.
    pub const OP: u32 = 1 << 6;
    /// Choices.
    pub const CHOICE: u32 = 1 << 7;
    /// Cores: which thread runs on which.
    pub const CPU: u32 = 1 << 8;
    /// Calls, returns, raised and caught exceptions of the program's own code.
    pub const CALL: u32 = 1 << 9;
    /// Nothing.
    pub const NONE: u32 = 0;
    /// `--detail switch`
    pub const SWITCH: u32 = THREAD | GIL | WAIT | OUTPUT | CPU;
    /// `--detail sync`
    pub const SYNC_DETAIL: u32 = SWITCH | SYNC | CHOICE;
    /// `--detail line`
    pub const LINE_DETAIL: u32 = SYNC_DETAIL | LINE | CALL;
    /// `--detail op`
    pub const OP_DETAIL: u32 = LINE_DETAIL | OP;
}

/// Kind of a synchronisation object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ObjectKind {
    /// `threading.Lock`
    Lock,
    /// `threading.RLock`
    RLock,
    /// The lock on which a thread waits to be notified (of a condition, an event, …); made for each wait.
    Waiter,
    /// `queue.SimpleQueue`
    SimpleQueue,
    /// The handle on which `join` waits.
    ThreadHandle,
}

/// Why a thread blocks. The GIL itself is not among them: see `GilWant`.
#[derive(Clone, PartialEq, Debug)]
pub enum BlockReason {
    /// Waits for a lock.
    Lock {
        /// Lock object.
        lock: ObjId,
        /// Who holds it now.
        owner: Option<ThreadId>,
    },
    /// Waits for an item of a simple queue.
    Queue {
        /// Queue object.
        queue: ObjId,
    },
    /// Waits for the end of a thread.
    Join {
        /// The thread.
        target: ThreadId,
    },
    /// The main thread waits for all others at the end of the program.
    JoinAll,
    /// Sleeps.
    Sleep,
    /// Native code without the GIL: input and output.
    Io {
        /// What it does ("write stdout").
        operation: &'static str,
    },
    /// Native code without the GIL: computing.
    Native,
}

/// Why a blocked thread goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WakeCause {
    /// A lock was released.
    Released,
    /// An item was put.
    Put,
    /// The joined thread ended.
    Ended,
    /// The time given is over (of a wait or of a sleep).
    Timeout,
    /// Input, output or native work is done.
    Done,
}

/// Why the GIL was dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DropReason {
    /// A waiter asked for it.
    Request,
    /// The holder blocks.
    Block,
    /// The holder runs native code without the GIL, or input and output.
    Native,
    /// The thread ended.
    Exit,
    /// The tick counter of 2.7 ran out.
    Ticks,
}

/// How a thread ended.
#[derive(Clone, PartialEq, Debug)]
pub enum ThreadEnd {
    /// Its function returned.
    Ok,
    /// An exception left its function.
    Exception(String),
    /// A daemon thread, stopped when the program ended.
    Stopped,
}

/// Which limit ended a run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Limit {
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
    /// Events of a recording (the run goes on, the recording is cut).
    Events,
}

/// What happened. The group of [`interest`] is given by [`EventKind::group`].
#[derive(Clone, PartialEq, Debug)]
pub enum EventKind {
    /// A thread was created by this one.
    ThreadCreate {
        /// The new thread.
        child: ThreadId,
        /// Whether it is a daemon.
        daemon: bool,
    },
    /// The thread runs for the first time; `by` = its creation.
    ThreadBegin,
    /// The thread ended.
    ThreadEnd(ThreadEnd),
    /// A thread got a name.
    ThreadName {
        /// Which thread.
        target: ThreadId,
        /// Name.
        name: String,
    },
    /// A join was completed (`by` = the end of the target when it had to wait).
    ThreadJoin {
        /// The thread joined.
        target: ThreadId,
        /// False on timeout.
        ended: bool,
    },
    /// Starts to wait for the GIL.
    GilWant {
        /// Who holds it.
        holder: Option<ThreadId>,
        /// How many wait already.
        queue_length: u32,
    },
    /// Waited one switch interval.
    GilTimeout {
        /// The interval.
        interval_ns: u64,
        /// Whether a switch happened meanwhile, so that no request is made.
        switched_meanwhile: bool,
    },
    /// Sets the drop request; `by` = the timeout.
    GilRequest {
        /// At whom it is aimed.
        holder: ThreadId,
    },
    /// The holder looked at the drop request at an eval check (recorded only while a request is pending).
    GilCheck,
    /// The holder lets go.
    GilDrop {
        /// Why.
        reason: DropReason,
        /// How long it held it.
        held_ns: u64,
        /// Instructions executed meanwhile.
        instructions: u64,
    },
    /// Having dropped on request, waits until another thread has taken the GIL.
    GilForcedWait,
    /// Has the GIL now; `by` = the drop that made it free, if any.
    GilTake {
        /// How long it waited.
        waited_ns: u64,
        /// The holder before it.
        from: Option<ThreadId>,
        /// Switches so far.
        switch_number: u64,
        /// Whether the drop that let it in was made on request.
        forced: bool,
    },
    /// Starts to run on a core.
    CpuRun {
        /// Core number.
        core: u32,
    },
    /// Stops running on a core.
    CpuStop {
        /// Core number.
        core: u32,
    },
    /// Blocks (the GIL is released before).
    Block {
        /// Why.
        reason: BlockReason,
        /// When it gives up, virtual time.
        deadline_ns: Option<u64>,
    },
    /// Goes on; `by` = the event that woke it.
    Wake {
        /// Why.
        cause: WakeCause,
    },
    /// A synchronisation object was seen for the first time.
    ObjectNew {
        /// Object.
        object: ObjId,
        /// Kind.
        kind: ObjectKind,
        /// A name guessed from where it was made, such as `lock_a`.
        name: Option<String>,
    },
    /// A lock was tried and not available.
    LockTry {
        /// Lock.
        lock: ObjId,
        /// Whether the thread will block.
        blocking: bool,
    },
    /// A lock was acquired; `by` = the release that made it free when the thread had waited.
    LockAcquire {
        /// Lock.
        lock: ObjId,
        /// Depth after it (1 for a plain lock).
        depth: u32,
        /// Time between the first try and success.
        waited_ns: u64,
    },
    /// A lock was released.
    LockRelease {
        /// Lock.
        lock: ObjId,
        /// Depth after it.
        depth: u32,
        /// The waiter that is woken.
        woken: Option<ThreadId>,
    },
    /// An item was put into a simple queue.
    QueuePut {
        /// Queue.
        queue: ObjId,
        /// Items after it.
        size: u32,
    },
    /// An item was taken from a simple queue; `by` = its put.
    QueueGet {
        /// Queue.
        queue: ObjId,
        /// Items after it.
        size: u32,
    },
    /// The thread begins to execute a line.
    Line,
    /// The thread executed an instruction.
    Op {
        /// Its name.
        name: &'static str,
        /// Its cost.
        cost_ns: u64,
    },
    /// A call of a function of the program.
    Call,
    /// A return.
    Return,
    /// An exception left or is about to leave a frame.
    Raise {
        /// Class name.
        class: String,
    },
    /// Text written to a standard stream.
    Output {
        /// Which.
        stream: Stream,
        /// Text.
        text: String,
    },
    /// A choice was made.
    Choice {
        /// What was chosen between.
        what: &'static str,
        /// Candidates.
        candidates: Vec<ThreadId>,
        /// Index of the one picked.
        picked: u32,
    },
    /// A limit ended the run or the recording.
    Limit(Limit),
    /// A note from the program (`gilsim.mark`).
    Mark(String),
}

impl EventKind {
    /// The interest bit of this kind.
    pub fn group(&self) -> u32 {
        match self {
            EventKind::ThreadCreate { .. }
            | EventKind::ThreadBegin
            | EventKind::ThreadEnd(_)
            | EventKind::ThreadName { .. }
            | EventKind::ThreadJoin { .. } => interest::THREAD,
            EventKind::GilWant { .. }
            | EventKind::GilTimeout { .. }
            | EventKind::GilRequest { .. }
            | EventKind::GilCheck
            | EventKind::GilDrop { .. }
            | EventKind::GilForcedWait
            | EventKind::GilTake { .. } => interest::GIL,
            EventKind::CpuRun { .. } | EventKind::CpuStop { .. } => interest::CPU,
            EventKind::Block { .. } | EventKind::Wake { .. } => interest::WAIT,
            // Told before the first wait for it even where its operations are not told.
            EventKind::ObjectNew { .. } => interest::SYNC | interest::WAIT,
            EventKind::LockTry { .. }
            | EventKind::LockAcquire { .. }
            | EventKind::LockRelease { .. }
            | EventKind::QueuePut { .. }
            | EventKind::QueueGet { .. } => interest::SYNC,
            EventKind::Line => interest::LINE,
            EventKind::Op { .. } => interest::OP,
            EventKind::Call | EventKind::Return | EventKind::Raise { .. } => interest::CALL,
            EventKind::Choice { .. } => interest::CHOICE,
            EventKind::Output { .. } | EventKind::Limit(_) | EventKind::Mark(_) => interest::OUTPUT,
        }
    }
}

/// Hears the events of a run. It is handed in at each call and cannot change the simulation.
pub trait Observer {
    /// Groups of [`interest`] this observer wants; with `NONE` the event code compiles away.
    const INTEREST: u32;
    /// One event.
    fn event(&mut self, event: &Event);
    /// Whether events are recorded, each with its place and the event that caused it. If not, only drops of the GIL come
    /// with a place, and none with a cause.
    fn records(&self) -> bool {
        true
    }
}

/// The observer that hears nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deaf;

impl Observer for Deaf {
    const INTEREST: u32 = interest::NONE;
    fn event(&mut self, _event: &Event) {}
}
