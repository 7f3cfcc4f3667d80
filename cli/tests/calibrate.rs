//! `calibrate` and `--costs`: cost files, their mistakes, and an installed CPython where there is one.

use crate::harness::Folder;

use std::process::{Command, Stdio};

/// A loop of instructions whose costs the files below change.
const PROGRAM: &str = "for i in range(1000):\n    x = i\n";

/// A cost file with few costs: what it leaves out is as shipped.
const DEAR_LOOPS: &str = "format = 1\npython = \"3.9\"\n\n[instruction_ns]\nFOR_ITER = 1000\n\n[native_ns]\nlen = 5\n";

fn virtual_ns(folder: &Folder, arguments: &[&str]) -> (String, u64) {
    let done = folder.gilsim(&[&["run", "--format", "json"], arguments, &["p.py"]].concat());
    assert_eq!(done.status, Some(0), "{done:?}");
    let report: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    let profile = report["run"]["profile"].as_str().expect("a profile").to_owned();
    (profile, report["run"]["virtual_time_ns"].as_u64().expect("a time"))
}

#[test]
fn costs_of_a_file_are_charged_and_choose_the_version() {
    let folder = Folder::with(&[("p.py", PROGRAM), ("dear.toml", DEAR_LOOPS)]);
    let (_, shipped_ns) = virtual_ns(&folder, &["--python", "3.9"]);
    let (profile, dear_ns) = virtual_ns(&folder, &["--costs", "dear.toml"]);
    assert_eq!(profile, "3.9");
    let more_ns = dear_ns - shipped_ns;
    assert!((990_000..1_010_000).contains(&more_ns), "1001 instructions cost {more_ns} ns more");
}

#[test]
fn compare_takes_the_versions_of_the_cost_files() {
    let other = DEAR_LOOPS.replace("3.9", "3.13");
    let folder = Folder::with(&[("p.py", PROGRAM), ("a.toml", DEAR_LOOPS), ("b.toml", &other)]);
    let done = folder.gilsim(&["compare", "--costs", "b.toml,a.toml", "--format", "json", "p.py"]);
    assert_eq!(done.status, Some(0), "{done:?}");
    let value: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    let versions: Vec<&str> =
        value["cases"].as_array().expect("cases").iter().filter_map(|case| case["python"].as_str()).collect();
    assert_eq!(versions, ["3.9", "3.13"]);
}

#[test]
fn sweep_uses_them_too() {
    let folder = Folder::with(&[("p.py", PROGRAM), ("dear.toml", DEAR_LOOPS)]);
    let sweep = ["sweep", "p.py", "--vary", "cores=1,2", "--metric", "time", "--csv", "-"];
    let plain = folder.gilsim(&[&sweep[..], &["--python", "3.9"]].concat());
    let dear = folder.gilsim(&[&sweep[..], &["--costs", "dear.toml"]].concat());
    assert_eq!((plain.status, dear.status), (Some(0), Some(0)), "{plain:?} {dear:?}");
    assert_ne!(plain.stdout, dear.stdout);
}

#[test]
fn mistakes_in_a_cost_file_are_told_with_their_line() {
    let cases = [
        (
            "format = 1\npython = \"3.9\"\n[instruction_ns]\nLOAD_FASTT = 3\n",
            "line 4: there is no cost named `LOAD_FASTT`",
        ),
        (
            "format = 1\npython = \"3.9\"\n[native_ns]\nlen = -1\n",
            "line 4: the cost of len is not a number from 0 to 65535",
        ),
        ("format = 1\npython = \"3.9\"\n[native_ns]\nlen = = 2\n", "line 4: "),
        ("format = 7\n", "line 1: the file has format 7, and this gilsim reads format 1"),
        ("format = 1\npython = \"1.5\"\n", "line 2: there is no CPython `1.5` here"),
        ("print('hello')\n", "line 1: "),
        ("", "`bad.toml` is no cost file"),
    ];
    for (text, part) in cases {
        let folder = Folder::with(&[("p.py", PROGRAM), ("bad.toml", text)]);
        let done = folder.gilsim(&["run", "--costs", "bad.toml", "p.py"]);
        assert_eq!((done.status, done.stdout.as_str()), (Some(2), ""), "{text}: {done:?}");
        assert!(done.stderr.contains(part), "{text}: {}", done.stderr);
    }
    let folder = Folder::with(&[("p.py", PROGRAM), ("dear.toml", DEAR_LOOPS)]);
    let absent = folder.gilsim(&["run", "--costs", "none.toml", "p.py"]);
    assert!(absent.stderr.contains("cannot read `none.toml`"), "{absent:?}");
    let other = folder.gilsim(&["run", "--costs", "dear.toml", "--python", "3.12", "p.py"]);
    assert_eq!(other.status, Some(2));
    assert!(other.stderr.contains("no file of --costs has the costs of CPython 3.12"), "{other:?}");
}

#[test]
fn what_is_no_cpython_is_refused() {
    let folder = Folder::new();
    for (path, part) in [
        ("./nothing-here", "cannot run `./nothing-here`: no such file or directory"),
        ("/bin/true", "`/bin/true` does not answer as Python does"),
        ("/bin/false", "(it ended with status 1)"),
    ] {
        let done = folder.gilsim(&["calibrate", "--python", path]);
        assert_eq!((done.status, done.stdout.as_str()), (Some(2), ""), "{path}: {done:?}");
        assert!(done.stderr.contains(part), "{path}: {}", done.stderr);
    }
}

/// A CPython of the host that gilsim has a profile of.
fn installed() -> Option<&'static str> {
    let names = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python3.9"];
    let supported = "import sys; sys.exit(not (3, 6) <= sys.version_info[:2] <= (3, 13))";
    names.into_iter().find(|name| {
        let mut command = Command::new(name);
        command.args(["-c", supported]).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    })
}

#[test]
fn an_installed_cpython_is_measured_and_its_costs_can_be_used() {
    let Some(python) = installed() else {
        println!("skipped: no CPython 3.6 to 3.13 on this machine");
        return;
    };
    let folder = Folder::with(&[("p.py", PROGRAM)]);
    let done = folder.gilsim(&["calibrate", "--python", python, "--rounds", "1", "-o", "own.toml"]);
    assert_eq!((done.status, done.stdout.as_str()), (Some(0), ""), "{done:?}");
    let counted = done.stderr.lines().find_map(|line| line.split_once(" snippets, as far")?.0.parse::<usize>().ok());
    assert!(counted.is_some_and(|counted| counted > 240), "{}", done.stderr);
    let text = folder.read("own.toml");
    for name in ["LOAD_FAST = ", "FOR_ITER = ", "len = ", "\"operator: power\" = "] {
        assert!(text.lines().any(|line| line.starts_with(name)), "{name}: {text}");
    }
    virtual_ns(&folder, &["--costs", "own.toml"]);
}
