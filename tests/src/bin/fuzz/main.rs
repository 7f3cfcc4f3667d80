//! Feeds generated texts to the compiler and the machine, and stops at the first panic, hang or excess of memory.
//!
//! Input number `n` of a seed is always the same text ([`input`]): bytes, soups of tokens, programs shaped by the grammar
//! ([`grammar`]), and demo programs with pieces moved, doubled, lost ([`mutate`]). Each text is compiled; if that succeeds
//! it runs on a simulation with small limits. What counts as failure: a panic, an input that takes longer than
//! [`SLOW`], a process larger than [`MEMORY_MAX_BYTES`]. Not seen here: wrong results.
//!
//! `cargo run --release -p gilsim-tests --bin fuzz -- --count 10000000`

#![expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a run can end by real time")]

mod grammar;
mod input;
mod mutate;

use clap::Parser;
use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::{Config, Limits};
use gilsim_scheduler::event::Deaf;
use gilsim_scheduler::simulation::Simulation;
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::interp::Vm;
use gilsim_vm::source::{Flavour, SourceFile};
use nix::time::{ClockId, clock_gettime};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// As in the command itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Processor time that one input may take in an optimised build, on a machine that may do other work too; ten times as
/// long in an unoptimised one.
const SLOW: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
/// Resident memory of the whole process.
const MEMORY_MAX_BYTES: u64 = 2_000_000_000;
/// Stack of a worker: native recursion of an unoptimised build needs more than the default of a thread.
const STACK_BYTES: usize = 1 << 28;
/// Between two looks at the memory.
const INPUTS_PER_LOOK: u64 = 1000;

/// Feeds generated inputs to `check` and `run`.
#[derive(Parser)]
struct Arguments {
    /// How many inputs.
    #[arg(long, default_value_t = 100_000)]
    count: u64,
    /// Seed of the inputs.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Number of the first input.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Stop after so many seconds, whatever the count.
    #[arg(long)]
    seconds: Option<u64>,
    /// Workers [default: one for each core].
    #[arg(long)]
    jobs: Option<usize>,
    /// Print the inputs and do nothing with them.
    #[arg(long)]
    print: bool,
}

/// What became of one input.
enum Fate {
    Refused,
    Ran,
}

/// How many inputs came to which end.
#[derive(Default)]
struct Tally {
    refused: AtomicU64,
    ran: AtomicU64,
}

/// What the workers share.
struct Work {
    arguments: Arguments,
    machine: Machine,
    started: Instant,
    next: AtomicU64,
    tally: Tally,
    failed: AtomicBool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let numbers = arguments.first..arguments.first.saturating_add(arguments.count);
    if arguments.print {
        numbers.for_each(|number| println!("# input {number}\n{}", input::input(arguments.seed, number)));
        return ExitCode::SUCCESS;
    }
    let jobs = arguments.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let work = Work {
        next: AtomicU64::new(arguments.first),
        arguments,
        machine: Machine::new(),
        started: Instant::now(),
        tally: Tally::default(),
        failed: AtomicBool::new(false),
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let worker = Builder::new().stack_size(STACK_BYTES);
            worker.spawn_scoped(scope, || work.feed()).expect("a worker starts");
        }
    });
    if work.failed.into_inner() {
        return ExitCode::FAILURE;
    }
    let (refused, ran) = (work.tally.refused.into_inner(), work.tally.ran.into_inner());
    println!("{} inputs, seed {}: {refused} refused, {ran} ran, no failure", refused + ran, work.arguments.seed);
    ExitCode::SUCCESS
}

impl Work {
    /// Takes inputs until there are no more, time is up, or one failed.
    fn feed(&self) {
        let Arguments { seed, first, count, seconds, .. } = self.arguments;
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let is_late = seconds.is_some_and(|seconds| self.started.elapsed() >= Duration::from_secs(seconds));
            if number - first >= count || is_late || self.failed.load(Ordering::Relaxed) {
                return;
            }
            let text = input::input(seed, number);
            if let Err(problem) = self.machine.feed(&text, &self.tally) {
                eprintln!("FAILED at --seed {seed} --first {number} --count 1: {problem}\n{text}");
                self.failed.store(true, Ordering::Relaxed);
            }
            if number.is_multiple_of(INPUTS_PER_LOOK) && resident_bytes().is_some_and(|bytes| bytes > MEMORY_MAX_BYTES)
            {
                eprintln!("FAILED: more than {MEMORY_MAX_BYTES} bytes of memory after input {number}");
                self.failed.store(true, Ordering::Relaxed);
            }
        }
    }
}

/// What the machine has imported before the inputs come: compiling the library anew for each would be most of the work.
const IMPORTS: &str = "import concurrent.futures, collections, functools, io, itertools, math, queue, random, sys, \
     threading, time, traceback\nhasattr(sys, 'stdin')\ntraceback.format_exception(NameError('x', name='x'))\n\
     while True: time.sleep(1)\n";

/// A machine that has booted, to be cloned for each input.
struct Machine {
    config: Arc<Config>,
    vm: Vm,
}

impl Machine {
    fn new() -> Machine {
        let limits = Limits {
            steps_max: 30_000,
            time_max_ns: 10_000_000_000,
            heap_max_bytes: 24_000_000,
            threads_max: 40,
            output_max_bytes: 20_000,
        };
        let config = Arc::new(Config { limits, ..Config::default() });
        let mut vm = Vm::new(Arc::new(config.vm_config()));
        vm.load_prelude();
        let unlimited = Arc::new(Config::default());
        let source = Arc::new(SourceFile::new("__main__", "imports.py", IMPORTS, Flavour::User));
        let code = compile(&source, Mode::Module, &config.profile.code_rules()).expect("the imports are Python");
        let mut simulation = Simulation::new(unlimited, vm, code);
        while simulation.now_ns() < 1_000_000_000 {
            assert!(simulation.advance(&mut Faithful, &mut Deaf).is_none(), "the machine sleeps after its imports");
        }
        simulation.freeze();
        Machine { config, vm: simulation.interpreters()[0].vm.clone() }
    }

    /// Compiles a text and runs it.
    fn feed(&self, text: &str, tally: &Tally) -> Result<(), String> {
        let started = processor_time();
        let fate = catch_unwind(AssertUnwindSafe(|| self.compile_and_run(text))).map_err(|_| "panic".to_owned())?;
        let count = match fate {
            Fate::Refused => &tally.refused,
            Fate::Ran => &tally.ran,
        };
        count.fetch_add(1, Ordering::Relaxed);
        match processor_time().saturating_sub(started) {
            time if time > SLOW => Err(format!("took {time:?} of processor time")),
            _ => Ok(()),
        }
    }

    fn compile_and_run(&self, text: &str) -> Fate {
        let source = Arc::new(SourceFile::new("__main__", "fuzz.py", text, Flavour::User));
        let Ok(code) = compile(&source, Mode::Module, &self.config.profile.code_rules()) else { return Fate::Refused };
        let mut simulation = Simulation::new(Arc::clone(&self.config), self.vm.clone(), code);
        simulation.run(&mut Faithful, &mut Deaf);
        Fate::Ran
    }
}

/// Processor time of this worker so far.
fn processor_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// Resident memory of this process, where the system tells.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib * 1024)
}
