//! The report of `gilsim compare`: a table with a row per case, and sentences about what differs.

use crate::render::terminal::Terminal;

use gilsim_scheduler::outcome::Outcome;
use gilsim_trace::duration::{count, plain, short};
use gilsim_trace::fold::Histogram;
use gilsim_trace::recording::GilMode;
use gilsim_trace::text;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// All cases of a comparison.
pub struct Comparison {
    /// Name of the program.
    pub program: String,
    /// Runs of each case.
    pub seeds: u64,
    /// In the order of the table.
    pub cases: Vec<Case>,
}

/// Several runs under one configuration.
pub struct Case {
    /// CPython version.
    pub profile: &'static str,
    /// Kind of GIL.
    pub gil: GilMode,
    /// Whether latencies vary.
    pub has_jitter: bool,
    /// Switch interval.
    pub switch_interval_ns: u64,
    /// Simulated cores.
    pub cores: u32,
    /// What each run wrote, and how it ended if not well.
    pub outputs: Vec<String>,
    /// Virtual time of each run.
    pub time_ns: Vec<u64>,
    /// Switches of each run.
    pub switches: Vec<u64>,
    /// Those of them that were forced.
    pub switches_forced: Vec<u64>,
    /// Forced switches between the read and the write of an update, over all runs.
    pub updates: BTreeMap<Cut, u64>,
    /// Waits for the GIL after sleeping, reading or writing, over all runs.
    pub returns: Histogram,
    /// Codes of findings about speed.
    pub findings: Vec<String>,
}

/// A place inside an update.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Cut {
    /// Line of the program.
    pub line: u32,
    /// What is updated.
    pub name: Option<String>,
    /// The instruction executed last.
    pub after: &'static str,
}

/// A heading and what stands below it.
type Column = (&'static str, Box<dyn Fn(&Case) -> String>);

/// Columns of the table that an output takes at most.
const OUTPUT_COLUMNS: usize = 30;

/// A run's output with a word on its end.
pub fn output(outcome: &Outcome, stdout: &str) -> String {
    let end = match outcome {
        Outcome::Finished { exit: 0 } => return stdout.to_owned(),
        Outcome::Finished { exit } => format!("(exit status {exit})"),
        Outcome::Uncaught { class, .. } => format!("({class})"),
        Outcome::Deadlock(_) => "(deadlock)".to_owned(),
        Outcome::Livelock => "(livelock)".to_owned(),
        Outcome::Limit { .. } => "(limit)".to_owned(),
        Outcome::Abandoned => "(stopped)".to_owned(),
    };
    format!("{stdout}{end}\n")
}

impl Case {
    fn cut_updates(&self) -> u64 {
        self.updates.values().sum()
    }

    fn distinct_outputs(&self) -> usize {
        let mut outputs: Vec<&String> = self.outputs.iter().collect();
        outputs.sort_unstable();
        outputs.dedup();
        outputs.len()
    }
}

fn median(values: &[u64]) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}

fn range(values: &[u64], show: impl Fn(u64) -> String) -> String {
    let (least, most) = (values.iter().min().copied().unwrap_or(0), values.iter().max().copied().unwrap_or(0));
    if least == most { show(least) } else { format!("{} to {}", show(least), show(most)) }
}

/// The last line that has any text, shortened.
fn last_line(output: &str) -> String {
    let line = output.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("(nothing)");
    text::cut(&text::visible(line, text::Breaks::Escape), OUTPUT_COLUMNS, '…')
}

