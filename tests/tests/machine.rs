//! Runs a program on a simulated machine inside the test process and keeps everything it did.
//!
//! The program is one text; modules beside it can be added. Unlike the command, nothing is read from the host.

use gilsim_scheduler::choice::{Faithful, Strategy};
use gilsim_scheduler::config::Config;
use gilsim_scheduler::event::{DropReason, Event, EventKind, Observer, Position, Stream, interest};
use gilsim_scheduler::outcome::Outcome;
use gilsim_scheduler::profile::Profile;
use gilsim_scheduler::simulation::Simulation;
use gilsim_vm::code::{Code, Const, Op};
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::config::UserModule;
use gilsim_vm::interp::Vm;
use gilsim_vm::source::{Flavour, SourceFile};
use gilsim_vm::value::ThreadId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Nanoseconds of a millisecond.
pub const MS: u64 = 1_000_000;
/// Nanoseconds of a microsecond.
pub const US: u64 = 1_000;
/// The profiles with a GIL that waiters ask for.
pub const PROFILES: [&str; 8] = ["3.13", "3.12", "3.11", "3.10", "3.9", "3.8", "3.7", "3.6"];

/// All profiles: these, the one with a tick GIL, and the one without a GIL.
pub const ALL_PROFILES: [&str; 10] = ["3.13", "3.12", "3.11", "3.10", "3.9", "3.8", "3.7", "3.6", "2.7", "3.13t"];

/// Versions with the same eval checks: up to 3.8, 3.9, 3.10, from 3.11 on.
pub fn era(profile: &str) -> usize {
    match profile {
        "2.7" | "3.6" | "3.7" | "3.8" => 0,
        "3.9" => 1,
        "3.10" => 2,
        _ => 3,
    }
}
/// The thread that runs `__main__`.
pub const MAIN: ThreadId = ThreadId(0);

/// Keeps every event of the `sync` level of detail.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listener {
    /// In order.
    pub events: Vec<Event>,
}

impl Observer for Listener {
    const INTEREST: u32 = interest::SYNC_DETAIL;

    fn event(&mut self, event: &Event) {
        self.events.push(event.clone());
    }
}

/// A program and the machine it is to run on.
#[derive(Clone, Debug)]
pub struct Machine {
    source: Arc<SourceFile>,
    modules: BTreeMap<String, UserModule>,
    /// The configuration.
    pub config: Config,
}

impl Machine {
    /// A program under a profile, everything else as by default.
    pub fn new(profile: &str, text: &str) -> Machine {
        let profile = Profile::by_name(profile).expect("the profile exists");
        Machine {
            source: Arc::new(SourceFile::new("__main__", "program.py", text, Flavour::User)),
            modules: BTreeMap::new(),
            config: Config { profile, ..Config::default() },
        }
    }

    /// Changes the configuration.
    pub fn with(mut self, change: impl FnOnce(&mut Config)) -> Machine {
        change(&mut self.config);
        self
    }

    /// The code of the program.
    pub fn code(&self) -> Arc<Code> {
        let rules = self.config.profile.code_rules();
        compile(&self.source, Mode::Module, &rules).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    /// The machine at time 0.
    pub fn simulation(&self) -> Simulation {
        let mut vm_config = self.config.vm_config();
        vm_config.argv = vec!["program.py".to_owned()];
        vm_config.modules.clone_from(&self.modules);
        Simulation::new(Arc::new(self.config.clone()), Vm::new(Arc::new(vm_config)), self.code())
    }

    /// Runs to the end, first come first served.
    pub fn run(&self) -> Ran {
        self.run_with(&mut Faithful)
    }

    /// Runs to the end.
    pub fn run_with<S: Strategy>(&self, strategy: &mut S) -> Ran {
        let mut simulation = self.simulation();
        let mut listener = Listener::default();
        let outcome = simulation.run(strategy, &mut listener);
        Ran { outcome, simulation, events: listener.events, code: self.code() }
    }
}

/// A run that has ended.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub outcome: Outcome,
    /// The machine at its end.
    pub simulation: Simulation,
    /// All events.
    pub events: Vec<Event>,
    code: Arc<Code>,
}

/// What a holder did from taking the GIL until letting go of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Slice {
    /// The holder.
    pub thread: ThreadId,
    /// When it took the GIL.
    pub begin_ns: u64,
    /// When it let go.
    pub end_ns: u64,
    /// Why it let go.
    pub reason: DropReason,
}

