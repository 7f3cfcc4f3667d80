//! G27 to G29: what is lost where two threads update the same thing, and what never is.

use crate::machine::{Machine, PROFILES, US, era};
use gilsim_scheduler::config::{Config, Jitter, Latencies};

/// Updates each thread makes.
const TURNS: u32 = 1_500;

/// Slices of a few microseconds, varied so that the switches fall on changing places.
fn restless(config: &mut Config) {
    config.switch_interval_ns = 2 * US;
    config.jitter = Jitter::On;
    config.latencies = Latencies { timed_wait_ns: 2_000, wake_ns: 50, ..Latencies::ZERO };
}

/// The part of all updates that is lost when so many threads run the statement (`i` is the turn) after the set-up.
fn lost_share(profile: &str, set_up: &str, body: &str, result: &str, threads: u32) -> f64 {
    let program = format!(
        "import threading
{set_up}

def work():
    global x
    for i in range({TURNS}):
        {body}

threads = [threading.Thread(target=work) for number in range({threads})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print({result})
"
    );
    1.0 - Machine::new(profile, &program).with(restless).run().number() / f64::from(TURNS * threads)
}

/// Set-up, statement, what counts the updates, whether one can be lost: up to 3.8, on 3.9, on 3.10, from 3.11 on.
type Row = (&'static str, &'static str, &'static str, [bool; 4]);

const GLOBAL: &str = "x = 0";
const OBJECT: &str = "class Box:\n    n = 0\n    def add(self):\n        self.n += 1\nbox = Box()\nx = 0";
const TABLE: &str = "table = {'k': 0}\nx = 0\ndef add(n):\n    return n";
const OVERLOADED: &str = "class Number:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return Number(self.n + other)
x = Number(0)";
const PROPERTY: &str = "class Box:
    @property
    def one(self):
        return 1
box = Box()
x = 0";

const ROWS: &[Row] = &[
    (GLOBAL, "x += 1", "x", [true, true, false, false]),
    (GLOBAL, "t = x; x = t + 1", "x", [true, true, false, false]),
    (OBJECT, "box.n += 1", "box.n", [true, true, false, false]),
    (OBJECT, "box.add()", "box.n", [true, true, false, false]),
    (TABLE, "table['k'] += 1", "table['k']", [true, true, false, false]),
    (TABLE, "x = x + add(1)", "x", [true, true, true, true]),
    (GLOBAL, "x = x + int(1)", "x", [true, true, true, true]),
    (GLOBAL, "x = x + abs(1)", "x", [true, true, true, true]),
    ("x = 0\nL = [1]", "x = x + len(L)", "x", [true, true, true, false]),
    (GLOBAL, "t = x\n        for j in range(3):\n            pass\n        x = t + 1", "x", [true, true, true, true]),
    (TABLE, "table['k'] = table.get('k', 0) + 1", "table['k']", [true, true, true, true]),
    (OVERLOADED, "x += 1", "x.n", [true, true, true, true]),
    (PROPERTY, "x = x + box.one", "x", [true, true, true, true]),
];

#[test]
fn g27_updates_are_lost_exactly_where_a_switch_can_fall_between_read_and_write() {
    for (set_up, body, result, can_be_lost) in ROWS {
        for profile in PROFILES {
            let can_be_lost = can_be_lost[era(profile)];
            for threads in [2, 4] {
                let share = lost_share(profile, set_up, body, result, threads);
                let most = 1.0 - 1.0 / f64::from(threads);
                if can_be_lost {
                    assert!(share > 0.0 && share <= most + 1e-9, "{profile}, {threads}, {body:?}: {share}");
                } else {
                    assert_eq!(share, 0.0, "{profile}, {threads}, {body:?}");
                }
            }
        }
    }
}

#[test]
fn g28_with_every_stop_in_the_window_all_that_the_others_did_is_lost() {
    // The window reaches from the load at the end of a turn over the back edge to the store of the next.
    let program = |threads: u32| {
        format!(
            "import threading
x = 0
begin = threading.Barrier({threads})

def work():
    global x
    begin.wait()
    t = x
    for i in range(20_000):
        x = t + 1
        t = x

threads = [threading.Thread(target=work) for number in range({threads})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(x)
"
        )
    };
    for (threads, expected) in [(2, 0.5), (4, 0.75)] {
        let share =
            1.0 - Machine::new("3.13", &program(threads)).with(restless).run().number() / f64::from(20_000 * threads);
        assert!((share - expected).abs() < 0.05, "{threads}: {share}");
    }
}

#[test]
fn g29_appending_to_a_list_loses_nothing() {
    for profile in PROFILES {
        for threads in [2, 4, 8] {
            let share = lost_share(profile, "values = []\nx = 0", "values.append(i)", "len(values)", threads);
            assert_eq!(share, 0.0, "{profile}, {threads}");
        }
    }
}