/// For people.
pub fn human(comparison: &Comparison, terminal: &Terminal) -> String {
    let cases = &comparison.cases;
    let several = |of: fn(&Case) -> u64| cases.iter().any(|case| of(case) != of(&cases[0]));
    let mut columns: Vec<Column> = vec![("python", Box::new(|case: &Case| case.profile.to_owned()))];
    if several(|case| case.switch_interval_ns) {
        columns.push(("interval", Box::new(interval)));
    }
    if several(|case| u64::from(case.cores)) {
        columns.push(("cores", Box::new(|case| case.cores.to_string())));
    }
    let outputs = distinct(cases);
    columns.push(("output", Box::new(move |case| output_cell(case, &outputs))));
    columns.push(("virtual time", Box::new(|case| range(&case.time_ns, short))));
    columns.push(("switches (forced)", Box::new(switches)));
    columns.push(("updates cut", Box::new(in_updates)));
    columns.push(("I/O wait p50", Box::new(|case| percentile(case, 50))));
    columns.push(("p99", Box::new(|case| percentile(case, 99))));
    let rows: Vec<Vec<String>> = std::iter::once(columns.iter().map(|column| column.0.to_owned()).collect())
        .chain(cases.iter().map(|case| columns.iter().map(|column| (column.1)(case)).collect()))
        .collect();
    let mut text = format!("{}\n", header(comparison));
    text.push_str(&table(&rows));
    for line in sentences(cases) {
        text.push_str(&textwrap::fill(&line, textwrap::Options::new(terminal.width).subsequent_indent("  ")));
        text.push('\n');
    }
    if terminal.unicode { text } else { text.replace('µ', "u").replace('…', "~").replace('·', ",") }
}

fn header(comparison: &Comparison) -> String {
    let first = &comparison.cases[0];
    let mut parts = Vec::new();
    if comparison.cases.iter().all(|case| case.switch_interval_ns == first.switch_interval_ns) {
        parts.push(format!("switch interval {}", plain(first.switch_interval_ns)));
    }
    if comparison.cases.iter().all(|case| case.cores == first.cores) {
        parts.push(format!("{} core{}", first.cores, if first.cores == 1 { "" } else { "s" }));
    }
    parts.push(match comparison.seeds {
        1 => "seed 0".to_owned(),
        seeds => format!("seeds 0 to {}, varied latencies", seeds - 1),
    });
    format!("{}  {}", comparison.program, parts.join(" · "))
}

fn table(rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> =
        (0..rows[0].len()).map(|column| rows.iter().map(|row| text::width(&row[column])).max().unwrap_or(0)).collect();
    let is_left = |column: usize| matches!(rows[0][column].as_str(), "python" | "output");
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(column, cell)| match is_left(column) {
            true => text::fit_left(cell, widths[column], '…'),
            false => text::fit_right(cell, widths[column]),
        });
        format!("  {}", cells.collect::<Vec<String>>().join("  ")).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn interval(case: &Case) -> String {
    match case.gil {
        GilMode::Requests | GilMode::Custom => short(case.switch_interval_ns),
        GilMode::Ticks | GilMode::Free => "-".to_owned(),
    }
}

/// All outputs that occur, in order of the table.
fn distinct(cases: &[Case]) -> Vec<String> {
    let mut outputs: Vec<String> = Vec::new();
    for output in cases.iter().flat_map(|case| &case.outputs) {
        if !outputs.contains(output) {
            outputs.push(output.clone());
        }
    }
    outputs
}

/// A letter for each distinct output, and its last line.
fn output_cell(case: &Case, outputs: &[String]) -> String {
    if case.distinct_outputs() > 1 {
        return format!("{} different ones", case.distinct_outputs());
    }
    let number = outputs.iter().position(|output| *output == case.outputs[0]).unwrap_or(0);
    let letter = u8::try_from(number).ok().filter(|number| *number < 26).map(|number| char::from(b'A' + number));
    match letter.filter(|_| outputs.len() > 1) {
        Some(letter) => format!("{letter} {}", last_line(&case.outputs[0])),
        None => last_line(&case.outputs[0]),
    }
}

fn switches(case: &Case) -> String {
    match case.gil {
        GilMode::Free => "-".to_owned(),
        _ => format!("{} ({})", count(median(&case.switches)), count(median(&case.switches_forced))),
    }
}

fn in_updates(case: &Case) -> String {
    match case.gil {
        GilMode::Free => "-".to_owned(),
        _ => count(case.cut_updates()),
    }
}

fn percentile(case: &Case, percent: u64) -> String {
    case.returns.percentile_ns(percent).map_or_else(|| "-".to_owned(), short)
}

