//! `types.GenericAlias` (`list[int]`) and `types.UnionType` (`int | str`).

use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeResult, Sig, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::Value;

/// `types.GenericAlias`
pub const ALIAS: TypeTable = TypeTable {
    class: c::GENERIC_ALIAS,
    methods: &[
        constructor(Sig::Positional(2, 2), new),
        method("__mro_entries__", Sig::One, mro_entries),
        method("__getitem__", Sig::One, |cx, a| {
            let origin = parts(cx, a).0;
            Ok(cx.new_generic_alias(origin, a.get(1)))
        }),
        method("__or__", Sig::One, |cx, a| cx.union_of(a.get(0), a.get(1))),
        method("__ror__", Sig::One, |cx, a| cx.union_of(a.get(1), a.get(0))),
    ],
    getsets: &[
        GetSetDef { name: "__origin__", get: |cx, a| Ok(parts(cx, a).0), set: None },
        GetSetDef { name: "__args__", get: |cx, a| Ok(parts(cx, a).1), set: None },
        GetSetDef { name: "__parameters__", get: |cx, _| Ok(cx.vm.empty_tuple), set: None },
    ],
};
/// `types.UnionType`
pub const UNION: TypeTable = TypeTable {
    class: c::UNION_TYPE,
    methods: &[
        method("__or__", Sig::One, |cx, a| cx.union_of(a.get(0), a.get(1))),
        method("__ror__", Sig::One, |cx, a| cx.union_of(a.get(1), a.get(0))),
    ],
    getsets: &[GetSetDef { name: "__args__", get: union_args, set: None }],
};

fn parts(cx: &Cx<'_>, args: &Args<'_>) -> (Value, Value) {
    match cx.object(cx.vm.heap.unwrap_payload(args.get(0))) {
        Some(Object::GenericAlias(origin, parameters)) => (*origin, *parameters),
        _ => (Value::None, cx.vm.empty_tuple),
    }
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let parameters = match cx.vm.heap.tuple(args.get(2)) {
        Some(_) => args.get(2),
        None => cx.new_tuple(vec![args.get(2)]),
    };
    Ok(Value::Obj(cx.heap().alloc(Object::GenericAlias(args.get(1), parameters))))
}

fn mro_entries(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let origin = parts(cx, args).0;
    Ok(cx.new_tuple(vec![origin]))
}

fn union_args(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match cx.object(args.get(0)) {
        Some(Object::Union(members)) => Ok(Value::Obj(*members)),
        _ => Ok(cx.vm.empty_tuple),
    }
}
