//! Durations and counts for people, by whole-number arithmetic only.

const UNITS: [(u64, &str); 4] = [(1, "ns"), (1_000, "µs"), (1_000_000, "ms"), (1_000_000_000, "s")];

/// Number of decimal digits.
fn digits(value: u128) -> u32 {
    value.checked_ilog10().map_or(1, |log| log + 1)
}

/// A duration with `significant` digits, rounded half up, in the largest unit that keeps it at 1 or more: `41.8 ms`.
fn rounded(ns: u64, significant: u32, trim: bool) -> String {
    let start = UNITS.iter().rposition(|(size, _)| ns >= *size).unwrap_or(0);
    for (index, (size, unit)) in UNITS.iter().enumerate().skip(start) {
        let decimals = if index == 0 { 0 } else { significant.saturating_sub(digits(u128::from(ns / size))) };
        let scaled = (u128::from(ns) * 10u128.pow(decimals) + u128::from(size / 2)) / u128::from(*size);
        if scaled >= 10u128.pow(decimals + 3) && index + 1 < UNITS.len() {
            continue; // 999.96 µs is 1.00 ms
        }
        let (decimals, scaled) = match digits(scaled) > significant && decimals > 0 {
            true => (decimals - 1, scaled / 10), // 9.996 ms is 10.0 ms
            false => (decimals, scaled),
        };
        return format!("{} {unit}", decimal(scaled, decimals, trim));
    }
    format!("{ns} ns")
}

/// `scaled / 10^decimals`, without trailing zeros if `trim`.
fn decimal(scaled: u128, decimals: u32, trim: bool) -> String {
    let unit = 10u128.pow(decimals);
    let mut text = (scaled / unit).to_string();
    if decimals > 0 {
        text.push_str(&format!(".{:0width$}", scaled % unit, width = decimals as usize));
        if trim {
            text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
        }
    }
    text
}

/// For tables: three significant digits, `0` for none.
pub fn short(ns: u64) -> String {
    if ns == 0 { "0".to_owned() } else { rounded(ns, 3, false) }
}

/// For sentences: four significant digits without trailing zeros.
pub fn plain(ns: u64) -> String {
    rounded(ns, 4, true)
}

/// All digits there are, in the largest unit that keeps it at 1 or more.
pub fn exact(ns: u64) -> String {
    rounded(ns, 20, true)
}

/// A count with its thousands separated by commas.
pub fn count(value: u64) -> String {
    let text = value.to_string();
    let mut out = String::with_capacity(text.len() + text.len() / 3);
    for (index, c) in text.chars().enumerate() {
        if index > 0 && (text.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Millionths as a percentage with one decimal, rounded half up; a little is never shown as nothing.
pub fn percent(ppm: u64) -> String {
    let tenths = (u128::from(ppm) + 500) / 1000;
    format!("{} %", decimal(tenths.max(u128::from(ppm > 0)), 1, false))
}

/// Ticks of a time axis.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ticks {
    /// Times of the ticks, ascending.
    pub times_ns: Vec<u64>,
    /// Their numbers, in the common unit.
    pub labels: Vec<String>,
    /// The unit.
    pub unit: &'static str,
}

/// Ticks for `[from_ns, to_ns]`: multiples of 1, 2 or 5 times a power of ten, the smallest step that gives at most
/// `count_max` steps, in the unit that suits the end.
pub fn ticks(from_ns: u64, to_ns: u64, count_max: u64) -> Ticks {
    let span = to_ns.saturating_sub(from_ns).max(1);
    let step = step(span, count_max.max(1));
    let (size, unit) = *UNITS.iter().rfind(|(size, _)| to_ns >= *size).unwrap_or(&UNITS[0]);
    let decimals = (0..9).find(|decimals| (step * 10u128.pow(*decimals)).is_multiple_of(u128::from(size))).unwrap_or(9);
    let mut time = u128::from(from_ns).div_ceil(step) * step;
    let mut ticks = Ticks { times_ns: Vec::new(), labels: Vec::new(), unit };
    while let Ok(time_ns) = u64::try_from(time)
        && time_ns <= to_ns
    {
        ticks.times_ns.push(time_ns);
        ticks.labels.push(decimal(time * 10u128.pow(decimals) / u128::from(size), decimals, true));
        time += step;
    }
    ticks
}

fn step(span: u64, count_max: u64) -> u128 {
    let mut power = 1u128;
    loop {
        for factor in [1, 2, 5] {
            if u128::from(span) <= power * factor * u128::from(count_max) {
                return power * factor;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_three_or_four_digits() {
        let table = [
            (0, "0", "0 ns"),
            (7, "7 ns", "7 ns"),
            (999, "999 ns", "999 ns"),
            (1_000, "1.00 µs", "1 µs"),
            (41_834_567, "41.8 ms", "41.83 ms"),
            (999_499, "999 µs", "999.5 µs"),
            (999_500, "1.00 ms", "999.5 µs"),
            (999_960, "1.00 ms", "1 ms"),
            (9_996_000, "10.0 ms", "9.996 ms"),
            (9_999_960, "10.0 ms", "10 ms"),
            (5_000_000, "5.00 ms", "5 ms"),
            (3_001_200_000, "3.00 s", "3.001 s"),
            (3_600_000_000_000, "3600 s", "3600 s"),
            (u64::MAX, "18446744074 s", "18446744074 s"),
        ];
        for (ns, in_table, in_sentence) in table {
            assert_eq!((short(ns).as_str(), plain(ns).as_str()), (in_table, in_sentence), "{ns}");
        }
        assert_eq!(exact(41_834_567), "41.834567 ms");
    }

    #[test]
    fn counts_and_percentages() {
        assert_eq!([count(0), count(999), count(1_000), count(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            [percent(0), percent(1), percent(999), percent(1_000), percent(981_949), percent(1_000_000)],
            ["0.0 %", "0.1 %", "0.1 %", "0.1 %", "98.2 %", "100.0 %"]
        );
    }

    #[test]
    fn ticks_are_round_and_few() {
        let labels = |from, to, count| {
            let ticks = ticks(from, to, count);
            format!("{} {}", ticks.labels.join(" "), ticks.unit)
        };
        assert_eq!(labels(0, 41_800_000, 5), "0 10 20 30 40 ms");
        assert_eq!(labels(0, 1_500_000, 8), "0 0.2 0.4 0.6 0.8 1 1.2 1.4 ms");
        assert_eq!(labels(0, 3_000_000_000, 6), "0 0.5 1 1.5 2 2.5 3 s");
        assert_eq!(labels(0, 800, 5), "0 200 400 600 800 ns");
        assert_eq!(labels(0, 9, 5), "0 2 4 6 8 ns");
        assert_eq!(labels(12_300_000, 12_400_000, 5), "12.3 12.32 12.34 12.36 12.38 12.4 ms");
        assert_eq!(labels(0, 0, 5), "0 ns");
    }
}
