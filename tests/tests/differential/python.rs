//! A case on an installed CPython 3.13.

use super::case::{Answer, Case};
use super::normal;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The interpreter that `GILSIM_CPYTHON313` names.
pub fn interpreter() -> Option<PathBuf> {
    let python = PathBuf::from(setting("GILSIM_CPYTHON313")?);
    let version = Command::new(&python).arg("--version").output().expect("GILSIM_CPYTHON313 names an interpreter");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    assert!(version.starts_with("Python 3.13."), "GILSIM_CPYTHON313 names {version}");
    Some(python)
}

/// Whether the records are to be written anew.
pub fn record_wanted() -> bool {
    setting("GILSIM_RECORD").is_some()
}

/// A number in the environment.
pub fn number(name: &str) -> Option<u64> {
    setting(name).map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// Runs many programs one after the other in one process; gives what each has printed.
const BATCH: &str = "\
import io, json, sys
answers = []
for text in json.load(open(sys.argv[1], encoding='utf-8')):
    sys.stdout = io.StringIO()
    try:
        exec(compile(text, 'generated.py', 'exec'), {'__name__': '__main__'})
    except BaseException as e:
        print('ended by', repr(e))
    answers.append(sys.stdout.getvalue())
sys.stdout = sys.__stdout__
json.dump(answers, sys.stdout)
";

/// Runs programs in one process; gives what each has printed.
pub fn run_batch(python: &Path, texts: &[String]) -> Vec<String> {
    static RUNS: AtomicU32 = AtomicU32::new(0);
    let number = RUNS.fetch_add(1, Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("gilsim-batch-{}-{number}.json", std::process::id()));
    std::fs::write(&file, serde_json::to_string(texts).expect("texts are JSON")).expect("a file can be written");
    let output = Command::new(python)
        .args(["-X", "utf8", "-W", "ignore", "-c", BATCH])
        .arg(&file)
        .env("PYTHONHASHSEED", "0")
        .env("TZ", "UTC")
        .output()
        .expect("CPython starts");
    std::fs::remove_file(&file).expect("the file was just written");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a list of texts")
}

#[expect(clippy::disallowed_methods, reason = "what the test compares with is chosen by the environment")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// As a shell shows it: a process that a signal ended has 128 and the signal's number.
fn status(status: ExitStatus) -> i32 {
    status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}

/// Runs a case in a folder of its own, whose name is taken out of the output.
pub fn run(python: &Path, case: &Case) -> Answer {
    static RUNS: AtomicU32 = AtomicU32::new(0);
    let number = RUNS.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("gilsim-case-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
    let program = folder.join(format!("{}.py", case.name));
    std::fs::write(&program, &case.text).expect("a temporary file can be written");
    let mut child = Command::new(python)
        .args(["-X", "utf8"])
        .arg(&program)
        .current_dir(&folder)
        .env("PYTHONHASHSEED", "0")
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("CPython starts");
    // A program that does not read its input closes the pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(case.stdin.as_bytes());
    let output = child.wait_with_output().expect("CPython ends");
    std::fs::remove_dir_all(&folder).expect("a temporary folder can be removed");
    let prefix = format!("{}/", folder.display());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output in UTF-8").replace(&prefix, "");
    let stderr = normal::stderr(&text(output.stderr));
    Answer { status: status(output.status), stdout: text(output.stdout), stderr }
}
