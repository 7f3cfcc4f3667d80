//! `time` (Modules/timemodule.c): clocks and sleeping. The calendar is in `time_calendar`.
//!
//! All clocks read virtual time; the time zone is UTC.

use super::time_calendar as calendar;
use crate::effect::{Clock, Effect};
use crate::interp::Vm;
use crate::native::protocol::convert::Rounding;
use crate::native::registry::ModuleTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, Then, function};
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};

/// The module.
pub const TABLE: ModuleTable = ModuleTable { name: "time", functions: FUNCTIONS, fill };

const FUNCTIONS: &[NativeDef] = &[
    function("time", Sig::NoArgs, |cx, _| seconds(cx, Clock::Wall)),
    function("time_ns", Sig::NoArgs, |cx, _| nanoseconds(cx, Clock::Wall)),
    function("monotonic", Sig::NoArgs, |cx, _| seconds(cx, Clock::Monotonic)),
    function("monotonic_ns", Sig::NoArgs, |cx, _| nanoseconds(cx, Clock::Monotonic)),
    function("perf_counter", Sig::NoArgs, |cx, _| seconds(cx, Clock::Monotonic)),
    function("perf_counter_ns", Sig::NoArgs, |cx, _| nanoseconds(cx, Clock::Monotonic)),
    function("process_time", Sig::NoArgs, |cx, _| seconds(cx, Clock::Process)),
    function("process_time_ns", Sig::NoArgs, |cx, _| nanoseconds(cx, Clock::Process)),
    function("thread_time", Sig::NoArgs, |cx, _| seconds(cx, Clock::Thread)),
    function("thread_time_ns", Sig::NoArgs, |cx, _| nanoseconds(cx, Clock::Thread)),
    function("clock_gettime", Sig::One, clock_gettime),
    function("clock_gettime_ns", Sig::One, clock_gettime_ns),
    function("clock_getres", Sig::One, clock_getres),
    function("get_clock_info", Sig::One, |cx, args| cx.tail_library("_clock_info", "info", args.pos)),
    function("strptime", Sig::Positional(1, 2), |cx, args| cx.tail_library("_strptime", "time_tuple", args.pos)),
    function("sleep", Sig::One, sleep),
    function("gmtime", Sig::Positional(0, 1), calendar::gmtime),
    function("localtime", Sig::Positional(0, 1), calendar::localtime),
    function("mktime", Sig::One, calendar::mktime),
    function("asctime", Sig::Positional(0, 1), calendar::asctime),
    function("strftime", Sig::Positional(1, 2), calendar::strftime),
    function("ctime", Sig::Positional(0, 1), calendar::ctime),
    function("tzset", Sig::NoArgs, |_, _| Ok(Value::None)),
];

/// Numbers of the clocks of Linux.
const CLOCKS: [(&str, i64, Clock); 7] = [
    ("CLOCK_REALTIME", 0, Clock::Wall),
    ("CLOCK_MONOTONIC", 1, Clock::Monotonic),
    ("CLOCK_PROCESS_CPUTIME_ID", 2, Clock::Process),
    ("CLOCK_THREAD_CPUTIME_ID", 3, Clock::Thread),
    ("CLOCK_MONOTONIC_RAW", 4, Clock::Monotonic),
    ("CLOCK_BOOTTIME", 7, Clock::Monotonic),
    ("CLOCK_TAI", 11, Clock::Wall),
];

fn fill(vm: &mut Vm, namespace: ObjId) {
    let utc = Value::Obj(vm.heap.intern("UTC"));
    let zones = vm.heap.new_tuple(vec![utc, utc]);
    let mut values = vec![
        ("timezone", Value::Int(0)),
        ("altzone", Value::Int(0)),
        ("daylight", Value::Int(0)),
        ("tzname", zones),
        ("struct_time", Value::Obj(c::STRUCT_TIME)),
    ];
    values.extend(CLOCKS.map(|(name, number, _)| (name, Value::Int(number))));
    for (text, value) in values {
        let name = vm.heap.intern(text);
        vm.heap.dict_set_name(namespace, name, value);
    }
}

fn seconds(cx: &mut Cx<'_>, clock: Clock) -> NativeResult {
    cx.effect(Effect::Now(clock), Then::Seconds)
}

fn nanoseconds(cx: &mut Cx<'_>, clock: Clock) -> NativeResult {
    cx.effect(Effect::Now(clock), Then::AsIs)
}

fn clock_arg(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<Clock, Box<Stop>> {
    const EINVAL: i64 = 22;
    let number = i64::from(cx.int_arg(args.get(0))?);
    match CLOCKS.iter().find(|(_, n, _)| *n == number) {
        Some((_, _, clock)) => Ok(*clock),
        None => Err(cx.os_error(c::OS_ERROR, EINVAL, "Invalid argument", None)),
    }
}

fn clock_gettime(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let clock = clock_arg(cx, args)?;
    seconds(cx, clock)
}

fn clock_gettime_ns(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let clock = clock_arg(cx, args)?;
    nanoseconds(cx, clock)
}

fn clock_getres(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    clock_arg(cx, args)?;
    Ok(Value::Float(1e-9))
}

/// `time.sleep(seconds)`
fn sleep(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let ns = cx.nanoseconds(args.get(0), Rounding::Up)?;
    match u64::try_from(ns) {
        Ok(duration_ns) => cx.effect(Effect::Sleep { duration_ns }, Then::Return(Value::None)),
        Err(_) => Err(cx.value_error("sleep length must be non-negative")),
    }
}
