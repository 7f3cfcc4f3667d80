//! Several interpreters on one machine, each with a GIL of its own.

use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::{Config, Latencies};
use gilsim_scheduler::event::{Deaf, Stream};
use gilsim_scheduler::outcome::Outcome;
use gilsim_scheduler::profile::Profile;
use gilsim_scheduler::simulation::Simulation;
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::interp::Vm;
use gilsim_vm::source::{Flavour, SourceFile};
use std::sync::Arc;

/// A machine on which each program has an interpreter; run to its end.
fn run(cores: u32, programs: &[&str]) -> Simulation {
    let profile = Profile::by_name("3.12").expect("a known profile");
    let config = Arc::new(Config { profile, cores, latencies: Latencies::ZERO, ..Config::default() });
    let parts = |text: &str| {
        let source = Arc::new(SourceFile::new("__main__", "p.py", text, Flavour::User));
        let main = compile(&source, Mode::Module, &config.profile.code_rules()).expect("the program compiles");
        (Vm::new(Arc::new(config.vm_config())), main)
    };
    let (vm, main) = parts(programs[0]);
    let mut simulation = Simulation::new(Arc::clone(&config), vm, main);
    for text in &programs[1..] {
        let (vm, main) = parts(text);
        simulation.add_interpreter(vm, &main);
    }
    simulation.run(&mut Faithful, &mut Deaf);
    simulation
}

const COMPUTE: &str = "
x = 0
for i in range(20_000):
    x += i
";

const THREADS: &str = "
import threading
total = 0
def work():
    global total
    for i in range(5_000):
        total += len('x')
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(threading.current_thread() is threading.main_thread(), threading.main_thread().name)
";

#[test]
fn interpreters_compute_at_the_same_time_on_cores_of_their_own() {
    let alone_ns = run(2, &[COMPUTE]).now_ns();
    let ratio = |simulation: &Simulation| simulation.now_ns() as f64 / alone_ns as f64;
    let (beside, on_one_core) = (run(2, &[COMPUTE, COMPUTE]), run(1, &[COMPUTE, COMPUTE]));
    assert!((0.99..1.01).contains(&ratio(&beside)), "{}", ratio(&beside));
    assert!((1.98..2.02).contains(&ratio(&on_one_core)), "{}", ratio(&on_one_core));
    let four = run(4, &[COMPUTE, COMPUTE, COMPUTE, COMPUTE]);
    assert!((0.99..1.01).contains(&ratio(&four)), "{}", ratio(&four));
    assert!(four.interpreters().iter().all(|interpreter| interpreter.cpu_ns > alone_ns * 9 / 10));
}

#[test]
fn each_has_its_own_main_thread_modules_and_switch_interval() {
    let change =
        "import sys, time\nsys.setswitchinterval(0.5)\ntime.sleep(1)\nprint('mine', sys.getswitchinterval())\n";
    let read = "import sys, time\ntime.sleep(0.5)\nprint('other', sys.getswitchinterval())\n";
    let simulation = run(2, &[change, read, THREADS]);
    assert_eq!(simulation.outcome(), Some(&Outcome::Finished { exit: 0 }));
    let output = simulation.output().text(Stream::Stdout);
    assert_eq!(output, "True MainThread\nother 0.005\nmine 0.5\n");
}

#[test]
fn the_run_ends_with_the_last_and_as_the_first() {
    let late = "import time\ntime.sleep(2)\nraise ValueError\n";
    let early = "import sys, threading, time\nthreading.Thread(target=time.sleep, args=(99,), daemon=True).start()\nsys.exit(7)\n";
    let simulation = run(2, &[early, late]);
    assert_eq!(simulation.outcome(), Some(&Outcome::Finished { exit: 7 }));
    assert!((2_000_000_000..3_000_000_000).contains(&simulation.now_ns()), "{}", simulation.now_ns());
    let second = simulation.interpreters()[1].ended.clone();
    assert!(matches!(second, Some(Outcome::Uncaught { class, .. }) if class == "ValueError"));
}

#[test]
fn a_deadlock_in_one_is_one_when_the_others_have_ended() {
    let stuck = "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n";
    let simulation = run(2, &[COMPUTE, stuck]);
    assert!(matches!(simulation.outcome(), Some(Outcome::Deadlock(_))), "{:?}", simulation.outcome());
    assert_eq!(simulation.interpreters()[0].ended, Some(Outcome::Finished { exit: 0 }));
}

#[test]
fn a_clone_runs_on_alike() {
    let run = || run(2, &[THREADS, THREADS]);
    let (a, b) = (run(), run());
    assert_eq!(a.fingerprint(), b.fingerprint());
    assert_eq!(a, b);
}
