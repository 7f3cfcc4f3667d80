//! The proleptic Gregorian calendar and `time.struct_time` in UTC: the simulated world has no other time zone.
//!
//! `gmtime`, `timegm`, `mktime`, `asctime` and the checks of time tuples of `Modules/timemodule.c` of CPython 3.13 on Linux. Days are counted by
//! Howard Hinnant's algorithms, exact for every year that fits.

use super::error::{ErrorKind, TextError};
use super::int::Int;

/// Names of the days of the week, Monday first.
pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const SECONDS_PER_DAY: i64 = 86_400;

/// The fields of `time.struct_time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeFields {
    /// Year.
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    /// 1 to 31.
    pub day: i64,
    /// 0 to 23.
    pub hour: i64,
    /// 0 to 59.
    pub minute: i64,
    /// 0 to 61.
    pub second: i64,
    /// 0 (Monday) to 6.
    pub weekday: i64,
    /// 1 to 366.
    pub yearday: i64,
    /// Daylight saving time: 0, 1, or -1 for unknown.
    pub is_dst: i64,
}

/// Days from 1970-01-01 to a date; `month` from 1 to 12, `day` any number. Exact for |year| below 10^15.
pub fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a number of days from 1970-01-01.
pub fn date_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// The largest |year| of C's `struct tm`, roughly.
const YEAR_MAX: i64 = i32::MAX as i64;

/// `time.gmtime(seconds)`, whole seconds since 1970-01-01.
pub fn fields_from_seconds(seconds: i64) -> Result<TimeFields, TextError> {
    let days = seconds.div_euclid(SECONDS_PER_DAY);
    let rest = seconds.rem_euclid(SECONDS_PER_DAY);
    let (year, month, day) = date_from_days(days);
    if !(i64::from(i32::MIN)..=YEAR_MAX).contains(&(year - 1900)) {
        return Err(TextError::new(ErrorKind::OsError, "[Errno 75] Value too large for defined data type"));
    }
    Ok(TimeFields {
        year,
        month,
        day,
        hour: rest / 3600,
        minute: rest / 60 % 60,
        second: rest % 60,
        weekday: (days + 3).rem_euclid(7),
        yearday: days - days_from_date(year, 1, 1) + 1,
        is_dst: 0,
    })
}

/// Whole seconds of a timestamp, rounded down, as `time.gmtime` and its like take floats.
pub fn seconds_from_float(timestamp: f64) -> Result<i64, TextError> {
    if timestamp.is_nan() {
        return Err(TextError::value("Invalid value NaN (not a number)"));
    }
    let floor = timestamp.floor();
    // -2^63 is a double and the first beyond the range above is 2^63.
    if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&floor) {
        return Ok(floor as i64);
    }
    Err(TextError::overflow("timestamp out of range for platform time_t"))
}

/// Seconds since 1970-01-01 of a date and time whose fields may lie outside their ranges: `calendar.timegm`, and `time.mktime` in UTC.
pub fn seconds_from_fields(fields: &TimeFields) -> Int {
    let months = fields.month - 1;
    let year = fields.year + months.div_euclid(12);
    let days = i128::from(days_from_date(year, months.rem_euclid(12) + 1, 1)) + i128::from(fields.day) - 1;
    let hours = days * 24 + i128::from(fields.hour);
    let minutes = hours * 60 + i128::from(fields.minute);
    Int::from(minutes * 60 + i128::from(fields.second))
}

/// What C's `mktime` makes of the fields in UTC. As in glibc, fields that claim daylight saving time are an hour ahead.
pub(super) fn c_mktime(fields: &TimeFields) -> Option<i64> {
    let hour = if fields.is_dst > 0 { fields.hour - 1 } else { fields.hour };
    // C counts months from 0; the least int wraps around.
    let month = i64::from((fields.month as i32).wrapping_sub(1)) + 1;
    match seconds_from_fields(&TimeFields { hour, month, ..*fields }) {
        Int::Small(seconds) => fields_from_seconds(seconds).is_ok().then_some(seconds),
        Int::Big(_) => None,
    }
}

/// `time.mktime(fields)` in UTC.
pub fn make_time(fields: &TimeFields) -> Result<f64, TextError> {
    let seconds = c_mktime(fields).ok_or_else(|| TextError::overflow("mktime argument out of range"))?;
    Ok(seconds as f64)
}

impl TimeFields {
    /// The fields of a tuple of nine, each of which must fit a C int.
    pub fn from_ints(values: [&Int; 9]) -> Result<Self, TextError> {
        let mut fields = [0; 9];
        for (field, value) in fields.iter_mut().zip(values) {
            *field = c_int(value)?;
        }
        let [year, month, day, hour, minute, second, weekday, yearday, is_dst] = fields;
        if year < i64::from(i32::MIN) + 1900 {
            return Err(TextError::overflow("year out of range"));
        }
        Ok(Self { year, month, day, hour, minute, second, weekday, yearday, is_dst })
    }

