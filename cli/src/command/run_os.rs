//! `gilsim run --engine os FILE`: runs a program on threads of the operating system, in real time.

use super::run;
use crate::args::{Format, RunFlags, SwitchAt};
use crate::exit::Status;
use crate::failure::Failure;
use crate::load::Program;
use crate::measure;
use crate::render::report;
use crate::render::terminal::Terminal;

use gilsim_os_engine::{Ended, Report, Unfit};
use gilsim_scheduler::config::Config;
use gilsim_scheduler::profile::GilRule;
use gilsim_trace::duration;
use gilsim_trace::report::describe_limit;
use gilsim_vm::effect::Stream;
use gilsim_vm::interp::Vm;
use std::io::Write;
use std::sync::Arc;

/// Runs a program that has been read; `argv` is its `sys.argv`.
pub fn run_program(program: &Program, argv: &[String], flags: &RunFlags) -> Result<Status, Failure> {
    refuse_what_needs_the_simulation(flags)?;
    let config = Arc::new(run::config(&flags.machine, &flags.limits)?);
    let terminal = Terminal::of_stderr(&flags.report.style);
    run::print_problems(program, flags.report.format, flags.quiet, &terminal)?;
    let Some(main) = &program.code else { return Ok(Status::CouldNotStart) };
    let json = flags.report.format == Format::Json;
    let vm = Vm::new(Arc::new(measure::vm_config(&config, program, argv)?));
    let sink = Box::new(move |stream: Stream, text: &str| {
        if !json {
            write(stream, text);
        }
    });
    let report = gilsim_os_engine::run(&config, vm, main, sink).map_err(|Unfit::NoGil| {
        Failure::usage(format!("--engine os cannot run CPython {}, which has no GIL", config.profile.name))
            .with_help("without --engine os, gilsim simulates it")
    })?;
    let status = status(&report.ended);
    if json {
        return super::print(&format!("{}\n", machine(&report, &config, status))).map(|_| status);
    }
    let _ = std::io::stdout().flush();
    let is_well = matches!(report.ended, Ended::Finished(_) | Ended::Uncaught(..));
    if !flags.quiet || !is_well {
        let _ = std::io::stderr().write_all(human(&report, &config, &argv[0]).as_bytes());
    }
    Ok(status)
}

/// What only simulated threads can do.
fn refuse_what_needs_the_simulation(flags: &RunFlags) -> Result<(), Failure> {
    let sought = flags.find.iter().chain(&flags.deny).next();
    let asked = [
        (flags.record.trace.is_some(), "--trace"),
        (sought.is_some(), "--find and --deny"),
        (flags.machine.jitter, "--jitter"),
        (flags.machine.switching == SwitchAt::Instruction, "--switching instruction"),
        (!flags.machine.costs.is_empty(), "--costs"),
    ];
    match asked.iter().find(|(is_asked, _)| *is_asked) {
        Some((_, flag)) => Err(Failure::usage(format!("--engine os does not go with {flag}: the threads are real"))
            .with_help("leave out one of the two")),
        None => Ok(()),
    }
}

fn write(stream: Stream, text: &str) {
    let written = match stream {
        Stream::Stdout => std::io::stdout().write_all(text.as_bytes()),
        Stream::Stderr => {
            let flushed = std::io::stdout().flush();
            // A closed stderr is nobody's problem.
            let _ = std::io::stderr().write_all(text.as_bytes());
            flushed
        }
    };
    if let Err(error) = written {
        std::process::exit(i32::from(Failure::from(error).report().code()));
    }
}

fn status(ended: &Ended) -> Status {
    match ended {
        Ended::Finished(0) => Status::Ok,
        // As the operating system does, only the low byte counts.
        Ended::Finished(exit) | Ended::Uncaught(exit, _) => Status::Program(exit.to_le_bytes()[0]),
        Ended::Deadlock => Status::Deadlock,
        Ended::Limit(_) => Status::Limit,
    }
}

fn human(report: &Report, config: &Config, program: &str) -> String {
    let Report { ended, real_ns, instructions, threads, gil } = report;
    let interval = match config.profile.gil {
        GilRule::Ticks => format!("check interval {}", config.check_interval_ticks),
        _ => format!("switch interval {}", duration::plain(config.switch_interval_ns)),
    };
    let mut text = format!(
        "{program}  GIL of CPython {} on OS threads · {interval}    real time {}\n  \
         {threads} {} · {} instructions · GIL held {:.1} % of the time · {} switches, {} forced · longest wait for it {}\n  \
         The threads are real: the next run differs, and instructions take what they take here, not in CPython.\n",
        config.profile.name,
        duration::plain(*real_ns),
        if *threads == 1 { "thread" } else { "threads" },
        duration::count(*instructions),
        gil.held_percent,
        gil.switches,
        gil.switches_forced,
        duration::plain(gil.longest_wait_ns),
    );
    match ended {
        Ended::Finished(_) | Ended::Uncaught(..) => {}
        Ended::Deadlock => text.push_str(
            "deadlock: no thread can ever run again\n  = help: without --engine os, gilsim says who waits for whom\n",
        ),
        Ended::Limit(limit) => {
            let page = report::limit_page(*limit);
            text.push_str(&format!("limit: {}\n", describe_limit(*limit, &config.limits)));
            text.push_str(&format!("  = help: see `gilsim explain {page}`\n"));
        }
    }
    text
}

fn machine(report: &Report, config: &Config, status: Status) -> serde_json::Value {
    let gil = &report.gil;
    serde_json::json!({
        "format": "gilsim-os-report",
        "version": [1, 0],
        "profile": config.profile.name,
        "switch_interval_ns": config.switch_interval_ns,
        "real_time_ns": report.real_ns,
        "instructions": report.instructions,
        "thread_count": report.threads,
        "gil": {
            "switches": gil.switches,
            "switches_forced": gil.switches_forced,
            "held_percent": gil.held_percent,
            "longest_wait_ns": gil.longest_wait_ns,
        },
        "exit": { "status": status.code() },
    })
}
