//! `run --engine os`: the program's output, the report, and what does not go together.

use crate::harness::Folder;

const COUNT: &str = "import threading
lock = threading.Lock()
total = 0
def work():
    global total
    for _ in range(500):
        with lock:
            total += 1
threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(total)
";

#[test]
fn a_program_runs_on_os_threads_and_the_report_says_so() {
    let folder = Folder::with(&[("p.py", COUNT)]);
    for version in ["2.7", "3.9", "3.13"] {
        let done = folder.gilsim(&["run", "--engine", "os", "--python", version, "p.py"]);
        assert_eq!((done.status, done.stdout.as_str()), (Some(0), "1500\n"), "{done:?}");
        for part in [&format!("GIL of CPython {version} on OS threads"), "4 threads · ", "the next run differs"] {
            assert!(done.stderr.contains(part), "{part}: {}", done.stderr);
        }
    }
    let quiet = folder.gilsim(&["run", "--engine", "os", "-q", "p.py"]);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("1500\n", ""));
    let json = folder.gilsim(&["run", "--engine", "os", "--format", "json", "p.py"]);
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!((report["format"].as_str(), report["thread_count"].as_u64()), (Some("gilsim-os-report"), Some(4)));
}

#[test]
fn ends_have_the_same_statuses_as_in_the_simulation() {
    let cases = [
        ("import sys\nsys.exit(9)\n", 9, ""),
        ("1 / 0\n", 1, "ZeroDivisionError"),
        ("import threading\nl = threading.Lock()\nl.acquire()\nl.acquire()\n", 3, "deadlock: no thread can ever run"),
        ("while True: pass\n", 5, "limit: "),
    ];
    for (text, status, part) in cases {
        let folder = Folder::with(&[("p.py", text)]);
        let done = folder.gilsim(&["run", "--engine", "os", "--max-time", "2s", "p.py"]);
        assert_eq!(done.status, Some(status), "{text}: {done:?}");
        assert!(done.stderr.contains(part), "{text}: {}", done.stderr);
    }
}

#[test]
fn what_needs_the_simulation_is_refused() {
    let folder = Folder::with(&[("p.py", COUNT)]);
    let cases: &[(&[&str], &str)] = &[
        (&["--trace", "t.giltrace"], "--engine os does not go with --trace"),
        (&["--find", "race"], "--find and --deny"),
        (&["--jitter"], "--jitter"),
        (&["--switching", "instruction"], "--switching instruction"),
        (&["--python", "3.13t"], "--engine os cannot run CPython 3.13t, which has no GIL"),
    ];
    for (flags, part) in cases {
        let done = folder.gilsim(&[&["run", "--engine", "os"], *flags, &["p.py"]].concat());
        assert_eq!((done.status, done.stdout.as_str()), (Some(2), ""), "{flags:?}: {done:?}");
        assert!(done.stderr.contains(part), "{flags:?}: {}", done.stderr);
    }
    assert_eq!(folder.names(), ["p.py"]);
}