    /// The checks of `time.strftime` and `time.asctime`; zero stands for one in month, day and day of the year.
    pub fn checked(mut self) -> Result<Self, TextError> {
        for field in [&mut self.month, &mut self.day, &mut self.yearday] {
            *field = if *field == 0 { 1 } else { *field };
        }
        let checks = [
            ((1..=12).contains(&self.month), "month out of range"),
            ((1..=31).contains(&self.day), "day of month out of range"),
            ((0..=23).contains(&self.hour), "hour out of range"),
            ((0..=59).contains(&self.minute), "minute out of range"),
            ((0..=61).contains(&self.second), "seconds out of range"),
            ((-1..i64::from(i32::MAX)).contains(&self.weekday), "day of week out of range"),
            ((1..=366).contains(&self.yearday), "day of year out of range"),
        ];
        if let Some((_, message)) = checks.into_iter().find(|(holds, _)| !holds) {
            return Err(TextError::value(message));
        }
        // C counts from Sunday and takes the remainder; -1 is Monday's predecessor.
        self.weekday = self.weekday.rem_euclid(7);
        Ok(self)
    }

    /// `time.asctime(fields)` of checked fields: `Sun Jun  9 04:26:40 1993`.
    pub fn ascii_time(&self) -> String {
        let Self { year, day, hour, minute, second, .. } = self;
        let weekday = &DAYS[self.weekday.rem_euclid(7) as usize][..3];
        let month = &MONTHS[(self.month - 1).rem_euclid(12) as usize][..3];
        format!("{weekday} {month}{day:3} {hour:02}:{minute:02}:{second:02} {year}")
    }
}

