//! Functions of real numbers, with CPython's rules about which results are errors.

use crate::names::name;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::Object;
use crate::text::int_float::float_to_int;
use crate::value::Value;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

impl Cx<'_> {
    /// ValueError "math domain error"
    pub(super) fn domain_error(&mut self) -> Box<Stop> {
        self.value_error("math domain error")
    }

    /// OverflowError "math range error"
    pub(super) fn range_error(&mut self) -> Box<Stop> {
        self.overflow_error("math range error")
    }
}

/// A function of one number: NaN from a number is a domain error, infinity from a finite number a range error if the
/// function can overflow, else a domain error (`math_1`).
pub(super) fn one(cx: &mut Cx<'_>, args: &Args<'_>, f: fn(f64) -> f64, can_overflow: bool) -> NativeResult {
    let x = cx.float_of(args.get(0))?;
    let r = f(x);
    if r.is_nan() && !x.is_nan() {
        return Err(cx.domain_error());
    }
    if r.is_infinite() && x.is_finite() {
        return Err(if can_overflow { cx.range_error() } else { cx.domain_error() });
    }
    Ok(Value::Float(r))
}

/// A function of two numbers that is wrong only where its result is NaN or infinite (`math_2`).
pub(super) fn two(cx: &mut Cx<'_>, args: &Args<'_>, f: fn(f64, f64) -> f64) -> NativeResult {
    let (x, y) = (cx.float_of(args.get(0))?, cx.float_of(args.get(1))?);
    let r = f(x, y);
    if r.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(cx.domain_error());
    }
    if r.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(cx.range_error());
    }
    Ok(Value::Float(r))
}

/// A function that has no errors.
pub(super) fn plain(cx: &mut Cx<'_>, args: &Args<'_>, f: fn(f64) -> f64) -> NativeResult {
    Ok(Value::Float(f(cx.float_of(args.get(0))?)))
}

/// A question about a number.
pub(super) fn test(cx: &mut Cx<'_>, args: &Args<'_>, f: fn(f64) -> bool) -> NativeResult {
    Ok(Value::Bool(f(cx.float_of(args.get(0))?)))
}

/// `fmod` of C.
pub(super) fn c_fmod(x: f64, y: f64) -> f64 {
    if y.is_infinite() && x.is_finite() { x } else { x % y }
}

/// The IEEE 754 remainder (`m_remainder`).
pub(super) fn c_remainder(x: f64, y: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if y.is_nan() {
        return y;
    }
    if x.is_infinite() || y == 0.0 {
        return f64::NAN;
    }
    if y.is_infinite() {
        return x;
    }
    let (abs_x, abs_y) = (x.abs(), y.abs());
    let m = abs_x % abs_y;
    let c = abs_y - m;
    let r = if m < c {
        m
    } else if m > c {
        -c
    } else {
        m - 2.0 * ((0.5 * (abs_x - m)) % abs_y)
    };
    r * 1f64.copysign(x)
}

/// The distance to the next float away from zero.
pub(super) fn ulp_of(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    let x = x.abs();
    if x.is_infinite() {
        return x;
    }
    let above = x.next_up();
    if above.is_infinite() { x - x.next_down() } else { above - x }
}

/// A float rounded to an integer, an integer as it is, or what `method` says; at last the value as a float.
fn rounded(cx: &mut Cx<'_>, v: Value, method: &str, f: fn(f64) -> f64) -> NativeResult {
    if let Value::Float(x) = v {
        return to_int(cx, f(x));
    }
    if let Some(int) = cx.as_int_value(v).filter(|int| *int == v) {
        return Ok(int);
    }
    let method = cx.vm.heap.intern(method);
    if let Some(result) = cx.call_special(v, method, &[])? {
        return Ok(result);
    }
    let x = cx.float_of(v)?;
    to_int(cx, f(x))
}

fn to_int(cx: &mut Cx<'_>, x: f64) -> NativeResult {
    match float_to_int(x) {
        Ok(int) => Ok(cx.from_int(int)),
        Err(error) => Err(cx.text_error(error)),
    }
}

