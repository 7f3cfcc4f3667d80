//! `compare` and `sweep`: tables, reasons, files.

use crate::harness::Folder;

/// Two threads increment an attribute, often enough for many switches.
const COUNTER: &str = "import threading
class Counter:
    def __init__(self):
        self.count = 0
    def add(self):
        self.count += 1
counter = Counter()
def work():
    for _ in range(40_000):
        counter.add()
threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('got', counter.count)
";

#[test]
fn compare_shows_where_updates_are_lost_and_says_why() {
    let folder = Folder::with(&[("counter.py", COUNTER)]);
    let flags = ["compare", "--switch-interval", "1ms", "--seeds", "3", "counter.py"];
    let json = folder.gilsim(&[&flags[..], &["--format", "json"]].concat());
    assert_eq!((json.status, json.stderr.as_str()), (Some(0), ""), "{json:?}");
    let value: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    for case in value["cases"].as_array().expect("cases") {
        let version = case["python"].as_str().expect("a version");
        let loses = !["3.10", "3.11", "3.12", "3.13"].contains(&version);
        let outputs = case["outputs"].as_array().expect("outputs");
        assert_eq!(outputs.iter().any(|output| output != "got 120000\n"), loses, "{version}: {outputs:?}");
        let cut = !case["updates_cut"].as_array().expect("places").is_empty();
        assert_eq!(cut, loses && version != "3.13t", "{version}: {case}");
    }
    let done = folder.gilsim(&flags);
    let text = done.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "in line 6, between reading count and writing it back",
        "3.10, 3.11, 3.12 and 3.13 look at the drop request only after calls, at jumps back and at the start of functions",
        "3.13t has no GIL",
    ] {
        assert!(text.contains(part), "{part}: {}", done.stdout);
    }
}

#[test]
fn compare_for_machines_has_a_case_for_each_combination() {
    let folder = Folder::with(&[("p.py", "import time\ntime.sleep(0.01)\nprint('done')\n")]);
    let arguments = ["compare", "--python", "3.9,3.13", "--cores", "1,2", "--seeds", "3", "--format", "json", "p.py"];
    let done = folder.gilsim(&arguments);
    assert_eq!(done.status, Some(0), "{done:?}");
    let value: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    let cases = value["cases"].as_array().expect("cases");
    let keys: Vec<(&str, u64)> =
        cases.iter().map(|case| (case["python"].as_str().unwrap(), case["cores"].as_u64().unwrap())).collect();
    assert_eq!(keys, [("3.9", 1), ("3.9", 2), ("3.13", 1), ("3.13", 2)]);
    assert!(cases.iter().all(|case| case["virtual_time_ns"].as_array().expect("times").len() == 3));
    assert!(cases.iter().all(|case| case["outputs"][0] == "done\n"));
    assert_eq!(done.stdout, folder.gilsim(&arguments).stdout, "the same again");
}

#[test]
fn sweep_writes_a_chart_values_and_a_plot() {
    let program = "import sys, threading, time
stop = False
def compute():
    while not stop:
        pass
threads = [threading.Thread(target=compute) for _ in range(int(sys.argv[1]))]
for thread in threads:
    thread.start()
for _ in range(5):
    time.sleep(0.001)
stop = True
";
    let folder = Folder::with(&[("p.py", program)]);
    let vary = ["--vary", "switch-interval=1ms..20ms:4", "--vary", "computing threads:arg1=0,1"];
    let flags = ["--csv", "p.csv", "--svg", "p.svg"];
    let done = folder.gilsim(&[&["sweep", "p.py"][..], &vary, &flags].concat());
    assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""), "{done:?}");
    assert!(done.stdout.contains("computing threads = 1") && done.stdout.contains('█'), "{}", done.stdout);
    let csv = folder.read("p.csv");
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0][..3], ["switch interval", "computing threads", "virtual_time_ns"], "{csv}");
    assert_eq!(rows.len(), 9, "{csv}");
    for row in &rows[1..] {
        let (interval_ns, wait_ns): (u64, u64) = (row[0].parse().unwrap(), row[5].parse().unwrap());
        let expected_ns = if row[1] == "1" { interval_ns } else { 0 };
        assert!(wait_ns.abs_diff(expected_ns) < 500_000 + interval_ns / 20, "{row:?}");
    }
    let svg = folder.read("p.svg");
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    for part in ["switch interval (logarithmic)", "<title>", "CPython 3.13", "20 ms", "stroke-dasharray=\"7 4\""] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
    let only_csv = folder.gilsim(&[&["sweep", "p.py"][..], &vary, &["--csv", "-"]].concat());
    assert_eq!(only_csv.stdout, csv);
}

#[test]
fn a_convoy_is_found_in_a_run_and_explained() {
    let program = "import threading, time
stop = False
def compute():
    while not stop:
        pass
thread = threading.Thread(target=compute, name='computes')
thread.start()
for _ in range(10):
    time.sleep(0.001)
stop = True
thread.join()
";
    let folder = Folder::with(&[("p.py", program)]);
    let done = folder.gilsim(&["run", "p.py"]);
    let part =
        "finding: speed CONVOY MainThread came back from sleeping, reading or writing 10 times and mostly waited 5.";
    assert!(done.stderr.contains(part), "{}", done.stderr);
    assert!(done.stderr.contains("see `gilsim explain CONVOY`"), "{}", done.stderr);
    assert!(folder.gilsim(&["explain", "CONVOY"]).stdout.contains("switch interval"));
    let json = folder.gilsim(&["run", "--format", "json", "p.py"]).stdout;
    assert!(json.contains("\"code\":\"CONVOY\""), "{json}");
    assert!(!folder.gilsim(&["run", "-q", "p.py"]).stderr.contains("finding"));
}

#[test]
fn starvation_and_lock_convoys_are_found_in_a_run() {
    let program = |turns: u32, inside: &str, outside: &str| {
        format!(
            "import threading, time
lock = threading.Lock()
def work():
    for _ in range({turns}):
        with lock:
            {inside}
        {outside}
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"
        )
    };
    let busy = "for _ in range(4_000): pass";
    for (name, text) in
        [("STARVATION", program(60, "time.sleep(0.0005)", "pass")), ("LOCK-CONVOY", program(600, busy, busy))]
    {
        let folder = Folder::with(&[("p.py", &text)]);
        let done = folder.gilsim(&["run", "p.py"]);
        assert!(done.stderr.contains(&format!("finding: speed {name} ")), "{name}: {}", done.stderr);
    }
    let sorted = "import threading
values = list(range(200_000))
def count():
    for _ in range(600_000):
        pass
thread = threading.Thread(target=count)
thread.start()
values.sort(key=None, reverse=True)
thread.join()
";
    let folder = Folder::with(&[("p.py", sorted)]);
    let done = folder.gilsim(&["run", "--switch-interval", "1ms", "p.py"]);
    assert!(done.stderr.contains("finding: speed GIL-HELD-IN-NATIVE MainThread kept the GIL for"), "{}", done.stderr);
}