/// `value` as a C int.
fn c_int(value: &Int) -> Result<i64, TextError> {
    match value {
        Int::Small(small) if i32::try_from(*small).is_ok() => Ok(*small),
        Int::Small(small) if *small > 0 => Err(TextError::overflow("signed integer is greater than maximum")),
        Int::Small(_) => Err(TextError::overflow("signed integer is less than minimum")),
        Int::Big(_) => Err(TextError::overflow("Python int too large to convert to C long")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(values: [i64; 9]) -> Result<TimeFields, TextError> {
        let values = values.map(Int::Small);
        TimeFields::from_ints(values.each_ref())
    }

    /// Seconds; what CPython 3.13's `gmtime` and `asctime` answer.
    #[test]
    fn moments_are_cpythons() {
        let table: &[(i64, [i64; 9], &str)] = &[
            (0, [1970, 1, 1, 0, 0, 0, 3, 1, 0], "Thu Jan  1 00:00:00 1970"),
            (-1, [1969, 12, 31, 23, 59, 59, 2, 365, 0], "Wed Dec 31 23:59:59 1969"),
            (951782400, [2000, 2, 29, 0, 0, 0, 1, 60, 0], "Tue Feb 29 00:00:00 2000"),
            (1735689600, [2025, 1, 1, 0, 0, 0, 2, 1, 0], "Wed Jan  1 00:00:00 2025"),
            (-2203891200, [1900, 3, 1, 0, 0, 0, 3, 60, 0], "Thu Mar  1 00:00:00 1900"),
            (253402300799, [9999, 12, 31, 23, 59, 59, 4, 365, 0], "Fri Dec 31 23:59:59 9999"),
            (253402300800, [10000, 1, 1, 0, 0, 0, 5, 1, 0], "Sat Jan  1 00:00:00 10000"),
            (-62135596801, [0, 12, 31, 23, 59, 59, 6, 366, 0], "Sun Dec 31 23:59:59 0"),
            (1099511627776, [36812, 2, 20, 0, 36, 16, 0, 51, 0], "Mon Feb 20 00:36:16 36812"),
            (-1125899906842624, [-35676378, 4, 8, 5, 2, 56, 4, 98, 0], "Fri Apr  8 05:02:56 -35676378"),
        ];
        for &(seconds, expected, text) in table {
            let result = fields_from_seconds(seconds).unwrap();
            assert_eq!(result, fields(expected).unwrap(), "{seconds}");
            assert_eq!(result.ascii_time(), text);
            assert_eq!(seconds_from_fields(&result), Int::Small(seconds));
        }
        assert!(fields_from_seconds(1 << 57).is_err());
        assert_eq!(seconds_from_float(-0.5), Ok(-1));
        assert_eq!(seconds_from_float(f64::NAN).unwrap_err().message, "Invalid value NaN (not a number)");
        assert_eq!(seconds_from_float(1e19).unwrap_err().message, "timestamp out of range for platform time_t");
    }

    /// Fields; what CPython 3.13's `mktime` answers.
    #[test]
    fn seconds_are_cpythons() {
        let table: &[([i64; 9], Result<f64, &str>)] = &[
            ([2024, 2, 30, 0, 0, 0, 0, 0, 0], Ok(1709251200.0)),
            ([2024, 13, 1, 25, 61, 61, 0, 0, 0], Ok(1735783321.0)),
            ([2024, -1, -1, -1, -1, -1, 0, 0, -1], Ok(1698620339.0)),
            ([1970, 1, 1, 0, 0, 0, 0, 0, 1], Ok(-3600.0)),
            ([1, 1, 1, 0, 0, 0, 0, 0, 0], Ok(-62135596800.0)),
            ([2147483647, 2147483647, 1, 0, 0, 0, 0, 0, 0], Err("mktime argument out of range")),
            ([-2147481748, 1, 1, 0, 0, 0, 0, 0, 0], Ok(-6.77680406097408e+16)),
            ([2147483648, 1, 1, 0, 0, 0, 0, 0, 0], Err("signed integer is greater than maximum")),
            ([-2147483649, 1, 1, 0, 0, 0, 0, 0, 0], Err("signed integer is less than minimum")),
            ([-2147483648, 1, 1, 0, 0, 0, 0, 0, 0], Err("year out of range")),
        ];
        for &(values, expected) in table {
            let result = fields(values).and_then(|fields| make_time(&fields));
            assert_eq!(result.as_ref().copied().map_err(|error| &*error.message), expected, "{values:?}");
        }
    }

    /// Fields; what CPython 3.13's `asctime` answers.
    #[test]
    fn checks_are_cpythons() {
        let table: &[([i64; 9], Result<&str, &str>)] = &[
            ([0, 3, 4, 5, 6, 7, 1, 64, 0], Ok("Tue Mar  4 05:06:07 0")),
            ([2024, 0, 4, 5, 6, 7, 1, 64, 0], Ok("Tue Jan  4 05:06:07 2024")),
            ([2024, 13, 4, 5, 6, 7, 1, 64, 0], Err("month out of range")),
            ([2024, -1, 4, 5, 6, 7, 1, 64, 0], Err("month out of range")),
            ([2024, 3, 0, 5, 6, 7, 1, 64, 0], Ok("Tue Mar  1 05:06:07 2024")),
            ([2024, 3, 32, 5, 6, 7, 1, 64, 0], Err("day of month out of range")),
            ([2024, 3, 4, 24, 6, 7, 1, 64, 0], Err("hour out of range")),
            ([2024, 3, 4, -1, 6, 7, 1, 64, 0], Err("hour out of range")),
            ([2024, 3, 4, 5, 60, 7, 1, 64, 0], Err("minute out of range")),
            ([2024, 3, 4, 5, 6, 61, 1, 64, 0], Ok("Tue Mar  4 05:06:61 2024")),
            ([2024, 3, 4, 5, 6, 62, 1, 64, 0], Err("seconds out of range")),
            ([2024, 3, 4, 5, 6, 7, -1, 64, 0], Ok("Sun Mar  4 05:06:07 2024")),
            ([2024, 3, 4, 5, 6, 7, -2, 64, 0], Err("day of week out of range")),
            ([2024, 3, 4, 5, 6, 7, 13, 64, 0], Ok("Sun Mar  4 05:06:07 2024")),
            ([2024, 3, 4, 5, 6, 7, 1, 0, 0], Ok("Tue Mar  4 05:06:07 2024")),
            ([2024, 3, 4, 5, 6, 7, 1, 367, 0], Err("day of year out of range")),
            ([2024, 3, 4, 5, 6, 7, 1, -1, 0], Err("day of year out of range")),
            ([2024, 3, 4, 5, 6, 7, 1, 64, 99], Ok("Tue Mar  4 05:06:07 2024")),
        ];
        for &(values, expected) in table {
            let result = fields(values).and_then(TimeFields::checked).map(|fields| fields.ascii_time());
            assert_eq!(result.as_deref().map_err(|error| &*error.message), expected, "{values:?}");
        }
    }

    #[test]
    fn days_and_dates_are_inverse() {
        let mut expected = days_from_date(-801, 1, 1);
        for year in -801..2801 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            for (month, days) in [31, 28 + i64::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].iter().enumerate() {
                for day in 1..=*days {
                    let date = (year, month as i64 + 1, day);
                    assert_eq!(days_from_date(date.0, date.1, date.2), expected);
                    assert_eq!(date_from_days(expected), date);
                    expected += 1;
                }
            }
        }
    }
}
