//! The calendar functions of `time`: `gmtime`, `localtime`, `mktime`, `asctime`, `ctime`. The local time zone is UTC.
//!
//! Dates are proleptic Gregorian. The conversion between days and dates is the well-known one by eras of 400 years
//! (H. Hinnant, "chrono-compatible low-level date algorithms").

use crate::effect::{Clock, Effect, Reply};
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::builtin::class_id as c;
use crate::value::Value;

const DAY_S: i64 = 86_400;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Days since 1970-01-01 of a date; the month may be any number.
pub(super) fn days_of_date(year: i64, month: i64, day: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month, day of a number of days since 1970-01-01.
pub(super) fn date_of_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The nine fields of `struct_time` for seconds since 1970.
fn fields_of_seconds(seconds: i64) -> [i64; 9] {
    let (days, rest) = (seconds.div_euclid(DAY_S), seconds.rem_euclid(DAY_S));
    let (year, month, day) = date_of_days(days);
    let weekday = (days + 3).rem_euclid(7);
    let day_of_year = days - days_of_date(year, 1, 1) + 1;
    [year, month, day, rest / 3600, rest / 60 % 60, rest % 60, weekday, day_of_year, 0]
}

/// The seconds argument of `gmtime` and its like; the present time without one.
fn seconds_arg(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<i64, Box<Stop>> {
    match args.given(0).filter(|v| !v.is_none()) {
        None => match cx.ask(Effect::Now(Clock::Wall))? {
            Reply::Int(ns) => Ok(ns.div_euclid(1_000_000_000)),
            _ => Ok(0),
        },
        Some(v) => whole_seconds(cx, v),
    }
}

/// Seconds rounded towards negative infinity (`_PyTime_ObjectToTime_t`).
fn whole_seconds(cx: &mut Cx<'_>, v: Value) -> Result<i64, Box<Stop>> {
    /// Years of seconds that fit the calendar of C: 32-bit years.
    const MOST: i64 = 67_767_976_233_532_799;
    let seconds = match cx.vm.heap.unwrap_payload(v) {
        Value::Float(f) if f.is_nan() => return Err(cx.value_error("Invalid value NaN (not a number)")),
        Value::Float(f) => {
            let floor = f.floor();
            (-9.2e18..9.2e18).contains(&floor).then_some(floor as i64)
        }
        _ => match cx.index_value(v)? {
            Value::Int(i) => Some(i),
            _ => None,
        },
    };
    let Some(seconds) = seconds else {
        return Err(cx.overflow_error("timestamp out of range for platform time_t"));
    };
    if !(-67_768_040_609_740_800..=MOST).contains(&seconds) {
        return Err(cx.os_error(c::OVERFLOW_ERROR, 75, "Value too large for defined data type", None));
    }
    Ok(seconds)
}

impl Cx<'_> {
    fn struct_time(&mut self, fields: [i64; 9], zone: &str) -> Value {
        let zone = Value::Obj(self.vm.heap.intern(zone));
        self.vm.new_struct_time(fields.map(Value::Int).to_vec(), zone, Value::Int(0))
    }

    /// The nine numbers of a time tuple.
    ///
    /// # Errors
    /// `TypeError` for anything but a tuple of nine integers or a `struct_time`.
    pub(super) fn time_fields(&mut self, v: Value, function: &str) -> Result<[i64; 9], Box<Stop>> {
        let inner = self.vm.heap.unwrap_payload(v);
        let Some(items) = self.vm.heap.tuple(inner).map(<[Value]>::to_vec) else {
            return Err(self.type_error("Tuple or struct_time argument required"));
        };
        let mut fields = [0; 9];
        if items.len() != fields.len() {
            return Err(self.type_error(format!("{function}(): illegal time tuple argument")));
        }
        for (field, item) in fields.iter_mut().zip(items) {
            *field = i64::from(self.int_arg(item)?);
        }
        Ok(fields)
    }
}

/// `time.gmtime([seconds])`
pub(super) fn gmtime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let seconds = seconds_arg(cx, args)?;
    Ok(cx.struct_time(fields_of_seconds(seconds), "GMT"))
}

