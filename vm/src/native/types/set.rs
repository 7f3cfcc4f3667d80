//! `set` and `frozenset` (Objects/setobject.c). The algebra is in `protocol::sets`.

use super::wrappers as w;
use crate::native::protocol::sets::SetOp;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::set::Set;
use crate::value::{ObjId, Value};

/// `set`
pub const TABLE: TypeTable = TypeTable { class: c::SET, methods: METHODS, getsets: &[] };
/// `frozenset`
pub const FROZEN: TypeTable = TypeTable { class: c::FROZENSET, methods: FROZEN_METHODS, getsets: &[] };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("__init__", Sig::Raw, init),
    method("add", Sig::One, add),
    method("clear", Sig::NoArgs, clear),
    method("copy", Sig::NoArgs, copy),
    method("difference", Sig::VarArgs, |cx, args| combined(cx, args, SetOp::Difference)),
    method("difference_update", Sig::VarArgs, |cx, args| changed(cx, args, SetOp::Difference)),
    method("discard", Sig::One, discard),
    method("intersection", Sig::VarArgs, |cx, args| combined(cx, args, SetOp::Intersection)),
    method("intersection_update", Sig::VarArgs, intersection_update),
    method("isdisjoint", Sig::One, isdisjoint),
    method("issubset", Sig::One, issubset),
    method("issuperset", Sig::One, issuperset),
    method("pop", Sig::NoArgs, pop),
    method("remove", Sig::One, remove),
    method("symmetric_difference", Sig::One, |cx, args| combined(cx, args, SetOp::SymmetricDifference)),
    method("symmetric_difference_update", Sig::One, |cx, args| changed(cx, args, SetOp::SymmetricDifference)),
    method("union", Sig::VarArgs, |cx, args| combined(cx, args, SetOp::Union)),
    method("update", Sig::VarArgs, update),
    w::LEN,
    w::ITER,
    w::CONTAINS,
    w::REPR,
    w::EQ,
    w::NE,
    w::LT,
    w::LE,
    w::GT,
    w::GE,
    w::OR,
    w::AND,
    w::SUB,
    w::XOR,
    w::ROR,
    w::RAND,
    w::RSUB,
    w::RXOR,
    w::IOR,
    w::IAND,
    w::ISUB,
    w::IXOR,
    w::CLASS_GETITEM,
];

const FROZEN_METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new_frozen),
    method("copy", Sig::NoArgs, |_, args| Ok(args.get(0))),
    method("difference", Sig::VarArgs, |cx, args| combined(cx, args, SetOp::Difference)),
    method("intersection", Sig::VarArgs, |cx, args| combined(cx, args, SetOp::Intersection)),
    method("isdisjoint", Sig::One, isdisjoint),
    method("issubset", Sig::One, issubset),
    method("issuperset", Sig::One, issuperset),
    method("symmetric_difference", Sig::One, |cx, args| combined(cx, args, SetOp::SymmetricDifference)),
    method("union", Sig::VarArgs, |cx, args| combined(cx, args, SetOp::Union)),
    w::LEN,
    w::ITER,
    w::CONTAINS,
    w::REPR,
    w::HASH,
    w::EQ,
    w::NE,
    w::LT,
    w::LE,
    w::GT,
    w::GE,
    w::OR,
    w::AND,
    w::SUB,
    w::XOR,
    w::ROR,
    w::RAND,
    w::RSUB,
    w::RXOR,
    w::CLASS_GETITEM,
];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a set")
}

/// A copy of the receiver's table, to compute with.
fn table(cx: &Cx<'_>, args: &Args<'_>) -> Set {
    cx.set_table(args.get(0)).cloned().unwrap_or_default()
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.get(0) != Value::Obj(c::SET) {
        return Ok(cx.new_set(Set::default()));
    }
    match cx.one_optional(args, "set")? {
        Some(iterable) => cx.filled_set(iterable),
        None => Ok(cx.new_set(Set::default())),
    }
}

fn new_frozen(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(iterable) = cx.one_optional(args, "frozenset")? else { return Ok(cx.new_frozenset(Set::default())) };
    if matches!(cx.object(iterable), Some(Object::FrozenSet(_))) {
        return Ok(iterable);
    }
    let set = cx.filled_set(iterable)?;
    let table = cx.set_table(set).cloned().unwrap_or_default();
    Ok(cx.new_frozenset(table))
}

fn init(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let table = match cx.one_optional(args, "set")? {
        Some(iterable) => {
            let set = cx.filled_set(iterable)?;
            cx.set_table(set).cloned().unwrap_or_default()
        }
        None => Set::default(),
    };
    cx.set_replace(id(args), table);
    Ok(Value::None)
}

fn add(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.set_add(id(args), args.get(1))?;
    Ok(Value::None)
}

fn clear(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.set_replace(id(args), Set::default());
    Ok(Value::None)
}

fn copy(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let copy = cx.set_table(args.get(0)).map(Set::copy).unwrap_or_default();
    Ok(cx.new_set(copy))
}

/// The named operations with any number of iterables; the result is of the receiver's kind.
fn combined(cx: &mut Cx<'_>, args: &Args<'_>, op: SetOp) -> NativeResult {
    let mut result = table(cx, args);
    if args.len() == 1 {
        result = result.copy();
    }
    for other in &args.pos[1..] {
        result = cx.set_combine(op, &result, *other)?;
    }
    match cx.object(args.get(0)) {
        Some(Object::FrozenSet(_)) => Ok(cx.new_frozenset(result)),
        _ => Ok(cx.new_set(result)),
    }
}

fn changed(cx: &mut Cx<'_>, args: &Args<'_>, op: SetOp) -> NativeResult {
    for other in &args.pos[1..] {
        cx.set_apply(op, id(args), *other)?;
    }
    Ok(Value::None)
}

fn intersection_update(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let mut result = table(cx, args);
    for other in &args.pos[1..] {
        result = cx.set_combine(SetOp::Intersection, &result, *other)?;
    }
    cx.set_replace(id(args), result);
    Ok(Value::None)
}

fn update(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match args.pos[1..] {
        [] => Ok(Value::None),
        [other] => cx.set_update(id(args), other),
        ref others => {
            for other in others {
                cx.set_extend(id(args), *other)?;
            }
            Ok(Value::None)
        }
    }
}

fn discard(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.set_discard(id(args), args.get(1))?;
    Ok(Value::None)
}

fn remove(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if cx.set_discard(id(args), args.get(1))? { Ok(Value::None) } else { Err(cx.key_error(args.get(1))) }
}

fn pop(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Object::Set(set) = cx.vm.heap.get_mut(id(args)) else { unreachable!("a method of set gets one") };
    match set.pop() {
        Some(item) => Ok(item),
        None => {
            let text = cx.new_str("pop from an empty set");
            Err(cx.key_error(text))
        }
    }
}

fn isdisjoint(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let own = table(cx, args);
    Ok(Value::Bool(cx.set_is_disjoint(&own, args.get(1))?))
}

fn issubset(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let own = table(cx, args);
    let other = cx.set_of(args.get(1))?;
    Ok(Value::Bool(cx.set_is_subset(&own, &other)?))
}

fn issuperset(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let own = table(cx, args);
    let other = cx.set_of(args.get(1))?;
    Ok(Value::Bool(cx.set_is_subset(&other, &own)?))
}
