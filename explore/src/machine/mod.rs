//! A program with several threads, stepped in any order.
//!
//! The machine has no GIL and no clock. Between two steps every thread stands before its next [`Operation`]: an
//! instruction that touches a shared place ([`knowledge`]), an effect on a lock or queue, or a library method that is one
//! step ([`rules`]). Taking a step executes that operation and everything after it that no other thread can see, up to
//! the next one. Steps are undone through the heap's journal and saved copies of threads.
//!
//! A thread that executes many instructions without a step pauses, so that others can go on: a step that touches nothing.
//!
//! Timeouts may fire whenever they are pending, a sleep is over at once: what the program does must not depend on how
//! long things take; on request they fire in the order of time ([`timeouts`]). Clocks count each thread's own steps and sleeps. Output is kept, not written. Not modelled: garbage
//! collection (`__del__`, weak references stay alive), random numbers of the system (each thread has its own sequence).

pub mod advance;
mod asks;
pub mod check;
pub mod effects;
pub mod enabled;
pub mod end_state;
pub mod knowledge;
mod known;
pub mod names;
pub mod operation;
mod print;
pub mod rules;
pub mod timeouts;
pub mod undo;

use check::EndCheck;
use gilsim_scheduler::fingerprint::Fingerprint;
use gilsim_scheduler::profile::{LockRule, Profile};
use gilsim_scheduler::simulation::Uncaught;
use gilsim_vm::code::{Code, CodeRules};
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::config::VmConfig;
use gilsim_vm::effect::Stream;
use gilsim_vm::interp::access::Access;
use gilsim_vm::interp::{GreenThread, Vm};
use gilsim_vm::object::Object;
use gilsim_vm::source::{Diagnostic, Flavour, SourceFile};
use gilsim_vm::value::{CodeId, ObjId, ThreadId, Value};
use knowledge::Knowledge;
use operation::{Accesses, Before, Kind, Operation};
use rules::CodeTable;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;
use timeouts::Timeouts;

/// Where threads can be switched.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Points {
    /// Before every access to something that two threads can touch; methods of the library are one step.
    #[default]
    Shared,
    /// The same, and inside the methods of the library too.
    All,
    /// Where an operation on a lock, queue or other synchronisation object comes next.
    Sync,
    /// Where the profile's evaluation loop looks at the drop request, and where the GIL is released.
    EvalChecks,
}

impl Points {
    /// All of them; schedules number them in this order.
    pub const ALL: &[Points] = &[Points::Shared, Points::All, Points::Sync, Points::EvalChecks];

    /// The name on the command line and in schedules.
    pub fn name(self) -> &'static str {
        match self {
            Points::Shared => "shared",
            Points::All => "all",
            Points::Sync => "sync",
            Points::EvalChecks => "evalchecks",
        }
    }

    /// Whether a step is one operation, so that what it touches is known before it is taken.
    pub fn are_single(self) -> bool {
        matches!(self, Points::Shared | Points::All)
    }

    /// The points of this name.
    pub fn by_name(name: &str) -> Option<Points> {
        Points::ALL.iter().copied().find(|points| points.name() == name)
    }
}

/// Sleeps of a daemon that are over at once. From then on the program may end while it sleeps.
pub const DAEMON_SLEEPS: u32 = 2;

/// How far one execution may go.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Instructions between two steps of a thread.
    pub instructions_max: u64,
    /// Threads.
    pub threads_max: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { instructions_max: 5_000_000, threads_max: gilsim_vm::heap::journal::THREADS }
    }
}

