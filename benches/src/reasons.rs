//! Why a measured number cannot be met by constants, whoever chooses them: told from the measurement alone, never from how
//! far off the prediction is.
//!
//! Each rule looks at what the row, or its neighbours in the same file, say of the machine that was measured. A number
//! that is out of its bound and that no rule explains is the simulator's fault, and is counted as such.

use serde_json::Value;

/// A slice that is longer than the interval by more than this was lengthened by the machine: a waiter that asks is
/// served within 0.1 ms.
const LATE_S: f64 = 0.0005;
/// Slices of threads that compute end when a waiter has asked, not earlier by this share.
const SHORT: f64 = 0.05;
/// Where more of a core was stolen than the bound of a rate allows, that rate cannot be met.
const STOLEN: f64 = 0.05;
/// Rounds of a row that differ by more than this are no measure for a bound of the same size.
const APART: f64 = 0.1;
/// Threads that take turns are not faster together than one alone.
const FASTER: f64 = 0.95;
/// At shorter intervals the threads evict each other's caches often enough to be seen.
const CACHES_S: f64 = 0.001;

/// The reason why a field of a row of this kind cannot be met, if there is one; `rows` are all of the file, `ticks` says
/// that it is 2.7's.
pub fn reason(kind: &str, field: &str, row: &Value, rows: &[Value], ticks: bool) -> Option<String> {
    match kind {
        _ if ticks => Some("2.7's switches are decided by the operating system".into()),
        "slices" => slices(field, row),
        "scaling" => scaling(field, row, rows),
        _ => None,
    }
}

fn slices(field: &str, row: &Value) -> Option<String> {
    let of = |name: &str| row[name].as_f64();
    if field.starts_with("share") && of("threads")? > 2.0 {
        return Some("who of several waiting threads is woken is a race".into());
    }
    let interval_s = of("setting")?;
    if of("slice_p50_s")? < interval_s * (1.0 - SHORT) {
        return Some("disturbed: half of the slices are shorter than the interval".into());
    }
    if let Some(steal) = of("steal_fraction").filter(|steal| *steal > STOLEN && field == "switches_per_s") {
        return Some(format!("disturbed: {:.0} % of a core were stolen", steal * 100.0));
    }
    let late_s = of("slice_p90_s")? - interval_s;
    (late_s > LATE_S).then(|| format!("disturbed: a slice in ten is {:.1} ms too long", late_s * 1000.0))
}

fn scaling(field: &str, row: &Value, rows: &[Value]) -> Option<String> {
    let of = |row: &Value| row[field].as_f64();
    let is_same = |other: &&Value| other["threads"] == row["threads"] && other["setting"] == row["setting"];
    let rounds: Vec<f64> = rows.iter().filter(is_same).filter_map(of).collect();
    let least = rounds.iter().copied().fold(f64::INFINITY, f64::min);
    let most = rounds.iter().copied().fold(0.0, f64::max);
    if of(row)? < FASTER {
        return Some("disturbed: threads that take turns were faster than one alone".into());
    }
    if most > least * (1.0 + APART) {
        return Some(format!("its rounds are apart: {least:.2} to {most:.2}"));
    }
    (row["setting"].as_f64()? < CACHES_S).then(|| "caches, which are not modelled".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_quiet_row_excuses_nothing() {
        let row = json!({"threads": 2, "setting": 0.005, "slice_p50_s": 0.0051, "slice_p90_s": 0.0052,
            "steal_fraction": 0.04, "ratio_of_minima": 1.3});
        assert_eq!(reason("slices", "slice_p50_s", &row, &[], false), None);
        assert_eq!(reason("slices", "share_min", &row, &[], false), None);
        assert_eq!(reason("scaling", "ratio_of_minima", &row, std::slice::from_ref(&row), false), None);
        assert_eq!(reason("convoy", "latency_time_weighted_median_s", &row, &[], false), None);
    }

    #[test]
    fn a_disturbed_row_says_by_what() {
        let row = json!({"threads": 4, "setting": 0.005, "slice_p50_s": 0.0051, "slice_p90_s": 0.008,
            "ratio_of_minima": 1.3});
        let other = json!({"threads": 4, "setting": 0.005, "ratio_of_minima": 1.1});
        let told = |kind, field| reason(kind, field, &row, &[row.clone(), other.clone()], false);
        assert_eq!(told("slices", "switches_per_s").as_deref(), Some("disturbed: a slice in ten is 3.0 ms too long"));
        let short = json!({"threads": 4, "setting": 0.005, "slice_p50_s": 0.004, "slice_p90_s": 0.005});
        let told_short = reason("slices", "slice_p50_s", &short, &[], false);
        assert_eq!(told_short.as_deref(), Some("disturbed: half of the slices are shorter than the interval"));
        assert_eq!(told("scaling", "ratio_of_minima").as_deref(), Some("its rounds are apart: 1.10 to 1.30"));
    }
}
