//! `run`: streams, exit statuses, limits, determinism, formats.

use crate::harness::{Done, Folder};

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

fn run(program: &str, flags: &[&str]) -> Done {
    let folder = Folder::with(&[("program.py", program)]);
    folder.gilsim(&[&["run"], flags, &["program.py"]].concat())
}

#[test]
fn output_goes_to_stdout_byte_for_byte_and_the_report_to_stderr() {
    let done = run("import sys\nprint('naïve 日本\\x1b[31m')\nsys.stdout.write('no newline')\n", &[]);
    assert_eq!((done.status, done.stdout.as_str()), (Some(0), "naïve 日本\u{1b}[31m\nno newline"));
    assert!(
        done.stderr.starts_with("program.py  CPython 3.13 · switch interval 5 ms · 4 cores · seed 0 "),
        "{}",
        done.stderr
    );
    assert!(done.stderr.lines().count() <= 5, "a quiet program: {}", done.stderr);
}

#[test]
fn exit_statuses() {
    let cases: &[(&str, &[&str], i32, &str)] = &[
        ("pass", &[], 0, "virtual time"),
        ("1/0", &[], 1, "ZeroDivisionError: division by zero"),
        ("import sys; sys.exit(7)", &[], 7, "virtual time"),
        ("import sys; sys.exit(256 + 3)", &[], 3, "virtual time"),
        ("import sys; sys.exit(-1)", &[], 255, "virtual time"),
        ("import sys; sys.exit('why not')", &[], 1, "why not\n"),
        ("def f(:", &[], 2, "error[GS0001]"),
        ("import nothing_there", &[], 2, "error[GS0201]"),
        ("import threading\nl = threading.Lock()\nl.acquire()\nl.acquire()", &[], 3, "SELF-DEADLOCK"),
        ("while True: pass", &["--max-steps", "1e5"], 5, "the limit of 100,000 instructions was reached (--max-steps)"),
        ("import time\nwhile True: time.sleep(60)", &["--max-time", "10min"], 5, "(--max-time)"),
        ("x = []\nwhile True: x.append('a' * 1000 + str(len(x)))", &["--max-heap", "10MB"], 5, "(--max-heap)"),
        ("while True: print('again')", &["--max-output", "1kB"], 5, "(--max-output)"),
    ];
    for (program, flags, status, part) in cases {
        let done = run(program, flags);
        assert_eq!(done.status, Some(*status), "{program}: {done:?}");
        assert!(done.stderr.contains(part), "{program}: {part} is not in {}", done.stderr);
    }
}

#[test]
fn standard_error_of_the_program_comes_before_the_report() {
    let done = run("import sys\nprint('out')\nprint('err', file=sys.stderr)\nraise KeyError(1)", &[]);
    let report = done.stderr.find("virtual time").expect("a report");
    let traceback = done.stderr.find("KeyError: 1").expect("a traceback");
    assert!(done.stderr.starts_with("err\nTraceback") && traceback < report, "{}", done.stderr);
}

#[test]
fn arguments_reach_the_program() {
    let folder = Folder::with(&[("p.py", "import sys\nprint(sys.argv)\n")]);
    let done = folder.gilsim(&["run", "-q", "p.py", "a", "--seed", "b c"]);
    assert_eq!(done.stdout, "['p.py', 'a', '--seed', 'b c']\n");
    assert_eq!(folder.gilsim(&["run", "-q", "p.py", "--", "--x"]).stdout, "['p.py', '--x']\n");
}

#[test]
fn modules_beside_the_program_are_imported() {
    let folder = Folder::with(&[
        (
            "p.py",
            "import helper\nfrom pkg import sub\nfrom pkg.sub import VALUE\nprint(helper.f(), VALUE, sub.__name__)\n",
        ),
        ("helper.py", "def f():\n    return 'helped'\n"),
        ("pkg/__init__.py", ""),
        ("pkg/sub.py", "from . import other\nVALUE = other.X + 1\n"),
        ("pkg/other.py", "X = 41\n"),
    ]);
    let done = folder.gilsim(&["run", "-q", "p.py"]);
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (Some(0), "helped 42 pkg.sub\n", ""));
}

#[test]
fn a_guarded_import_raises_when_it_is_executed() {
    let done = run("try:\n    import numpy\nexcept ImportError as e:\n    print(type(e).__name__, e)\n", &["-q"]);
    assert_eq!((done.status, done.stdout.as_str()), (Some(0), "ModuleNotFoundError No module named 'numpy'\n"));
}

const THREADS: &str = "\
import threading, time, random
lock = threading.Lock()
total = 0
def work(n):
    global total
    for i in range(300):
        with lock:
            total += n
        if i % 100 == 0:
            time.sleep(0.001)
            print(threading.current_thread().name, i, random.random())