/// A thread of the program.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Frames and values.
    pub green: GreenThread,
    /// Its next step; none once it has ended.
    pub next: Option<Operation>,
    /// Steps taken.
    pub steps: u32,
    /// What comes before its next step besides its own steps.
    pub before: SmallVec<[Before; 2]>,
    /// Whether the program may end without it.
    pub daemon: bool,
    /// Who started it.
    parent: Option<ThreadId>,
    /// The object on which it is joined.
    pub handle: Option<ObjId>,
    /// The name the program gave it.
    pub name: Option<String>,
    /// Whether it may be switched before its next operation: since its last step it has looked at the drop request or has
    /// released the GIL. Matters with [`Points::EvalChecks`] only.
    may_switch: bool,
    /// Threads whose end comes before all that it does from now on, whatever the schedule, as bits.
    ended_before: SmallVec<[u64; 2]>,
    /// Whether its end has been told to those who wait for it.
    is_over: bool,
    clock_ns: u64,
    /// The clock by which the library measures how long it waits, since the program has called it.
    library_ns: u64,
    random: u64,
    /// How often it has slept.
    sleeps: u32,
    /// Instructions since its last step other than a pause.
    quiet: u64,
    /// Virtual time since its last step.
    computed_ns: u64,
    /// For how long its next operation has waited, if that has a limit and timeouts fire in the order of time.
    waited_ns: u64,
}

impl Thread {
    fn new(green: GreenThread, daemon: bool) -> Thread {
        let random = u64::from(green.id.0) + 1;
        Thread {
            green,
            next: None,
            steps: 0,
            before: SmallVec::new(),
            daemon,
            parent: None,
            handle: None,
            name: None,
            may_switch: true,
            ended_before: SmallVec::new(),
            is_over: false,
            clock_ns: 0,
            library_ns: 0,
            random,
            sleeps: 0,
            quiet: 0,
            computed_ns: 0,
            waited_ns: 0,
        }
    }

    /// Another thread has ended before all that this one does from now on, and so have those that had ended before it.
    fn notes_end(&mut self, ended: ThreadId, before: &[u64]) {
        let at = ended.0 as usize / 64;
        if self.ended_before.len() <= at.max(before.len()) {
            self.ended_before.resize(at.max(before.len()) + 1, 0);
        }
        self.ended_before[at] |= 1 << (ended.0 % 64);
        self.ended_before.iter_mut().zip(before).for_each(|(own, before)| *own |= before);
    }

    /// Whether another thread has.
    fn knows_end_of(&self, ended: ThreadId) -> bool {
        self.ended_before.get(ended.0 as usize / 64).is_some_and(|bits| bits & (1 << (ended.0 % 64)) != 0)
    }

    /// Time passes.
    fn lets_pass(&mut self, time_ns: u64) {
        self.clock_ns = self.clock_ns.saturating_add(time_ns);
        self.library_ns = self.library_ns.saturating_add(time_ns);
    }

    /// Whether it waits to be notified through this lock.
    fn waits_to_be_told(&self, lock: ObjId) -> bool {
        matches!(self.next, Some(Operation { kind: Kind::Resume { waiter, .. }, .. }) if waiter == lock)
    }

    /// Whether it has ended.
    pub fn is_done(&self) -> bool {
        self.next.is_none()
    }
}

/// An exception that ended a thread.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Died {
    /// The thread.
    pub thread: ThreadId,
    /// Class of the exception.
    pub class: String,
    /// `str()` of it.
    pub message: String,
}

/// How a program ended, as far as the machine can tell before all threads have.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ending {
    /// The exception that left the main program.
    pub uncaught: Option<Uncaught>,
    /// Exceptions that ended other threads.
    pub died: Vec<Died>,
    /// The exit status, once the main thread has ended.
    pub exit: Option<i32>,
    /// Why the execution cannot be followed further.
    pub cut: Option<Cut>,
    /// The threads that go on for ever without getting anywhere, if it was seen that they do.
    pub circling: Vec<ThreadId>,
}

impl Ending {
    /// Whether nothing is known of it yet.
    fn is_open(&self) -> bool {
        let Ending { uncaught, died, exit, cut, circling } = self;
        uncaught.is_none() && died.is_empty() && exit.is_none() && cut.is_none() && circling.is_empty()
    }
}

/// Why an execution was given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Cut {
    /// A thread executed too many instructions without a step.
    Instructions,
    /// Too many steps.
    Steps,
    /// Too many threads.
    Threads,
    /// The heap is full.
    Heap,
    /// It has come back to a state.
    Cycle,
}

