//! Decisions of the design that are expensive to change, each test named after its row. (Those that show at the command
//! line are in `cli/tests/decisions.rs`; eval checks of hot code are G24 in `gil/checks.rs`.)

use crate::machine::{MAIN, MS, Machine, PROFILES, Ran, US};
use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::{Config, Jitter, Latencies, StdoutMode};
use gilsim_scheduler::event::{DropReason, Event, EventKind, Limit, Observer, interest};
use gilsim_scheduler::outcome::Outcome;

/// Keeps every event, down to single instructions.
#[derive(Default)]
struct Everything(Vec<Event>);

impl Observer for Everything {
    const INTEREST: u32 = interest::OP_DETAIL;

    fn event(&mut self, event: &Event) {
        self.0.push(event.clone());
    }
}

/// An instruction of the main thread that takes milliseconds, while another thread's sleep ends and it asks for the GIL.
const LONG_INSTRUCTION: &str = "import threading, time

def sleep():
    time.sleep(0.0005)

values = list(range(60_000))
threading.Thread(target=sleep).start()
values.sort()
done = 1
";

#[test]
fn one_step_charges_time_fires_timers_does_its_effect_polls_the_gil_and_picks() {
    let mut simulation =
        Machine::new("3.13", LONG_INSTRUCTION).with(|config| config.switch_interval_ns = MS).simulation();
    let mut heard = Everything::default();
    simulation.run(&mut Faithful, &mut heard);
    let events = &heard.0;
    let is_long = |event: &Event| matches!(event.kind, EventKind::Op { cost_ns, .. } if cost_ns > 2 * MS);
    let long = events.iter().position(is_long).expect("the long instruction");
    let EventKind::Op { name, cost_ns } = events[long].kind else { unreachable!("it was found as one") };
    let (begin_ns, end_ns) = (events[long].time_ns - cost_ns, events[long].time_ns);
    assert_eq!((name, events[long].thread), ("CALL", Some(MAIN)), "stamped with the time of its end");
    // What came due while it ran: heard before its end, each at its own time.
    let during: Vec<&Event> = events[..long].iter().filter(|event| event.time_ns > begin_ns).collect();
    assert!(during.iter().all(|event| event.time_ns < end_ns && event.thread != Some(MAIN)));
    let kinds: Vec<&str> = during
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Wake { .. } => Some("wake"),
            EventKind::GilWant { .. } => Some("want"),
            EventKind::GilTimeout { .. } => Some("timeout"),
            EventKind::GilRequest { .. } => Some("request"),
            EventKind::GilTake { .. } | EventKind::GilDrop { .. } => Some("switch"),
            _ => None,
        })
        .collect();
    assert_eq!(kinds[..4], ["wake", "want", "timeout", "request"]);
    assert!(kinds[4..].chunks(2).all(|again| again == ["timeout", "request"]), "the waiter asks again: {kinds:?}");
    // Then the poll, at the same instant, and the pick: the waiter after its wake latency.
    let mut after = events[long + 1..].iter().filter(|event| event.kind.group() == interest::GIL);
    let poll = after.next().expect("a poll");
    assert_eq!((&poll.kind, poll.time_ns), (&EventKind::GilCheck, end_ns));
    let drop = after.next().expect("a drop");
    assert!(matches!(drop.kind, EventKind::GilDrop { reason: DropReason::Request, .. }) && drop.time_ns == end_ns);
    let take = after.find(|event| matches!(event.kind, EventKind::GilTake { .. })).expect("a take");
    assert_eq!(take.time_ns, end_ns + 12 * US);
    assert_ne!(take.thread, Some(MAIN));
}

#[test]
fn cores_are_four_and_cpu_count_tells_them() {
    assert_eq!(Config::default().cores, 4);
    for cores in [1, 4, 64] {
        let ran = Machine::new("3.13", "import os\nprint(os.cpu_count())\n").with(|config| config.cores = cores).run();
        assert_eq!(ran.number(), f64::from(cores));
    }
}