/// Why the cases differ.
fn sentences(cases: &[Case]) -> Vec<String> {
    let mut lines = Vec::new();
    let with: Vec<&Case> = cases.iter().filter(|case| case.cut_updates() > 0).collect();
    let free: Vec<&Case> = cases.iter().filter(|case| case.gil == GilMode::Free).collect();
    let without: Vec<&Case> =
        cases.iter().filter(|case| case.cut_updates() == 0 && case.gil != GilMode::Free).collect();
    if let Some(cut) = most_cut(&with) {
        let why = if without.is_empty() { String::new() } else { format!("; {}", no_check(&without)) };
        lines.push(format!(
            "why: under {} a switch fell after {} in line {}, between reading {} and writing it back, so that what other \
             threads wrote meanwhile was lost{why}.",
            profiles(&with),
            cut.after,
            cut.line,
            cut.name.as_deref().unwrap_or("the item"),
        ));
    }
    if !free.is_empty() {
        lines.push("3.13t has no GIL: threads run at the same time, so any update of shared data can be lost.".into());
    }
    for case in cases.iter().filter(|case| !case.findings.is_empty()) {
        lines.push(format!(
            "{}: {} (see `gilsim explain {}`)",
            label(case, cases),
            case.findings.join(", "),
            case.findings[0]
        ));
    }
    lines
}

/// Newer versions have no eval check there; older ones have, and were not stopped in this run.
fn no_check(without: &[&Case]) -> String {
    let is_old = |case: &&Case| matches!(case.profile, "2.7" | "3.6" | "3.7" | "3.8" | "3.9");
    let names = profiles(without);
    if without.iter().any(is_old) {
        return format!("under {names} none did in this run (`--seeds 20` tries more)");
    }
    let verb = if without.iter().all(|case| case.profile == without[0].profile) { "looks" } else { "look" };
    format!(
        "{names} {verb} at the drop request only after calls, at jumps back and at the start of functions, and there is none \
         of these between the two"
    )
}

fn most_cut(cases: &[&Case]) -> Option<Cut> {
    let mut all: BTreeMap<&Cut, u64> = BTreeMap::new();
    for (cut, times) in cases.iter().flat_map(|case| &case.updates) {
        *all.entry(cut).or_default() += times;
    }
    all.into_iter().max_by_key(|(_, times)| *times).map(|(cut, _)| cut.clone())
}

/// `3.10, 3.11 and 3.12`, each once.
fn profiles(cases: &[&Case]) -> String {
    let mut names: Vec<&str> = cases.iter().map(|case| case.profile).collect();
    names.dedup();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

fn label(case: &Case, cases: &[Case]) -> String {
    let mut parts = vec![case.profile.to_owned()];
    if cases.iter().any(|other| other.switch_interval_ns != case.switch_interval_ns) {
        parts.push(plain(case.switch_interval_ns));
    }
    if cases.iter().any(|other| other.cores != case.cores) {
        parts.push(format!("{} cores", case.cores));
    }
    parts.join(" ")
}

/// For machines: one object.
pub fn json(comparison: &Comparison) -> Value {
    let cases: Vec<Value> = comparison.cases.iter().map(case_json).collect();
    json!({
        "program": comparison.program,
        "seeds": comparison.seeds,
        "cases": cases,
        "why": sentences(&comparison.cases),
    })
}

fn case_json(case: &Case) -> Value {
    let updates: Vec<Value> = case
        .updates
        .iter()
        .map(|(cut, times)| json!({"line": cut.line, "name": cut.name, "after": cut.after, "times": times}))
        .collect();
    json!({
        "python": case.profile,
        "gil": case.gil,
        "jitter": case.has_jitter,
        "switch_interval_ns": case.switch_interval_ns,
        "cores": case.cores,
        "outputs": case.outputs,
        "virtual_time_ns": case.time_ns,
        "switches": case.switches,
        "switches_forced": case.switches_forced,
        "updates_cut": updates,
        "io_waits": case.returns.count(),
        "io_wait_p50_ns": case.returns.percentile_ns(50),
        "io_wait_p99_ns": case.returns.percentile_ns(99),
        "findings": case.findings,
    })
}
