//! The search of gilsim beside those of its peers, each by its own exhaustive way, on the same small problems.
//!
//!     cargo run --release --manifest-path benches/peers/Cargo.toml -- [--frontrun=PATH_OF_ITS_COMMAND]
//!
//! Threads add 1 to a shared counter by a read and a write, without a lock or under one. Each line says how many
//! executions a tool needs until it has seen them all, how many it makes in a second of processor time (frontrun: of the
//! clock, as it waits for threads of the operating system), and how long the whole takes. The tools do different work for
//! an execution: gilsim interprets Python on green threads with an undo log; shuttle and loom run compiled Rust closures
//! from the start each time, loom with the C11 memory model; frontrun traces CPython threads. So the last column, the time
//! to the answer, is the one to compare. Searches are repeated for at least half a second, and cut after a
//! million executions (shuttle), 2,000 (frontrun) or 20 s (loom): then there is no answer, and the line says so.

use gilsim_benches::processor_s;
use gilsim_explore::explore::until_nothing_is_learned;
use gilsim_explore::machine::Machine;
use gilsim_explore::search::dpor::{self, Verdict};
use gilsim_scheduler::profile::Profile;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const REPEAT_S: f64 = 0.5;

/// Executions of one search of shuttle's.
const EXECUTIONS_MAX: u64 = 1_000_000;

/// Time of one search of loom's.
const TIME_MAX: Duration = Duration::from_secs(20);

/// Threads, additions of each, whether a lock is taken.
type Problem = (usize, usize, bool);

const PROBLEMS: &[Problem] = &[(2, 1, false), (2, 2, false), (3, 1, false), (2, 1, true), (2, 3, true), (3, 2, true)];

fn name((threads, times, locks): Problem) -> String {
    format!("{threads} threads, {times} addition(s), {}", if locks { "lock" } else { "no lock" })
}

fn python((threads, times, locks): Problem) -> String {
    let body = if locks { "with lock: s.x += 1" } else { "s.x += 1" };
    format!(
        "import threading\nclass S: pass\ns = S(); s.x = 0\nlock = threading.Lock()\ndef f():\n  for _ in range({times}):\n    \
         {body}\nts = [threading.Thread(target=f) for _ in range({threads})]\nfor t in ts: t.start()\nfor t in ts: t.join()\n"
    )
}

/// What one search did.
struct Searched {
    executions: u64,
    is_cut: bool,
}

fn gilsim(problem: Problem) -> impl FnMut() -> Searched {
    let rules = Profile::default().code_rules();
    let origin =
        Machine::of_text("problem.py", &python(problem), rules).unwrap_or_else(|problems| panic!("{problems:?}"));
    move || {
        let executions = until_nothing_is_learned(&origin, |machine| {
            let go_on = |machine: &Machine| if machine.knowledge.changed { Verdict::Stop } else { Verdict::GoOn };
            dpor::explore(machine, 20_000, &mut |machine, _| go_on(machine)).1.executions
        });
        Searched { executions, is_cut: false }
    }
}

/// The same closure for two crates whose types have the same names.
macro_rules! counted {
    ($tool:ident, $problem:expr, $executions:expr) => {{
        let ((threads, times, locks), executions) = ($problem, Arc::clone(&$executions));
        move || {
            executions.fetch_add(1, Ordering::Relaxed);
            let x = $tool::sync::Arc::new($tool::sync::atomic::AtomicUsize::new(0));
            let lock = $tool::sync::Arc::new($tool::sync::Mutex::new(()));
            let add = |x: $tool::sync::Arc<$tool::sync::atomic::AtomicUsize>,
                       lock: $tool::sync::Arc<$tool::sync::Mutex<()>>| {
                move || {
                    for _ in 0..times {
                        let held = locks.then(|| lock.lock().unwrap());
                        let seen = x.load(Ordering::SeqCst);
                        x.store(seen + 1, Ordering::SeqCst);
                        drop(held);
                    }
                }
            };
            let started: Vec<_> = (0..threads).map(|_| $tool::thread::spawn(add(x.clone(), lock.clone()))).collect();
            started.into_iter().for_each(|thread| thread.join().unwrap());
        }
    }};
}

fn loom(problem: Problem) -> impl FnMut() -> Searched {
    move || {
        let executions = Arc::new(AtomicU64::new(0));
        let mut builder = loom::model::Builder::new();
        builder.max_duration = Some(TIME_MAX);
        let started_at = std::time::Instant::now();
        builder.check(counted!(loom, problem, executions));
        Searched { executions: executions.load(Ordering::Relaxed), is_cut: started_at.elapsed() >= TIME_MAX }
    }
}

fn shuttle(problem: Problem) -> impl FnMut() -> Searched {
    move || {
        let executions = Arc::new(AtomicU64::new(0));
        shuttle::check_dfs(counted!(shuttle, problem, executions), Some(EXECUTIONS_MAX as usize));
        let executions = executions.load(Ordering::Relaxed);
        Searched { executions, is_cut: executions >= EXECUTIONS_MAX }
    }
}

fn measure(tool: &str, mut search: impl FnMut() -> Searched) {
    let (started_s, mut searches, mut executions, mut cut) = (processor_s(), 0_u32, 0, "");
    while processor_s() - started_s < REPEAT_S {
        let searched = search();
        executions += searched.executions;
        searches += 1;
        cut = if searched.is_cut { " (cut: no answer)" } else { "" };
    }
    let took_s = processor_s() - started_s;
    println!(
        "  {tool:<10} {:>9} executions {:>10.0} a second {:>11.6} s{cut}",
        executions / u64::from(searches),
        executions as f64 / took_s,
        took_s / f64::from(searches)
    );
}

/// The lines that frontrun's script prints.
fn frontrun(command: &str, (threads, times, locks): Problem) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/frontrun_peer.py");
    let arguments = [threads.to_string(), times.to_string(), u8::from(locks).to_string()];
    let done = std::process::Command::new(command).arg("python").arg(script).args(arguments).output();
    match done {
        Ok(done) if done.status.success() => print!("{}", String::from_utf8_lossy(&done.stdout)),
        Ok(done) => println!("  frontrun   {}", String::from_utf8_lossy(&done.stderr).trim()),
        Err(error) => println!("  frontrun   {command}: {error}"),
    }
}

fn main() {
    let command = std::env::args().find_map(|argument| Some(argument.strip_prefix("--frontrun=")?.to_owned()));
    for problem in PROBLEMS {
        println!("{}", name(*problem));
        measure("gilsim", gilsim(*problem));
        measure("loom", loom(*problem));
        measure("shuttle", shuttle(*problem));
        if let Some(command) = &command {
            frontrun(command, *problem);
        }
    }
}