#[test]
fn latencies_are_as_measured_without_jitter() {
    let default = Config::default();
    assert_eq!((default.jitter, &default.latencies), (Jitter::Off, &Latencies::MEASURED));
    assert_eq!((Latencies::MEASURED.timed_wait_ns, Latencies::MEASURED.wake_ns), (62_000, 12_000));
    let text = "import time\nfor number in range(5):\n    time.sleep(0.001)\nprint(time.perf_counter_ns())\n";
    let took = |jitter, seed| {
        let machine = Machine::new("3.13", text).with(|config| {
            config.jitter = jitter;
            config.seed = seed;
        });
        machine.run().number()
    };
    assert_eq!(took(Jitter::Off, 1), took(Jitter::Off, 2), "the seed changes nothing");
    assert_eq!(took(Jitter::On, 1), took(Jitter::On, 1));
    assert_ne!(took(Jitter::On, 1), took(Jitter::On, 2));
}

#[test]
fn clock_starts_at_the_epoch_and_at_zero_in_utc() {
    let text = "import time
wall, monotonic, counter = time.time(), time.monotonic(), time.perf_counter()
print(int(wall), wall - int(wall) < 0.001, monotonic < 0.001, counter < 0.001)
print(time.timezone, time.daylight, time.tzname[0], time.localtime(wall)[:5])
";
    let ran = Machine::new("3.13", text).run();
    assert_eq!(ran.finished(), "1735689600 True True True\n0 0 UTC (2025, 1, 1, 0, 0)\n");
    let ran = Machine::new("3.13", text).with(|config| config.epoch_ns = 86_400 * 1_000_000_000).run();
    assert_eq!(ran.finished(), "86400 True True True\n0 0 UTC (1970, 1, 2, 0, 0)\n");
}

#[test]
fn clock_row_also_seeds_the_random_numbers_of_the_machine() {
    let text = "import random\nprint(random.random(), random.getrandbits(64))\n";
    let numbers = |seed| Machine::new("3.13", text).with(|config| config.seed = seed).run().finished().to_owned();
    assert_eq!(Config::default().seed, 0);
    assert_eq!(numbers(0), numbers(0));
    assert_ne!(numbers(0), numbers(1));
}

#[test]
fn identity_is_a_plausible_address_and_small_numbers_of_processes() {
    let text = "import os, threading
class Thing:
    pass
first, second = Thing(), Thing()
assert repr(first) == f'<__main__.Thing object at {id(first):#x}>', repr(first)
assert id(first) % 16 == 0 and id(second) % 16 == 0 and id(first) != id(second)
assert 0x7f0000000000 <= id(first) < 0x7f0100000000, hex(id(first))
print(os.getpid(), os.getppid(), threading.get_native_id())
def show():
    print(threading.get_native_id())
thread = threading.Thread(target=show)
thread.start()
thread.join()
idents = [threading.get_ident(), thread.ident]
assert all(0x7f0000000000 <= ident < 0x800000000000 and ident % 16 == 0 for ident in idents), idents
assert idents[0] == threading.main_thread().ident != idents[1]
";
    for profile in PROFILES {
        assert_eq!(Machine::new(profile, text).run().finished(), "1000 999 1000\n1001\n", "{profile}");
    }
}

