//! `iter`, `next`, `len` (Python/bltinmodule.c).

use crate::names::name;
use crate::native::{Args, Cx, NativeResult, Resume, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::Value;

/// `len(obj)`
pub(super) fn len(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match i64::try_from(cx.len(args.get(0))?) {
        Ok(len) => Ok(Value::Int(len)),
        Err(_) => Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// `iter(iterable)`, `iter(callable, sentinel)`
pub(super) fn iter(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match args.given(1) {
        None => cx.iter(args.get(0)),
        Some(_) if !cx.is_callable(args.get(0)) => Err(cx.type_error("iter(v, w): v must be callable")),
        Some(sentinel) => cx.tail_prelude("iter_sentinel", &[args.get(0), sentinel]),
    }
}

/// `next(iterator)`, `next(iterator, default)`
pub(super) fn next(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (iterator, default) = (args.get(0), args.given(1));
    let end = |cx: &mut Cx<'_>| default.ok_or_else(|| cx.stop_iteration());
    match (cx.object(iterator), iterator) {
        (Some(Object::Iter(_)), Value::Obj(id)) => match cx.next_native(id)? {
            Some(item) => return Ok(item),
            None => return end(cx),
        },
        (Some(Object::Generator(_)), Value::Obj(generator)) if default.is_none() => {
            return Err(Box::new(Stop::Resume { generator, how: Resume::Send(Value::None) }));
        }
        _ => {}
    }
    let Some(function) = cx.lookup_special(iterator, name::NEXT).filter(|f| !f.is_none()) else {
        let kind = cx.type_name(iterator);
        return Err(cx.type_error(format!("'{kind}' object is not an iterator")));
    };
    match default {
        None => cx.tail_call(function, &[iterator]),
        Some(default) => Ok(cx.call_catching(function, &[iterator], c::STOP_ITERATION)?.unwrap_or(default)),
    }
}
