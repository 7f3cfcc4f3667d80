//! Judges lost updates against measured ones: the share that is lost depends on chance, so one number is not compared with one number.
//!
//! For each version and number of threads the least and the greatest share that was measured, over all statements and settings, are an envelope. Each
//! statement under each setting is simulated for as long as it was measured, with varied latencies; the median of some seeds has to be
//! in the envelope where updates were lost at all, and 0 where none were. Beside a share outside stands the
//! envelope of what this program measured itself. What it misses: a machine whose threads seldom meet within so short a run.

use crate::against::{Measured, asked, profile, setting};
use crate::{Options, RECORD, STATEMENTS, median};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// The kind of the files.
pub const KIND: &str = "lost_update";
/// The median of so many seeds.
const SEEDS: u64 = 7;
/// A simulated run is made longer at most so many times.
const LONGER_MAX: f64 = 20.0;
/// What the measured statements are called in `scenarios.py`, where they are called otherwise.
const CALLED: &[(&str, &str)] = &[
    ("attr_iadd_inline", "attr_iadd"),
    ("global_ccall_abs", "c_call_abs"),
    ("global_ccall_int", "c_call_int"),
    ("global_pycall", "python_call"),
];

/// A statement under a setting.
struct Case<'a> {
    statement: &'a str,
    setting: String,
    threads: u64,
    turns: u64,
    wall_s: f64,
}

/// What was measured with so many threads.
#[derive(Clone, Copy)]
struct Envelope {
    least: f64,
    most: f64,
}

impl fmt::Display for Envelope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.3} to {:.3}", self.least, self.most)
    }
}

/// Says which shares of a file are outside.
pub fn judge(out: &mut String, file: &Measured, options: &Options) {
    let Measured { version, rows, .. } = file;
    let (profile, cases) = (profile(version), cases(file));
    let mut outside = Vec::new();
    for case in cases.values() {
        let share = share(&profile, case, options);
        let is_lost =
            rows.iter().filter(|row| row["case"] == case.statement).any(|row| shares(row).any(|share| share > 0.0));
        let alike = rows.iter().filter(|row| row["threads"] == case.threads);
        let none = Envelope { least: 0.0, most: 0.0 };
        let envelope = if is_lost { envelope_of(alike.flat_map(shares)).unwrap_or(none) } else { none };
        let most = envelope.most.min(1.0 - 1.0 / case.threads as f64 + 1e-9);
        if !(envelope.least..=most).contains(&share) {
            let Case { statement, setting, threads, .. } = case;
            let mut line = format!("{statement}, {threads} threads at {setting}: {share:.3} lost, {envelope} measured");
            if let Some(here) = envelope_of(recorded(&profile, *threads)) {
                let _ = write!(line, " ({here} in `{RECORD}`)");
            }
            outside.push(line);
        }
    }
    let _ = writeln!(
        out,
        "\n{version}: the lost share of {} of {} statements and settings is within what was measured with so many threads.",
        cases.len() - outside.len(),
        cases.len()
    );
    for line in outside {
        let _ = writeln!(out, "* {line}");
    }
}

/// The longest measurement of each statement under each setting.
fn cases(file: &Measured) -> BTreeMap<(u64, String, String), Case<'_>> {
    let mut cases: BTreeMap<_, Case<'_>> = BTreeMap::new();
    for row in &file.rows {
        let Some((statement, threads, setting)) = key(file, row) else { continue };
        let turns = row["n_per_thread"].as_u64().unwrap_or(0);
        let wall_s = row["wall_s"]["median"].as_f64().unwrap_or(0.0);
        let place = (threads, statement.to_owned(), setting.clone());
        let case = cases.entry(place).or_insert(Case { statement, setting, threads, turns, wall_s });
        if turns > case.turns {
            (case.turns, case.wall_s) = (turns, wall_s);
        }
    }
    cases
}

fn key<'a>(file: &Measured, row: &'a Value) -> Option<(&'a str, u64, String)> {
    Some((row["case"].as_str()?, row["threads"].as_u64()?, setting(file, row)?))
}

fn shares(row: &Value) -> impl Iterator<Item = f64> + '_ {
    row["lost_fraction"]["runs"].as_array().into_iter().flatten().filter_map(Value::as_f64)
}

/// The shares that this program's own scenarios had with so many threads when they were last measured.
fn recorded(profile: &str, threads: u64) -> impl Iterator<Item = f64> {
    let recorded = crate::recorded();
    let rows = recorded[profile].as_object().cloned().unwrap_or_default();
    let ours = format!(", {threads} threads at ");
    let is_share = move |what: &str| what.split_once(&ours).is_some_and(|(name, _)| is_statement(name));
    rows.into_iter().filter(move |(what, _)| is_share(what)).filter_map(|(_, share)| share.as_f64())
}

fn is_statement(name: &str) -> bool {
    STATEMENTS.iter().any(|(statement, _)| *statement == name)
}

/// From the least to the greatest share of the runs that lost any.
fn envelope_of(shares: impl Iterator<Item = f64>) -> Option<Envelope> {
    let lost = shares.filter(|share| *share > 0.0).map(|share| Envelope { least: share, most: share });
    lost.reduce(|one, other| Envelope { least: one.least.min(other.least), most: one.most.max(other.most) })
}

/// The share that is lost in a run as long as the measured one.
fn share(profile: &str, case: &Case<'_>, options: &Options) -> f64 {
    let name = CALLED.iter().find(|(measured, _)| *measured == case.statement).map_or(case.statement, |(_, own)| own);
    let ask = |seed: u64, turns: u64| {
        let (threads, turns) = (case.threads.to_string(), turns.to_string());
        asked(options, profile, seed, &[&case.setting, "lost", name, &threads, &turns])
    };
    let took_s = ask(0, case.turns).get("lost_s").copied().unwrap_or(case.wall_s);
    let turns = (case.turns as f64 * (case.wall_s / took_s).clamp(1.0, LONGER_MAX)) as u64;
    median((0..SEEDS).filter_map(|seed| ask(seed, turns).get("lost").copied()).collect())
}
