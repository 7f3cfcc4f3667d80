//! G35 to G38: locks are given out in order of arrival, and not handed over.

use crate::machine::{ALL_PROFILES, MS, Machine, PROFILES, Ran, US};
use gilsim_scheduler::config::{Jitter, Latencies};
use gilsim_scheduler::event::EventKind;
use gilsim_vm::value::ThreadId;

#[test]
fn g35_waiters_get_the_lock_in_order_of_arrival() {
    let text = "import threading, time
lock = threading.Lock()
order = []

def take(number):
    with lock:
        order.append(number)
        time.sleep(0.001)

lock.acquire()
threads = []
for number in [3, 0, 5, 1, 4, 2]:
    thread = threading.Thread(target=take, args=(number,))
    threads.append(thread)
    thread.start()
    time.sleep(0.001)
lock.release()
for thread in threads:
    thread.join()
print(*order)
";
    for profile in ALL_PROFILES {
        assert_eq!(Machine::new(profile, text).run().finished(), "3 0 5 1 4 2\n", "{profile}");
    }
}

#[test]
fn g35_a_woken_waiter_that_finds_the_lock_taken_waits_again() {
    let text = "import threading, time
lock = threading.Lock()

def wait():
    with lock:
        pass

lock.acquire()
thread = threading.Thread(target=wait)
thread.start()
time.sleep(0.001)
lock.release()
lock.acquire()
time.sleep(0.001)
lock.release()
thread.join()
";
    for profile in PROFILES {
        let ran = Machine::new(profile, text).run();
        ran.finished();
        let waiter = ThreadId(1);
        let tries = ran.events.iter().filter(|event| event.thread == Some(waiter));
        let tries = tries.filter(|event| matches!(event.kind, EventKind::LockTry { blocking: true, .. })).count();
        assert_eq!(tries, 2, "{profile}: it was too late once");
    }
}

#[test]
fn g36_a_release_followed_by_an_acquire_keeps_the_lock() {
    let text = "import threading, time
lock = threading.Lock()
got = []

def wait():
    with lock:
        got.append(threading.current_thread().name)

lock.acquire()
thread = threading.Thread(target=wait, name='waits')
thread.start()
time.sleep(0.001)
for number in range(20):
    lock.release()
    lock.acquire()
    got.append('main')
lock.release()
thread.join()
print(got.index('waits'))
";
    for profile in PROFILES {
        assert_eq!(Machine::new(profile, text).run().number(), 20.0, "{profile}");
    }
}

/// Runs of acquisitions of the one lock by one thread.
fn runs(ran: &Ran) -> Vec<usize> {
    let mut runs: Vec<(ThreadId, usize)> = Vec::new();
    for event in &ran.events {
        let (EventKind::LockAcquire { .. }, Some(thread), Some(at)) = (&event.kind, event.thread, &event.at) else {
            continue;
        };
        if &*at.code != "work" {
            continue;
        }
        match runs.last_mut() {
            Some((last, length)) if *last == thread => *length += 1,
            _ => runs.push((thread, 1)),
        }
    }
    runs.into_iter().map(|(_, length)| length).collect()
}

fn two_threads_with_a_lock(profile: &str, turns: usize, inside: &str, outside: &str) -> Machine {
    let text = format!(
        "import threading, time
lock = threading.Lock()

def work():
    for number in range({turns}):
        with lock:
            {inside}
        {outside}

threads = [threading.Thread(target=work) for number in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"
    );
    Machine::new(profile, &text)
}

#[test]
fn g37_a_body_that_sleeps_starves_the_other_thread_while_waking_takes_time() {
    for profile in PROFILES {
        let machine = two_threads_with_a_lock(profile, 60, "time.sleep(0.0005)", "pass");
        let ran = machine.clone().run();
        ran.finished();
        assert!(runs(&ran).into_iter().max() >= Some(50), "{profile}: one thread keeps the lock: {:?}", runs(&ran));
        let ran = machine.with(|config| config.latencies = Latencies { wake_ns: 0, ..Latencies::MEASURED }).run();
        ran.finished();
        assert!(runs(&ran).into_iter().max() <= Some(2), "{profile}: without latency it alternates: {:?}", runs(&ran));
    }
}

#[test]
fn g38_threads_fall_into_step_once_one_was_switched_out_inside_the_lock() {
    for profile in PROFILES {
        // Longer than the wake latency: less work outside, and the releaser is back before the woken thread is there.
        let busy = "for turn in range(4_000): pass";
        // Without jitter the turns can be in step with the interval: then no switch ever falls inside the lock.
        let machine = two_threads_with_a_lock(profile, 600, busy, busy).with(|config| config.jitter = Jitter::On);
        let ran = machine.run();
        ran.finished();
        let runs = runs(&ran);
        let single = runs.iter().filter(|length| **length == 1).count();
        assert!(runs.len() > 250 && single * 10 > runs.len() * 8, "{profile}: {} runs, {single} single", runs.len());
        let took_ns = ran.simulation.now_ns();
        let per_second = runs.len() as f64 / (took_ns as f64 / 1e9);
        assert!(per_second > 1000.0, "{profile}: {per_second} hand-overs per second, far more than one per interval");
        assert!(took_ns > 20 * MS, "{} us", took_ns / US);
    }
}