/// `math.floor(x)`
pub(super) fn floor(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    rounded(cx, args.get(0), "__floor__", f64::floor)
}

/// `math.ceil(x)`
pub(super) fn ceil(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    rounded(cx, args.get(0), "__ceil__", f64::ceil)
}

/// `math.trunc(x)`
pub(super) fn trunc(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if let Value::Float(x) = args.get(0) {
        return to_int(cx, x.trunc());
    }
    match cx.call_special(args.get(0), name::TRUNC, &[])? {
        Some(result) => Ok(result),
        None => {
            let kind = cx.type_name(args.get(0));
            Err(cx.type_error(format!("type {kind} doesn't define __trunc__ method")))
        }
    }
}

/// `math.fma(x, y, z)`
pub(super) fn fma(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (x, y, z) = (cx.float_of(args.get(0))?, cx.float_of(args.get(1))?, cx.float_of(args.get(2))?);
    let r = x.mul_add(y, z);
    if r.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
        return Err(cx.value_error("invalid operation in fma"));
    }
    if r.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(cx.overflow_error("overflow in fma"));
    }
    Ok(Value::Float(r))
}

/// `math.frexp(x)`
pub(super) fn frexp(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let x = cx.float_of(args.get(0))?;
    let (mantissa, exponent) = if x == 0.0 || !x.is_finite() { (x, 0) } else { libm::frexp(x) };
    Ok(cx.new_tuple(vec![Value::Float(mantissa), Value::Int(i64::from(exponent))]))
}

/// `math.modf(x)`
pub(super) fn modf(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let x = cx.float_of(args.get(0))?;
    let (fraction, whole) = if x.is_infinite() { (0f64.copysign(x), x) } else { (x.fract().copysign(x), x.trunc()) };
    Ok(cx.new_tuple(vec![Value::Float(fraction), Value::Float(whole)]))
}

/// `math.ldexp(x, i)`
pub(super) fn ldexp(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let x = cx.float_of(args.get(0))?;
    let Some(exponent) = cx.as_int_value(args.get(1)) else {
        return Err(cx.type_error("Expected an int as second argument to ldexp."));
    };
    if x == 0.0 || !x.is_finite() {
        return Ok(Value::Float(x));
    }
    let r = match i32::try_from(cx.clamped(exponent)) {
        Ok(exponent) => libm::ldexp(x, exponent),
        Err(_) if cx.clamped(exponent) > 0 => f64::INFINITY,
        Err(_) => 0f64.copysign(x),
    };
    if r.is_infinite() { Err(cx.range_error()) } else { Ok(Value::Float(r)) }
}

/// A logarithm of a float or of an integer of any size (`loghelper`).
pub(super) fn logarithm(cx: &mut Cx<'_>, v: Value, f: fn(f64) -> f64) -> NativeResult {
    let inner = cx.vm.heap.unwrap_payload(v);
    if let Some(Object::BigInt(n)) = cx.object(inner) {
        let n = (**n).clone();
        return match n.is_positive() {
            true => Ok(Value::Float(log_of_big(&n, f))),
            false => Err(cx.domain_error()),
        };
    }
    let x = cx.float_of(v)?;
    if x.is_nan() || x == f64::INFINITY {
        return Ok(Value::Float(x));
    }
    if x <= 0.0 {
        return Err(cx.domain_error());
    }
    Ok(Value::Float(f(x)))
}

/// The logarithm of a positive integer beyond the floats too: mantissa and exponent apart.
fn log_of_big(n: &BigInt, f: fn(f64) -> f64) -> f64 {
    match n.to_f64().filter(|x| x.is_finite()) {
        Some(x) => f(x),
        None => {
            let exponent = n.bits();
            // 64 bits of the top, the last of them sticky, round to the mantissa that CPython takes.
            let top = n >> (exponent - 64);
            let sticky = (&top << (exponent - 64)) != *n;
            let top = top.to_u64().unwrap_or(u64::MAX) | u64::from(sticky);
            let mantissa = top as f64 / 18_446_744_073_709_551_616.0;
            f(mantissa) + f(2.0) * exponent as f64
        }
    }
}

