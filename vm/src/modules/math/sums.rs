//! Sums, products and norms with extra precision: `fsum`, `prod`, `sumprod`, `hypot`, `dist`.
//!
//! `fsum` keeps exact partial sums (Shewchuk); `hypot`, `dist` and `sumprod` work with pairs and triples of floats (Dekker,
//! Knuth), in the order of operations of CPython, so that the last bit is the same.

use crate::code::BinaryOperator;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::value::Value;

/// The sum and its rounding error, for any two floats.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let x = a + b;
    let z = x - a;
    (x, (a - (x - z)) + (b - z))
}

/// The sum and its rounding error where `|a| >= |b|`.
fn fast_two_sum(a: f64, b: f64) -> (f64, f64) {
    let x = a + b;
    (x, (a - x) + b)
}

/// The product and its rounding error.
fn two_product(x: f64, y: f64) -> (f64, f64) {
    let z = x * y;
    (z, x.mul_add(y, -z))
}

/// `math.fsum(seq)`
pub(super) fn fsum(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items = cx.iterate(args.get(0))?;
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinite) = (0.0, 0.0);
    for item in items {
        let given = cx.float_of(item)?;
        let mut x = given;
        let mut kept = 0;
        for j in 0..partials.len() {
            let mut y = partials[j];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let (high, low) = fast_two_sum(x, y);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x != 0.0 {
            if x.is_finite() {
                partials.push(x);
            } else {
                if given.is_finite() {
                    return Err(cx.overflow_error("intermediate overflow in fsum"));
                }
                if given.is_infinite() {
                    infinite += given;
                }
                special += given;
                partials.clear();
            }
        }
    }
    if special != 0.0 {
        if f64::is_nan(infinite) {
            return Err(cx.value_error("-inf + inf in fsum"));
        }
        return Ok(Value::Float(special));
    }
    Ok(Value::Float(round_partials(&partials)))
}

/// The float nearest to the exact sum of partial sums in increasing order, ties to even.
fn round_partials(partials: &[f64]) -> f64 {
    let Some((last, rest)) = partials.split_last() else { return 0.0 };
    let (mut high, mut low) = (*last, 0.0);
    let mut left = rest.len();
    while left > 0 {
        left -= 1;
        (high, low) = fast_two_sum(high, rest[left]);
        if low != 0.0 {
            break;
        }
    }
    // Halfway cases are decided by the sign of what follows.
    if left > 0 && ((low < 0.0 && rest[left - 1] < 0.0) || (low > 0.0 && rest[left - 1] > 0.0)) {
        let doubled = low * 2.0;
        let x = high + doubled;
        if doubled == x - high {
            return x;
        }
    }
    high
}

/// `math.prod(iterable, /, *, start=1)`
pub(super) fn prod(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let total = args.len() + args.kw.len();
    if total > 2 {
        return Err(cx.type_error(format!("prod() takes at most 2 arguments ({total} given)")));
    }
    if args.len() != 1 {
        let given = args.len();
        return Err(cx.type_error(format!("prod() takes exactly 1 positional argument ({given} given)")));
    }
    let mut result = Value::Int(1);
    for (keyword, value) in args.kw {
        let text = cx.vm.heap.name(*keyword);
        if text != "start" {
            let text = format!("prod() got an unexpected keyword argument '{text}'");
            return Err(cx.type_error(text));
        }
        result = *value;
    }
    for item in cx.iterate(args.get(0))? {
        result = cx.binary(BinaryOperator::Multiply, result, item)?;
    }
    Ok(result)
}

/// `math.hypot(*coordinates)`
pub(super) fn hypot(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let mut coordinates = Vec::with_capacity(args.len());
    for v in args.pos {
        coordinates.push(cx.float_of(*v)?.abs());
    }
    Ok(Value::Float(norm(coordinates)))
}

/// `math.dist(p, q)`
pub(super) fn dist(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (p, q) = (point(cx, args.get(0))?, point(cx, args.get(1))?);
    if p.len() != q.len() {
        return Err(cx.value_error("both points must have the same number of dimensions"));
    }
    let mut differences = Vec::with_capacity(p.len());
    for (a, b) in p.into_iter().zip(q) {
        let (a, b) = (cx.float_of(a)?, cx.float_of(b)?);
        differences.push((a - b).abs());
    }
    Ok(Value::Float(norm(differences)))
}

