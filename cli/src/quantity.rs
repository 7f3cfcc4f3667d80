//! Quantities as people type them: durations (`5ms`, `1.5s`), sizes (`100MB`) and counts (`2_000_000`, `2e9`).
//!
//! Read with integers only, so that `0.1s` is exactly 100,000,000 ns on every machine; a value finer than a nanosecond
//! or a byte is refused, not rounded.

/// Unit name and its factor.
type Units = &'static [(&'static str, u64)];

const TIME_UNITS: Units = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("min", 60_000_000_000),
    ("h", 3_600_000_000_000),
];
const SIZE_UNITS: Units = &[
    ("B", 1),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// Reads a duration; the result is in nanoseconds.
pub fn duration_ns(text: &str) -> Result<u64, String> {
    quantity(text, TIME_UNITS, "a duration such as 5ms, 500us or 1.5s", false)
}

/// Reads a size; the result is in bytes. Units are read in any case; MB is 1,000,000 bytes, MiB is 1,048,576.
pub fn size_bytes(text: &str) -> Result<u64, String> {
    quantity(text, SIZE_UNITS, "a size such as 100MB or 1.5GB", true)
}

/// Reads a number of things: digits, `_` between them, or a power of ten such as `2e9`.
pub fn count(text: &str) -> Result<u64, String> {
    let wanted = || format!("`{text}` is not a number such as 500000, 2_000_000 or 2e9");
    let (digits, zeros) = match text.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, power.parse::<u32>().map_err(|_| wanted())?),
        None => (text, 0),
    };
    let factor = 10u64.checked_pow(zeros).ok_or_else(too_large)?;
    let number = decimal(digits, factor).map_err(|problem| problem.unwrap_or_else(wanted))?;
    if number == 0 { Err("must be greater than 0".into()) } else { Ok(number) }
}

fn quantity(text: &str, units: Units, wanted: &str, any_case: bool) -> Result<u64, String> {
    let number_end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '_').unwrap_or(text.len());
    let (number, unit) = text.split_at(number_end);
    let unit = unit.trim();
    let same = |name: &str| if any_case { name.eq_ignore_ascii_case(unit) } else { name == unit };
    if !number.contains(|c: char| c.is_ascii_digit()) {
        return Err(format!("`{text}` is not {wanted}"));
    }
    let Some((_, factor)) = units.iter().find(|(name, _)| same(name)) else {
        return Err(unknown_unit(number, unit, units, wanted));
    };
    let value =
        decimal(number, *factor).map_err(|problem| problem.unwrap_or_else(|| format!("`{text}` is not {wanted}")))?;
    if value == 0 { Err("must be greater than 0".into()) } else { Ok(value) }
}

fn unknown_unit(number: &str, unit: &str, units: Units, wanted: &str) -> String {
    if unit.is_empty() {
        return format!("`{number}` has no unit: write {wanted}");
    }
    match crate::suggest::nearest(unit, units.iter().map(|(name, _)| *name)) {
        Some(near) => format!("unknown unit `{unit}`; did you mean `{number}{near}`?"),
        None => format!("unknown unit `{unit}`: write {wanted}"),
    }
}

fn too_large() -> String {
    "is too large".into()
}

/// `1.5` with factor 1000 is 1500. `Err(None)`: not a decimal number.
fn decimal(text: &str, factor: u64) -> Result<u64, Option<String>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole_digits = digits(whole)?;
    let fraction_digits = digits(fraction)?;
    if whole_digits.is_empty() && fraction_digits.is_empty() {
        return Err(None);
    }
    let fraction_digits = fraction_digits.trim_end_matches('0');
    let whole: u128 = if whole_digits.is_empty() { 0 } else { whole_digits.parse().map_err(|_| Some(too_large()))? };
    let parts: u128 = if fraction_digits.is_empty() {
        0
    } else {
        fraction_digits.parse().map_err(|_| Some("has too many digits".to_string()))?
    };
    let scale = 10u128
        .checked_pow(u32::try_from(fraction_digits.len()).map_err(|_| Some(too_large()))?)
        .ok_or_else(|| Some("has too many digits".to_string()))?;
    let fine = parts.checked_mul(u128::from(factor)).ok_or_else(|| Some(too_large()))?;
    if fine % scale != 0 {
        return Err(Some("is finer than the smallest unit".into()));
    }
    let total = whole.checked_mul(u128::from(factor)).and_then(|whole| whole.checked_add(fine / scale));
    total.and_then(|total| u64::try_from(total).ok()).ok_or_else(|| Some(too_large()))
}

/// Digits without the `_` between them.
fn digits(text: &str) -> Result<String, Option<String>> {
    let well_formed = !text.starts_with('_') && !text.ends_with('_') && !text.contains("__");
    if !well_formed || !text.chars().all(|c| c.is_ascii_digit() || c == '_') {
        return Err(None);
    }
    Ok(text.replace('_', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let cases: &[(&str, Result<u64, &str>)] = &[
            ("5ms", Ok(5_000_000)),
            ("500us", Ok(500_000)),
            ("500µs", Ok(500_000)),
            ("1.5s", Ok(1_500_000_000)),
            ("0.1s", Ok(100_000_000)),
            (".5ms", Ok(500_000)),
            ("1h", Ok(3_600_000_000_000)),
            ("2 min", Ok(120_000_000_000)),
            ("1_000ns", Ok(1_000)),
            ("0ms", Err("must be greater than 0")),
            ("5", Err("`5` has no unit: write a duration such as 5ms, 500us or 1.5s")),
            ("5mss", Err("unknown unit `mss`; did you mean `5ms`?")),
            ("5 parsec", Err("unknown unit `parsec`: write a duration such as 5ms, 500us or 1.5s")),
            ("ms", Err("`ms` is not a duration such as 5ms, 500us or 1.5s")),
            ("-5ms", Err("`-5ms` is not a duration such as 5ms, 500us or 1.5s")),
            ("1.2.3s", Err("`1.2.3s` is not a duration such as 5ms, 500us or 1.5s")),
            ("0.5ns", Err("is finer than the smallest unit")),
            ("99999999999h", Err("is too large")),
            (".", Err("`.` is not a duration such as 5ms, 500us or 1.5s")),
        ];
        for (text, expected) in cases {
            assert_eq!(duration_ns(text).as_ref().map_err(String::as_str), expected.as_ref().map_err(|e| *e), "{text}");
        }
    }

    #[test]
    fn sizes() {
        assert_eq!(size_bytes("100MB"), Ok(100_000_000));
        assert_eq!(size_bytes("1.5gb"), Ok(1_500_000_000));
        assert_eq!(size_bytes("4KiB"), Ok(4096));
        assert_eq!(size_bytes("7b"), Ok(7));
        assert_eq!(size_bytes("1.5B"), Err("is finer than the smallest unit".into()));
        assert_eq!(size_bytes("10MBB"), Err("unknown unit `MBB`; did you mean `10MB`?".into()));
    }

    #[test]
    fn counts() {
        assert_eq!(count("2_000_000"), Ok(2_000_000));
        assert_eq!(count("2e9"), Ok(2_000_000_000));
        assert_eq!(count("1.5e3"), Ok(1_500));
        assert_eq!(count("0"), Err("must be greater than 0".into()));
        assert_eq!(count("many"), Err("`many` is not a number such as 500000, 2_000_000 or 2e9".into()));
        assert_eq!(count("1e99"), Err("is too large".into()));
        assert_eq!(count("1__0"), Err("`1__0` is not a number such as 500000, 2_000_000 or 2e9".into()));
    }
}
