//! The time axis under the lanes.

use super::Style;
use crate::duration::ticks;
use crate::text;

/// Columns a tick needs at least, its label included.
const COLUMNS_PER_TICK: usize = 8;

/// Labels start at the column of their time; the last carries the unit. No wider than `columns`.
pub(super) fn axis(from_ns: u64, to_ns: u64, columns: usize, style: &Style) -> String {
    let ticks = ticks(from_ns, to_ns, (columns / COLUMNS_PER_TICK).max(1) as u64);
    let unit = if style.ascii && ticks.unit == "µs" { "us" } else { ticks.unit };
    let span = u128::from((to_ns - from_ns).max(1));
    let place = |time_ns: u64| (u128::from(time_ns - from_ns) * columns as u128 / span) as usize;
    let labels: Vec<(usize, &String)> = ticks.times_ns.iter().map(|time| place(*time)).zip(&ticks.labels).collect();
    let with_unit = |label: &str| format!("{label} {unit}");
    let last = labels.iter().rposition(|(column, label)| column + text::width(&with_unit(label)) <= columns);
    let mut axis = String::new();
    for (column, label) in labels.iter().take(last.map_or(0, |last| last + 1)) {
        axis = text::fit_left(&axis, *column, ' ');
        axis.push_str(label);
    }
    if last.is_some() {
        axis = with_unit(&axis);
    }
    axis
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_at_their_columns_and_fit() {
        let style = Style { width: 100, ..Style::default() };
        let axis_40_ms = "0         10        20        30        40 ms";
        assert_eq!(axis(0, 48_000_000, 48, &style), axis_40_ms);
        assert_eq!(axis(0, 42_000_000, 42, &style), "0         10        20        30 ms");
        for columns in 1..120 {
            assert!(text::width(&axis(0, 7_777_777, columns, &style)) <= columns);
        }
        let ascii = Style { ascii: true, ..style };
        assert!(axis(0, 9_000, 60, &ascii).ends_with("us"));
    }
}