/// When each piece of standard output was written.
fn writes(ran: &Ran) -> Vec<String> {
    let texts = ran.events.iter().filter_map(|event| match &event.kind {
        EventKind::Output { text, .. } => Some(text.clone()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn standard_output_is_a_simulated_terminal_unless_it_is_a_pipe() {
    assert_eq!(Config::default().stdout, StdoutMode::Tty);
    let text = "import sys\nprint('one')\nprint('two', end='')\nprint()\nprint(sys.stdout.isatty())\n";
    let run = |stdout| Machine::new("3.13", text).with(|config| config.stdout = stdout).run();
    let (tty, pipe) = (run(StdoutMode::Tty), run(StdoutMode::Pipe));
    assert_eq!(writes(&tty), ["one\n", "two\n", "True\n"]);
    assert_eq!(writes(&pipe), ["one\ntwo\nFalse\n"]);
    let natively = |ran: &Ran| ran.drops().filter(|(_, _, reason, _)| *reason == DropReason::Native).count();
    assert_eq!((natively(&tty), natively(&pipe)), (3, 1), "the GIL is released at each flush");
}

#[test]
fn deadlock_means_that_no_thread_can_ever_run() {
    let stuck = "import threading, time
lock = threading.Lock()
lock.acquire()
other = threading.Thread(target=lock.acquire, daemon=True)
other.start()
";
    let rows = [
        // Somebody will still wake up.
        ("time.sleep(1)\nlock.release()\nother.join()\n", true),
        ("other.join(timeout=1)\n", true),
        ("threading.Timer(0.5, lock.release).start()\nother.join()\n", true),
        // Nobody ever will.
        ("other.join()\n", false),
        ("lock.acquire()\n", false),
        ("threading.Event().wait()\n", false),
    ];
    for (rest, finishes) in rows {
        let ran = Machine::new("3.13", &format!("{stuck}{rest}")).run();
        match ran.outcome {
            Outcome::Finished { exit: 0 } => assert!(finishes, "{rest}"),
            Outcome::Deadlock(_) => assert!(!finishes, "{rest}"),
            ref other => panic!("{rest}: {other:?}"),
        }
    }
}

#[test]
fn deadlock_beside_live_threads_is_named_when_a_limit_ends_the_run() {
    let text = "import threading, time
a, b = threading.Lock(), threading.Lock()
def take(one, other):
    with one:
        time.sleep(0.001)
        with other:
            pass
for pair in ((a, b), (b, a)):
    threading.Thread(target=take, args=pair).start()
while True:
    time.sleep(0.1)
";
    let ran = Machine::new("3.13", text).with(|config| config.limits.time_max_ns = 1000 * MS).run();
    let Outcome::Limit { limit: Limit::Time, blocked } = &ran.outcome else { panic!("{:?}", ran.outcome) };
    assert_eq!(blocked.cycles.iter().map(Vec::len).collect::<Vec<_>>(), [2]);
    assert_eq!(ran.simulation.now_ns(), 1000 * MS);
}

#[test]
fn default_limits_each_end_the_run_and_say_which() {
    let endless = "while True:\n    pass\n";
    /// Program, configuration, the limit reached.
    type Row = (&'static str, fn(&mut Config), Limit);
    let rows: [Row; 5] = [
        (endless, |config| config.limits.steps_max = 10_000, Limit::Steps),
        (endless, |config| config.limits.time_max_ns = MS, Limit::Time),
        (
            "x = []\nwhile True:\n    x.append(str(len(x)))\n",
            |config| config.limits.heap_max_bytes = 4 << 20,
            Limit::Heap,
        ),
        ("while True:\n    print('x' * 50)\n", |config| config.limits.output_max_bytes = 1000, Limit::Output),
        (
            "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(9,)).start()\n",
            |config| config.limits.threads_max = 7,
            Limit::Threads,
        ),
    ];
    for (text, change, expected) in rows {
        let ran = Machine::new("3.13", text).with(change).run();
        let Outcome::Limit { limit, .. } = ran.outcome else { panic!("{expected:?}: {:?}", ran.outcome) };
        assert_eq!(limit, expected);
        assert_eq!(ran.count(|kind| *kind == EventKind::Limit(expected)), 1);
    }
    let ran = Machine::new("3.13", "while True:\n    print('x' * 50)\n")
        .with(|config| config.limits.output_max_bytes = 1000)
        .run();
    assert_eq!(ran.stdout().len(), 1000, "what fits is kept");
}
