//! G19 and G30 to G34: the tick GIL of 2.7 under whole programs (its state machine alone has tests in
//! `gilsim_scheduler::gil::tick`).

use crate::machine::{MAIN, Machine, Ran};
use gilsim_scheduler::event::DropReason;

/// Offers of the GIL that the main thread makes while it runs a loop so often, after a thread was started.
fn offers(check_interval: i64, set_up: &str, body: &str, turns: usize) -> usize {
    let text = format!(
        "import threading
from _gilsim import mark
thread = threading.Thread(target=int)
thread.start()
thread.join()

def nothing():
    pass

total = 0
def loop(values, f, i):
    global total
    x = 0
    mark('begin')
    {set_up}
        {body}
    mark('end')

loop([None] * {turns}, nothing, {turns})
"
    );
    let ran = Machine::new("2.7", &text).with(|config| config.check_interval_ticks = check_interval).run();
    ran.finished();
    let between = ran.mark_ns("begin")..ran.mark_ns("end");
    let own = |drop: &(u64, _, DropReason, _)| between.contains(&drop.0) && drop.2 == DropReason::Ticks;
    ran.drops().filter(own).count()
}

#[test]
fn g30_loops_take_their_ticks_and_the_period_is_one_more_than_the_interval() {
    const TURNS: usize = 20_000;
    let loops = [
        ("for _ in values:", "pass", 2),
        ("for _ in values:", "x += 1", 3),
        ("for _ in values:", "total += 1", 5),
        ("while i:", "i -= 1", 3),
        ("for _ in values:", "f()", 4),
    ];
    for (head, body, ticks) in loops {
        for interval in [10, 100, 1000] {
            let expected = TURNS * ticks / (interval as usize + 1);
            let found = offers(interval, head, body, TURNS);
            assert!(found.abs_diff(expected) <= 2, "{head} {body}, {interval}: {found} instead of {expected}");
        }
    }
}

#[test]
fn g30_without_a_second_thread_nothing_is_offered() {
    let ran = Machine::new("2.7", "n = 0\nwhile n < 100_000:\n    n += 1\n").run();
    ran.finished();
    assert_eq!(ran.drops().map(|(_, _, reason, _)| reason).collect::<Vec<_>>(), [DropReason::Exit]);
}

