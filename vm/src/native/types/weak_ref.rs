//! `weakref.ref` (Objects/weakrefobject.c).
//!
//! When an object has ended (`interp::destroy`), its references give None and their callbacks are called. All references to one object without a callback are the same.

use crate::native::registry::{ModuleTable, TypeTable};
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, constructor, function, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};

/// `weakref.ref`
pub const TABLE: TypeTable = TypeTable { class: c::WEAKREF, methods: METHODS, getsets: GETSETS };

/// `_weakrefs`: what `vm/lib/_weakref.py` needs from the machine.
pub const MODULE: ModuleTable = ModuleTable {
    name: "_weakrefs",
    functions: &[
        function("getweakrefcount", Sig::One, |cx, args| Ok(Value::Int(references(cx, args.get(0)).len() as i64))),
        function("getweakrefs", Sig::One, |cx, args| {
            let found = references(cx, args.get(0));
            Ok(cx.new_list(found))
        }),
        function("check", Sig::One, check),
    ],
    fill: |vm, namespace| {
        let name = vm.heap.intern("ref");
        vm.heap.dict_set_name(namespace, name, Value::Obj(c::WEAKREF));
    },
};

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("__init__", Sig::Raw, |_, _| Ok(Value::None)),
    method("__call__", Sig::NoArgs, |cx, args| Ok(target(cx, args.get(0)))),
    method("__eq__", Sig::One, eq),
    method("__hash__", Sig::NoArgs, hash),
    method("__repr__", Sig::NoArgs, repr),
    super::wrappers::CLASS_GETITEM,
];

const GETSETS: &[GetSetDef] = &[GetSetDef { name: "__callback__", get: callback, set: None }];

fn target(cx: &Cx<'_>, v: Value) -> Value {
    match cx.object(v) {
        Some(Object::WeakRef(target, _)) => *target,
        _ => Value::None,
    }
}

fn callback(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match cx.object(args.get(0)) {
        Some(Object::WeakRef(Value::Obj(_), callback)) => Ok(*callback),
        _ => Ok(Value::None),
    }
}

impl Cx<'_> {
    /// Whether weak references to an object are possible.
    fn is_weakly_referable(&self, v: Value) -> bool {
        match self.object(v) {
            Some(Object::Instance(instance)) => !matches!(
                self.vm.heap.class(instance.class).layout,
                crate::object::class::Layout::Value(c::INT | c::TUPLE | c::STR | c::BYTES)
            ),
            Some(object) => matches!(
                object,
                Object::Function(_)
                    | Object::BoundMethod(..)
                    | Object::Class(_)
                    | Object::Module(_)
                    | Object::Set(_)
                    | Object::FrozenSet(_)
                    | Object::Deque(_)
                    | Object::Generator(_)
                    | Object::Exception(_)
                    | Object::Lock(_)
                    | Object::SimpleQueue(_)
                    | Object::Code(_)
            ),
            None => matches!(v, Value::Native(_)),
        }
    }
}

/// Raises TypeError for an object that cannot be referred to weakly.
fn check(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if cx.is_weakly_referable(args.get(0)) {
        return Ok(Value::None);
    }
    let kind = cx.type_name(args.get(0));
    Err(cx.type_error(format!("cannot create weak reference to '{kind}' object")))
}

/// `ref(object[, callback])`
fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let given = args.len() - 1;
    if given == 0 {
        return Err(cx.type_error("ref expected at least 1 argument, got 0"));
    }
    if given > 2 {
        return Err(cx.type_error(format!("ref expected at most 2 arguments, got {given}")));
    }
    check(cx, &Args { pos: &args.pos[1..2], kw: &[] })?;
    let callback = args.given(2).unwrap_or(Value::None);
    let target = args.get(1).obj().filter(|_| callback.is_none() && args.get(0) == Value::Obj(c::WEAKREF));
    if let Some(known) = target.and_then(|target| cx.vm.heap.weak_refs.get(&target)) {
        return Ok(Value::Obj(*known));
    }
    let reference = cx.vm.heap.alloc(Object::WeakRef(args.get(1), callback));
    if let Some(target) = target {
        cx.vm.heap.set_weak_ref(target, reference);
    }
    if let Value::Obj(target) = args.get(1) {
        cx.vm.heap.watch_reference(target, reference);
    }
    Ok(Value::Obj(reference))
}

fn eq(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let other = cx.vm.heap.unwrap_payload(args.get(1));
    if !matches!(cx.object(other), Some(Object::WeakRef(..))) {
        return Ok(Value::NotImplemented);
    }
    match (target(cx, args.get(0)), target(cx, other)) {
        (Value::None, _) | (_, Value::None) => Ok(Value::Bool(args.get(0) == other)),
        (a, b) => Ok(Value::Bool(cx.is_or_eq(a, b)?)),
    }
}

fn hash(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match target(cx, args.get(0)) {
        Value::None => Err(cx.type_error("weak object has gone away")),
        alive => Ok(Value::Int(cx.hash(alive)?)),
    }
}

fn repr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let address = args.get(0).obj().map_or(0, ObjId::address);
    let text = match target(cx, args.get(0)) {
        Value::Obj(id) => {
            let kind = cx.type_name(Value::Obj(id));
            format!("<weakref at {address:#x}; to '{kind}' at {:#x}>", id.address())
        }
        _ => format!("<weakref at {address:#x}; dead>"),
    };
    Ok(cx.new_str(text))
}

/// The living references to an object.
fn references(cx: &Cx<'_>, to: Value) -> Vec<Value> {
    let heap = &cx.vm.heap;
    let all = (0..heap.capacity() as u32).map(ObjId);
    all.filter(|id| matches!(heap.get(*id), Object::WeakRef(target, _) if *target == to)).map(Value::Obj).collect()
}
