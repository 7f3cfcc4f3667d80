//! `range` and `slice` (Objects/rangeobject.c, sliceobject.c).
//!
//! Ranges hold 64-bit numbers; wider ones are refused with OverflowError (COMPATIBILITY.md).

use super::wrappers as w;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Stop, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::compare::{equal, range_len};
use crate::object::iter::Iter;
use crate::text::slice::slice_indices;
use crate::value::Value;

/// `range`
pub const TABLE: TypeTable = TypeTable { class: c::RANGE, methods: METHODS, getsets: GETSETS };
/// `slice`
pub const SLICE: TypeTable = TypeTable { class: c::SLICE, methods: SLICE_METHODS, getsets: SLICE_GETSETS };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("count", Sig::One, count),
    method("index", Sig::One, index),
    method("__reversed__", Sig::NoArgs, |cx, args| cx.range_reversed(args.get(0))),
    method("__bool__", Sig::NoArgs, |cx, args| Ok(Value::Bool(cx.range_count(args.get(0)) > 0))),
    w::LEN,
    w::ITER,
    w::CONTAINS,
    w::GETITEM,
    w::REPR,
    w::HASH,
    w::EQ,
    w::NE,
    w::LT,
    w::LE,
    w::GT,
    w::GE,
];

const GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "start", get: |cx, args| Ok(Value::Int(parts(cx, args.get(0)).0)), set: None },
    GetSetDef { name: "stop", get: |cx, args| Ok(Value::Int(parts(cx, args.get(0)).1)), set: None },
    GetSetDef { name: "step", get: |cx, args| Ok(Value::Int(parts(cx, args.get(0)).2)), set: None },
];

fn parts(cx: &Cx<'_>, range: Value) -> (i64, i64, i64) {
    match cx.object(range) {
        Some(Object::Range(start, stop, step)) => (*start, *stop, *step),
        _ => unreachable!("a method of range gets one"),
    }
}

/// The values a class is called with; range and slice take 1 to 3, by position only.
fn one_to_three<'a>(cx: &mut Cx<'_>, args: &'a Args<'_>, name: &str) -> Result<&'a [Value], Box<Stop>> {
    let given = &args.pos[1..];
    if !args.kw.is_empty() {
        return Err(cx.type_error(format!("{name}() takes no keyword arguments")));
    }
    match given.len() {
        0 => Err(cx.type_error(format!("{name} expected at least 1 argument, got 0"))),
        1..=3 => Ok(given),
        n => Err(cx.type_error(format!("{name} expected at most 3 arguments, got {n}"))),
    }
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let given = one_to_three(cx, args, "range")?;
    let (start, stop, step) = match *given {
        [stop] => (0, cx.range_bound(stop)?, 1),
        [start, stop] => (cx.range_bound(start)?, cx.range_bound(stop)?, 1),
        _ => (cx.range_bound(given[0])?, cx.range_bound(given[1])?, cx.range_bound(given[2])?),
    };
    if step == 0 {
        return Err(cx.value_error("range() arg 3 must not be zero"));
    }
    Ok(cx.new_range(start, stop, step))
}

impl Cx<'_> {
    fn range_bound(&mut self, v: Value) -> Result<i64, Box<Stop>> {
        match self.index_value(v)? {
            Value::Int(i) => Ok(i),
            _ => Err(self.overflow_error("range() with numbers of more than 64 bits is not supported")),
        }
    }

    /// A new range.
    pub fn new_range(&mut self, start: i64, stop: i64, step: i64) -> Value {
        Value::Obj(self.vm.heap.alloc(Object::Range(start, stop, step)))
    }

    /// Number of values in a range object.
    pub fn range_count(&self, range: Value) -> u64 {
        let (start, stop, step) = parts(self, range);
        range_len(start, stop, step)
    }

    /// `reversed(range)`
    pub fn range_reversed(&mut self, range: Value) -> NativeResult {
        let (start, _, step) = parts(self, range);
        let left = self.range_count(range);
        let last = i128::from(start) + (i128::from(left) - 1) * i128::from(step);
        let next = if left == 0 { start } else { last as i64 };
        Ok(self.new_iter(Iter::Range { next, step: step.wrapping_neg(), left }))
    }

    /// The index of an integer in a range.
    pub fn range_position(&self, range: Value, n: i64) -> Option<u64> {
        let (start, _, step) = parts(self, range);
        let distance = i128::from(n) - i128::from(start);
        let at = distance / i128::from(step);
        (distance % i128::from(step) == 0 && at >= 0 && at < i128::from(self.range_count(range))).then_some(at as u64)
    }

    /// `range[slice]`
    ///
    /// # Errors
    /// `OverflowError` for a result beyond 64 bits.
    pub fn range_slice(&mut self, range: Value, start: Option<i64>, stop: Option<i64>, step: i64) -> NativeResult {
        let (first, _, old_step) = parts(self, range);
        let len = usize::try_from(self.range_count(range)).unwrap_or(usize::MAX);
        let fitted = slice_indices(start, stop, step, len);
        let at = |i: i64| i128::from(first) + i128::from(i) * i128::from(old_step);
        let bounds = [at(fitted.start), at(fitted.stop), i128::from(old_step) * i128::from(fitted.step)];
        match bounds.map(i64::try_from) {
            [Ok(start), Ok(stop), Ok(step)] => Ok(self.new_range(start, stop, step)),
            _ => Err(self.overflow_error("range() with numbers of more than 64 bits is not supported")),
        }
    }

    /// The integer that is looked for in a range without comparing item by item: an exact int or bool.
    fn exact_int(&self, v: Value) -> Option<Option<i64>> {
        match v {
            Value::Int(i) => Some(Some(i)),
            Value::Bool(b) => Some(Some(i64::from(b))),
            _ => matches!(self.object(v), Some(Object::BigInt(_))).then_some(None),
        }
    }
}

