//! What a switch costs: between two threads, after every instruction, and after every instruction among many threads.
//!
//!     cargo bench -p gilsim-benches --bench switches -- [THREADS]
//!
//! Each program runs with and without switches, many times in turns; the difference of the least processor times is
//! divided by the number of switches: what disturbs a run only adds to it, and of many short runs some are not disturbed
//! at all, where of a few long ones each is. Waits end, and threads are created and wake,
//! without delay, so that switches are many and no thread begins before all are there. THREADS (100,000 unless told) is
//! how many take turns in the last line, where the GIL goes round: under a real GIL each waiter also wakes at the end of
//! every switch interval, which is work of its own. What this misses: the program's own work is the same in both runs,
//! but what it finds in the processor's caches is not.

use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::{Config, Latencies, Limits, Switching};
use gilsim_scheduler::event::Deaf;
use gilsim_scheduler::gil::Gil;
use gilsim_scheduler::simulation::Simulation;
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::interp::Vm;
use gilsim_vm::source::{Flavour, SourceFile};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::sync::Arc;

/// The command's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Threads that compute, and all wait for the others to begin.
const PROGRAM: &str = "
import _thread, time
left, go, end = THREADS, False, _thread.allocate_lock()
end.acquire()
def work():
    global left
    while not go:
        time.sleep(1000)
    for _ in range(TURNS):
        pass
    left -= 1
    if not left:
        end.release()
for _ in range(THREADS):
    _thread.start_new_thread(work, ())
go = True
end.acquire()
";

/// One run: processor seconds, instructions, switches.
fn measure(threads: u64, turns: u64, interval_ns: u64, switching: Switching) -> (f64, u64, u64) {
    let text = PROGRAM.replace("THREADS", &threads.to_string()).replace("TURNS", &turns.to_string());
    let limits = Limits { threads_max: u32::MAX, time_max_ns: u64::MAX / 2, ..Limits::default() };
    let latencies = Latencies { timed_wait_ns: 0, wake_ns: 0, thread_create_ns: 0, ..Latencies::MEASURED };
    let config = Config { switch_interval_ns: interval_ns, switching, limits, latencies, ..Config::default() };
    let config = Arc::new(config);
    let source = Arc::new(SourceFile::new("__main__", "program.py", &text, Flavour::User));
    let main = compile(&source, Mode::Module, &config.profile.code_rules()).expect("the program compiles");
    let mut simulation = Simulation::new(Arc::clone(&config), Vm::new(Arc::new(config.vm_config())), main);
    let before = seconds();
    simulation.run(&mut Faithful, &mut Deaf);
    let spent = seconds() - before;
    let switches = match &simulation.interpreters()[0].gil {
        Gil::Requests(gil) => gil.switch_number(),
        // Switches after every instruction.
        Gil::Ticks(_) | Gil::Free(_) | Gil::Eager(_) | Gil::Custom(_) => simulation.steps(),
    };
    (spent, simulation.steps(), switches)
}

/// Processor time of this process so far.
fn seconds() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("the system counts processor time");
    (usage.user_time() + usage.system_time()).num_microseconds() as f64 * 1e-6
}

/// The difference of the least disturbed of so many runs each, taken in turns, by the number of switches more, in nanoseconds.
fn cost_ns(runs: u32, with: impl Fn() -> (f64, u64, u64), without: impl Fn() -> (f64, u64, u64)) -> f64 {
    let (mut spent, mut calm, mut more) = (f64::INFINITY, f64::INFINITY, 1);
    for _ in 0..runs {
        let ((with_s, _, switches), (without_s, _, calm_switches)) = (with(), without());
        (spent, calm) = (spent.min(with_s), calm.min(without_s));
        more = switches.saturating_sub(calm_switches).max(1);
    }
    (spent - calm) * 1e9 / more as f64
}

/// A switch interval that no run reaches: nobody is made to let go.
const NEVER_NS: u64 = 3_600_000_000_000;

fn main() {
    let many = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(100_000u64);
    let calm = |threads, turns| move || measure(threads, turns, NEVER_NS, Switching::OnRequest);
    // Some 5,600 switches in 7 ms.
    let often = || measure(2, 400_000, 1_000, Switching::OnRequest);
    let forced = |threads, turns| move || measure(threads, turns, NEVER_NS, Switching::EveryInstruction);
    let row = |what: &str, cost_ns: f64, bound_ns: f64| {
        let verdict = if cost_ns <= bound_ns { "holds" } else { "exceeded" };
        println!("{what:<52} {cost_ns:>7.0} ns   bound {bound_ns:>4.0} ns   {verdict}");
    };
    row("a switch between two threads, on request", cost_ns(500, often, calm(2, 400_000)), 100.0);
    row("an instruction with a switch after it, two threads", cost_ns(50, forced(2, 40_000), calm(2, 40_000)), 100.0);
    // So many that starting and ending the threads is less than a third of it.
    let turns = (10_000_000 / many).max(40);
    let cost = cost_ns(5, forced(many, turns), calm(many, turns));
    row(&format!("an instruction with a switch after it, {many} threads"), cost, 200.0);
}
