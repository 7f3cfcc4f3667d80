//! A case on the simulator, as the command would run it, without its report.

use super::case::{Answer, Case};
use super::normal;
use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::{Config, Limits, StdoutMode};
use gilsim_scheduler::event::Deaf;
use gilsim_scheduler::outcome::Outcome;
use gilsim_scheduler::simulation::Simulation;
use gilsim_vm::compile::{Mode, compile};
use gilsim_vm::effect::Stream;
use gilsim_vm::interp::Vm;
use gilsim_vm::source::{Flavour, SourceFile};
use std::sync::Arc;

/// Instructions after which a case is given up.
const STEPS_MAX: u64 = 20_000_000;

/// Runs a case. What is no program's end is status 99 and said on standard error.
pub fn run(case: &Case) -> Answer {
    let limits = Limits { steps_max: STEPS_MAX, ..Limits::default() };
    let config = Arc::new(Config { limits, stdout: StdoutMode::Pipe, ..Config::default() });
    let path = format!("{}.py", case.name);
    let source = Arc::new(SourceFile::new("__main__", &path, &case.text, Flavour::User));
    let code = match compile(&source, Mode::Module, &config.profile.code_rules()) {
        Ok(code) => code,
        Err(problems) => return Answer { status: 99, stderr: format!("{problems:#?}"), ..Answer::default() },
    };
    let mut vm_config = config.vm_config();
    vm_config.argv = vec![path];
    vm_config.stdin = Arc::from(case.stdin.as_str());
    let mut simulation = Simulation::new(Arc::clone(&config), Vm::new(Arc::new(vm_config)), code);
    let outcome = simulation.run(&mut Faithful, &mut Deaf);
    let output = simulation.output();
    let mut stderr = output.text(Stream::Stderr).to_owned();
    let status = match outcome {
        Outcome::Finished { exit } | Outcome::Uncaught { exit, .. } => exit,
        other => {
            stderr += &format!("{other:?}");
            99
        }
    };
    let stdout = output.text(Stream::Stdout).to_owned();
    Answer { status, stdout, stderr: normal::stderr(&stderr) }
}
