//! Benchmarks; see `benches/`. Here: programs made ready for a search, the processor's time, and what a
//! measurement says of its machine.

pub mod reasons;

use gilsim_explore::machine::Machine;
use gilsim_scheduler::profile::Profile;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use std::path::{Path, PathBuf};

/// A program just before it starts its first thread.
///
/// # Panics
/// If the file cannot be read or is no program.
pub fn origin(path: &Path) -> Machine {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rules = Profile::default().code_rules();
    Machine::of_text(&path.display().to_string(), &text, rules).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The files named on the command line, and the Python files of the folders named. Cargo runs benchmarks in this package's
/// folder; names count from the folder of the workspace, where the command is given.
///
/// # Panics
/// If a folder cannot be read.
pub fn files() -> Vec<PathBuf> {
    let named = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for path in named.map(|name| workspace.join(name)) {
        if !path.is_dir() {
            files.push(path);
            continue;
        }
        let entries = std::fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        found.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
        found.sort();
        files.extend(found);
    }
    files
}

/// Processor time of this process so far.
///
/// # Panics
/// If the kernel does not count it.
pub fn processor_s() -> f64 {
    let used = getrusage(UsageWho::RUSAGE_SELF).expect("the kernel counts it");
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    seconds(used.user_time()) + seconds(used.system_time())
}
