//! gilsim beside CPython: processor time of whole programs, net of start-up, medians of alternating runs.
//!
//!     cargo bench -p gilsim-benches --bench side_by_side -- [--python PYTHON] [--gilsim BINARY] [--runs N] [FILE_OR_DIR…]
//!
//! Runs the programs of `benches/programs` and every file or folder named. PYTHON defaults to `python3.11`; without one
//! the comparison is skipped and says so. The two interpreters run in turn (A B A B …), so that a machine whose speed
//! drifts does not favour one; start-up is what `print("hi")` takes. Without `--gilsim` the release binary is built
//! first. Both outputs must be equal. Ratios above 1: gilsim is faster. Processor time (user and system, all threads,
//! from `getrusage`) is counted, because it means something on a machine that does other work too. What this misses:
//! warm caches of the operating system, and memory.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const USAGE: &str = "\
usage: side_by_side [--python PYTHON] [--gilsim BINARY] [--runs N] [FILE_OR_DIR...]

Compares gilsim with CPython on benches/programs and on every file or folder named.
  --python PYTHON   the CPython to compare with (python3.11)
  --gilsim BINARY   the gilsim to measure (the release binary, built first)
  --runs N          alternating runs of each program (5)";

struct Options {
    python: String,
    gilsim: Option<PathBuf>,
    runs: usize,
    programs: Vec<PathBuf>,
}

fn main() {
    let options = options();
    let gilsim = options.gilsim.clone().unwrap_or_else(gilsim_binary);
    let hello = std::env::temp_dir().join("gilsim-bench-hello.py");
    std::fs::write(&hello, "print(\"hi\")\n").expect("the temporary folder can be written");
    let ours = |file: &Path| timed(Command::new(&gilsim).args(["run", "-q", "--stdout", "pipe"]).arg(file));
    let theirs = |file: &Path| timed(Command::new(&options.python).arg(file));
    let startup = start_up(&ours, &hello);
    println!("start-up with print(\"hi\"): gilsim {:.1} ms", startup * 1e3);
    if Command::new(&options.python).arg("-V").stdout(Stdio::null()).status().is_err() {
        println!("skipped: no {} on this machine (name one with --python)", options.python);
        return;
    }
    let startup_python = start_up(&theirs, &hello);
    println!("start-up with print(\"hi\"): CPython {:.1} ms", startup_python * 1e3);
    println!("{:<24} {:>10} {:>10} {:>8}", "program", "gilsim s", "CPython s", "ratio");
    let (mut logs, mut least) = (Vec::new(), f64::INFINITY);
    for program in &options.programs {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        let mut equal = true;
        for _ in 0..options.runs {
            let (x, y) = (ours(program), theirs(program));
            equal &= x.output == y.output;
            a.push(x.seconds - startup);
            b.push(y.seconds - startup_python);
        }
        let (a, b) = (median(a).max(1e-4), median(b).max(1e-4));
        let name = program.file_stem().unwrap_or_default().to_string_lossy();
        let note = if equal { "" } else { "  OUTPUT DIFFERS" };
        println!("{name:<24} {a:>10.3} {b:>10.3} {:>7.2}x{note}", b / a);
        logs.push((b / a).ln());
        least = least.min(b / a);
    }
    let mean = (logs.iter().sum::<f64>() / logs.len().max(1) as f64).exp();
    println!("{:<24} {:>10} {:>10} {mean:>7.2}x", "geometric mean", "", "");
    println!("{:<24} {:>10} {:>10} {least:>7.2}x", "least", "", "");
}

fn options() -> Options {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs");
    let mut options = Options { python: "python3.11".to_owned(), gilsim: None, runs: 5, programs: python_files(&own) };
    let mut args = std::env::args().skip(1).filter(|a| a != "--bench");
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--python" => options.python = args.next().expect("--python needs a path"),
            "--gilsim" => options.gilsim = args.next().map(PathBuf::from),
            "--runs" => options.runs = args.next().and_then(|n| n.parse().ok()).expect("--runs needs a number"),
            "--help" | "-h" => {
                println!("{USAGE}");
                std::process::exit(0);
            }
            flag if flag.starts_with('-') => {
                eprintln!("unknown option {flag}\n{USAGE}");
                std::process::exit(2);
            }
            path if !Path::new(path).exists() => {
                eprintln!("{path}: no such file or folder\n{USAGE}");
                std::process::exit(2);
            }
            path => options.programs.extend(python_files(Path::new(path))),
        }
    }
    options
}

/// The file itself, or the Python files of a folder, sorted.
fn python_files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(path)
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "py"))
        .collect();
    files.sort();
    files
}

/// The release binary; built first if need be.
fn gilsim_binary() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo).args(["build", "--release", "-p", "gilsim-cli"]).status().expect("cargo runs");
    assert!(built.success(), "gilsim must build");
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    target.join("release/gilsim")
}

struct Timed {
    seconds: f64,
    output: Vec<u8>,
}

fn timed(command: &mut Command) -> Timed {
    let before = children_seconds();
    let done = command.stderr(Stdio::null()).output().expect("the command starts");
    Timed { seconds: children_seconds() - before, output: done.stdout }
}

/// Processor time of all children so far.
fn children_seconds() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts processor time");
    (usage.user_time() + usage.system_time()).num_microseconds() as f64 * 1e-6
}

/// The median of many runs.
fn start_up(run: &impl Fn(&Path) -> Timed, program: &Path) -> f64 {
    const RUNS: usize = 21;
    median((0..RUNS).map(|_| run(program).seconds).collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
