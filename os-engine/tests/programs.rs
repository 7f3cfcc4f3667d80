//! Programs on real threads: what has to come out whatever the schedule, and how runs end.

#![allow(clippy::disallowed_types, clippy::disallowed_methods, reason = "real threads and a real clock are tested")]

use gilsim_os_engine::{Ended, Report, Unfit, run};
use gilsim_scheduler::config::{Config, Limits};
use gilsim_scheduler::event::Limit;
use gilsim_scheduler::profile::Profile;
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::effect::Stream;
use gilsim_vm::interp::Vm;
use gilsim_vm::source::{Flavour, SourceFile};
use std::sync::{Arc, Mutex};

/// Runs a program under a profile; its standard output and the report.
fn go(profile: &str, text: &str, limits: Limits) -> Result<(String, Report), Unfit> {
    let profile = Profile::by_name(profile).expect("a known profile");
    let config = Arc::new(Config { profile, limits, ..Config::default() });
    let source = Arc::new(SourceFile::new("__main__", "p.py", text, Flavour::User));
    let main = compile(&source, Mode::Module, &config.profile.code_rules()).expect("the program compiles");
    let output = Arc::new(Mutex::new(String::new()));
    let copy = Arc::clone(&output);
    let sink = Box::new(move |stream: Stream, text: &str| {
        if stream == Stream::Stdout {
            copy.lock().unwrap().push_str(text);
        }
    });
    let report = run(&config, Vm::new(Arc::new(config.vm_config())), &main, sink)?;
    let text = output.lock().unwrap().clone();
    Ok((text, report))
}

fn well(profile: &str, text: &str) -> (String, Report) {
    let (output, report) = go(profile, text, Limits::default()).expect("a version with a GIL");
    assert_eq!(report.ended, Ended::Finished(0), "{profile}: {output}");
    (output, report)
}

const COUNT: &str = "
import threading
lock = threading.Lock()
total = 0
def work():
    global total
    for _ in range(2000):
        with lock:
            total += 1
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total)
";

#[test]
fn a_lock_keeps_a_count_exact_under_every_kind_of_gil() {
    for profile in ["2.7", "3.6", "3.9", "3.12", "3.13"] {
        let (output, report) = well(profile, COUNT);
        assert_eq!((output.as_str(), report.threads), ("8000\n", 5), "{profile}");
        assert!(report.gil.switches >= 4 && report.instructions > 8000, "{profile}: {report:?}");
    }
}

#[test]
fn threads_that_compute_are_made_to_switch_and_sleeps_overlap() {
    let text = "
import threading, time, sys
sys.setswitchinterval(0.001)
stop = False
turns = [0, 0]
def work(me):
    while not stop:
        turns[me] += 1
threads = [threading.Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
time.sleep(0.2)
stop = True
for thread in threads:
    thread.join()
start = time.monotonic()
sleepers = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in range(5)]
for thread in sleepers:
    thread.start()
for thread in sleepers:
    thread.join()
print(min(turns) > 0, 0.1 <= time.monotonic() - start < 0.45)
";
    let (output, report) = well("3.11", text);
    assert_eq!(output, "True True\n");
    assert!(report.gil.switches_forced > 5, "{report:?}");
}

#[test]
fn queues_conditions_events_and_pools_work() {
    let text = "
import queue, threading
from concurrent.futures import ThreadPoolExecutor
q, out = queue.Queue(maxsize=2), queue.SimpleQueue()
def consume():
    while (item := q.get()) is not None:
        out.put(item * item)
        q.task_done()
    out.put(None)
consumer = threading.Thread(target=consume)
consumer.start()
for n in range(50):
    q.put(n)
q.put(None)
consumer.join()
squares = []
while (item := out.get()) is not None:
    squares.append(item)
ready = threading.Event()
threading.Timer(0.02, ready.set).start()
print(sum(squares), ready.wait(5), ready.wait(0))
with ThreadPoolExecutor(3) as pool:
    print(list(pool.map(lambda n: n + 1, range(5))))
try:
    out.get(timeout=0.01)
except queue.Empty:
    print('empty', threading.Lock().acquire(timeout=0.01))
";
    for profile in ["2.7", "3.9", "3.13"] {
        assert_eq!(well(profile, text).0, "40425 True True\n[1, 2, 3, 4, 5]\nempty True\n", "{profile}");
    }
}

#[test]
fn ends_are_told() {
    let ended = |text: &str| go("3.13", text, Limits::default()).expect("a GIL").1.ended;
    assert_eq!(ended("import sys\nsys.exit(7)\n"), Ended::Finished(7));
    assert_eq!(
        ended("import os, threading\nthreading.Thread(target=os._exit, args=(3,)).start()\nthreading.Event().wait()\n"),
        Ended::Finished(3)
    );
    assert!(matches!(ended("1 / 0\n"), Ended::Uncaught(1, uncaught) if uncaught.class == "ZeroDivisionError"));
    let daemon = "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n";
    assert_eq!(ended(daemon), Ended::Finished(0));
    let endless =
        "import threading\ndef spin():\n    while True: pass\nthreading.Thread(target=spin, daemon=True).start()\n";
    assert_eq!(ended(endless), Ended::Finished(0));
}

#[test]
fn a_deadlock_is_noticed_and_limits_hold() {
    let crossed = "
import threading
a, b, met = threading.Lock(), threading.Lock(), threading.Barrier(2)
def work(first, second):
    with first:
        met.wait()
        with second:
            pass
threading.Thread(target=work, args=(a, b)).start()
work(b, a)
";
    let alone = "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n";
    for text in [crossed, alone] {
        assert_eq!(go("3.9", text, Limits::default()).expect("a GIL").1.ended, Ended::Deadlock);
    }
    let limits = Limits { time_max_ns: 50_000_000, ..Limits::default() };
    let limited = |text, limits| go("3.13", text, limits).expect("a GIL").1.ended;
    assert_eq!(limited("import time\ntime.sleep(1000)\n", limits), Ended::Limit(Limit::Time));
    let limits = Limits { steps_max: 100_000, ..Limits::default() };
    assert_eq!(limited("while True: pass\n", limits), Ended::Limit(Limit::Steps));
}

#[test]
fn without_a_gil_there_is_no_such_engine() {
    assert_eq!(go("3.13t", "print(1)\n", Limits::default()).unwrap_err(), Unfit::NoGil);
}
