//! `gilsim compare FILE`: the same program under several versions and settings, side by side, and why they differ.

use super::run;
use crate::args::{CompareCommand, Format, MachineFlags, Stdout};
use crate::cost_file;
use crate::exit::Status;
use crate::failure::Failure;
use crate::host::interrupt;
use crate::load;
use crate::measure::{self, Measured};
use crate::render::compare::{self as render, Case, Comparison};
use crate::render::terminal::Terminal;

use gilsim_scheduler::config::{Config, Jitter};
use gilsim_vm::code::{Code, CodeRules, Const, Update, update_around};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs every case and prints the table; 0 if all were run, whatever came of them.
pub fn compare(arguments: &CompareCommand) -> Result<Status, Failure> {
    interrupt::listen();
    let terminal = Terminal::of_stdout(&arguments.report.style);
    let mut cases = Vec::new();
    for name in profiles(arguments)? {
        let configs = configs(arguments, name)?;
        let program = load::load(&arguments.file, &configs[0].profile.code_rules())?;
        let Some(main) = program.code.clone() else {
            run::print_problems(&program, arguments.report.format, false, &terminal)?;
            return Ok(Status::CouldNotStart);
        };
        for config in configs {
            let mut runs = Vec::new();
            for seed in 0..arguments.seeds {
                let config = Arc::new(Config { seed, ..config.clone() });
                let simulation = measure::simulation(&config, &program, Arc::clone(&main), &argv(arguments))?;
                runs.push(measure::measure(simulation));
                if interrupt::requested() {
                    return Ok(Status::Interrupted);
                }
            }
            cases.push(case(&config, &main, &runs));
        }
    }
    let comparison = Comparison { program: program_name(arguments), seeds: arguments.seeds, cases };
    match arguments.report.format {
        Format::Json => super::print(&format!("{}\n", render::json(&comparison))),
        Format::Human => super::print(&render::human(&comparison, &terminal)),
    }
}

fn argv(arguments: &CompareCommand) -> Vec<String> {
    std::iter::once(arguments.file.display().to_string()).chain(arguments.args.iter().cloned()).collect()
}

fn program_name(arguments: &CompareCommand) -> String {
    let name = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned());
    crate::failure::printable(&name.unwrap_or_default())
}

/// The versions asked for, or those of the cost files, or all; oldest first.
fn profiles(arguments: &CompareCommand) -> Result<Vec<&'static str>, Failure> {
    let mut given = arguments.python.clone();
    if given.is_empty() {
        for path in &arguments.costs {
            given.push(cost_file::read(path)?.python.to_owned());
        }
    }
    let wanted = |name: &&str| given.is_empty() || given.iter().any(|given| given == name);
    Ok(CodeRules::profiles().filter(wanted).collect())
}

/// One configuration for each switch interval and number of cores.
fn configs(arguments: &CompareCommand, python: &str) -> Result<Vec<Config>, Failure> {
    let mut configs = Vec::new();
    for interval_ns in &arguments.switch_interval {
        for cores in &arguments.cores {
            let machine = MachineFlags {
                python: Some(python.to_owned()),
                costs: arguments.costs.clone(),
                switch_interval: Some(*interval_ns),
                cores: *cores,
                jitter: arguments.seeds > 1,
                stdout: Stdout::Tty,
                ..MachineFlags::default()
            };
            configs.push(run::config(&machine, &arguments.limits)?);
        }
    }
    Ok(configs)
}

/// What the runs of one configuration showed, taken together.
fn case(config: &Config, main: &Arc<Code>, runs: &[Measured]) -> Case {
    let mut returns = gilsim_trace::fold::Histogram::default();
    let mut updates: BTreeMap<render::Cut, u64> = BTreeMap::new();
    let mut codes: Vec<String> = Vec::new();
    for run in runs {
        returns.merge(&run.study.all_returns());
        for (place, times) in &run.study.cuts {
            if let Some(cut) = cut(main, &place.code, place.instruction, place.line) {
                *updates.entry(cut).or_default() += times;
            }
        }
        codes.extend(run.findings.iter().map(|finding| finding.code.clone()));
    }
    codes.sort_unstable();
    codes.dedup();
    let of_gil = |number: fn(&gilsim_trace::fold::GilSummary) -> u64| -> Vec<u64> {
        runs.iter().map(|run| run.summary.gils.first().map_or(0, number)).collect()
    };
    Case {
        profile: config.profile.name,
        gil: run::gil_mode(&config.profile),
        has_jitter: config.jitter == Jitter::On,
        switch_interval_ns: config.switch_interval_ns,
        cores: config.cores,
        outputs: runs.iter().map(|run| render::output(&run.outcome, &run.stdout)).collect(),
        time_ns: runs.iter().map(|run| run.summary.end_ns).collect(),
        switches: of_gil(|gil| gil.switches),
        switches_forced: of_gil(|gil| gil.switches_forced),
        updates,
        returns,
        findings: codes,
    }
}

/// The update inside which a thread was that let go there, if it was in one.
fn cut(main: &Arc<Code>, function: &str, instruction: u32, line: u32) -> Option<render::Cut> {
    let code = named(main, function)?;
    let Update { name, .. } = update_around(&code, instruction as usize)?;
    let after = code.instrs.get(instruction as usize)?.op.name();
    Some(render::Cut { line, name, after })
}

/// The code object of this qualified name.
fn named(code: &Arc<Code>, qualname: &str) -> Option<Arc<Code>> {
    if *code.qualname == *qualname {
        return Some(Arc::clone(code));
    }
    code.consts.iter().find_map(|constant| match constant {
        Const::Code(inner) => named(inner, qualname),
        _ => None,
    })
}
