//! G33: how often an operation releases the GIL by itself, counted as CPython's own releases were.

use crate::machine::{Machine, PROFILES, era};
use gilsim_scheduler::config::StdoutMode;

/// Repetitions of each operation.
const TIMES: usize = 10;

/// Set-up (which may end in a definition), operation, releases on 3.13 and on 3.6 to 3.12.
type Row = (&'static str, &'static str, usize, usize);

const ROWS: &[Row] = &[
    ("import time", "time.sleep(0)", 1, 1),
    ("import time", "time.sleep(0.0005)", 1, 1),
    ("import time", "time.time()", 0, 0),
    ("import os", "os.getpid()", 0, 0),
    ("lock = threading.Lock()", "lock.acquire(); lock.release()", 0, 0),
    ("lock = threading.Lock()", "with lock: pass", 0, 0),
    ("lock = threading.RLock()", "lock.acquire(); lock.acquire(); lock.release(); lock.release()", 0, 0),
    ("lock = threading.Lock(); lock.acquire()", "lock.acquire(False)", 0, 0),
    ("lock = threading.Lock(); lock.acquire()", "lock.acquire(timeout=0.0005)", 1, 1),
    ("lock = threading.Lock(); lock.acquire()", "lock.acquire(timeout=0)", 0, 0),
    ("lock = threading.RLock(); lock.acquire()", "lock.acquire(timeout=0.0005)", 0, 0),
    ("cond = threading.Condition()", "with cond: cond.notify()", 0, 0),
    ("cond = threading.Condition()", "with cond: cond.wait(0.001)", 1, 1),
    ("event = threading.Event()", "event.set(); event.clear()", 0, 0),
    ("event = threading.Event(); event.set()", "event.wait()", 0, 0),
    ("event = threading.Event()", "event.wait(0.001)", 1, 1),
    ("semaphore = threading.Semaphore(3)", "semaphore.acquire(); semaphore.release()", 0, 0),
    ("import queue; q = queue.Queue()", "q.put(1); q.get()", 0, 0),
    ("import queue; q = queue.SimpleQueue()", "q.put(1); q.get()", 0, 0),
    (
        "import queue; q = queue.SimpleQueue()\ndef get():\n    try:\n        q.get(timeout=0.0005)\n    except queue.Empty:\n        pass",
        "get()",
        1,
        1,
    ),
    ("def nothing():\n    pass", "t = threading.Thread(target=nothing); t.start(); t.join()", 3, 2),
    ("def nothing():\n    pass", "nothing()", 0, 0),
    ("values = [3, 1, 2] * 300", "sorted(values)", 0, 0),
    ("values = [3, 1, 2] * 300", "sum(values)", 0, 0),
    ("", "7 ** 5000", 0, 0),
    ("event = threading.Event()", "event.is_set()", 0, 0),
    ("import os", "os.urandom(16)", 1, 1),
    ("values = []", "values.append(1)", 0, 0),
    ("", "import threading", 0, 0),
    ("import io; text = io.StringIO()", "print('x', file=text)", 0, 0),
    ("import os; r, w = os.pipe()", "os.write(w, b'x'); os.read(r, 1)", 2, 2),
    ("import socket; a, b = socket.socketpair()", "a.sendall(b'x'); b.recv(1)", 2, 2),
    ("import os", "os.stat('/tmp')", 1, 1),
    ("f = open('/tmp/text', 'w')", "f.write('x')", 0, 0),
    ("f = open('/tmp/text', 'w')", "f.write('x'); f.flush()", 1, 1),
    ("f = open('/tmp/text', 'wb', 0)", "f.write(b'x')", 1, 1),
    ("f = open('/tmp/text', 'w', 1)", "f.write('x\\n')", 1, 1),
    ("f = open('/dev/null', 'wb', 0)", "f.write(b'x')", 1, 1),
    ("import zlib; data = b'x' * 100_000", "zlib.compress(data)", 1, 1),
    ("import zlib; data = b'x' * 100", "zlib.crc32(data)", 0, 0),
    ("import zlib; data = b'x' * 100_000", "zlib.crc32(data)", 1, 1),
    ("import hashlib; data = b'x' * 100", "hashlib.sha256(data)", 0, 0),
    (
        "import os; os.mkdir('/tmp/four')\nfor name in 'abcd': open('/tmp/four/' + name, 'w').close()",
        "os.listdir('/tmp/four')",
        9,
        9,
    ),
];

