//! Benchmarks; see `benches/`. Here: programs made ready for a search.

use gilsim_explore::machine::{Limits, Machine};
use gilsim_scheduler::profile::Profile;
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::config::VmConfig;
use gilsim_vm::interp::Vm;
use gilsim_vm::source::{Flavour, SourceFile};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A program just before it starts its first thread.
///
/// # Panics
/// If the file cannot be read or is no program.
pub fn origin(path: &Path) -> Machine {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rules = Profile::default().code_rules();
    let source = Arc::new(SourceFile::new("__main__", &path.display().to_string(), &text, Flavour::User));
    let code = compile(&source, Mode::Module, &rules).unwrap_or_else(|problems| panic!("{problems:?}"));
    let config = VmConfig { prints_tracebacks: false, ..VmConfig::new(rules) };
    Machine::new(Vm::new(Arc::new(config)), &code, Limits::default())
}

/// The files named on the command line, and the Python files of the folders named.
///
/// # Panics
/// If a folder cannot be read.
pub fn files() -> Vec<PathBuf> {
    let named = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let mut files = Vec::new();
    for path in named {
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
