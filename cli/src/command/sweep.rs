//! The command `sweep`: one run for each value of a setting, as a chart, a table and a plot.

use super::run;
use crate::args::{Metric, SweepCommand};
use crate::exit::Status;
use crate::failure::Failure;
use crate::host::interrupt;
use crate::load;
use crate::measure::{self, Measured};
use crate::render::plot;
use crate::render::sweep::{self as render, Point, Series, Sweep};
use crate::render::terminal::Terminal;
use crate::vary::{Parameter, Setting, Vary};

use gilsim_scheduler::profile::Profile;
use std::path::Path;
use std::sync::Arc;

/// Runs all points and prints or writes what was asked for.
pub fn sweep(arguments: &SweepCommand) -> Result<Status, Failure> {
    interrupt::listen();
    let [x, lines @ ..] = &arguments.vary[..] else { return Err(Failure::usage("--vary is missing")) };
    if lines.len() > 1 {
        return Err(Failure::usage("--vary can be given twice: for the axis and for the lines"));
    }
    let mut series = Vec::new();
    let settings: Vec<Option<&Setting>> = match lines.first() {
        Some(vary) => vary.settings.iter().map(Some).collect(),
        None => vec![None],
    };
    for setting in settings {
        let mut points = Vec::new();
        for at in &x.settings {
            let fixed = lines.first().zip(setting);
            let Some(measured) = point(arguments, (x, at), fixed)? else { return Ok(Status::CouldNotStart) };
            if interrupt::requested() {
                return Ok(Status::Interrupted);
            }
            points.push(Point { x: at.clone(), y: value(arguments.metric, &measured), cells: cells(&measured) });
        }
        series.push(Series { name: setting.map(|setting| series_name(&lines[0], setting)), points });
    }
    let sweep = Sweep {
        program: file_name(&arguments.file),
        x_name: x.name.clone(),
        line_name: lines.first().map(|vary| vary.name.clone()),
        metric: arguments.metric,
        y_label: arguments.y_label.clone(),
        caption: caption(arguments),
        series,
    };
    publish(arguments, &sweep)
}

fn publish(arguments: &SweepCommand, sweep: &Sweep) -> Result<Status, Failure> {
    let mut is_told = false;
    for (path, text) in [(&arguments.csv, render::csv(sweep)), (&arguments.svg, plot::svg(sweep))] {
        let Some(path) = path else { continue };
        if path == Path::new("-") {
            is_told = true;
            super::print(&text)?;
        } else {
            std::fs::write(path, text).map_err(|error| Failure::file("write", path, &error))?;
        }
    }
    match is_told {
        true => Ok(Status::Ok),
        false => super::print(&render::chart(sweep, &Terminal::of_stdout(&arguments.style))),
    }
}

fn file_name(path: &Path) -> String {
    crate::failure::printable(&path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}

/// `arg1 = 2`, or the version alone.
fn series_name(vary: &Vary, setting: &Setting) -> String {
    match vary.parameter {
        Parameter::Python => format!("CPython {}", setting.shown()),
        _ => format!("{} = {}", vary.name, setting.shown()),
    }
}

/// One run; `None` if the program cannot start, which has been told.
fn point(
    arguments: &SweepCommand,
    x: (&Vary, &Setting),
    line: Option<(&Vary, &Setting)>,
) -> Result<Option<Measured>, Failure> {
    let mut machine = arguments.machine.clone();
    let mut argv = vec![arguments.file.display().to_string()];
    argv.extend(arguments.args.iter().cloned());
    for (vary, setting) in std::iter::once(x).chain(line) {
        match (&vary.parameter, setting) {
            (Parameter::SwitchInterval, Setting::Time(ns)) => machine.switch_interval = Some(*ns),
            (Parameter::CheckInterval, Setting::Number(ticks)) => machine.check_interval = ticks.cast_signed(),
            (Parameter::Cores, Setting::Number(cores)) => machine.cores = *cores as u32,
            (Parameter::Seed, Setting::Number(seed)) => machine.seed = *seed,
            (Parameter::Python, setting) => machine.python = Some(setting.shown()),
            (Parameter::Argument(number), setting) => {
                argv.resize(argv.len().max(number + 1), String::new());
                argv[*number] = setting.shown();
            }
            _ => unreachable!("a parameter has settings of its kind"),
        }
    }
    let config = Arc::new(run::config(&machine, &arguments.limits)?);
    let program = load::load(&arguments.file, &config.profile.code_rules())?;
    let Some(main) = program.code.clone() else {
        let terminal = Terminal::of_stderr(&arguments.style);
        run::print_problems(&program, crate::args::Format::Human, false, &terminal)?;
        return Ok(None);
    };
    Ok(Some(measure::measure(measure::simulation(&config, &program, main, &argv)?)))
}

/// What is plotted of a run.
fn value(metric: Metric, measured: &Measured) -> Option<f64> {
    let returns = measured.study.all_returns();
    match metric {
        Metric::Wait => returns.percentile_ns(50).map(|ns| ns as f64),
        Metric::WaitP99 => returns.percentile_ns(99).map(|ns| ns as f64),
        Metric::Time => Some(measured.summary.end_ns as f64),
        Metric::Switches => Some(measured.summary.gils.first().map_or(0, |gil| gil.switches) as f64),
        Metric::Output => last_number(&measured.stdout),
    }
}

/// The last number in a text.
fn last_number(text: &str) -> Option<f64> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '=' | '(' | ')' | '%'));
    words.rev().find_map(|word| word.trim_end_matches('.').parse().ok()).filter(|number: &f64| number.is_finite())
}

fn cells(measured: &Measured) -> render::Cells {
    let gil = measured.summary.gils.first();
    let returns = measured.study.all_returns();
    render::Cells {
        time_ns: measured.summary.end_ns,
        switches: gil.map_or(0, |gil| gil.switches),
        switches_forced: gil.map_or(0, |gil| gil.switches_forced),
        wait_p50_ns: returns.percentile_ns(50),
        wait_p99_ns: returns.percentile_ns(99),
        output: crate::render::compare::output(&measured.outcome, &measured.stdout),
    }
}

/// The settings that do not vary.
fn caption(arguments: &SweepCommand) -> String {
    let varies = |parameter: &Parameter| arguments.vary.iter().any(|vary| vary.parameter == *parameter);
    let mut parts = Vec::new();
    if !varies(&Parameter::Python) {
        parts.push(format!("CPython {}", arguments.machine.python.as_deref().unwrap_or(Profile::DEFAULT)));
    }
    if !varies(&Parameter::SwitchInterval) {
        let interval_ns = arguments.machine.switch_interval.unwrap_or(5_000_000);
        parts.push(format!("switch interval {}", gilsim_trace::duration::plain(interval_ns)));
    }
    if !varies(&Parameter::Cores) {
        let cores = arguments.machine.cores;
        parts.push(format!("{cores} core{}", if cores == 1 { "" } else { "s" }));
    }
    if !varies(&Parameter::Seed) {
        parts.push(format!("seed {}", arguments.machine.seed));
    }
    parts.push(format!("gilsim {}, simulated", env!("CARGO_PKG_VERSION")));
    parts.join(", ")
}
