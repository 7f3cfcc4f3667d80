//! Reads `--epoch`: when the simulated world's calendar begins.
//!
//! Dates follow RFC 3339 in UTC (`2025-01-01T00:00:00Z`, `2025-01-01 00:00:00`, `2025-01-01`); days are counted with
//! the proleptic Gregorian calendar (days-from-civil by eras of 400 years). A plain number is seconds since 1970.

/// Last year that is accepted, so that nanoseconds fit 64 bits.
const YEAR_MAX: i64 = 2261;
const NS_PER_S: u64 = 1_000_000_000;

/// Reads a moment; the result is in nanoseconds since 1970-01-01T00:00:00Z,
pub fn epoch_ns(text: &str) -> Result<u64, String> {
    let wanted = || format!("`{text}` is neither seconds since 1970 nor a date such as 2025-01-01T00:00:00Z");
    let seconds = match text.parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) => date_s(text).ok_or_else(wanted)?,
    };
    let seconds = u64::try_from(seconds).map_err(|_| "must not lie before 1970".to_string())?;
    seconds.checked_mul(NS_PER_S).ok_or_else(|| "lies too far in the future".into())
}

/// Seconds since 1970 of a date with an optional time of day.
fn date_s(text: &str) -> Option<i64> {
    let text = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, "00:00:00"));
    let [year, month, day] = fields(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = fields(time, ':', [2, 2, 2])?;
    let valid = (1970..=YEAR_MAX).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    valid.then(|| ((days_since_1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

/// Three numbers of fixed widths with a separator between them.
fn fields(text: &str, separator: char, widths: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut values = [0; 3];
    for (value, width) in values.iter_mut().zip(widths) {
        let part = parts.next()?;
        if part.len() != width || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *value = part.parse().ok()?;
    }
    parts.next().is_none().then_some(values)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01; the year is taken to begin in March, so that a leap day is the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_seconds() {
        let cases: &[(&str, Option<u64>)] = &[
            ("0", Some(0)),
            ("1735689600", Some(1_735_689_600)),
            ("1970-01-01", Some(0)),
            ("2025-01-01T00:00:00Z", Some(1_735_689_600)),
            ("2025-01-01 00:00:01", Some(1_735_689_601)),
            ("2000-02-29T23:59:59Z", Some(951_868_799)),
            ("2024-12-31T23:59:59z", Some(1_735_689_599)),
            ("2023-02-29", None),
            ("2025-13-01", None),
            ("2025-1-1", None),
            ("1969-12-31", None),
            ("9999-01-01", None),
            ("2025-01-01T24:00:00Z", None),
            ("-1", None),
            ("yesterday", None),
            ("99999999999999", None),
        ];
        for (text, seconds) in cases {
            assert_eq!(epoch_ns(text).ok(), seconds.map(|s| s * NS_PER_S), "{text}");
        }
    }
}