fn point(cx: &mut Cx<'_>, v: Value) -> Result<Vec<Value>, Box<Stop>> {
    match cx.vm.heap.tuple(v) {
        Some(items) => Ok(items.to_vec()),
        None => cx.iterate(v),
    }
}

/// The Euclidean norm of non-negative numbers (`vector_norm`).
fn norm(mut vector: Vec<f64>) -> f64 {
    let found_nan = vector.iter().any(|x| x.is_nan());
    let max = vector.iter().copied().fold(0.0, f64::max);
    if max.is_infinite() {
        return max;
    }
    if found_nan {
        return f64::NAN;
    }
    if max == 0.0 || vector.len() <= 1 {
        return max;
    }
    let (_, exponent) = libm::frexp(max);
    if exponent < -1023 {
        vector.iter_mut().for_each(|x| *x /= f64::MIN_POSITIVE);
        return f64::MIN_POSITIVE * norm(vector);
    }
    let scale = libm::ldexp(1.0, -exponent);
    let (mut sum, mut lost_in_products, mut lost_in_sums) = (1.0, 0.0, 0.0);
    let mut add = |product: (f64, f64), sum: &mut f64| {
        let (high, low) = fast_two_sum(*sum, product.0);
        *sum = high;
        lost_in_products += product.1;
        lost_in_sums += low;
        *sum - 1.0 + (lost_in_products + lost_in_sums)
    };
    let mut squares = 0.0;
    for x in vector {
        let x = x * scale;
        squares = add(two_product(x, x), &mut sum);
    }
    // One step of Newton's method makes up for the rounding of the root.
    let root = squares.sqrt();
    let rest = add(two_product(-root, root), &mut sum);
    (root + rest / (2.0 * root)) / scale
}

/// A sum of products of floats in three parts.
#[derive(Clone, Copy, Default)]
struct Triple {
    high: f64,
    low: f64,
    tiny: f64,
}

impl Triple {
    fn plus_product(self, x: f64, y: f64) -> Triple {
        let product = two_product(x, y);
        let sum = two_sum(self.high, product.0);
        let first = two_sum(self.low, product.1);
        let second = two_sum(first.0, sum.1);
        Triple { high: sum.0, low: second.0, tiny: self.tiny + first.1 + second.1 }
    }

    fn value(self) -> f64 {
        let last = two_sum(self.low, self.high);
        self.tiny + last.1 + last.0
    }
}

/// `math.sumprod(p, q)`: runs of integers and runs of floats are summed exactly or nearly so, the rest by plain arithmetic.
pub(super) fn sumprod(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (p, q) = (cx.iterate(args.get(0))?, cx.iterate(args.get(1))?);
    if p.len() != q.len() {
        return Err(cx.value_error("Inputs are not the same length"));
    }
    let mut total = Value::Int(0);
    let mut floats: Option<Triple> = None;
    for (a, b) in p.into_iter().zip(q) {
        if let Some((x, y)) = float_pair(a, b) {
            let sum = floats.unwrap_or_default().plus_product(x, y);
            if sum.value().is_finite() {
                floats = Some(sum);
                continue;
            }
        }
        total = settle(cx, total, floats.take())?;
        let product = cx.binary(BinaryOperator::Multiply, a, b)?;
        total = cx.binary(BinaryOperator::Add, total, product)?;
    }
    settle(cx, total, floats)
}

fn settle(cx: &mut Cx<'_>, total: Value, floats: Option<Triple>) -> NativeResult {
    match floats {
        Some(sum) => cx.binary(BinaryOperator::Add, total, Value::Float(sum.value())),
        None => Ok(total),
    }
}

/// Two floats, or a float and a small integer, as floats.
fn float_pair(a: Value, b: Value) -> Option<(f64, f64)> {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => Some((x, y)),
        (Value::Float(x), Value::Int(y)) => Some((x, y as f64)),
        (Value::Int(x), Value::Float(y)) => Some((x as f64, y)),
        (Value::Float(x), Value::Bool(y)) => Some((x, f64::from(u8::from(y)))),
        (Value::Bool(x), Value::Float(y)) => Some((f64::from(u8::from(x)), y)),
        _ => None,
    }
}