/// The program and its threads.
#[derive(Clone, Debug)]
pub struct Machine {
    vm: Vm,
    #[expect(clippy::vec_box, reason = "stepping back puts saved threads in their places without copying them")]
    threads: Vec<Box<Thread>>,
    /// What is known of shared places.
    pub knowledge: Knowledge,
    codes: CodeTable,
    points: Points,
    timeouts: Timeouts,
    moment: u32,
    /// How the profile acquires a free lock: whether the GIL is released on the way.
    lock_rule: LockRule,
    limits: Limits,
    /// How the program ended.
    pub ending: Ending,
    output: Vec<(Stream, Box<str>)>,
    end_check: EndCheck,
    /// Whether a second thread was ever started: then the journal is kept, and places are watched.
    parallel: bool,
    undo: undo::Log,
    /// Whether a thread has ever paused.
    pauses: bool,
    /// Threads that were started and have not run yet.
    started: Vec<ThreadId>,
    scratch: Vec<Access>,
    /// Who executed each operation, those included that no other thread can see; kept on request.
    log: Option<Vec<ThreadId>>,
    /// What the step under way has touched besides its first operation.
    swept: Accesses,
}

impl Machine {
    /// The instruction with which a thread takes its next step, or by which the program has called the library that does.
    pub fn spot(&self, thread: ThreadId) -> Option<(CodeId, u32)> {
        let green = &self.thread(thread).green;
        if self.points == Points::All { self.vm.next_spot(green) } else { self.vm.next_spot_in_program(green) }
    }

    /// A clone for another thread of the host, which calls this: what the clone writes again and again is its own.
    pub fn unshared(&self) -> Machine {
        let mut machine = self.clone();
        machine.vm.unshare();
        machine
    }

    /// The program just before it starts its first thread; [`Machine::begin`] does that. A program without threads has
    /// been run to its end.
    pub fn new(mut vm: Vm, main: &Arc<Code>, limits: Limits) -> Machine {
        vm.load_prelude();
        vm.heap.keep_owners();
        let green = vm.main_thread(main);
        let lock_rule = Profile::by_name(vm.config.rules.profile).unwrap_or_default().lock;
        let mut machine = Machine {
            vm,
            threads: vec![Box::new(Thread::new(green, false))],
            knowledge: Knowledge::default(),
            codes: CodeTable::default(),
            points: Points::default(),
            timeouts: Timeouts::default(),
            moment: 0,
            lock_rule,
            limits,
            ending: Ending::default(),
            output: Vec::new(),
            end_check: EndCheck::Nothing,
            parallel: false,
            undo: undo::Log::default(),
            pauses: false,
            started: Vec::new(),
            scratch: Vec::new(),
            log: None,
            swept: Accesses::new(),
        };
        machine.advance(ThreadId(0));
        // A search begins with a copy, often.
        machine.vm.heap.freeze();
        machine
    }

