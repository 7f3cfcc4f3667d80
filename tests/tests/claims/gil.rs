//! Claims about the GIL that are seen in the events of a run.

use super::run::{MAIN, MS, PROFILES, Ran, run_well};
use gilsim_scheduler::event::{BlockReason, DropReason, Event, EventKind, Stream};
use gilsim_vm::value::ThreadId;

/// The names of the tests in this file.
pub const TESTS: &[&str] = &[
    "claim_001_one_thread_at_a_time",
    "claim_003_a_single_thread_is_never_asked",
    "claim_004_all_others_rest",
    "claim_005_blocking_releases_the_gil",
    "claim_006_a_waiter_asks_after_the_interval",
    "claim_007_forced_switching",
    "claim_014_only_the_interval_scales_the_convoy",
    "claim_018_print_to_a_terminal_releases_the_gil",
];

/// Threads that compute, under a switch interval.
fn computing(threads: usize, interval_ms: u64) -> String {
    format!(
        "import sys, threading
sys.setswitchinterval({interval_ms} / 1000)

def compute():
    number = 0
    for step in range(200_000):
        number = (number * 31 + step) % 1_000_003

threads = [threading.Thread(target=compute) for _ in range({threads})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"
    )
}

fn takes_and_drops(ran: &Ran) -> impl Iterator<Item = &Event> {
    ran.events.iter().filter(|event| matches!(event.kind, EventKind::GilTake { .. } | EventKind::GilDrop { .. }))
}

#[test]
fn claim_001_one_thread_at_a_time() {
    for profile in PROFILES {
        let ran = run_well(profile, &computing(4, 1));
        let mut holder: Option<ThreadId> = None;
        for event in takes_and_drops(&ran) {
            match event.kind {
                EventKind::GilTake { .. } => assert_eq!(holder.replace(event.thread.expect("a thread")), None),
                _ => assert_eq!(holder.take(), event.thread),
            }
        }
        assert!(ran.drops().count() > 10, "{profile}: the threads change places");
    }
}

#[test]
fn claim_003_a_single_thread_is_never_asked() {
    let text = "total = 0\nfor step in range(1_000_000):\n    total += step\n";
    for profile in PROFILES {
        let ran = run_well(profile, text);
        assert!(ran.simulation.now_ns() > 20 * MS, "{profile}: some switch intervals long");
        assert_eq!(ran.count(|kind| matches!(kind, EventKind::GilRequest { .. } | EventKind::GilTimeout { .. })), 0);
        assert!(ran.drops().all(|(_, _, reason)| reason != DropReason::Request), "{profile}");
    }
}

#[test]
fn claim_004_all_others_rest() {
    for profile in PROFILES {
        let ran = run_well(profile, &computing(3, 1));
        let mut wanting: Vec<ThreadId> = Vec::new();
        let mut under_the_gil = 0;
        for event in &ran.events {
            let thread = event.thread.unwrap_or(MAIN);
            match event.kind {
                EventKind::GilWant { .. } => wanting.push(thread),
                EventKind::GilTake { .. } => wanting.retain(|one| *one != thread),
                EventKind::GilDrop { instructions, .. } => {
                    assert!(!wanting.contains(&thread), "{profile}: a waiter has the GIL: {event:?}");
                    under_the_gil += instructions;
                }
                _ => {}
            }
        }
        assert_eq!(under_the_gil, ran.simulation.steps(), "{profile}: nobody executes anything without the GIL");
    }
}

#[test]
fn claim_005_blocking_releases_the_gil() {
    let text = "import threading, time, queue
lock = threading.Lock()
items = queue.SimpleQueue()

def wait():
    with lock:
        items.get()

lock.acquire()
thread = threading.Thread(target=wait)
thread.start()
time.sleep(0.01)
lock.release()
time.sleep(0.01)
items.put(1)
thread.join()
";
    for profile in PROFILES {
        let ran = run_well(profile, text);
        let waiter = ThreadId(1);
        let mut reasons = Vec::new();
        for event in &ran.events {
            let EventKind::Block { reason, .. } = &event.kind else { continue };
            let thread = event.thread.expect("a thread blocks");
            let drop = (event.time_ns, thread, DropReason::Block);
            assert!(ran.drops().any(|other| other == drop), "{profile}: {event:?}");
            reasons.push((thread, reason.clone()));
        }
        let blocked = |thread: ThreadId, wanted: fn(&BlockReason) -> bool| {
            reasons.iter().any(|(who, reason)| *who == thread && wanted(reason))
        };
        assert!(blocked(MAIN, |reason| *reason == BlockReason::Sleep), "{profile}: {reasons:?}");
        assert!(blocked(waiter, |reason| matches!(reason, BlockReason::Lock { .. })), "{profile}: {reasons:?}");
        assert!(blocked(waiter, |reason| matches!(reason, BlockReason::Queue { .. })), "{profile}: {reasons:?}");
        assert!(blocked(MAIN, |reason| matches!(reason, BlockReason::Join { .. })), "{profile}: {reasons:?}");
    }
}

#[test]
fn claim_006_a_waiter_asks_after_the_interval() {
    for (interval_ms, requests_min) in [(5, 1), (1, 5)] {
        let text = computing(2, interval_ms);
        for profile in PROFILES {
            let ran = run_well(profile, &text);
            let mut requests = 0;
            for event in ran.events.iter().filter(|event| matches!(event.kind, EventKind::GilRequest { .. })) {
                let began = ran.events.iter().rev().find(|other| {
                    other.id < event.id
                        && other.thread == event.thread
                        && matches!(other.kind, EventKind::GilWant { .. })
                });
                let waited_ns = event.time_ns - began.expect("it began to wait").time_ns;
                assert!(waited_ns >= interval_ms * MS, "{profile}: asks after {waited_ns} ns");
                requests += 1;
            }
            assert!(requests >= requests_min, "{profile}: {requests} requests");
        }
    }
}

#[test]
fn claim_007_forced_switching() {
    for profile in PROFILES {
        let ran = run_well(profile, &computing(2, 1));
        let events: Vec<&Event> = takes_and_drops(&ran).collect();
        let mut forced_count = 0;
        for pair in events.windows(2) {
            let EventKind::GilDrop { reason: DropReason::Request, .. } = pair[0].kind else { continue };
            let EventKind::GilTake { forced, from, .. } = pair[1].kind else { panic!("a take follows a drop") };
            assert!(forced && from == pair[0].thread, "{profile}: {:?}", pair[1]);
            assert_ne!(pair[0].thread, pair[1].thread, "{profile}: another thread has it first");
            forced_count += 1;
        }
        assert!(forced_count >= 3, "{profile}: {forced_count} forced switches");
    }
}

#[test]
fn claim_014_only_the_interval_scales_the_convoy() {
    let text = |interval_ms: u64| {
        format!(
            "import sys, threading, time
sys.setswitchinterval({})
stop = False
def compute():
    while not stop:
        pass
thread = threading.Thread(target=compute)
thread.start()
begin = time.perf_counter()
for _ in range(20):
    time.sleep(0.001)
print(time.perf_counter() - begin)
stop = True
thread.join()
",
            interval_ms as f64 / 1000.0
        )
    };
    for profile in PROFILES {
        for interval_ms in [1, 5, 20] {
            let ran = run_well(profile, &text(interval_ms));
            let seconds: f64 = ran.text(Stream::Stdout).trim().parse().expect("a number");
            let each_ms = seconds * 1000.0 / 20.0 - 1.0;
            let interval_ms = interval_ms as f64;
            assert!((interval_ms..interval_ms + 0.5).contains(&each_ms), "{profile}: {each_ms} ms late");
        }
    }
}

#[test]
fn claim_018_print_to_a_terminal_releases_the_gil() {
    let text = "print('a')\nprint('b')\nprint('c', flush=True)\n";
    for profile in PROFILES {
        let ran = run_well(profile, text);
        let by_output = ran.drops().filter(|(_, _, reason)| *reason == DropReason::Native).count();
        let blocked = ran.count(|kind| matches!(kind, EventKind::Block { reason: BlockReason::Io { .. }, .. }));
        assert!(by_output.max(blocked) >= 3, "{profile}: {by_output} {blocked}");
    }
}
