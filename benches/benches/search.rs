//! What the search finds in each program and how fast it is, one line each.
//!
//!     cargo bench -p gilsim-benches --bench search -- FOLDER_OR_FILES
//!
//! If a folder has a README.md with a table whose columns `program`, `verdict`, `data race`, `classes (failing)` and
//! `fewest preemptions` say what is right, each line is compared, and the last line counts what differs (status 1).
//! Programs with more than 200,000 classes are given up. `exec/s` is the search by the reduction alone, the last round
//! of it, repeated for at least 0.2 s of processor time; then its geometric mean.

use gilsim_benches::{files, origin, processor_s};
use gilsim_explore::explore::{Options, explore, until_nothing_is_learned};
use gilsim_explore::machine::Machine;
use gilsim_explore::report::{Report, Verdict};
use gilsim_explore::search::dpor::{self, Verdict as Next};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EXECUTIONS_MAX: u64 = 200_000;
const STEPS_MAX: usize = 20_000;
const REPEAT_S: f64 = 0.2;

/// Executions between two looks at the processor time.
const BETWEEN_ASKING: u64 = 100;

/// What a table says of a program: each column by its heading.
type Row = BTreeMap<String, String>;

/// The rows of the Markdown table with a column `program`.
fn expected(folder: &Path) -> BTreeMap<String, Row> {
    let text = std::fs::read_to_string(folder.join("README.md")).unwrap_or_default();
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let table = text.lines().skip_while(|line| !line.starts_with("| program |"));
    let mut lines = table.take_while(|line| line.starts_with('|')).map(cells);
    let heads = lines.next().unwrap_or_default();
    let row = |cells: Vec<String>| {
        let row: Row = heads.iter().cloned().zip(cells).collect();
        (row["program"].clone(), row)
    };
    lines.skip(1).map(row).collect()
}

/// What was found, in the columns and words of such a table; none where there is nothing to compare.
fn found(report: &Report) -> Vec<(&'static str, Option<String>)> {
    let verdict = match report.verdict {
        Verdict::Holds => "ok",
        Verdict::Fails => report.failure.as_ref().map_or("?", |failure| failure.kind.name()),
        Verdict::Unfinished(_) => "unfinished",
    };
    let places: BTreeSet<&str> = report.races.iter().map(|race| race.place.as_str()).collect();
    let races = if places.is_empty() { "none".to_owned() } else { places.into_iter().collect::<Vec<_>>().join(", ") };
    vec![
        ("verdict", Some(verdict.to_owned())),
        ("data race", Some(races)),
        ("classes (failing)", report.classes.map(|classes| classes.to_string())),
        ("fewest preemptions", report.failure.as_ref().map(|failure| failure.preemptions.to_string())),
    ]
}

/// Columns that differ; a dash in the table says nothing.
fn differences(found: &[(&'static str, Option<String>)], row: &Row) -> Vec<String> {
    let names = |text: &str| -> BTreeSet<String> {
        text.split(',').map(|name| name.split(['[', '(']).next().unwrap_or(name).trim().to_owned()).collect()
    };
    let mut different = Vec::new();
    for (column, value) in found {
        let Some(right) = row.get(*column).filter(|right| *right != "-") else { continue };
        let same = value.as_ref().is_some_and(|value| names(value) == names(right));
        if !same {
            different.push(format!("{column} should be {right}"));
        }
    }
    different
}

/// Executions per second of the last round.
fn speed(origin: &Machine) -> f64 {
    let search = |machine: &mut Machine| {
        let go_on = |machine: &Machine| if machine.knowledge.changed { Next::Stop } else { Next::GoOn };
        dpor::explore(machine, STEPS_MAX, &mut |machine, _| go_on(machine)).1.executions
    };
    until_nothing_is_learned(origin, |machine| {
        search(machine);
        let (started_s, mut executions) = (processor_s(), 0);
        while !machine.knowledge.changed && processor_s() - started_s < REPEAT_S {
            // Asking the kernel for the time takes as long as a short search does.
            let enough = executions + BETWEEN_ASKING;
            while !machine.knowledge.changed && executions < enough {
                executions += search(machine);
            }
        }
        executions as f64 / (processor_s() - started_s)
    })
}

#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a benchmark measures the host's time")]
fn main() -> ExitCode {
    println!(
        "{:<28} {:>10} {:>10} {:>8} {:>8} {:>6}  {:<24} {:<20} {:>8} {:>9}",
        "program", "verdict", "executions", "blocked", "classes", "preem.", "races", "cause", "seconds", "exec/s"
    );
    let (mut wrong, mut logs) = (0, Vec::new());
    for path in files() {
        let origin = origin(&path);
        let options = Options { after_failure: u64::MAX, executions_max: EXECUTIONS_MAX, ..Options::default() };
        let started = std::time::Instant::now();
        let report = explore(&origin, &options, &mut |_| true);
        let seconds = started.elapsed().as_secs_f64();
        let speed = report.classes.map(|_| speed(&origin));
        logs.extend(speed.map(f64::ln));
        let columns = found(&report);
        let text = |at: usize| columns[at].1.clone().unwrap_or("-".to_owned());
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let cause = report.failure.as_ref().and_then(|failure| failure.cause.as_ref());
        println!(
            "{name:<28} {:>10} {:>10} {:>8} {:>8} {:>6}  {:<24} {:<20} {seconds:>8.3} {:>9}",
            text(0),
            report.counts.executions,
            report.counts.blocked,
            text(2),
            text(3),
            text(1),
            cause.map_or("-", |cause| cause.pattern.code()),
            speed.map_or("-".to_owned(), |speed| format!("{speed:.0}")),
        );
        let right = path.parent().map(expected).unwrap_or_default();
        if let Some(row) = right.get(&name) {
            let different = differences(&columns, row);
            wrong += usize::from(!different.is_empty());
            different.iter().for_each(|line| println!("    {line}"));
        }
    }
    let mean = (logs.iter().sum::<f64>() / logs.len().max(1) as f64).exp();
    println!("geometric mean {mean:.0} executions/s; {wrong} programs differ from their table");
    ExitCode::from(u8::from(wrong > 0))
}
