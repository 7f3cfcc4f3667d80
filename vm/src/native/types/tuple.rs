//! `tuple` (Objects/tupleobject.c).

use super::list::fit;
use super::wrappers as w;
use crate::code::BinaryOperator;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::Value;

/// `tuple`
pub const TABLE: TypeTable = TypeTable { class: c::TUPLE, methods: METHODS, getsets: &[] };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("count", Sig::One, count),
    method("index", Sig::Positional(1, 3), index),
    method("__add__", Sig::One, add),
    method("__mul__", Sig::One, mul),
    method("__rmul__", Sig::One, mul),
    method("__getnewargs__", Sig::NoArgs, getnewargs),
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
    w::CLASS_GETITEM,
];

impl Cx<'_> {
    /// The items of a tuple.
    pub fn tuple_items(&self, v: Value) -> &[Value] {
        self.vm.heap.tuple(v).unwrap_or_default()
    }
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(iterable) = cx.one_optional(args, "tuple")? else { return Ok(cx.vm.empty_tuple) };
    if matches!(cx.object(iterable), Some(Object::Tuple(_))) {
        return Ok(iterable);
    }
    let items = cx.iterate(iterable)?;
    Ok(cx.new_tuple(items))
}

fn count(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let mut n = 0;
    for item in cx.tuple_items(args.get(0)).to_vec() {
        if item.is(args.get(1)) || cx.eq(item, args.get(1))? {
            n += 1;
        }
    }
    Ok(Value::Int(n))
}

fn index(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let start = cx.bound_or(args.given(2), 0)?;
    let stop = cx.bound_or(args.given(3), i64::MAX)?;
    let items = cx.tuple_items(args.get(0)).to_vec();
    for at in fit(start, items.len())..fit(stop, items.len()).min(items.len()) {
        if items[at].is(args.get(1)) || cx.eq(items[at], args.get(1))? {
            return Ok(Value::Int(at as i64));
        }
    }
    Err(cx.value_error("tuple.index(x): x not in tuple"))
}

fn add(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let other = cx.vm.heap.unwrap_payload(args.get(1));
    if !matches!(cx.object(other), Some(Object::Tuple(_))) {
        let kind = cx.type_name(other);
        return Err(cx.type_error(format!("can only concatenate tuple (not \"{kind}\") to tuple")));
    }
    cx.binary(BinaryOperator::Add, args.get(0), other)
}

fn mul(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let times = cx.index_value(args.get(1))?;
    cx.binary(BinaryOperator::Multiply, args.get(0), times)
}

fn getnewargs(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(cx.new_tuple(vec![args.get(0)]))
}
