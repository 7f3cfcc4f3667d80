//! `gilsim explore`: answers, statuses, the machine report.

use crate::harness::{Folder, RACE};

const LOCKED: &str = "\
import threading
class S: x = 0
s, lock = S(), threading.Lock()
def work():
    with lock:
        s.x += 1
ts = [threading.Thread(target=work) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
assert s.x == 2, 'lost'
";

#[test]
fn a_failing_program_ends_with_status_4_and_shows_the_steps_that_matter() {
    let folder = Folder::with(&[("race.py", RACE)]);
    let done = folder.gilsim(&["explore", "race.py"]);
    assert_eq!((done.status, done.stderr.as_str()), (Some(4), ""), "{done:?}");
    for part in
        ["fails: AssertionError: lost", "LOST-UPDATE of x", "reads x: 0", "writes x = 1", "1 preemption; 2 of 4"]
    {
        assert!(done.stdout.contains(part), "{part:?}: {}", done.stdout);
    }
    assert!(done.stdout.lines().count() <= 12);
    assert_eq!(done.stdout, folder.gilsim(&["explore", "race.py"]).stdout, "the same every time");
}

#[test]
fn a_correct_program_holds_with_status_0_and_a_cut_search_has_status_5() {
    let folder = Folder::with(&[("locked.py", LOCKED)]);
    let done = folder.gilsim(&["explore", "locked.py"]);
    assert_eq!(done.status, Some(0), "{done:?}");
    assert!(done.stdout.contains("holds: 2 of 2 classes of schedules, none fails"), "{}", done.stdout);
    let cut = folder.gilsim(&["explore", "--max-executions", "1", "locked.py"]);
    assert_eq!(cut.status, Some(5), "{cut:?}");
    assert!(cut.stdout.contains("; 1 execution of about 2, none fails so far"), "{}", cut.stdout);
}

const SLEEPS: &str = "\
import threading, time
done = []
def work():
    time.sleep(0.1)
    done.append(1)
threading.Thread(target=work).start()
time.sleep(0.2)
assert done
";

#[test]
fn time_is_a_limit_of_the_search_and_says_when_timeouts_fire() {
    let folder = Folder::with(&[("sleeps.py", SLEEPS)]);
    let done = folder.gilsim(&["explore", "sleeps.py"]);
    assert_eq!(done.status, Some(4), "{done:?}");
    let done = folder.gilsim(&["explore", "--time", "virtual", "--time", "1min", "sleeps.py"]);
    assert_eq!(done.status, Some(0), "{done:?}");
    let words = "holds while timeouts and sleeps end in the order of time: 1 of 1 class of schedules, none fails";
    assert!(done.stdout.contains(words), "{}", done.stdout);
    let done = folder.gilsim(&["explore", "--time", "virtual", "--format", "json", "sleeps.py"]);
    assert!(done.stdout.contains("\"timeouts\":\"virtual\""), "{}", done.stdout);
    let done = folder.gilsim(&["explore", "--time", "soon", "sleeps.py"]);
    assert_eq!(done.status, Some(2), "{done:?}");
    assert!(done.stderr.contains("nor free or virtual"), "{}", done.stderr);
}

#[test]
fn the_machine_report_is_one_object() {
    let folder = Folder::with(&[("race.py", RACE)]);
    let done = folder.gilsim(&["explore", "--all", "--format", "json", "race.py"]);
    let report: serde_json::Value = serde_json::from_str(&done.stdout).expect("one JSON object");
    assert_eq!(report["verdict"], "fails");
    assert_eq!((&report["classes"], &report["executions"], &report["blocked"]), (&4.into(), &4.into(), &0.into()));
    assert_eq!(report["failure"]["preemptions"], 1);
    assert_eq!(report["failure"]["cause"]["code"], "LOST-UPDATE");
    assert_eq!(report["races"][0], "x");
}

#[test]
fn what_cannot_start_is_told_as_by_run() {
    let folder = Folder::with(&[("bad.py", "def f(:\n")]);
    let done = folder.gilsim(&["explore", "bad.py"]);
    assert_eq!(done.status, Some(2), "{done:?}");
    assert!(done.stderr.contains("SyntaxError") || done.stderr.contains("error"), "{}", done.stderr);
}

#[test]
fn every_random_strategy_finds_the_race_from_its_seed_and_proves_nothing() {
    let folder = Folder::with(&[("race.py", RACE), ("locked.py", LOCKED)]);
    for strategy in ["rotation", "random", "pct", "pos", "surw", "delay"] {
        let search = |file: &str| folder.gilsim(&["explore", "--strategy", strategy, "--seed", "7", file]);
        let done = search("race.py");
        assert_eq!(done.status, Some(4), "{strategy}: {done:?}");
        assert_eq!(done.stdout, search("race.py").stdout, "{strategy}: the same every time");
    }
    let cut = folder.gilsim(&["explore", "--strategy", "pos", "--max-executions", "50", "locked.py"]);
    assert_eq!(cut.status, Some(5), "{cut:?}");
}

/// The update of a global: CPython 3.9 looks at the drop request between load and store, 3.13 does not.
const GLOBAL: &str = "\
import threading
counter = 0
def work():
    global counter
    counter += 1
ts = [threading.Thread(target=work) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
assert counter == 2, 'lost'
";

#[test]
fn a_lost_update_can_happen_on_3_9_and_is_proved_impossible_on_3_13() {
    let folder = Folder::with(&[("global.py", GLOBAL)]);
    let done = folder.gilsim(&["explore", "--format", "json", "global.py"]);
    let report: serde_json::Value = serde_json::from_str(&done.stdout).expect("one JSON object");
    let profiles = report["profiles"].as_object().expect("answers by profile");
    assert_eq!((&profiles["3.9"], &profiles["3.13"]), (&"found".into(), &"impossible".into()));
    let names: std::collections::BTreeSet<&str> = gilsim_scheduler::profile::Profile::names().collect();
    assert_eq!(profiles.keys().map(String::as_str).collect::<std::collections::BTreeSet<_>>(), names, "every profile");
    for (version, status, words) in [("3.9", 4, "LOST-UPDATE"), ("3.13", 0, "holds on CPython 3.13: 2 of 2")] {
        let done = folder.gilsim(&["explore", "--points", "evalchecks", "--python", version, "global.py"]);
        assert_eq!(done.status, Some(status), "{version}: {done:?}");
        assert!(done.stdout.contains(words), "{}", done.stdout);
    }
}

#[test]
fn switches_at_synchronisation_only_miss_a_race_and_find_a_deadlock() {
    let order = "\
import threading
a, b = threading.Lock(), threading.Lock()
def f(first, second):
    with first:
        with second: pass
ts = [threading.Thread(target=f, args=locks) for locks in [(a, b), (b, a)]]
for t in ts: t.start()
for t in ts: t.join()
";
    let folder = Folder::with(&[("global.py", GLOBAL), ("order.py", order)]);
    let search = |points: &str, file: &str| folder.gilsim(&["explore", "--points", points, file]).status;
    assert_eq!(search("sync", "global.py"), Some(0));
    assert_eq!(search("sync", "order.py"), Some(4));
    assert_eq!((search("all", "global.py"), search("all", "order.py")), (Some(4), Some(4)));
}

#[test]
fn a_stopped_search_goes_on_and_ends_with_the_same_report() {
    let slow = RACE.replace("s.x += 1", "s.x += 1; s.x += 1; s.x += 1");
    let right = LOCKED.replace("range(2)", "range(5)").replace("s.x == 2", "s.x == 5");
    let folder = Folder::with(&[("slow.py", &slow), ("right.py", &right)]);
    let report = |arguments: &[&str]| {
        let done = folder.gilsim(&[&["explore", "--format", "json"], arguments].concat());
        let mut report: serde_json::Value = serde_json::from_str(&done.stdout).expect(&done.stderr);
        report["elapsed_s"].take();
        (done.status, report)
    };
    for file in ["slow.py", "right.py"] {
        let whole = report(&["--all", file]);
        let cut = report(&["--all", "--max-executions", "40", "--checkpoint", "kept", file]);
        assert_eq!(cut.1["executions"], 40, "{file}");
        let again = report(&["--continue", "kept", "--max-executions", "70", "--checkpoint", "kept", file]);
        assert_eq!(again.1["executions"], 70, "{file}");
        assert_eq!(report(&["--continue", "kept", file]), whole, "{file}");
    }
    let other = folder.gilsim(&["explore", "--continue", "kept", "slow.py"]);
    assert_eq!(other.status, Some(6), "{other:?}");
}

#[test]
fn the_report_is_the_same_for_every_number_of_workers() {
    let long = RACE.replace("s.x += 1", "s.x += 1; s.x += 1; s.x += 1; s.x += 1");
    let folder = Folder::with(&[("long.py", &long.replace("assert s.x == 2", "assert s.x > 1"))]);
    let report = |jobs: &str| {
        let done = folder.gilsim(&["explore", "--all", "--jobs", jobs, "long.py"]);
        (done.status, done.stdout)
    };
    let alone = report("1");
    assert_eq!(alone.0, Some(0), "{}", alone.1);
    assert_eq!(report("2"), alone);
    let none = folder.gilsim(&["explore", "--jobs", "0", "long.py"]);
    assert_eq!(none.status, Some(2), "{none:?}");
}

#[test]
fn an_output_that_depends_on_the_schedule_is_a_failure_on_request() {
    let start = "ts = [threading.Thread(target=say, args=(word,)) for word in ('one', 'two')]\n\
                 for t in ts: t.start()\nfor t in ts: t.join()\n";
    let racy = format!("import threading\ndef say(word): print(word)\n{start}");
    let right = racy.replace("print(word)", "pass") + "print('done')\n";
    let folder = Folder::with(&[("racy.py", &racy), ("right.py", &right)]);
    let done = folder.gilsim(&["explore", "--check", "output", "--save", "racy.schedule", "racy.py"]);
    assert_eq!(done.status, Some(4), "{done:?}");
    for part in ["another output: line 1 is \"two\", not \"one\"", "1 of 2 classes", "replay --check output racy.py"] {
        assert!(done.stdout.contains(part), "{part}: {}", done.stdout);
    }
    let again = folder.gilsim(&["replay", "--check", "output", "racy.py", "racy.schedule"]);
    assert_eq!(again.status, Some(4), "{again:?}");
    assert!(again.stdout.starts_with("two\none\n"), "{}", again.stdout);
    assert_eq!(folder.gilsim(&["explore", "racy.py"]).status, Some(0), "not without --check");
    assert_eq!(folder.gilsim(&["explore", "--check", "output", "right.py"]).status, Some(0));
}

#[test]
fn a_deadlock_can_happen_where_a_lock_or_no_gil_lets_others_in() {
    let folder = Folder::with(&[(
        "p.py",
        "import threading
a, b = threading.Lock(), threading.Lock()
def left():
    with a:
        with b:
            pass
def right():
    with b:
        with a:
            pass
threads = [threading.Thread(target=left), threading.Thread(target=right)]
for t in threads: t.start()
for t in threads: t.join()
",
    )]);
    let done = folder.gilsim(&["explore", "p.py"]);
    let answer = done.stdout.lines().find(|line| line.contains("can happen on")).expect("an answer by version");
    let (can, cannot) = answer.split_once("; proved impossible on ").expect("both");
    assert!(can.contains("2.7") && can.contains("3.9") && can.contains("3.13t"), "{answer}");
    assert!(cannot.contains("3.13") && !cannot.contains("3.13t"), "{answer}");
}

#[test]
fn a_file_of_tests_that_does_not_parse_is_an_error() {
    let folder = Folder::with(&[("test_good.py", "def test_a():\n    pass\n"), ("test_bad.py", "def test_b(:\n")]);
    let done = folder.gilsim(&["test", "."]);
    assert_eq!(done.status, Some(2), "{done:?}");
    assert!(done.stderr.contains("error[GS0001]") && done.stderr.contains("test_bad.py:1"), "{done:?}");
}

#[test]
fn an_end_that_no_serial_order_has_is_a_failure_on_request() {
    let start = "ts = [threading.Thread(target=f) for f in (double, add)]\n\
                 for t in ts: t.start()\nfor t in ts: t.join()\n";
    // One after the other gives 3 or 4; a lost update 1 or 2.
    let racy =
        format!("import threading\nclass S: x = 1\ndef double(): S.x = S.x * 2\ndef add(): S.x = S.x + 1\n{start}");
    let right = racy.replace("(): S.x", "():\n  with lock: S.x").replace("class S", "lock = threading.Lock()\nclass S");
    // Which keys come first in the dict, and who takes what, depends on the order; so it does one after the other.
    let order = "import threading, queue
q, taken = queue.Queue(), {}
for item in 'ab': q.put(item)
def take(me):
    taken[me] = q.get()
ts = [threading.Thread(target=take, args=(me,)) for me in (1, 2)]
for t in ts: t.start()
for t in ts: t.join()
";
    let folder = Folder::with(&[("racy.py", &racy), ("right.py", &right), ("order.py", order)]);
    let done = folder.gilsim(&["explore", "--check", "serial", "--save", "racy.schedule", "racy.py"]);
    assert_eq!(done.status, Some(4), "{done:?}");
    for part in [
        "not serialisable: S is class S(x=2)",
        "gives: S is class S(x=3), or S is class S(x=4)",
        "LOST-UPDATE of x",
        "replay --check serial racy.py",
    ] {
        assert!(done.stdout.contains(part), "{part}: {}", done.stdout);
    }
    let again = folder.gilsim(&["replay", "--check", "serial", "racy.py", "racy.schedule"]);
    assert_eq!(again.status, Some(4), "{again:?}");
    assert_eq!(folder.gilsim(&["explore", "racy.py"]).status, Some(0), "not without --check");
    for file in ["right.py", "order.py"] {
        let done = folder.gilsim(&["explore", "--check", "serial", file]);
        assert_eq!(done.status, Some(0), "{done:?}");
    }
}

/// Starts and joins these.
fn started(text: &str, targets: &str) -> String {
    format!(
        "import threading, time\n{text}ts = [threading.Thread(target=t) for t in ({targets},)]\nfor t in ts: t.start()\nfor t in ts: t.join()\n"
    )
}

#[test]
fn threads_that_get_nowhere_are_a_livelock_and_those_that_ask_until_it_is_so_hold() {
    let asks = "stop = False\ndef ask():\n  while not stop: time.sleep(0.01)\ndef end():\n  global stop; stop = True\n";
    let tries = "a, b = threading.Lock(), threading.Lock()
def work(one, two):
  while True:
    with one:
      if two.acquire(False):
        two.release()
        return
";
    let spins = "lock = threading.Lock()\nclass S: x = 0\ndef add():\n  while not lock.acquire(False): pass\n  S.x += 1; lock.release()\n";
    let rests = "beats = []\ndef beat():\n  while True: time.sleep(1); beats.append(1)\nthreading.Thread(target=beat, daemon=True).start()\ndef f(): beats.append(2)\n";
    let folder = Folder::with(&[
        ("nobody.py", &started(asks, "ask")),
        ("flag.py", &started(asks, "ask, end")),
        ("tries.py", &started(tries, "lambda: work(a, b), lambda: work(b, a)")),
        ("spins.py", &(started(spins, "add, add") + "assert S.x == 2\n")),
        ("rests.py", &started(rests, "f, f")),
    ]);
    let cases: &[(&str, i32, &[&str])] = &[
        (
            "nobody.py",
            4,
            &["livelock: Thread-1 (ask) goes on and gets nowhere", "LIVELOCK of stop", "reads stop: False"],
        ),
        ("tries.py", 4, &["livelock: Thread-1 (<lambda>), Thread-2 (<lambda>) go on", "LIVELOCK of a", "releases b"]),
        ("flag.py", 0, &["holds: all ", " states, none fails"]),
        ("spins.py", 0, &["holds: all "]),
        ("rests.py", 0, &["classes of schedules, none fails", "was followed to its sleep number 3"]),
    ];
    for (file, status, parts) in cases {
        let done = folder.gilsim(&["explore", "--save", "kept", file]);
        assert_eq!(done.status, Some(*status), "{file}: {done:?}");
        for part in *parts {
            assert!(done.stdout.contains(part), "{file}: {part}: {}", done.stdout);
        }
        if *status == 4 {
            let again = folder.gilsim(&["replay", file, "kept"]);
            assert!(again.status == Some(4) && again.stdout.contains("livelock"), "{file}: {again:?}");
        }
    }
    let states = folder.gilsim(&["explore", "--strategy", "states", "--format", "json", "tries.py"]);
    let report: serde_json::Value = serde_json::from_str(&states.stdout).expect("one JSON object");
    assert_eq!((&report["verdict"], &report["failure"]["kind"]), (&"fails".into(), &"livelock".into()));
    assert_eq!(report["failure"]["circling"], serde_json::json!([1, 2]));
}
