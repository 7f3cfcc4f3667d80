//! The same virtual machine on threads of the operating system, around a real GIL, in real time.
//!
//! Each Python thread is an OS thread. What they share, the virtual machine, is one value that only the holder of the GIL touches. The GIL is a mutex
//! and condition variables (`gil.rs`), driven by the state machine of the simulation, [`gilsim_scheduler::gil`]: a waiter sleeps for one
//! switch interval, then asks; the holder looks at an atomic flag and lets go at its next eval check. Locks, queues, joins, sleeps and writes block for real,
//! without the GIL (`waiting.rs`).
//!
//! Promises: only the holder executes; the rules of the profile (eval checks, switch interval, forced switches) are those of the simulation.
//! **No promise of determinism**: two runs differ, and that is the point: it shows the effects happening, and is a check of the simulated engine.
//!
//! What it misses: instructions take the time that this machine takes for them, not their costs; between two looks at the flag the holder executes up to
//! `LOOK_EVERY_NS` of costs; an item of a `SimpleQueue` is never handed over (3.13), it is competed for; a lock that a woken
//! thread has taken while it waits for the GIL still looks free to `locked()`. There is nothing to record: no trace, no picks.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "real threads and a real clock are what this crate is for"
)]

mod effects;
mod gil;
mod operation;
mod thread;
mod ticks;
mod waiting;
mod world;

pub use gil::GilReport;

use gilsim_scheduler::config::Config;
use gilsim_scheduler::event::Limit;
use gilsim_scheduler::profile::GilRule;
use gilsim_scheduler::simulation::Uncaught;
use gilsim_vm::code::Code;
use gilsim_vm::effect::Stream;
use gilsim_vm::interp::Vm;
use gilsim_vm::value::ThreadId;
use std::sync::Arc;
use std::time::{Duration, Instant};
use world::World;

/// Where the program's text goes. Called without the GIL, by one thread at a time.
pub type Sink = Box<dyn FnMut(Stream, &str) + Send>;

/// How a run ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ended {
    /// The program ended with this exit status.
    Finished(i32),
    /// An exception left the main program; its traceback was written.
    Uncaught(i32, Uncaught),
    /// All threads wait for each other, without end.
    Deadlock,
    /// A limit was reached.
    Limit(Limit),
}

/// What a run showed.
#[derive(Clone, Debug)]
pub struct Report {
    /// How it ended.
    pub ended: Ended,
    /// Real time.
    pub real_ns: u64,
    /// Instructions executed.
    pub instructions: u64,
    /// Threads that ever were.
    pub threads: u32,
    /// The GIL.
    pub gil: GilReport,
}

/// Why a configuration cannot be run on OS threads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// Without a GIL, nothing keeps two threads out of the one virtual machine.
    NoGil,
}

/// Runs a program to its end. `vm` is made with [`Config::vm_config`]. When it returns, no thread of the program is left.
///
/// # Errors
/// If the profile has no GIL.
pub fn run(config: &Arc<Config>, vm: Vm, main: &Arc<Code>, sink: Sink) -> Result<Report, Unfit> {
    if config.profile.gil == GilRule::Free {
        return Err(Unfit::NoGil);
    }
    let world = Arc::new(World::new(Arc::clone(config), vm, main, sink));
    let began = Instant::now();
    thread::start(&world, ThreadId(0)).expect("the first thread can be started");
    let deadline = began.checked_add(Duration::from_nanos(config.limits.time_max_ns));
    world.wait_for_end(deadline);
    let real_ns = world.elapsed_ns();
    let ended = world.close();
    let machine = world.machine.lock();
    let threads = machine.threads.len() as u32;
    Ok(Report { ended, real_ns, instructions: machine.instructions, threads, gil: world.gil.report(real_ns) })
}
