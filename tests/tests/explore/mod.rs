//! The search over schedules: its answers for known programs, and for generated ones the same as plain enumeration.

mod oracle;
mod verdicts;

use gilsim_explore::machine::{Limits, Machine};
use gilsim_vm::code::CodeRules;
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::config::VmConfig;
use gilsim_vm::interp::Vm;
use gilsim_vm::source::{Flavour, SourceFile};
use std::sync::Arc;

/// A program just before it starts its first thread.
fn origin(text: &str) -> Machine {
    let rules = CodeRules::for_profile("3.13").expect("a known profile");
    let source = Arc::new(SourceFile::new("__main__", "program.py", text, Flavour::User));
    let code = compile(&source, Mode::Module, &rules).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
    let config = VmConfig { prints_tracebacks: false, ..VmConfig::new(rules) };
    Machine::new(Vm::new(Arc::new(config)), &code, Limits::default())
}