/// Two threads count, or one as much as both.
fn counting(threads: u32, check_interval: i64) -> Ran {
    let turns = 200_000 / threads;
    let text = format!(
        "import threading
def count():
    x = 1
    for number in range({turns}):
        x = (number * 3 + x) % 1_000
threads = [threading.Thread(target=count) for number in range({threads})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"
    );
    let ran = Machine::new("2.7", &text).with(|config| config.check_interval_ticks = check_interval).run();
    ran.finished();
    ran
}

#[test]
fn g31_g32_the_holder_mostly_keeps_it_and_more_threads_make_the_same_work_slower() {
    let mut slowdowns = Vec::new();
    for interval in [10, 100, 1000] {
        let (one, two) = (counting(1, interval), counting(2, interval));
        slowdowns.push(two.simulation.now_ns() as f64 / one.simulation.now_ns() as f64);
        let offered = two.drops().filter(|(_, _, reason, _)| *reason == DropReason::Ticks).count();
        let slices = two.slices();
        let switches = slices.windows(2).filter(|pair| pair[0].thread != pair[1].thread).count();
        assert!(switches * 20 < offered, "{interval}: {switches} switches of {offered} offers");
        assert!(interval > 100 || switches > 4, "{interval}: {switches} switches");
    }
    assert!(slowdowns[0] > 2.0 && slowdowns[0] > slowdowns[1] && slowdowns[1] > slowdowns[2], "{slowdowns:?}");
    assert!((1.2..2.1).contains(&slowdowns[1]), "measured: 1.66; {slowdowns:?}");
}

#[test]
fn g19_the_convoy_comes_with_rare_offers() {
    let delay_ms = |check_interval| {
        let text = "import threading, time
stop = False
def compute():
    while not stop:
        pass
thread = threading.Thread(target=compute)
thread.start()
begin = time.perf_counter()
for number in range(4):
    time.sleep(0.001)
print((time.perf_counter() - begin) * 1000 / 4)
stop = True
thread.join()
";
        let machine = Machine::new("2.7", text).with(|config| {
            config.check_interval_ticks = check_interval;
            config.limits.time_max_ns = 10_000_000_000;
        });
        machine.run().number()
    };
    assert!(delay_ms(100) < 1.15, "hardly any: {}", delay_ms(100));
    assert!(delay_ms(3_000) > 3.0, "complete: {}", delay_ms(3_000));
}

#[test]
fn g34_every_acquire_releases_and_print_releases_for_each_piece() {
    // Operation, releases by itself.
    let rows = [
        ("lock.acquire(); lock.release()", 1),
        ("lock.acquire(False); lock.release()", 1),
        ("taken.acquire(False)", 1),
        ("time.sleep(0)", 1),
        ("time.time()", 0),
        ("print('x')", 2),
        ("print('x', 'y')", 4),
        ("sys.stdout.write('x')", 1),
        ("sys.stdout.write('x'); sys.stdout.flush()", 2),
        ("event.wait()", 1),
        ("values.append(1)", 0),
    ];
    for (operation, expected) in rows {
        let text = format!(
            "import sys, threading, time
from _gilsim import mark
lock, taken, event, values = threading.Lock(), threading.Lock(), threading.Event(), []
taken.acquire()
event.set()
mark('begin')
for number in range(10):
    {operation}
mark('end')
"
        );
        let ran = Machine::new("2.7", &text).run();
        ran.finished();
        let between = ran.mark_ns("begin")..ran.mark_ns("end");
        let own = ran.drops().filter(|drop| between.contains(&drop.0) && drop.1 == MAIN);
        let found = own.filter(|drop| drop.2 != DropReason::Ticks).count();
        assert_eq!(found, 10 * expected, "{operation}");
    }
}

#[test]
fn g34_releases_per_operation_are_near_the_measured_averages() {
    // Set-up, operation, releases by itself and at ticks together, as an average of many was measured on 2.7.18.
    let rows = [
        ("", "pass", 0.05),
        ("", "time.sleep(0.0005)", 1.1),
        ("", "os.getpid()", 0.05),
        ("lock = threading.Lock()", "with lock: pass", 1.1),
        ("lock = threading.RLock()", "lock.acquire(); lock.release()", 1.4),
        ("condition = threading.Condition()", "with condition: condition.notify()", 1.7),
        ("event = threading.Event()", "event.set()", 2.45),
        ("event = threading.Event()", "event.is_set()", 0.05),
        ("event = threading.Event(); event.set()", "event.wait()", 1.2),
        ("semaphore = threading.Semaphore()", "semaphore.acquire(); semaphore.release()", 3.75),
        ("import queue; fifo = queue.Queue()", "fifo.put(1); fifo.get()", 4.9),
        ("import io; text = io.StringIO()", "print('x', file=text)", 0.55),
        ("values = [3, 1, 2] * 300", "sorted(values)", 0.1),
        ("values = [3, 1, 2] * 300", "sum(values)", 0.05),
        ("", "7 ** 5000", 0.05),
        ("values = []", "values.append(1)", 0.1),
        ("def nothing(): pass", "nothing()", 0.05),
        ("", "os.urandom(16)", 1.1),
        ("", "import threading", 0.05),
        ("condition = threading.Condition()", "with condition: condition.wait(0.001)", 7.35),
        ("r, w = os.pipe()", "os.write(w, b'x'); os.read(r, 1)", 2.1),
        ("import socket; a, b = socket.socketpair()", "a.sendall(b'x'); b.recv(1)", 2.1),
        ("", "os.stat('/tmp')", 1.05),
        ("", "open('/tmp/text', 'w').close()", 3.1),
        ("f = open('/tmp/text', 'w')", "f.write('x')", 1.05),
        ("f = open('/tmp/text', 'w')", "f.write('x'); f.flush()", 2.1),
        ("f = open('/tmp/text', 'wb', 0)", "f.write(b'x')", 1.05),
        ("f = open('/tmp/text', 'w', 1)", "f.write('x\\n')", 1.05),
        ("import hashlib; data = b'x' * 100", "hashlib.sha256(data)", 0.15),
        ("import hashlib; data = b'x' * 100_000", "hashlib.sha256(data)", 0.1),
        ("import zlib; data = b'x' * 100_000", "zlib.compress(data)", 1.05),
        ("import zlib; data = b'x' * 100", "zlib.crc32(data)", 0.1),
        ("import zlib; data = b'x' * 100_000", "zlib.crc32(data)", 0.05),
        (
            "os.mkdir('/tmp/four')\nfor name in 'abcd': open('/tmp/four/' + name, 'w').close()",
            "os.listdir('/tmp/four')",
            9.1,
        ),
    ];
    let mut wrong = Vec::new();
    for (set_up, operation, measured) in rows {
        let found = releases(set_up, operation);
        if (found - measured).abs() > 0.5 {
            wrong.push(format!("{operation}: {found} instead of {measured}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn g34_starting_and_joining_a_thread_releases_as_often_as_in_some_run_on_2_7() {
    // Whether the thread has ended when it is joined is a race, and four releases; 15.3 to 22.2 were measured.
    let cycle = "t = threading.Thread(target=nothing); t.start(); t.join()";
    let found = releases("def nothing(): pass", cycle);
    assert!((14.8..22.7).contains(&found), "{found}");
    // What is no race was measured alone: 20.7, 20.9 and 21.5 with the usual interval, 16.3, 16.7 and 16.7 without ticks, so 4.5 at ticks.
    let without_ticks = releases("import sys; sys.setcheckinterval(1_000_000_000)\ndef nothing(): pass", cycle);
    assert!((found - without_ticks - 4.5).abs() <= 0.5, "{found}, {without_ticks} without ticks");
    // And of those 16.6, up to 4 are the race.
    assert!((12.1..=17.2).contains(&without_ticks), "{without_ticks}");
}

/// Drops of the GIL per operation on 2.7, by itself and at ticks together.
fn releases(set_up: &str, operation: &str) -> f64 {
    const TIMES: usize = 20;
    // A thread has to have been started, or there is no GIL yet.
    let text = format!(
        "import os, threading, time
from _gilsim import mark
thread = threading.Thread(target=int)
thread.start()
thread.join()
{set_up}
{operation}
mark('begin')
for number in range({TIMES}):
    {operation}
mark('end')
"
    );
    let ran = Machine::new("2.7", &text).run();
    ran.finished();
    let between = ran.mark_ns("begin")..ran.mark_ns("end");
    ran.drops().filter(|drop| between.contains(&drop.0)).count() as f64 / TIMES as f64
}

#[test]
fn the_check_interval_can_be_set_where_the_version_has_it() {
    let text = "import sys
print(sys.getcheckinterval())
sys.setcheckinterval(-3)
print(sys.getcheckinterval())
";
    for profile in ["2.7", "3.6", "3.8"] {
        assert_eq!(Machine::new(profile, text).run().finished(), "100\n-3\n", "{profile}");
    }
    for profile in ["3.9", "3.13"] {
        let ran = Machine::new(profile, text).run();
        assert!(ran.stderr().contains("module 'sys' has no attribute 'getcheckinterval'"), "{profile}");
    }
}
