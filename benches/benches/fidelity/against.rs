//! Judges the simulator against a folder of files that somebody measured: `--against FOLDER`.
//!
//! Each file is `{"kind", "version", "setting_unit", "rows"}`. The rows of the kinds below are predicted by the programs in
//! `scenarios.py`, with varied latencies on two cores, the median of some seeds, and compared field by field with the
//! bounds of the table. Only rows during which other machines took less than [`STEAL_MAX`] of a core are judged; the others
//! are counted, and rows of other kinds are none of this program's business. A number out of its bound is shown with the
//! reason, if the measurement has one (`benches/src/reasons.rs`). Lost updates are judged by `envelope`. It promises the same bounds for all rows; what it misses:
//! the work inside the measured programs is known only by its description, so rates of locks depend on what that machine
//! computed meanwhile and are shown without being judged.

use crate::{Options, envelope, run, simulate};
use gilsim_benches::reasons::reason;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// A row with more of this share of a core stolen, or an unknown one, is not judged.
const STEAL_MAX: f64 = 0.1;
/// The median of so many seeds.
const SEEDS: u64 = 3;

/// How near is near enough.
#[derive(Clone, Copy)]
enum Bound {
    /// Relative to what was measured.
    Ratio(f64),
    /// In its own unit.
    Difference(f64),
    /// Not judged.
    Shown,
}

/// A field of rows of a kind that the scenarios predict, under the same name.
struct Field {
    kind: &'static str,
    name: &'static str,
    bound: Bound,
    /// On 2.7, whose switches the operating system decides.
    ticks_bound: Bound,
}

const fn field(kind: &'static str, name: &'static str, bound: Bound, ticks_bound: Bound) -> Field {
    Field { kind, name, bound, ticks_bound }
}

const FIELDS: &[Field] = &[
    field("slices", "slice_p50_s", Bound::Ratio(0.05), Bound::Shown),
    field("slices", "switches_per_s", Bound::Ratio(0.05), Bound::Shown),
    field("slices", "share_min", Bound::Difference(0.05), Bound::Shown),
    field("slices", "share_max", Bound::Difference(0.05), Bound::Shown),
    field("convoy", "latency_time_weighted_median_s", Bound::Ratio(0.1), Bound::Shown),
    field("scaling", "ratio_of_minima", Bound::Ratio(0.1), Bound::Ratio(0.25)),
    field("lock_users", "handovers_per_s", Bound::Shown, Bound::Shown),
    field("lock_users", "largest_share", Bound::Shown, Bound::Shown),
];

/// One file.
pub struct Measured {
    kind: String,
    pub version: String,
    ticks: bool,
    pub rows: Vec<Value>,
}

/// What is counted of one version.
#[derive(Default)]
struct Tally {
    judged: usize,
    within: usize,
    excused: usize,
    disturbed: usize,
    not_judged: usize,
    not_predicted: usize,
}

/// The report, or what is wrong with the folder.
pub fn report(options: &Options, folder: &Path) -> Result<String, String> {
    let mut by_version: BTreeMap<Vec<u32>, Vec<Measured>> = BTreeMap::new();
    for file in read(folder)? {
        by_version.entry(numbers(&file.version)).or_default().push(file);
    }
    let mut out = String::new();
    let mut predictions = Predictions { options, known: BTreeMap::new() };
    for files in by_version.values() {
        version(&mut out, files, &mut predictions);
    }
    Ok(out)
}

/// The files of the folder that have rows of a known kind.
fn read(folder: &Path) -> Result<Vec<Measured>, String> {
    let shown = folder.display();
    let entries = std::fs::read_dir(folder).map_err(|error| format!("cannot read the folder `{shown}`: {error}"))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let files: Vec<Measured> = paths.iter().filter_map(|path| parse(&std::fs::read_to_string(path).ok()?)).collect();
    if files.is_empty() {
        return Err(format!("`{shown}` has no JSON file with measured rows of {}", kinds().join(", ")));
    }
    Ok(files)
}

fn kinds() -> Vec<&'static str> {
    let mut kinds: Vec<&str> = FIELDS.iter().map(|field| field.kind).collect();
    kinds.dedup();
    kinds.push(envelope::KIND);
    kinds
}

fn parse(text: &str) -> Option<Measured> {
    let file: Value = serde_json::from_str(text).ok()?;
    let word = |name: &str| file[name].as_str().map(str::to_owned);
    let kind = word("kind").filter(|kind| kinds().contains(&kind.as_str()))?;
    let ticks = word("setting_unit")? == "ticks";
    Some(Measured { kind, version: word("version")?, ticks, rows: file["rows"].as_array()?.clone() })
}

/// `3.10.13` as numbers, which are in order.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// The profile of a build: `3.10` of `3.10.13`.
pub fn profile(version: &str) -> String {
    version.split('.').take(2).collect::<Vec<_>>().join(".")
}

