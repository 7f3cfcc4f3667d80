//! gilsim beside CPython: processor time of whole programs, net of start-up, medians of alternating runs.
//!
//!     cargo bench -p gilsim-benches --bench side_by_side -- [--python PYTHON] [--gilsim BINARY] [--runs N] [FILE_OR_DIR…]
//!
//! Runs the programs of `benches/programs` and every file or folder named. PYTHON defaults to `python3.11`; without one the
//! comparison is skipped and says so. The two interpreters run in turn (A B A B …), so that a machine whose speed drifts
//! does not favour one; start-up is what `print("hi")` takes. Without `--gilsim` the release binary is built first. Both outputs must be equal. Ratios above 1: gilsim is faster.
//! Processor time (user and system, all threads, from `/proc/self/stat`) is counted, because it means something on a machine that
//! does other work too; where there is no such file, wall time. What this misses: warm caches of the operating system, and memory.

#![expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a benchmark measures wall time")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

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
    let startup = mean(&ours, &hello);
    println!("start-up with print(\"hi\"): gilsim {:.1} ms", startup * 1e3);
    if Command::new(&options.python).arg("-V").stdout(Stdio::null()).status().is_err() {
        println!("skipped: no {} on this machine (name one with --python)", options.python);
        return;
    }
    let startup_python = mean(&theirs, &hello);
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
    let (start, before) = (Instant::now(), children_seconds());
    let done = command.stderr(Stdio::null()).output().expect("the command starts");
    let seconds = match (before, children_seconds()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    };
    Timed { seconds, output: done.stdout }
}

/// Processor time of all children so far (`cutime` and `cstime`, in ticks of 10 ms that add up without loss).
fn children_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(13)?.parse::<f64>().ok()? + fields.get(14)?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}

/// The mean of many runs: one of them is shorter than the clock's ticks.
fn mean(run: &impl Fn(&Path) -> Timed, program: &Path) -> f64 {
    const RUNS: u32 = 50;
    (0..RUNS).map(|_| run(program).seconds).sum::<f64>() / f64::from(RUNS)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