impl Ran {
    /// Standard output.
    pub fn stdout(&self) -> &str {
        self.simulation.output().text(Stream::Stdout)
    }

    /// Standard error.
    pub fn stderr(&self) -> &str {
        self.simulation.output().text(Stream::Stderr)
    }

    /// Asserts that the program ended well, and gives its standard output.
    pub fn finished(&self) -> &str {
        let (stdout, stderr) = (self.stdout(), self.stderr());
        assert_eq!(self.outcome, Outcome::Finished { exit: 0 }, "{stdout}\n{stderr}");
        stdout
    }

    /// The number that the program printed as its only output.
    pub fn number(&self) -> f64 {
        let text = self.finished().trim();
        text.parse().unwrap_or_else(|_| panic!("{text:?} is not one number"))
    }

    /// The numbers on the lines that begin with a word.
    pub fn numbers(&self, word: &str) -> Vec<f64> {
        let lines = self.finished().lines().filter_map(|line| line.strip_prefix(word));
        lines.flat_map(str::split_whitespace).map(|text| text.parse().expect("a number")).collect()
    }

    /// Every drop of the GIL: when, by whom, why, where.
    pub fn drops(&self) -> impl Iterator<Item = (u64, ThreadId, DropReason, Option<&Position>)> {
        self.events.iter().filter_map(|event| match event.kind {
            EventKind::GilDrop { reason, .. } => {
                Some((event.time_ns, event.thread.expect("a thread drops"), reason, event.at.as_ref()))
            }
            _ => None,
        })
    }

    /// Number of events that a test counts.
    pub fn count(&self, wanted: impl Fn(&EventKind) -> bool) -> usize {
        self.events.iter().filter(|event| wanted(&event.kind)).count()
    }

    /// Who held the GIL when, in order.
    pub fn slices(&self) -> Vec<Slice> {
        let mut slices = Vec::new();
        let mut begin_ns = 0;
        for event in &self.events {
            match event.kind {
                EventKind::GilTake { .. } => begin_ns = event.time_ns,
                EventKind::GilDrop { reason, .. } => {
                    let thread = event.thread.expect("a thread drops");
                    slices.push(Slice { thread, begin_ns, end_ns: event.time_ns, reason });
                }
                _ => {}
            }
        }
        slices
    }

    /// The time of a note that the program made with `gilsim.mark`.
    pub fn mark_ns(&self, note: &str) -> u64 {
        let is_it = |event: &&Event| matches!(&event.kind, EventKind::Mark(text) if text == note);
        self.events.iter().find(is_it).unwrap_or_else(|| panic!("no mark {note:?}")).time_ns
    }

    /// The thread that the program gave a name.
    pub fn thread(&self, name: &str) -> ThreadId {
        let named = self.simulation.threads().find(|thread| thread.name.as_deref() == Some(name));
        named.unwrap_or_else(|| panic!("no thread {name:?}")).id
    }

    /// The instruction at a place of the program: its name, and the name of the one before it in the code.
    pub fn op_at(&self, position: &Position) -> (Op, Option<Op>) {
        let code = code_named(&self.code, &position.code).expect("the place is in the program");
        let at = position.instruction as usize;
        (code.instrs[at].op, at.checked_sub(1).map(|before| code.instrs[before].op))
    }

    /// How often the GIL was dropped on request after each instruction of a function of the program: `(index, op)`.
    pub fn stops_in(&self, function: &str) -> BTreeMap<(u32, &'static str), usize> {
        let mut stops = BTreeMap::new();
        for (_, _, reason, position) in self.drops() {
            let Some(position) = position.filter(|position| *position.code == *function) else { continue };
            if reason == DropReason::Request {
                let (op, _) = self.op_at(position);
                *stops.entry((position.instruction, op.name())).or_default() += 1;
            }
        }
        stops
    }
}

/// The code object of this qualified name.
pub fn code_named(code: &Arc<Code>, qualname: &str) -> Option<Arc<Code>> {
    if *code.qualname == *qualname {
        return Some(Arc::clone(code));
    }
    code.consts.iter().find_map(|constant| match constant {
        Const::Code(inner) => code_named(inner, qualname),
        _ => None,
    })
}
