//! The calendar functions of `time`: `gmtime`, `localtime`, `mktime`, `asctime`, `ctime`, `strftime`. The local time zone is
//! UTC. The calendar itself is `text::calendar`.

use crate::effect::{Clock, Effect, Reply};
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::text::calendar::{TimeFields, fields_from_seconds, make_time, seconds_from_float};
use crate::text::error::TextError;
use crate::text::strftime::strftime as format_time;
use crate::value::Value;

impl Cx<'_> {
    fn or_raise<T>(&mut self, result: Result<T, TextError>) -> Result<T, Box<Stop>> {
        result.map_err(|error| self.text_error(error))
    }

    fn struct_time(&mut self, f: TimeFields, zone: &str) -> Value {
        let zone = Value::Obj(self.vm.heap.intern(zone));
        let fields = [f.year, f.month, f.day, f.hour, f.minute, f.second, f.weekday, f.yearday, f.is_dst];
        self.vm.new_struct_time(fields.map(Value::Int).to_vec(), zone, Value::Int(0))
    }

    /// The fields of a tuple of nine integers or a `struct_time`.
    fn time_fields(&mut self, v: Value, function: &str) -> Result<TimeFields, Box<Stop>> {
        let inner = self.vm.heap.unwrap_payload(v);
        let Some(items) = self.vm.heap.tuple(inner).map(<[Value]>::to_vec) else {
            return Err(self.type_error("Tuple or struct_time argument required"));
        };
        let mut numbers = Vec::with_capacity(items.len());
        for item in items {
            numbers.push(self.index(item)?);
        }
        let [a, b, c, d, e, f, g, h, i] = &numbers[..] else {
            return Err(self.type_error(format!("{function}(): illegal time tuple argument")));
        };
        let fields = TimeFields::from_ints([a, b, c, d, e, f, g, h, i]);
        self.or_raise(fields)
    }
}

/// The moment an argument means, in seconds since 1970; the present without one.
fn moment(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<TimeFields, Box<Stop>> {
    let seconds = match args.given(0).filter(|v| !v.is_none()) {
        None => present(cx)?,
        Some(v) => match cx.vm.heap.unwrap_payload(v) {
            Value::Float(f) => cx.or_raise(seconds_from_float(f))?,
            _ => match cx.index_value(v)? {
                Value::Int(seconds) => seconds,
                _ => return Err(cx.overflow_error("timestamp out of range for platform time_t")),
            },
        },
    };
    cx.or_raise(fields_from_seconds(seconds))
}

fn present(cx: &mut Cx<'_>) -> Result<i64, Box<Stop>> {
    match cx.ask(Effect::Now(Clock::Wall))? {
        Reply::Int(ns) => Ok(ns.div_euclid(1_000_000_000)),
        other => unreachable!("a clock answers with a number, not {other:?}"),
    }
}

/// The fields of an optional time tuple, checked; those of the present without one.
fn checked_fields(cx: &mut Cx<'_>, tuple: Option<Value>, function: &str) -> Result<TimeFields, Box<Stop>> {
    match tuple {
        Some(tuple) => {
            let fields = cx.time_fields(tuple, function)?;
            cx.or_raise(fields.checked())
        }
        None => {
            let seconds = present(cx)?;
            cx.or_raise(fields_from_seconds(seconds))
        }
    }
}

/// `time.gmtime([seconds])`
pub(super) fn gmtime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let fields = moment(cx, args)?;
    Ok(cx.struct_time(fields, "GMT"))
}

/// `time.localtime([seconds])`
pub(super) fn localtime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let fields = moment(cx, args)?;
    Ok(cx.struct_time(fields, "UTC"))
}

/// `time.mktime(tuple)`
pub(super) fn mktime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let fields = cx.time_fields(args.get(0), "mktime")?;
    let seconds = cx.or_raise(make_time(&fields))?;
    Ok(Value::Float(seconds))
}

/// `time.asctime([tuple])`
pub(super) fn asctime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let fields = checked_fields(cx, args.given(0), "asctime")?;
    Ok(cx.new_str(fields.ascii_time()))
}

/// `time.ctime([seconds])`
pub(super) fn ctime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let fields = moment(cx, args)?;
    Ok(cx.new_str(fields.ascii_time()))
}

/// `time.strftime(format[, tuple])`
pub(super) fn strftime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(format) = cx.as_str(args.get(0)).map(str::to_owned) else {
        let kind = cx.type_name(args.get(0));
        return Err(cx.type_error(format!("strftime() argument 1 must be str, not {kind}")));
    };
    let fields = checked_fields(cx, args.given(1), "strftime")?;
    let text = cx.or_raise(format_time(&format, &fields))?;
    Ok(cx.new_str(text))
}
