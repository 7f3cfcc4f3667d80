//! Runs the text of a program inside the test process and keeps the events.

use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::Config;
use gilsim_scheduler::event::{DropReason, Event, EventKind, Observer, Stream, interest};
use gilsim_scheduler::outcome::Outcome;
use gilsim_scheduler::profile::Profile;
use gilsim_scheduler::simulation::Simulation;
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::interp::Vm;
use gilsim_vm::source::{Flavour, SourceFile};
use gilsim_vm::value::ThreadId;
use std::sync::Arc;

/// Nanoseconds of a millisecond.
pub const MS: u64 = 1_000_000;
/// The profiles that there are.
pub const PROFILES: [&str; 2] = ["3.13", "3.9"];
/// The thread that runs the program.
pub const MAIN: ThreadId = ThreadId(0);

/// Keeps every event of the `sync` level of detail.
#[derive(Default)]
struct Listener(Vec<Event>);

impl Observer for Listener {
    const INTEREST: u32 = interest::SYNC_DETAIL;

    fn event(&mut self, event: &Event) {
        self.0.push(event.clone());
    }
}

/// A run that has ended.
pub struct Ran {
    /// How it ended.
    pub outcome: Outcome,
    /// The machine at its end.
    pub simulation: Simulation,
    /// All events.
    pub events: Vec<Event>,
}

/// Runs a program under a profile, everything else as by default.
pub fn run(profile: &str, text: &str) -> Ran {
    let profile = Profile::by_name(profile).expect("the profile exists");
    let rules = profile.code_rules();
    let source = Arc::new(SourceFile::new("__main__", "program.py", text, Flavour::User));
    let code = compile(&source, Mode::Module, &rules).unwrap_or_else(|problems| panic!("{problems:?}"));
    let config = Arc::new(Config { profile, ..Config::default() });
    let mut vm_config = config.vm_config();
    vm_config.argv = vec!["program.py".to_owned()];
    let mut simulation = Simulation::new(config, Vm::new(Arc::new(vm_config)), code);
    let mut listener = Listener::default();
    let outcome = simulation.run(&mut Faithful, &mut listener);
    Ran { outcome, simulation, events: listener.0 }
}

/// As [`run`], for a program that ends well.
pub fn run_well(profile: &str, text: &str) -> Ran {
    let ran = run(profile, text);
    assert_eq!(ran.outcome, Outcome::Finished { exit: 0 }, "{}", ran.text(Stream::Stderr));
    ran
}

impl Ran {
    /// What it wrote to a standard stream.
    pub fn text(&self, stream: Stream) -> &str {
        self.simulation.output().text(stream)
    }

    /// Every drop of the GIL: when, by whom, why.
    pub fn drops(&self) -> impl Iterator<Item = (u64, ThreadId, DropReason)> {
        self.events.iter().filter_map(|event| match event.kind {
            EventKind::GilDrop { reason, .. } => Some((event.time_ns, event.thread.expect("a thread drops"), reason)),
            _ => None,
        })
    }

    /// Number of events that a test counts.
    pub fn count(&self, wanted: impl Fn(&EventKind) -> bool) -> usize {
        self.events.iter().filter(|event| wanted(&event.kind)).count()
    }
}
