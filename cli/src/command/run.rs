//! `gilsim run FILE`: runs a program on the simulated machine; its output goes to stdout, the report to stderr.

use crate::args::{Detail, Engine, Format, LimitFlags, MachineFlags, RunCommand, RunFlags, Sought, Stdout, SwitchAt};
use crate::cost_file;
use crate::crash;
use crate::exit::Status;
use crate::failure::Failure;
use crate::host::interrupt;
use crate::host::listener::Listener;
use crate::host::streams::Streams;
use crate::host::trace_file::{self, TraceFile};
use crate::load::{self, Program};
use crate::measure;
use crate::render::diagnostic;
use crate::render::report::{self, Ended};
use crate::render::terminal::Terminal;

use gilsim_explore::machine::Machine;
use gilsim_explore::single::{self, Single};
use gilsim_scheduler::config::{Config, Jitter, Limits, StdoutMode, Switching, Warmth};
use gilsim_scheduler::event::interest;
use gilsim_scheduler::profile::{GilRule, Profile};
use gilsim_scheduler::simulation::Simulation;
use gilsim_scheduler::threads::{State, Thread};
use gilsim_trace::analysis::{Study, findings};
use gilsim_trace::fold::LiveFold;
use gilsim_trace::gantt::LANES_MAX_DEFAULT;
use gilsim_trace::recording::{
    CostModel, EVENTS_MAX_DEFAULT, GilMode, Header, Recorder, RunEnd, SourceText, sha256_hex,
};
use gilsim_vm::config::VmConfig;
use gilsim_vm::interp::Vm;
use gilsim_vm::source::Flavour;
use std::io::Write;
use std::sync::Arc;

/// Operations that are looked at for races.
const RACE_STEPS_MAX: u64 = 5_000_000;

/// What is folded where the report has a table of locks, or where the events are made anyway; a plain run is spared the
/// events of every single acquisition.
const WITH_LOCKS: u32 = interest::SWITCH | interest::SYNC;

/// Runs a file.
pub fn run(arguments: &RunCommand) -> Result<Status, Failure> {
    let program = load::load(&arguments.file, &profile(&arguments.run.machine)?.code_rules())?;
    let mut argv = vec![arguments.file.display().to_string()];
    argv.extend(arguments.args.iter().cloned());
    run_program(&program, argv, &arguments.run)
}

/// Runs a program that has been read; `argv` is its `sys.argv`.
pub fn run_program(program: &Program, argv: Vec<String>, flags: &RunFlags) -> Result<Status, Failure> {
    if flags.engine == Engine::Os {
        return super::run_os::run_program(program, &argv, flags);
    }
    let trace_on_stdout = flags.record.trace.as_deref().is_some_and(trace_file::is_stdout);
    let json = flags.report.format == Format::Json;
    if trace_on_stdout && json {
        return Err(Failure::usage("--trace - and --format json both want to write to stdout")
            .with_help("record to a file: --trace run.giltrace"));
    }
    crash::remember_seed(flags.machine.seed);
    let config = Arc::new(config(&flags.machine, &flags.limits)?);
    let terminal = Terminal::of_stderr(&flags.report.style);
    print_problems(program, flags.report.format, flags.quiet, &terminal)?;
    let Some(main) = program.code.clone() else { return Ok(Status::CouldNotStart) };
    let vm_config = measure::vm_config(&config, program, &argv)?;
    let races = flags.find.iter().chain(&flags.deny).any(|sought| *sought == Sought::Race).then(|| {
        let quiet = VmConfig { prints_tracebacks: false, ..vm_config.clone() };
        let origin = Machine::new(Vm::new(Arc::new(quiet)), &main, gilsim_explore::machine::Limits::default());
        single::execute(&origin, RACE_STEPS_MAX)
    });
    let simulation = Simulation::new(Arc::clone(&config), Vm::new(Arc::new(vm_config)), main);
    let streams = if trace_on_stdout || json { Streams::nowhere() } else { Streams::host() };
    interrupt::listen();
    let run = Run { simulation, config, argv, flags, terminal, races };
    match (&flags.record.trace, flags.record.detail) {
        // Nobody will see a timeline: no events are made but those of output.
        (None, _) if flags.quiet && !json => run.go::<0, 0>(streams),
        (None, _) | (_, Detail::Switch) if json => run.go::<{ interest::SWITCH }, WITH_LOCKS>(streams),
        (None, _) | (_, Detail::Switch) => run.go::<{ interest::SWITCH }, { interest::SWITCH }>(streams),
        (_, Detail::Sync) => run.go::<{ interest::SYNC_DETAIL }, WITH_LOCKS>(streams),
        (_, Detail::Line) => run.go::<{ interest::LINE_DETAIL }, WITH_LOCKS>(streams),
        (_, Detail::Op) => run.go::<{ interest::OP_DETAIL }, WITH_LOCKS>(streams),
    }
}