/// `math.log(x[, base])`
pub(super) fn log(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let number = logarithm(cx, args.get(0), f64::ln)?;
    let Some(base) = args.given(1) else { return Ok(number) };
    let base = logarithm(cx, base, f64::ln)?;
    cx.binary(crate::code::BinaryOperator::TrueDivide, number, base)
}

/// `math.pow(x, y)`
pub(super) fn pow(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (x, y) = (cx.float_of(args.get(0))?, cx.float_of(args.get(1))?);
    let r = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if r.is_nan() || (r.is_infinite() && x == 0.0) {
            return Err(cx.domain_error());
        }
        if r.is_infinite() {
            return Err(cx.range_error());
        }
    }
    Ok(Value::Float(r))
}

/// `math.isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)`
pub(super) fn isclose(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (a, b) = (cx.float_of(args.get(0))?, cx.float_of(args.get(1))?);
    let relative = args.given(2).map_or(Ok(1e-9), |v| cx.float_of(v))?;
    let absolute = args.given(3).map_or(Ok(0.0), |v| cx.float_of(v))?;
    if relative < 0.0 || absolute < 0.0 {
        return Err(cx.value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(Value::Bool(true));
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Value::Bool(false));
    }
    let difference = (b - a).abs();
    let close = difference <= (relative * b).abs() || difference <= (relative * a).abs() || difference <= absolute;
    Ok(Value::Bool(close))
}

/// `math.nextafter(x, y, /, *, steps=None)`
pub(super) fn nextafter(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let total = args.len() + args.kw.len();
    if total > 3 {
        return Err(cx.type_error(format!("nextafter() takes at most 3 arguments ({total} given)")));
    }
    if args.len() != 2 {
        let given = args.len();
        return Err(cx.type_error(format!("nextafter() takes exactly 2 positional arguments ({given} given)")));
    }
    let mut steps = Value::None;
    for (keyword, value) in args.kw {
        let text = cx.vm.heap.name(*keyword);
        if text != "steps" {
            let text = format!("nextafter() got an unexpected keyword argument '{text}'");
            return Err(cx.type_error(text));
        }
        steps = *value;
    }
    let (x, y) = (cx.float_of(args.get(0))?, cx.float_of(args.get(1))?);
    if steps.is_none() {
        return Ok(Value::Float(step_towards(x, y, 1)));
    }
    let steps = cx.index_value(steps)?;
    match u64::try_from(cx.clamped(steps)) {
        Ok(steps) => Ok(Value::Float(step_towards(x, y, steps))),
        Err(_) => Err(cx.value_error("steps must be a non-negative integer")),
    }
}

/// So many floats from `x` towards `y`, never beyond it.
fn step_towards(x: f64, y: f64, steps: u64) -> f64 {
    if steps == 0 {
        return x;
    }
    if x.is_nan() {
        return x;
    }
    if y.is_nan() || x == y {
        return y;
    }
    let (from, to) = (ordinal(x), ordinal(y));
    let distance = i128::from(steps).min((to - from).abs());
    let at = if to > from { from + distance } else { from - distance };
    if at == to { y } else { from_ordinal(at, x) }
}

/// Floats in order as integers, both zeros at 0.
fn ordinal(x: f64) -> i128 {
    let magnitude = i128::from(x.to_bits() & (u64::MAX >> 1));
    if x.is_sign_negative() { -magnitude } else { magnitude }
}

/// The float at an ordinal; zero gets the sign of `like`.
fn from_ordinal(at: i128, like: f64) -> f64 {
    let magnitude = f64::from_bits(at.unsigned_abs() as u64);
    match at {
        0 => magnitude.copysign(like),
        at if at < 0 => -magnitude,
        _ => magnitude,
    }
}
