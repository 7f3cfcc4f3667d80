//! G39 to G42: the start and end of threads, the switch interval's limits, deadlock.

use crate::machine::{ALL_PROFILES, MAIN, Machine, PROFILES, US};
use gilsim_scheduler::event::{BlockReason, EventKind, ThreadEnd};
use gilsim_scheduler::outcome::Outcome;

#[test]
fn g39_start_returns_only_after_the_new_thread_ran() {
    let text = "import threading
for attempt in range(20):
    done = []
    thread = threading.Thread(target=done.append, args=(1,))
    thread.start()
    assert done == [1], attempt
    thread.join()
print('short targets have finished')
";
    for profile in PROFILES {
        assert_eq!(Machine::new(profile, text).run().finished(), "short targets have finished\n", "{profile}");
    }
}

#[test]
fn g40_daemon_threads_stop_at_their_next_take_and_run_no_finally() {
    let text = "import threading, time

def endless(name):
    try:
        while True:
            time.sleep(0.001)
    finally:
        print(name, 'finally')

def finite():
    try:
        time.sleep(0.005)
    finally:
        print('worker finally')

threading.Thread(target=endless, args=('daemon',), daemon=True).start()
threading.Thread(target=finite).start()
print('main ends')
";
    for profile in ALL_PROFILES {
        let ran = Machine::new(profile, text).run();
        assert_eq!(ran.finished(), "main ends\nworker finally\n", "{profile}");
        let stopped = ran.count(|kind| matches!(kind, EventKind::ThreadEnd(ThreadEnd::Stopped)));
        assert_eq!(stopped, 1, "{profile}");
    }
}

#[test]
fn g40_a_daemon_thread_that_computes_stops_when_it_wants_the_gil_again() {
    let text = "import threading, time
def compute():
    while True:
        pass
threading.Thread(target=compute, daemon=True).start()
time.sleep(0.02)
print('main ends')
";
    for profile in ALL_PROFILES {
        assert_eq!(Machine::new(profile, text).run().finished(), "main ends\n", "{profile}");
    }
}

#[test]
fn g40_a_thread_can_be_started_at_exit_but_on_3_12() {
    let text = "import atexit, threading
def late():
    try:
        thread = threading.Thread(target=print, args=('ran',))
        thread.start()
        thread.join()
    except RuntimeError as error:
        print(error)
atexit.register(late)
";
    for profile in ALL_PROFILES {
        let expected = if profile == "3.12" { "can't create new thread at interpreter shutdown\n" } else { "ran\n" };
        assert_eq!(Machine::new(profile, text).run().finished(), expected, "{profile}");
    }
}

#[test]
fn g41_the_switch_interval_has_cpythons_limits() {
    let text = "import sys
print(sys.getswitchinterval())
for seconds in (0, -1, -0.001, 0.0):
    try:
        sys.setswitchinterval(seconds)
    except ValueError as error:
        print(error)
for seconds in (1e-7, 1.5e-6, 0.25, 1000, 1e10, 3):
    sys.setswitchinterval(seconds)
    print(sys.getswitchinterval())
for wrong in ('1', None):
    try:
        sys.setswitchinterval(wrong)
    except TypeError as error:
        print(error)
";
    let expected = "0.005
switch interval must be strictly positive
switch interval must be strictly positive
switch interval must be strictly positive
switch interval must be strictly positive
0.0
1e-06
0.25
1000.0
10000000000.0
3.0
must be real number, not str
must be real number, not NoneType
";
    for profile in PROFILES {
        let ran = Machine::new(profile, text).run();
        assert_eq!(ran.finished(), expected, "{profile}");
    }
}

#[test]
fn g41_the_shortest_interval_acts_as_a_microsecond() {
    let text = "import sys, threading
sys.setswitchinterval(1e-7)
def count():
    for number in range(40_000):
        pass
threads = [threading.Thread(target=count) for number in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
";
    for profile in PROFILES {
        let ran = Machine::new(profile, text).run();
        ran.finished();
        let mut begun_ns = std::collections::BTreeMap::new();
        let mut waits = 0;
        for event in &ran.events {
            match event.kind {
                EventKind::GilWant { .. } => {
                    begun_ns.insert(event.thread, event.time_ns);
                }
                // The waiter that is woken begins anew if another is faster.
                EventKind::GilDrop { .. } => begun_ns.clear(),
                EventKind::GilTimeout { .. } => {
                    let Some(since_ns) = begun_ns.insert(event.thread, event.time_ns) else { continue };
                    assert_eq!(event.time_ns - since_ns, 63 * US, "{profile}: a microsecond, and late");
                    waits += 1;
                }
                _ => {}
            }
        }
        assert!(waits > 3, "{profile}: {waits}");
    }
}

#[test]
fn g42_two_locks_in_opposite_order_are_a_deadlock_with_the_gil_free() {
    let text = "import threading, time
first, second = threading.Lock(), threading.Lock()

def take(one, other):
    with one:
        time.sleep(0.001)
        with other:
            print('never')

threads = [threading.Thread(target=take, args=pair) for pair in ((first, second), (second, first))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
";
    for profile in ALL_PROFILES {
        let ran = Machine::new(profile, text).run();
        let Outcome::Deadlock(graph) = &ran.outcome else { panic!("{profile}: {:?}", ran.outcome) };
        assert_eq!(graph.cycles.len(), 1, "{profile}");
        assert_eq!(graph.cycles[0].len(), 2, "{profile}");
        assert!(!graph.cycles[0].contains(&MAIN));
        let reasons: Vec<_> = graph.waiting.iter().map(|waiting| &waiting.reason).collect();
        assert!(matches!(reasons[0], BlockReason::Join { .. }), "{reasons:?}");
        assert!(reasons[1..].iter().all(|reason| matches!(reason, BlockReason::Lock { owner: Some(_), .. })));
        assert_eq!(ran.simulation.interpreters()[0].gil.model().holder(), None, "{profile}: the GIL is free");
        assert_eq!(ran.stdout(), "");
    }
}

#[test]
fn thread_local_without_init_refuses_arguments() {
    let text = "import threading, _thread
for make in (threading.local, _thread._local):
    try:
        make(1)
    except TypeError as error:
        print(error)
class Named(threading.local):
    def __init__(self, name):
        self.name = name
print(Named('n').name)
";
    let expected = "Initialization arguments are not supported\n".repeat(2) + "n\n";
    assert_eq!(Machine::new("3.13", text).run().finished(), expected);
}
