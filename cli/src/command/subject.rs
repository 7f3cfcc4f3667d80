//! The program that a search is about: read, compiled, and run up to where it starts its first thread.
//!
//! It is a file, or as `file.py::function` a call of one function of a file.

use super::run::print_problems;
use crate::args::ReportFlags;
use crate::failure::Failure;
use crate::load;
use crate::render::terminal::Terminal;

use gilsim_explore::machine::{Limits, Machine};
use gilsim_scheduler::profile::Profile;
use gilsim_vm::config::VmConfig;
use gilsim_vm::interp::Vm;
use std::path::Path;
use std::sync::Arc;

/// A program, its arguments, and how its problems are told.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The program.
    pub file: &'a Path,
    /// Its arguments.
    pub args: &'a [String],
    /// How to report.
    pub report: &'a ReportFlags,
}

impl Subject<'_> {
    /// Its name in reports.
    pub fn name(&self) -> String {
        crate::failure::printable(&self.file.display().to_string())
    }

    /// File and function, if it is named as `file.py::function`.
    fn function(&self) -> Option<(&str, &str)> {
        self.file.to_str()?.rsplit_once("::").filter(|(file, _)| file.ends_with(".py"))
    }

    /// The program just before it starts its first thread, under the rules of a profile. None if it cannot start, which
    /// has been told then.
    pub fn origin(&self, profile: &Profile) -> Result<Option<Machine>, Failure> {
        let rules = profile.code_rules();
        let program = match self.function() {
            Some((file, name)) => load::function(Path::new(file), name, &rules)?,
            None => load::load(self.file, &rules)?,
        };
        let Some(main) = program.code.clone() else {
            print_problems(&program, self.report.format, true, &Terminal::of_stderr(&self.report.style))?;
            return Ok(None);
        };
        let mut config = VmConfig { prints_tracebacks: false, ..VmConfig::new(rules) };
        config.argv = vec![self.file.display().to_string()];
        config.argv.extend(self.args.iter().cloned());
        config.modules = program.user_modules();
        Ok(Some(Machine::new(Vm::new(Arc::new(config)), &main, Limits::default())))
    }
}
