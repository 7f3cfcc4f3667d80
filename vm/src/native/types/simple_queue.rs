//! `_queue.SimpleQueue` (Modules/_queuemodule.c).

use super::wrappers as w;
use crate::effect::{Effect, Wait};
use crate::native::protocol::convert::Rounding;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Then, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::sync::SimpleQueue;
use crate::value::{ObjId, Value};

/// `_queue.SimpleQueue`
pub const TABLE: TypeTable = TypeTable { class: c::SIMPLE_QUEUE, methods: METHODS, getsets: &[] };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("put", Sig::Named(&["item", "block", "timeout"], 1, 3), put),
    method("put_nowait", Sig::Named(&["item"], 1, 1), put),
    method("get", Sig::Named(&["block", "timeout"], 0, 2), get),
    method("get_nowait", Sig::NoArgs, |cx, args| take(cx, args, Wait::No)),
    method("empty", Sig::NoArgs, |cx, args| Ok(Value::Bool(cx.vm.simple_queue(id(args)).items.is_empty()))),
    method("qsize", Sig::NoArgs, |cx, args| Ok(Value::Int(cx.vm.simple_queue(id(args)).items.len() as i64))),
    w::CLASS_GETITEM,
];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a simple queue")
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.len() > 1 {
        return Err(cx.type_error("SimpleQueue() takes no positional arguments"));
    }
    if !args.kw.is_empty() {
        return Err(cx.type_error("SimpleQueue() takes no keyword arguments"));
    }
    Ok(Value::Obj(cx.vm.heap.alloc(Object::SimpleQueue(Box::<SimpleQueue>::default()))))
}

/// `put(item, block=True, timeout=None)`: never blocks, the other arguments are ignored.
fn put(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.effect(Effect::QueuePut { queue: id(args), item: args.get(1) }, Then::Return(Value::None))
}

fn get(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let block = match args.given(1) {
        Some(v) => cx.truth(v)?,
        None => true,
    };
    let wait = match args.given(2) {
        _ if !block => Wait::No,
        None | Some(Value::None) => Wait::Forever,
        Some(v) => match u64::try_from(cx.nanoseconds(v, Rounding::Up)?) {
            Ok(ns) => Wait::AtMost(ns.div_ceil(1000) * 1000),
            Err(_) => return Err(cx.value_error("'timeout' must be a non-negative number")),
        },
    };
    take(cx, args, wait)
}

fn take(cx: &mut Cx<'_>, args: &Args<'_>, wait: Wait) -> NativeResult {
    cx.effect(Effect::QueueGet { queue: id(args), wait }, Then::EmptyOnTimeout)
}
