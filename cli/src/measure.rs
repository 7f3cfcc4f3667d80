//! Runs of a program whose numbers are wanted, not its picture: what `compare` and `sweep` repeat.

use crate::failure::Failure;
use crate::host::{interrupt, stdin};
use crate::load::Program;

use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::Config;
use gilsim_scheduler::event::{Event, Observer, Stream, interest};
use gilsim_scheduler::outcome::Outcome;
use gilsim_scheduler::profile::GilRule;
use gilsim_scheduler::simulation::Simulation;
use gilsim_trace::analysis::{Circumstances, Study, findings};
use gilsim_trace::fold::{FoldOptions, LiveFold, Summary};
use gilsim_trace::report::FindingReport;
use gilsim_vm::code::Code;
use gilsim_vm::config::VmConfig;
use gilsim_vm::interp::Vm;
use std::sync::Arc;

/// Between two questions to the caller, so many advances of the simulation are made.
const ADVANCES_PER_LOOK: u32 = 256;

/// What the virtual machine is told of a program; `argv` is its `sys.argv`.
pub fn vm_config(config: &Config, program: &Program, argv: &[String]) -> Result<VmConfig, Failure> {
    let mut vm_config = config.vm_config();
    vm_config.argv = argv.to_vec();
    if program.reads_stdin {
        vm_config.stdin = stdin::text()?;
    }
    vm_config.modules = program.user_modules();
    Ok(vm_config)
}

/// The machine at time 0 with a program that can start.
pub fn simulation(
    config: &Arc<Config>,
    program: &Program,
    main: Arc<Code>,
    argv: &[String],
) -> Result<Simulation, Failure> {
    let vm_config = vm_config(config, program, argv)?;
    Ok(Simulation::new(Arc::clone(config), Vm::new(Arc::new(vm_config)), main))
}

/// What a run showed.
pub struct Measured {
    /// How it ended.
    pub outcome: Outcome,
    /// Standard output.
    pub stdout: String,
    /// Numbers of threads, GIL and locks.
    pub summary: Summary,
    /// Where threads were made to let go, and how long they waited.
    pub study: Study,
    /// Findings about speed.
    pub findings: Vec<FindingReport>,
}

/// Folds and studies, and nothing else.
struct Ear {
    fold: LiveFold<{ interest::SWITCH }>,
    study: Study,
}

impl Observer for Ear {
    const INTEREST: u32 = interest::SWITCH;

    fn event(&mut self, event: &Event) {
        self.fold.event(event);
        self.study.event(event);
    }

    fn records(&self) -> bool {
        false
    }
}

/// What the findings about speed depend on.
pub fn circumstances(config: &Config) -> Circumstances {
    let has_requests = matches!(config.profile.gil, GilRule::Requests(_));
    Circumstances { switch_interval_ns: has_requests.then_some(config.switch_interval_ns) }
}

/// How a run under this configuration is folded.
pub fn fold_options(config: &Config) -> FoldOptions {
    FoldOptions { free_threaded: config.profile.gil == GilRule::Free, ..FoldOptions::default() }
}

/// Runs to the end, or until Ctrl-C.
pub fn measure(mut simulation: Simulation) -> Measured {
    let options = fold_options(simulation.config());
    let mut ear = Ear { fold: LiveFold::new(options, 1), study: Study::new(options.free_threaded) };
    let outcome = drive(&mut simulation, &mut ear, |_| false);
    let (summary, _) = ear.fold.finish(simulation.now_ns());
    let findings = findings(&ear.study, &summary, circumstances(simulation.config()));
    let stdout = simulation.output().text(Stream::Stdout).to_owned();
    Measured { outcome, stdout, summary, study: ear.study, findings }
}

/// Advances to the end, or until Ctrl-C or until the caller gives up: it is asked from time to time.
pub fn drive<O: Observer>(
    simulation: &mut Simulation,
    observer: &mut O,
    mut gives_up: impl FnMut(&mut O) -> bool,
) -> Outcome {
    loop {
        for _ in 0..ADVANCES_PER_LOOK {
            if let Some(outcome) = simulation.advance(&mut Faithful, observer) {
                return outcome;
            }
            // An advance of an endless loop takes milliseconds; hundreds of them are too long to wait for.
            if interrupt::requested() {
                break;
            }
        }
        if gives_up(observer) || interrupt::requested() {
            return Outcome::Abandoned;
        }
    }
}