/// Prints what is wrong with the program: all of it if it cannot start, only warnings otherwise.
pub fn print_problems(program: &Program, format: Format, quiet: bool, terminal: &Terminal) -> Result<(), Failure> {
    let problems = &program.problems;
    if problems.is_empty() {
        return Ok(());
    }
    let cannot_start = program.code.is_none();
    if format == Format::Json && cannot_start {
        super::print(&format!("{:#}\n", diagnostic::json(problems)))?;
    } else if cannot_start || !quiet {
        let _ = std::io::stderr().write_all(diagnostic::human(problems, terminal).as_bytes());
    }
    Ok(())
}

/// The configuration that the flags describe.
pub fn config(machine: &MachineFlags, limits: &LimitFlags) -> Result<Config, Failure> {
    let defaults = Config::default();
    let large = |flag: &str| Failure::usage(format!("the value of {flag} is too large"));
    Ok(Config {
        profile: profile(machine)?,
        switch_interval_ns: machine.switch_interval.unwrap_or(defaults.switch_interval_ns),
        check_interval_ticks: machine.check_interval,
        warmth: if machine.cold { Warmth::Cold } else { Warmth::AsCounted },
        cores: machine.cores,
        seed: machine.seed,
        jitter: if machine.jitter { Jitter::On } else { Jitter::Off },
        epoch_ns: machine.epoch,
        stdout: match machine.stdout {
            Stdout::Tty => StdoutMode::Tty,
            Stdout::Pipe => StdoutMode::Pipe,
        },
        switching: match machine.switching {
            SwitchAt::Gil => Switching::OnRequest,
            SwitchAt::Instruction => Switching::EveryInstruction,
        },
        limits: Limits {
            steps_max: limits.max_steps,
            time_max_ns: limits.max_time,
            heap_max_bytes: usize::try_from(limits.max_heap).map_err(|_| large("--max-heap"))?,
            threads_max: u32::try_from(limits.max_threads).map_err(|_| large("--max-threads"))?,
            output_max_bytes: limits.max_output,
        },
        ..defaults
    })
}

/// The profile that the flags name, or that the first cost file is for, with the costs of its file.
pub fn profile(machine: &MachineFlags) -> Result<Profile, Failure> {
    let mut files = Vec::new();
    for path in &machine.costs {
        files.push(cost_file::read(path)?);
    }
    let of_file = files.first().map(|file| file.python);
    let name = machine.python.as_deref().or(of_file).unwrap_or(Profile::DEFAULT);
    let mut profile = Profile::by_name(name).expect("every version of the command line has a profile");
    if of_file.is_some() {
        let file = files.into_iter().find(|file| file.python == name);
        let file = file.ok_or_else(|| {
            Failure::usage(format!("no file of --costs has the costs of CPython {name}"))
                .with_help("calibrate that version too, or give --python the version of a cost file")
        })?;
        profile.costs = Some(Arc::new(file.table));
    }
    Ok(profile)
}

/// The kind of a profile's GIL.
pub fn gil_mode(profile: &Profile) -> GilMode {
    match profile.gil {
        GilRule::Ticks => GilMode::Ticks,
        GilRule::Requests(_) => GilMode::Requests,
        GilRule::Free => GilMode::Free,
    }
}

/// The source files known so far, by index. Texts of the library stay out.
pub fn files(vm: &Vm) -> Vec<SourceText> {
    let text = |file: &Arc<gilsim_vm::source::SourceFile>| match file.flavour {
        Flavour::User => SourceText::new(&*file.path, &*file.text),
        Flavour::Library | Flavour::Atomic => SourceText::name_only(&*file.path),
    };
    vm.files.iter().map(text).collect()
}

/// A run about to happen.
struct Run<'a> {
    simulation: Simulation,
    config: Arc<Config>,
    argv: Vec<String>,
    flags: &'a RunFlags,
    terminal: Terminal,
    races: Option<Single>,
}