fn version(out: &mut String, files: &[Measured], predictions: &mut Predictions) {
    let mut tally = Tally::default();
    let name = &files[0].version;
    let _ = writeln!(out, "\n## {name}\n\n| row | steal | measured | predicted | ratio | within |");
    let _ = writeln!(out, "| :-- | --: | --: | --: | --: | :-- |");
    let of_fields = files.iter().filter(|file| file.kind != envelope::KIND);
    for (file, row) in of_fields.flat_map(|file| file.rows.iter().map(move |row| (file, row))) {
        let steal = row["steal_fraction"].as_f64().filter(|steal| *steal < STEAL_MAX);
        let Some(steal) = steal else {
            tally.disturbed += 1;
            continue;
        };
        for field in FIELDS.iter().filter(|field| field.kind == file.kind) {
            line(out, &mut tally, (file, row, steal), field, predictions);
        }
    }
    let Tally { judged, within, excused, disturbed, not_judged, not_predicted } = tally;
    let _ = writeln!(
        out,
        "\n{name}: {within} of {judged} judged numbers within their bounds; {excused} of the others have a reason in the \
         measurement, {} have none; {not_judged} are shown without being judged, \
         {not_predicted} have no program here, {disturbed} rows were measured on a disturbed machine.",
        judged - within - excused
    );
    for file in files.iter().filter(|file| file.kind == envelope::KIND) {
        envelope::judge(out, file, predictions.options);
    }
    if judged == 0 {
        let _ = writeln!(out, "No row of {name} can be judged.");
    }
}

fn line(
    out: &mut String,
    tally: &mut Tally,
    (file, row, steal): (&Measured, &Value, f64),
    field: &Field,
    predictions: &mut Predictions,
) {
    let Some(real) = row[field.name].as_f64().or_else(|| row[field.name]["median"].as_f64()) else { return };
    let Some(arguments) = arguments(file, row) else {
        tally.not_predicted += 1;
        return;
    };
    let ours = predictions.of(&profile(&file.version), &arguments, field.name);
    let bound = if file.ticks { field.ticks_bound } else { field.bound };
    // Nothing was computed beside the operation, or more than the bounds speak of.
    let bound = if row["cpu_threads"].as_u64().is_some_and(|threads| threads != 1) { Bound::Shown } else { bound };
    let near = ours.and_then(|ours| is_near(bound, real, ours));
    match (ours, near) {
        (None, _) => tally.not_predicted += 1,
        (_, None) => tally.not_judged += 1,
        (_, Some(near)) => {
            tally.judged += 1;
            tally.within += usize::from(near);
        }
    }
    let word = match near {
        None => "-".to_owned(),
        Some(true) => "yes".to_owned(),
        Some(false) => match reason(&file.kind, field.name, row, &file.rows, file.ticks) {
            Some(reason) => {
                tally.excused += 1;
                format!("no: {reason}")
            }
            None => "no".to_owned(),
        },
    };
    let ratio = ours.filter(|_| real != 0.0).map_or("-".into(), |ours| format!("{:.3}", ours / real));
    let ours = ours.map_or("-".into(), number);
    let what = format!("{} {}: {}", file.kind, arguments.join(" "), field.name);
    let _ = writeln!(out, "| {what} | {steal:.2} | {} | {ours} | {ratio} | {word} |", number(real));
}

/// Whether a prediction is near enough; `None`: it is not judged.
fn is_near(bound: Bound, real: f64, ours: f64) -> Option<bool> {
    match bound {
        Bound::Ratio(most) => Some((ours / real - 1.0).abs() <= most),
        Bound::Difference(most) => Some((ours - real).abs() <= most),
        Bound::Shown => None,
    }
}

fn number(value: f64) -> String {
    if value.abs() < 1.0 { format!("{value:.6}") } else { format!("{value:.3}") }
}

/// The switch interval or check interval of a row, as the first argument of `scenarios.py`.
pub fn setting(file: &Measured, row: &Value) -> Option<String> {
    let setting = row["setting"].as_f64()?;
    Some(if file.ticks { format!("ticks={setting}") } else { format!("ms={}", setting * 1000.0) })
}

/// The arguments of `scenarios.py` for a row; `None` if no scenario does the same.
fn arguments(file: &Measured, row: &Value) -> Option<Vec<String>> {
    let count = |name: &str| row[name].as_u64().map(|count| count.to_string());
    let rest = match file.kind.as_str() {
        "slices" => vec!["slices".into(), count("threads")?, "0.6".into()],
        "scaling" => vec!["scaling".into(), count("threads")?],
        "convoy" if row["io"] == "sleep" => vec!["sleeps".into(), count("cpu_threads")?, "100".into()],
        "lock_users" => vec!["locks".into(), count("threads")?, row["body"].as_str()?.into()],
        _ => return None,
    };
    Some(std::iter::once(setting(file, row)?).chain(rest).collect())
}

/// What the simulator says, each asked once.
struct Predictions<'a> {
    options: &'a Options,
    known: BTreeMap<(String, Vec<String>), BTreeMap<String, f64>>,
}

impl Predictions<'_> {
    fn of(&mut self, profile: &str, arguments: &[String], name: &str) -> Option<f64> {
        if name == "ratio_of_minima" {
            let alone = [arguments[0].clone(), arguments[1].clone(), "1".into()];
            return Some(self.of(profile, arguments, "wall_ms")? / self.of(profile, &alone, "wall_ms")?);
        }
        let key = (profile.to_owned(), arguments.to_vec());
        let options = self.options;
        let known = self.known.entry(key).or_insert_with(|| ask(options, profile, arguments));
        known.get(name).copied()
    }
}

/// What a scenario prints when it is simulated.
pub fn asked(options: &Options, profile: &str, seed: u64, arguments: &[impl AsRef<OsStr>]) -> BTreeMap<String, f64> {
    let mut command = Command::new(&options.gilsim);
    simulate(&mut command, profile, seed).args(arguments);
    run(command)
}

/// The medians of all that a scenario prints.
fn ask(options: &Options, profile: &str, arguments: &[String]) -> BTreeMap<String, f64> {
    let mut found: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for seed in 0..SEEDS {
        for (name, value) in asked(options, profile, seed, arguments) {
            found.entry(name).or_default().push(value);
        }
    }
    found.into_iter().map(|(name, values)| (name, crate::median(values))).collect()
}
