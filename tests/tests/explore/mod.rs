//! The search over schedules: its answers for known programs, and for generated ones the same as plain enumeration.

mod causes;
mod everyday;
mod finest;
mod known;
mod oracle;
mod picks;
mod verdicts;
mod workers;

use gilsim_explore::machine::Machine;
use gilsim_vm::code::CodeRules;

/// A program just before it starts its first thread.
fn origin(text: &str) -> Machine {
    let rules = CodeRules::for_profile("3.13").expect("a known profile");
    Machine::of_text("program.py", text, rules).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}