impl Run<'_> {
    /// Runs to the end and reports.
    fn go<const RECORD: u32, const FOLD: u32>(mut self, streams: Streams) -> Result<Status, Failure> {
        let options = measure::fold_options(&self.config);
        let fold = LiveFold::<FOLD>::new(options, LANES_MAX_DEFAULT);
        let recorder = match &self.flags.record.trace {
            None => None,
            Some(path) => {
                let file = TraceFile::create(path)?;
                let recorder = Recorder::<_, RECORD>::new(file, &self.header(), EVENTS_MAX_DEFAULT);
                Some(recorder.map_err(|error| Failure::file("write", path, &error))?)
            }
        };
        let mut listener =
            Listener::<RECORD, FOLD> { streams, fold, study: Study::new(options.free_threaded), recorder };
        let outcome = measure::drive(&mut self.simulation, &mut listener, |listener| {
            // Nobody may be reading the output any more.
            listener.streams.flush();
            listener.streams.has_failed()
        });
        listener.streams.flush();
        if let Some(error) = listener.streams.failure() {
            return Err(Failure::from(error));
        }
        let end = RunEnd { time_ns: self.simulation.now_ns(), ending: report::ending(&outcome) };
        if let (Some(recorder), Some(path)) = (listener.recorder, &self.flags.record.trace) {
            let file = recorder.finish(&end, &self.files()).and_then(TraceFile::commit);
            match file {
                Err(error) if trace_file::is_stdout(path) => return Err(Failure::from(error)),
                Err(error) => return Err(Failure::file("write", path, &error)),
                Ok(()) => {}
            }
        }
        let (summary, bins) = listener.fold.finish(end.time_ns);
        let findings = findings(&listener.study, &summary, measure::circumstances(&self.config));
        drop(listener.streams);
        let ended = Ended {
            info: (&self.header()).into(),
            argv: &self.argv,
            config: &self.config,
            outcome: &outcome,
            summary,
            findings,
            bins,
            files: self.files().into_iter().map(|file| file.name).collect(),
            output: self.simulation.output(),
            running: self.running(),
            races: self.races.as_ref(),
            denies_races: self.flags.deny.contains(&Sought::Race),
        };
        let status = self.report(&ended);
        drop(ended);
        // The command ends now: taking a heap of millions of objects apart would only take time.
        std::mem::forget(self.simulation);
        status
    }

    fn report(&self, ended: &Ended<'_>) -> Result<Status, Failure> {
        let status = ended.status();
        match self.flags.report.format {
            Format::Json => {
                super::print(&format!("{}\n", ended.machine(status)))?;
            }
            Format::Human => {
                let text = ended.human(self.flags.quiet, &self.terminal);
                let _ = std::io::stderr().write_all(text.as_bytes());
            }
        }
        Ok(status)
    }

    /// Where the threads are that could go on: name, file and line in the program itself.
    fn running(&self) -> Vec<(String, String)> {
        let interpreter = &self.simulation.interpreters()[0];
        let vm = &interpreter.vm;
        let able = |thread: &&Thread| matches!(thread.state, State::Holding { .. } | State::WantsGil { .. });
        let place = |thread: &Thread| {
            let place = vm.program_place(&thread.green)?;
            let path = vm.files.get(place.file as usize).map(|file| diagnostic::shown_path(file))?;
            let name = match (&thread.name, thread.id == interpreter.main) {
                (Some(name), _) => name.to_string(),
                (None, true) => "MainThread".to_owned(),
                (None, false) => format!("thread {}", thread.id.0),
            };
            Some((name, format!("{path}:{}", place.line)))
        };
        self.simulation.threads().filter(able).filter_map(place).collect()
    }

    fn files(&self) -> Vec<SourceText> {
        files(&self.simulation.interpreters()[0].vm)
    }

    /// A hash of the profile's costs and eval checks: recordings with equal hashes were made under equal rules.
    fn cost_hash(&self) -> String {
        sha256_hex(format!("{:?}", self.config.profile.code_rules()).as_bytes())
    }

    fn header(&self) -> Header {
        Header {
            tool: concat!("gilsim ", env!("CARGO_PKG_VERSION")).into(),
            profile: self.config.profile.name.into(),
            gil: gil_mode(&self.config.profile),
            switch_interval_ns: self.config.switch_interval_ns,
            cores: self.config.cores,
            cost_model: CostModel { name: self.config.profile.name.into(), hash: self.cost_hash() },
            seed: self.config.seed,
            policy: "faithful".into(),
            schedule: None,
            detail: match self.flags.record.detail {
                Detail::Switch => gilsim_trace::recording::Detail::Switch,
                Detail::Sync => gilsim_trace::recording::Detail::Sync,
                Detail::Line => gilsim_trace::recording::Detail::Line,
                Detail::Op => gilsim_trace::recording::Detail::Op,
            },
            argv: self.argv.clone(),
            files: self.files(),
        }
    }
}