ts = [threading.Thread(target=work, args=(n,)) for n in range(4)]
[t.start() for t in ts]
[t.join() for t in ts]
print(total, sorted({'b', 'a', 'c'}), {'x', 'y', 'z'})
";

#[test]
fn two_runs_are_equal_to_the_byte() {
    for flags in
        [&["--trace", "t.giltrace"][..], &["--trace", "t.giltrace", "--python", "3.9", "--jitter", "--seed", "7"]]
    {
        let runs: Vec<(Done, String)> = (0..2)
            .map(|_| {
                let folder = Folder::with(&[("program.py", THREADS)]);
                let done = folder.gilsim(&[&["run"], flags, &["program.py"]].concat());
                // Tracebacks and traces name files by absolute path, as CPython does.
                let trace = folder.read("t.giltrace").replace(&folder.path().display().to_string(), "");
                assert_eq!(folder.names(), ["program.py", "t.giltrace"], "no temporary file is left");
                (done, trace)
            })
            .collect();
        assert_eq!(runs[0].0.status, Some(0), "{:?}", runs[0].0);
        let [(one, trace_one), (two, trace_two)] = &runs[..] else { panic!("two runs") };
        assert_eq!((one.status, &one.stdout, &one.stderr), (two.status, &two.stdout, &two.stderr));
        // The last line is a checksum that covers the path.
        let body =
            |trace: &str| trace.lines().filter(|line| !line.contains("\"sha256\"")).collect::<Vec<_>>().join("\n");
        assert!(body(trace_one) == body(trace_two), "the traces differ");
        assert!(trace_one.lines().count() > 1000);
    }
}

#[test]
fn recording_does_not_change_a_run() {
    let plain = run(THREADS, &[]);
    assert_eq!(plain.status, Some(0), "{plain:?}");
    for detail in ["switch", "sync", "line", "op"] {
        let recorded = run(THREADS, &["--trace", "t.giltrace", "--detail", detail]);
        assert_eq!(
            (recorded.status, &recorded.stdout, &recorded.stderr),
            (plain.status, &plain.stdout, &plain.stderr),
            "{detail}"
        );
    }
}

#[test]
fn the_report_for_machines_holds_the_output() {
    let done = run("import sys\nprint('hello')\nprint('oops', file=sys.stderr)\nsys.exit(3)", &["--format", "json"]);
    assert_eq!((done.status, done.stderr.as_str()), (Some(3), ""));
    let report: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(report["format"], "gilsim-report");
    assert_eq!(report["output"], serde_json::json!({ "stdout": "hello\n", "stderr": "oops\n" }));
    assert_eq!(report["exit"], serde_json::json!({ "status": 3, "outcome": "finished", "exit": 3 }));
    assert_eq!(report["threads"][0]["name"], "MainThread");
}

#[test]
fn a_trace_on_stdout_takes_the_place_of_the_output() {
    let done = run("print('hello')", &["--trace", "-", "-q"]);
    assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""));
    let lines: Vec<serde_json::Value> =
        done.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON lines")).collect();
    assert_eq!((&lines[0]["k"], &lines[lines.len() - 1]["k"]), (&"header".into(), &"end".into()));
    assert!(lines.iter().any(|line| line["k"] == "out" && line["text"] == "hello\n"), "{}", done.stdout);
    assert_eq!(run("", &["--trace", "-", "--format", "json"]).status, Some(2));
}

#[test]
fn a_trace_that_cannot_be_written_is_an_error_before_the_run() {
    let done = run("print('ran')", &["--trace", "no/such/folder/t.giltrace"]);
    assert_eq!((done.status, done.stdout.as_str()), (Some(2), ""));
    assert_eq!(done.stderr, "error: cannot write `no/such/folder/t.giltrace`: no such file or directory\n");
}

#[test]
fn colour_and_ascii_follow_the_flags_and_the_environment() {
    let folder = Folder::with(&[("program.py", THREADS)]);
    let stderr = |flags: &[&str], variable: Option<(&str, &str)>| {
        let mut command = folder.command(&[&["run"], flags, &["program.py"]].concat());
        if let Some((name, value)) = variable {
            command.env(name, value);
        }
        String::from_utf8(command.output().expect("it runs").stderr).expect("UTF-8")
    };
    let plain = stderr(&[], None);
    assert!(!plain.contains('\u{1b}') && plain.contains('█'), "{plain}");
    assert!(plain.lines().all(|line| line.chars().count() <= 100), "{plain}");
    assert!(stderr(&["--color", "always"], None).contains('\u{1b}'));
    assert!(stderr(&[], Some(("CLICOLOR_FORCE", "1"))).contains('\u{1b}'));
    assert!(!stderr(&["--color", "never"], Some(("CLICOLOR_FORCE", "1"))).contains('\u{1b}'));
    assert!(stderr(&["--ascii"], None).is_ascii());
    assert!(stderr(&["--width", "60"], None).lines().all(|line| line.chars().count() <= 60));
}