    /// A program that is a single text, under the rules of a profile.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn of_text(path: &str, text: &str, rules: CodeRules) -> Result<Machine, Vec<Diagnostic>> {
        let source = Arc::new(SourceFile::new("__main__", path, text, Flavour::User));
        let code = compile(&source, Mode::Module, &rules)?;
        let config = VmConfig { prints_tracebacks: false, ..VmConfig::new(rules) };
        Ok(Machine::new(Vm::new(Arc::new(config)), &code, Limits::default()))
    }

    /// The value of a global variable of the program.
    pub fn global(&self, name: &str) -> Option<Value> {
        let Value::Obj(module) = self.vm.module("__main__")? else { return None };
        let Object::Module(namespace) = *self.vm.heap.get(module) else { return None };
        self.vm.heap.dict_get_name(namespace, self.vm.heap.interned.find(name)?)
    }

    /// The virtual machine.
    pub fn vm(&self) -> &Vm {
        &self.vm
    }

    /// All threads that were started, by number.
    pub fn threads(&self) -> &[Box<Thread>] {
        &self.threads
    }

    /// Whether a thread computes for so long that it pauses.
    pub fn computes(&self) -> bool {
        let is_paused = |thread: &Thread| thread.next.as_ref().is_some_and(|next| next.kind == Kind::Pause);
        self.pauses && self.threads.iter().any(|thread| is_paused(thread))
    }

    /// All that the program has written, as one text.
    pub fn text(&self) -> String {
        self.output.iter().map(|(_, text)| &**text).collect()
    }

    /// What the program has written.
    pub fn output(&self) -> &[(Stream, Box<str>)] {
        &self.output
    }

    /// Where threads can be switched.
    pub fn points(&self) -> Points {
        self.points
    }

    /// Sets where threads can be switched; only before [`Machine::begin`]. A version without a GIL switches anywhere.
    pub fn set_points(&mut self, points: Points) {
        assert!(!self.parallel, "points are set before the first thread is started");
        let free = points == Points::EvalChecks && !self.vm.config.rules.has_gil;
        self.points = if free { Points::Shared } else { points };
        self.codes = CodeTable::new(self.points);
    }

    /// The profile whose rules the code was compiled with.
    pub fn profile(&self) -> &'static str {
        self.vm.config.rules.profile
    }

    /// A number that differs for programs of other text, with other arguments, or with other checks.
    pub fn fingerprint(&self) -> u64 {
        let mut print = Fingerprint::new();
        print.debug(&(&self.vm.config.argv, self.profile(), &self.end_check));
        print.bytes(self.timeouts.name().as_bytes());
        for file in self.vm.files.iter().filter(|file| file.flavour == Flavour::User) {
            print.bytes(file.text.as_bytes());
        }
        print.finish()
    }

    /// From now on notes who executes each operation, those included that no other thread can see: the schedule of a
    /// machine for which every operation is a step ([`Knowledge::of_everything`]).
    pub fn keep_log(&mut self) {
        self.log = Some(Vec::new());
    }

    /// What was noted.
    pub fn take_log(&mut self) -> Vec<ThreadId> {
        self.log.take().unwrap_or_default()
    }

    pub(super) fn note(&mut self, id: ThreadId) {
        if let Some(log) = &mut self.log {
            log.push(id);
        }
    }

    /// A thread.
    #[inline]
    pub fn thread(&self, id: ThreadId) -> &Thread {
        &self.threads[id.0 as usize]
    }

    #[inline]
    fn thread_mut(&mut self, id: ThreadId) -> &mut Thread {
        &mut self.threads[id.0 as usize]
    }

    /// Whether the program has ended: the main thread has, or the execution was given up.
    pub fn is_over(&self) -> bool {
        self.ending.exit.is_some() || self.ending.cut.is_some()
    }

    /// The threads that have not ended and could take a step.
    pub fn enabled(&self) -> impl Iterator<Item = ThreadId> + '_ {
        let over = self.is_over();
        (0..self.threads.len() as u32).map(ThreadId).filter(move |id| !over && self.is_enabled(*id))
    }

    /// The same, without daemons in a sleep during which the program may end, unless only they are left: else a search would
    /// follow them for ever.
    pub fn ready(&self) -> Vec<ThreadId> {
        let mut ready: Vec<ThreadId> = self.enabled().collect();
        if ready.iter().any(|thread| !self.sleeps(*thread)) {
            ready.retain(|thread| !self.sleeps(*thread));
        }
        ready
    }

    /// Takes the next step of a thread, which must be enabled. Gives what it touched.
    pub fn step(&mut self, id: ThreadId) -> Accesses {
        if self.thread(id).library_ns > 0 && !self.measures_wait(id) {
            self.thread_mut(id).library_ns = 0;
        }
        let thread = self.thread_mut(id);
        let operation = thread.next.take().expect("only a thread that has not ended takes a step");
        thread.steps += 1;
        thread.computed_ns = 0;
        thread.before.clear();
        thread.may_switch = false;
        self.swept.clear();
        self.forget_wait(id, &operation);
        let Operation { kind, mut accesses } = operation;
        if kind != Kind::Pause {
            self.note(id);
            self.thread_mut(id).quiet = 0;
        }
        if self.parallel {
            self.vm.heap.use_arena_of(id.0);
        }
        self.perform(id, kind);
        self.advance(id);
        self.pass_time();
        accesses.append(&mut self.swept);
        accesses
    }
}
