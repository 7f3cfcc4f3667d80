//! `gilsim explore FILE`: searches the schedules of a program for one that makes it fail.

use crate::args::{ExploreCommand, Format, Search};
use crate::exit::Status;
use crate::failure::Failure;
use crate::host::interrupt;
use crate::load::{self, Program};
use crate::render::diagnostic;
use crate::render::explore as render;
use crate::render::terminal::Terminal;

use gilsim_explore::explore::{Options, Strategy, explore as search};
use gilsim_explore::machine::{Limits, Machine};
use gilsim_explore::report::{Report, Verdict};
use gilsim_scheduler::profile::Profile;
use gilsim_vm::code::Code;
use gilsim_vm::config::{UserModule, VmConfig};
use gilsim_vm::interp::Vm;
use std::io::Write;
use std::sync::Arc;

/// Searches, reports, and ends with 0 if the program holds, 4 if it fails, 5 if the search was not finished.
pub fn explore(arguments: &ExploreCommand) -> Result<Status, Failure> {
    let rules = Profile::default().code_rules();
    let program = load::load(&arguments.file, &rules)?;
    let terminal = Terminal::of_stderr(&arguments.report.style);
    let Some(main) = program.code.clone() else {
        if arguments.report.format == Format::Json {
            super::print(&format!("{:#}\n", diagnostic::json(&program.problems)))?;
        } else {
            let _ = std::io::stderr().write_all(diagnostic::human(&program.problems, &terminal).as_bytes());
        }
        return Ok(Status::CouldNotStart);
    };
    let origin = origin(arguments, &program, &main, rules);
    interrupt::listen();
    let watch = Watch::start(arguments.time);
    let report = search(&origin, &options(arguments), &mut |_| watch.go_on());
    let name = crate::failure::printable(&arguments.file.display().to_string());
    let seconds = watch.seconds();
    match arguments.report.format {
        Format::Json => super::print(&format!("{}\n", render::json(&report, seconds)))?,
        Format::Human => super::print(&render::human(&name, &report))?,
    };
    Ok(status(&report))
}

/// The program just before it starts its first thread.
fn origin(
    arguments: &ExploreCommand,
    program: &Program,
    main: &Arc<Code>,
    rules: gilsim_vm::code::CodeRules,
) -> Machine {
    let mut config = VmConfig { prints_tracebacks: false, ..VmConfig::new(rules) };
    config.argv = vec![arguments.file.display().to_string()];
    config.argv.extend(arguments.args.iter().cloned());
    let modules = program.modules.iter().map(|(name, module)| {
        (name.clone(), UserModule { source: Arc::clone(&module.source), is_package: module.is_package })
    });
    config.modules = modules.collect();
    Machine::new(Vm::new(Arc::new(config)), main, Limits::default())
}

fn options(arguments: &ExploreCommand) -> Options {
    let defaults = Options::default();
    Options {
        strategy: match arguments.strategy {
            Search::Dpor => Strategy::Dpor,
            Search::Dfs => Strategy::Enumerate,
        },
        after_failure: if arguments.all { u64::MAX } else { defaults.after_failure },
        executions_max: arguments.max_executions.unwrap_or(u64::MAX),
        steps_max: usize::try_from(arguments.max_steps).unwrap_or(usize::MAX),
    }
}

fn status(report: &Report) -> Status {
    match report.verdict {
        Verdict::Fails => Status::Finding,
        Verdict::Holds => Status::Ok,
        Verdict::Unfinished(_) => Status::Limit,
    }
}

/// The host's time: it stops a search, and is told in the machine report; nothing else depends on it.
struct Watch {
    #[expect(clippy::disallowed_types, reason = "how long a search may take is a matter of the host")]
    started: std::time::Instant,
    limit_ns: Option<u64>,
}

impl Watch {
    #[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "the host's time, as above")]
    fn start(limit_ns: Option<u64>) -> Watch {
        Watch { started: std::time::Instant::now(), limit_ns }
    }

    fn go_on(&self) -> bool {
        let late = self.limit_ns.is_some_and(|limit_ns| self.started.elapsed().as_nanos() > u128::from(limit_ns));
        !late && !interrupt::requested()
    }

    fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}