#[test]
fn the_clock_and_the_seed_follow_the_flags() {
    let program = "import time, random, os\nprint(int(time.time()), random.random(), os.cpu_count())";
    let default = run(program, &["-q"]).stdout;
    assert!(default.starts_with("1735689600 ") && default.ends_with(" 4\n"), "{default}");
    let changed = run(program, &["-q", "--epoch", "0", "--seed", "1", "--cores", "2"]).stdout;
    assert!(changed.starts_with("0 ") && changed.ends_with(" 2\n"), "{changed}");
    assert_ne!(default.split(' ').nth(1), changed.split(' ').nth(1));
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let folder = Folder::with(&[("p.py", "while True:\n    print('again and again')\n")]);
    let mut child = folder
        .command(&["run", "--max-output", "1GB", "p.py"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut reader = BufReader::new(child.stdout.take().expect("stdout"));
    let mut line = String::new();
    reader.read_line(&mut line).expect("a line");
    drop(reader);
    let mut stderr = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut stderr).expect("UTF-8");
    assert_eq!(
        (child.wait().expect("it ends").code(), line.as_str(), stderr.as_str()),
        (Some(141), "again and again\n", "")
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_run_with_what_is_known_so_far() {
    let folder = Folder::with(&[("p.py", "print('started')\nwhile True:\n    pass\n")]);
    let mut child = folder
        .command(&["run", "--max-steps", "1e15", "--max-time", "100000h", "p.py"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("stdout")).read_line(&mut line).expect("a line");
    // Twice at once, as timeout(1) sends it to the process and its group.
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &id, &id]).status().expect("kill runs");
    assert!(sent.success());
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert!(stderr.contains("virtual time") && stderr.contains("stopped by Ctrl-C"), "{stderr}");
}

#[test]
fn switching_after_every_instruction_shows_what_is_not_guarded() {
    let folder = Folder::with(&[(
        "p.py",
        "import threading
unguarded = guarded = 0
lock = threading.Lock()
def work():
    global unguarded, guarded
    for _ in range(1000):
        unguarded += 1
    for _ in range(1000):
        with lock:
            guarded += 1
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print(unguarded == 2000, guarded)
",
    )]);
    assert_eq!(folder.gilsim(&["run", "-q", "p.py"]).stdout, "True 2000\n");
    assert_eq!(folder.gilsim(&["run", "-q", "--switching", "instruction", "p.py"]).stdout, "False 2000\n");
}

#[test]
fn races_are_denied_with_status_4_and_deadlocks_keep_status_3() {
    let race = "import threading, time\nx = 0\ndef f():\n    global x\n    y = x\n    time.sleep(1)\n    x = y + 1\n\
                ts = [threading.Thread(target=f) for _ in range(2)]\nfor t in ts: t.start()\nfor t in ts: t.join(9)\nprint(x)\n";
    let locked = race.replace("    global x\n", "    global x\n    lock.acquire()\n");
    let locked = locked.replace("x = 0", "x, lock = 0, threading.Lock()").replace("y + 1", "y + 1; lock.release()");
    let stuck = "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n";
    let folder = Folder::with(&[("race.py", race), ("locked.py", &locked), ("stuck.py", stuck)]);
    let run = |file: &str| folder.gilsim(&["run", "-q", "--deny", "race,deadlock", file]);
    let last = |text: &str| text.lines().last().unwrap_or_default().to_owned();
    let done = run("race.py");
    assert_eq!((done.status, done.stdout.as_str()), (Some(4), "1\n"), "{done:?}");
    assert_eq!(
        last(&done.stderr),
        "finding: race LOST-UPDATE nothing orders the accesses of threads to x (lines 5, 7)"
    );
    let done = run("locked.py");
    assert_eq!((done.status, done.stderr.as_str()), (Some(0), ""), "{done:?}");
    let done = run("stuck.py");
    assert_eq!(done.status, Some(3), "{done:?}");
    assert!(done.stderr.contains("finding: deadlock SELF-DEADLOCK"), "{}", done.stderr);
    let found = folder.gilsim(&["run", "-q", "--find", "race", "race.py"]);
    assert_eq!(found.status, Some(0), "{found:?}");
    assert!(found.stderr.contains("finding: race LOST-UPDATE"), "{}", found.stderr);
    let json = folder.gilsim(&["run", "--deny", "race", "--format", "json", "race.py"]);
    assert!(json.stdout.contains("\"LOST-UPDATE\""), "{}", json.stdout);
}