/// `time.localtime([seconds])`
pub(super) fn localtime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let seconds = seconds_arg(cx, args)?;
    Ok(cx.struct_time(fields_of_seconds(seconds), "UTC"))
}

/// `time.mktime(tuple)`: fields out of range carry over, as in C.
pub(super) fn mktime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let [year, month, day, hour, minute, second, ..] = cx.time_fields(args.get(0), "mktime")?;
    let days = days_of_date(year, month, 1) + day - 1;
    Ok(Value::Float((days * DAY_S + hour * 3600 + minute * 60 + second) as f64))
}

/// The fields with those out of range refused (`checktm`), or taken as the least value where C programs give 0.
pub(super) fn checked(cx: &mut Cx<'_>, mut fields: [i64; 9]) -> Result<[i64; 9], Box<Stop>> {
    for at in [1, 2, 7] {
        fields[at] = if fields[at] == 0 { 1 } else { fields[at] };
    }
    let bounds = [
        (1, 1, 12, "month out of range"),
        (2, 1, 31, "day of month out of range"),
        (3, 0, 23, "hour out of range"),
        (4, 0, 59, "minute out of range"),
        (5, 0, 61, "seconds out of range"),
        (6, -1, i64::MAX, "day of week out of range"),
        (7, 1, 366, "day of year out of range"),
    ];
    for (at, least, most, message) in bounds {
        if !(least..=most).contains(&fields[at]) {
            return Err(cx.value_error(message));
        }
    }
    fields[6] = (fields[6] + 7) % 7;
    Ok(fields)
}

fn asctime_text([year, month, day, hour, minute, second, weekday, ..]: [i64; 9]) -> String {
    let (weekday, month) = (WEEKDAYS[weekday as usize % 7], MONTHS[(month - 1) as usize % 12]);
    format!("{weekday} {month}{day:3} {hour:02}:{minute:02}:{second:02} {year}")
}

/// `time.asctime([tuple])`
pub(super) fn asctime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let fields = match args.given(0).filter(|v| !v.is_none()) {
        Some(tuple) => {
            let fields = cx.time_fields(tuple, "asctime")?;
            checked(cx, fields)?
        }
        None => fields_of_seconds(seconds_arg(cx, args)?),
    };
    Ok(cx.new_str(asctime_text(fields)))
}

/// `time.ctime([seconds])`
pub(super) fn ctime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let seconds = seconds_arg(cx, args)?;
    Ok(cx.new_str(asctime_text(fields_of_seconds(seconds))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_inverse_and_known_days_right() {
        for (days, date) in [(0, (1970, 1, 1)), (-1, (1969, 12, 31)), (19_782, (2024, 2, 29)), (-719_468, (0, 3, 1))] {
            assert_eq!(date_of_days(days), date);
            assert_eq!(days_of_date(date.0, date.1, date.2), days);
        }
        for days in (-1_000_000..1_000_000).step_by(997) {
            let (y, m, d) = date_of_days(days);
            assert_eq!(days_of_date(y, m, d), days);
        }
        assert_eq!(days_of_date(2023, 14, 1), days_of_date(2024, 2, 1));
    }

    #[test]
    fn the_fields_of_a_moment_are_those_of_gmtime() {
        assert_eq!(fields_of_seconds(0), [1970, 1, 1, 0, 0, 0, 3, 1, 0]);
        assert_eq!(fields_of_seconds(1_709_251_199), [2024, 2, 29, 23, 59, 59, 3, 60, 0]);
        assert_eq!(fields_of_seconds(-1), [1969, 12, 31, 23, 59, 59, 2, 365, 0]);
        assert_eq!(asctime_text(fields_of_seconds(1_704_164_645)), "Tue Jan  2 03:04:05 2024");
    }
}