fn count(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if let Some(int) = cx.exact_int(args.get(1)) {
        let found = int.and_then(|n| cx.range_position(args.get(0), n));
        return Ok(Value::Int(i64::from(found.is_some())));
    }
    let mut n = 0;
    for item in cx.iterate(args.get(0))? {
        if cx.eq(item, args.get(1))? {
            n += 1;
        }
    }
    Ok(Value::Int(n))
}

fn index(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if let Some(int) = cx.exact_int(args.get(1)) {
        return match int.and_then(|n| cx.range_position(args.get(0), n)) {
            Some(at) => Ok(Value::Int(at as i64)),
            None => {
                let shown = cx.repr(args.get(1))?;
                Err(cx.value_error(format!("{shown} is not in range")))
            }
        };
    }
    for (at, item) in cx.iterate(args.get(0))?.into_iter().enumerate() {
        if cx.eq(item, args.get(1))? {
            return Ok(Value::Int(at as i64));
        }
    }
    Err(cx.value_error("sequence.index(x): x not in sequence"))
}

const SLICE_METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new_slice),
    method("indices", Sig::One, indices),
    w::REPR,
    w::HASH,
    w::EQ,
    w::NE,
    w::LT,
    w::LE,
    w::GT,
    w::GE,
];

const SLICE_GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "start", get: |cx, args| Ok(slice_parts(cx, args.get(0))[0]), set: None },
    GetSetDef { name: "stop", get: |cx, args| Ok(slice_parts(cx, args.get(0))[1]), set: None },
    GetSetDef { name: "step", get: |cx, args| Ok(slice_parts(cx, args.get(0))[2]), set: None },
];

fn slice_parts(cx: &Cx<'_>, v: Value) -> [Value; 3] {
    match cx.object(v) {
        Some(Object::Slice(parts)) => **parts,
        _ => unreachable!("a method of slice gets one"),
    }
}

fn new_slice(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let parts = match *one_to_three(cx, args, "slice")? {
        [stop] => [Value::None, stop, Value::None],
        [start, stop] => [start, stop, Value::None],
        [start, stop, step, ..] => [start, stop, step],
        [] => [Value::None; 3],
    };
    Ok(Value::Obj(cx.vm.heap.alloc(Object::Slice(Box::new(parts)))))
}

fn indices(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let len = cx.index_value(args.get(1))?;
    let len = cx.clamped(len);
    let parts = slice_parts(cx, args.get(0));
    let mut bounds = [None; 3];
    for i in [2, 0, 1] {
        if !parts[i].is_none() {
            bounds[i] = Some(cx.slice_part(parts[i])?);
            if i == 2 && bounds[2] == Some(0) {
                return Err(cx.value_error("slice step cannot be zero"));
            }
        }
    }
    if len < 0 {
        return Err(cx.value_error("length should not be negative"));
    }
    let fitted = slice_indices(bounds[0], bounds[1], bounds[2].unwrap_or(1), len as usize);
    Ok(cx.new_tuple(vec![Value::Int(fitted.start), Value::Int(fitted.stop), Value::Int(fitted.step)]))
}

impl Cx<'_> {
    fn slice_part(&mut self, v: Value) -> Result<i64, Box<Stop>> {
        if !self.has_index(v) {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        let int = self.index_value(v)?;
        Ok(self.clamped(int))
    }

    /// `v in range`: arithmetic for exact integers, comparison with each value otherwise.
    ///
    /// # Errors
    /// Those of `__eq__`.
    pub fn range_contains(&mut self, range: Value, v: Value) -> Result<bool, Box<Stop>> {
        if let Some(int) = self.exact_int(v) {
            return Ok(int.is_some_and(|n| self.range_position(range, n).is_some()));
        }
        if let Value::Float(f) = v {
            let whole = f.fract() == 0.0 && (-9.2e18..9.2e18).contains(&f);
            return Ok(whole && self.range_position(range, f as i64).is_some());
        }
        let (start, _, step) = parts(self, range);
        if equal(&self.vm.heap, Value::Int(start), v) == Some(false)
            && !matches!(self.object(v), Some(Object::Complex(..)))
        {
            // Nothing that is no number is equal to an integer, unless Python code says so.
            return Ok(false);
        }
        for i in 0..self.range_count(range) as i64 {
            if self.eq(Value::Int(start + i * step), v)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