/// Operations whose releases changed more than once: releases on 3.13 to 3.11, 3.10, 3.9, 3.8, 3.7, 3.6.
const BY_VERSION: &[(&str, &str, [usize; 6])] = &[
    ("", "open('/tmp/text', 'w').close()", [6, 7, 7, 6, 6, 7]),
    ("", "open('/tmp/text', 'wb', 0).close()", [3, 3, 3, 3, 4, 4]),
    ("open('/tmp/full', 'w').write('abc\\n' * 9)", "f = open('/tmp/full'); f.read(); f.close()", [8, 9, 9, 8, 8, 9]),
    ("open('/tmp/full', 'w').write('abc\\n' * 9)", "f = open('/tmp/full', 'rb'); f.read(1); f.close()", [6; 6]),
    ("", "f = open('/tmp/text', 'w'); f.write('x' * 100_000); f.close()", [7, 8, 8, 7, 7, 8]),
    ("import hashlib; data = b'x' * 2_048", "hashlib.sha256(data)", [1, 1, 1, 1, 1, 0]),
    ("import hashlib; data = b'x' * 100_000", "hashlib.sha256(data)", [1, 1, 1, 1, 1, 0]),
    ("import zlib; data = zlib.compress(b'x' * 100_000)", "zlib.decompress(data)", [3, 3, 4, 4, 4, 4]),
    ("import zlib; data = zlib.compress(b'x' * 100_000)", "zlib.decompressobj().decompress(data)", [3, 3, 5, 5, 5, 5]),
];

const ON_A_TERMINAL: &[Row] = &[
    ("", "print('x')", 1, 1),
    ("", "print('x', 'y')", 1, 1),
    ("import sys", "sys.stdout.write('x')", 0, 0),
    ("import sys", "sys.stdout.write('x\\n')", 1, 1),
    ("import sys", "sys.stdout.write('x'); sys.stdout.flush()", 1, 1),
];

const IN_A_PIPE: &[Row] = &[
    ("", "print('x')", 0, 0),
    ("", "print('x', 'y')", 0, 0),
    ("", "print('x', flush=True)", 1, 1),
    ("import sys", "sys.stdout.write('x'); sys.stdout.flush()", 1, 1),
];

/// Drops of the GIL per operation, row by row, of one program that does them all.
fn releases(profile: &str, rows: &[(&str, &str)], stdout: StdoutMode) -> Vec<f64> {
    let mut text = "import threading\nfrom _gilsim import mark\n".to_owned();
    for (number, (set_up, operation)) in rows.iter().enumerate() {
        text += &format!(
            "{set_up}\nmark('begin {number}')\nfor turn in range({TIMES}):\n    {operation}\nmark('end {number}')\n"
        );
    }
    let ran = Machine::new(profile, &text).with(|config| config.stdout = stdout).run();
    ran.finished();
    let drops: Vec<u64> = ran.drops().map(|(at_ns, ..)| at_ns).collect();
    let count = |number: usize| {
        let between = ran.mark_ns(&format!("begin {number}"))..ran.mark_ns(&format!("end {number}"));
        drops.iter().filter(|at_ns| between.contains(at_ns)).count() as f64 / TIMES as f64
    };
    (0..rows.len()).map(count).collect()
}

#[test]
fn g33_releases_per_operation() {
    let tables = [(ROWS, StdoutMode::Tty), (ON_A_TERMINAL, StdoutMode::Tty), (IN_A_PIPE, StdoutMode::Pipe)];
    let mut wrong = Vec::new();
    for (rows, stdout) in tables {
        let operations: Vec<(&str, &str)> = rows.iter().map(|row| (row.0, row.1)).collect();
        for profile in PROFILES {
            for (row, found) in rows.iter().zip(releases(profile, &operations, stdout)) {
                let expected = if profile == "3.13" { row.2 } else { row.3 };
                if found != expected as f64 {
                    wrong.push(format!("{profile} {stdout:?}: {}: {found} instead of {expected}", row.1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn g33_releases_that_changed_from_version_to_version() {
    let operations: Vec<(&str, &str)> = BY_VERSION.iter().map(|row| (row.0, row.1)).collect();
    let mut wrong = Vec::new();
    for profile in PROFILES {
        let column =
            ["3.10", "3.9", "3.8", "3.7", "3.6"].iter().position(|name| *name == profile).map_or(0, |at| at + 1);
        for (row, found) in BY_VERSION.iter().zip(releases(profile, &operations, StdoutMode::Tty)) {
            let expected = row.2[column];
            if found != expected as f64 {
                wrong.push(format!("{profile}: {}: {found} instead of {expected}", row.1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn g33_sched_yield_releases_since_3_10() {
    for profile in PROFILES {
        let expected = if era(profile) < 2 { 0.0 } else { 1.0 };
        let found = releases(profile, &[("import os", "os.sched_yield()")], StdoutMode::Tty);
        assert_eq!(found, [expected], "{profile}");
    }
}

#[test]
fn g33_a_contended_acquire_releases_once() {
    let text = "import threading, time
from _gilsim import mark
lock = threading.Lock()

def hold():
    with lock:
        time.sleep(0.001)

thread = threading.Thread(target=hold)
thread.start()
mark('begin')
lock.acquire()
mark('end')
thread.join()
";
    for profile in PROFILES {
        let ran = Machine::new(profile, text).run();
        ran.finished();
        let between = ran.mark_ns("begin")..ran.mark_ns("end");
        let own = ran.drops().filter(|(at_ns, thread, ..)| between.contains(at_ns) && *thread == crate::machine::MAIN);
        assert_eq!(own.count(), 1, "{profile}");
    }
}
