//! `memoryview` over bytes and bytearrays: one dimension, format `B`, step 1 (`Objects/memoryobject.c`).
//!
//! A slice with another step and a cast to another format raise NotImplementedError. A bytearray can be resized under a view,
//! where CPython refuses.

use super::bytes_methods as m;
use super::number_methods as n;
use super::text_args as t;
use super::wrappers as w;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Stop, constructor, method};
use crate::object::builtin::class_id as c;
use crate::object::{MemoryView, Object};
use crate::value::Value;

/// `memoryview`
pub const TABLE: TypeTable = TypeTable { class: c::MEMORYVIEW, methods: METHODS, getsets: GETSETS };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Named(&["object"], 1, 1), new),
    method("tobytes", Sig::Named(&["order"], 0, 1), |cx, args| {
        let bytes = bytes(cx, args)?;
        cx.reserve(bytes.len())?;
        Ok(cx.new_bytes(bytes))
    }),
    method("tolist", Sig::NoArgs, tolist),
    method("hex", Sig::Named(&["sep", "bytes_per_sep"], 0, 2), |cx, args| {
        view(cx, args)?;
        m::hex(cx, args)
    }),
    method("cast", Sig::Named(&["format", "shape"], 1, 2), cast),
    method("toreadonly", Sig::NoArgs, toreadonly),
    method("release", Sig::NoArgs, release),
    method("__enter__", Sig::NoArgs, |cx, args| view(cx, args).map(|_| args.get(0))),
    method("__exit__", Sig::VarArgs, release),
    method("__len__", Sig::NoArgs, |cx, args| Ok(Value::Int(view(cx, args)?.len as i64))),
    method("__hash__", Sig::NoArgs, hash),
    n::REPR,
    t::EQ,
    t::NE,
    w::ITER,
    w::CONTAINS,
    w::GETITEM,
    w::SETITEM,
    w::DELITEM,
];

const GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "obj", get: |cx, args| Ok(view(cx, args)?.base), set: None },
    GetSetDef { name: "nbytes", get: |cx, args| Ok(Value::Int(view(cx, args)?.len as i64)), set: None },
    GetSetDef { name: "readonly", get: |cx, args| Ok(Value::Bool(view(cx, args)?.readonly)), set: None },
    GetSetDef { name: "itemsize", get: |cx, args| view(cx, args).map(|_| Value::Int(1)), set: None },
    GetSetDef { name: "ndim", get: |cx, args| view(cx, args).map(|_| Value::Int(1)), set: None },
    GetSetDef {
        name: "format",
        get: |cx, args| {
            view(cx, args)?;
            Ok(cx.new_str("B"))
        },
        set: None,
    },
    GetSetDef {
        name: "shape",
        get: |cx, args| {
            let len = view(cx, args)?.len as i64;
            Ok(cx.new_tuple(vec![Value::Int(len)]))
        },
        set: None,
    },
    GetSetDef {
        name: "strides",
        get: |cx, args| {
            view(cx, args)?;
            Ok(cx.new_tuple(vec![Value::Int(1)]))
        },
        set: None,
    },
    GetSetDef {
        name: "suboffsets",
        get: |cx, args| {
            view(cx, args)?;
            Ok(cx.new_tuple(Vec::new()))
        },
        set: None,
    },
    GetSetDef { name: "c_contiguous", get: |cx, args| view(cx, args).map(|_| Value::Bool(true)), set: None },
    GetSetDef { name: "f_contiguous", get: |cx, args| view(cx, args).map(|_| Value::Bool(true)), set: None },
    GetSetDef { name: "contiguous", get: |cx, args| view(cx, args).map(|_| Value::Bool(true)), set: None },
];

/// The view that is the first argument.
fn view(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<MemoryView, Box<Stop>> {
    let Some(Object::MemoryView(view)) = cx.object(args.get(0)) else {
        unreachable!("a method of memoryview gets a memoryview")
    };
    let view = (**view).clone();
    if view.released {
        return Err(cx.value_error("operation forbidden on released memoryview object"));
    }
    Ok(view)
}

fn bytes(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<Vec<u8>, Box<Stop>> {
    view(cx, args)?;
    cx.bytes_arg(args.get(0))
}

fn put(cx: &mut Cx<'_>, view: MemoryView) -> Value {
    Value::Obj(cx.vm.heap.alloc(Object::MemoryView(Box::new(view))))
}

/// `memoryview(object)`
fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let base = args.get(1);
    let inner = cx.vm.heap.unwrap_payload(base);
    let made = match cx.object(inner) {
        Some(Object::Bytes(bytes)) => MemoryView { base, start: 0, len: bytes.len(), readonly: true, released: false },
        Some(Object::ByteArray(bytes)) => {
            MemoryView { base, start: 0, len: bytes.len(), readonly: false, released: false }
        }
        Some(Object::MemoryView(_)) => view(cx, &Args { pos: &[inner], kw: &[] })?,
        _ => {
            let kind = cx.type_name(base);
            return Err(cx.type_error(format!("memoryview: a bytes-like object is required, not '{kind}'")));
        }
    };
    Ok(put(cx, made))
}

fn tolist(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let bytes = bytes(cx, args)?;
    cx.reserve(bytes.len() * size_of::<Value>())?;
    Ok(cx.new_list(bytes.into_iter().map(|byte| Value::Int(i64::from(byte))).collect()))
}

/// `cast(format[, shape])`: to bytes, what the view is already.
fn cast(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let whole = view(cx, args)?;
    let Some(format) = cx.as_str(args.get(1)).map(str::to_owned) else {
        return Err(cx.type_error("format argument must be a string"));
    };
    if args.given(2).is_none() && matches!(format.as_str(), "B" | "@B") {
        return Ok(put(cx, whole));
    }
    let known = matches!(format.trim_start_matches('@').as_bytes(), [ch] if b"cbBhHiIlLqQnNfdP?".contains(ch));
    if !known {
        let message = "memoryview: destination format must be a native single character format prefixed with an \
                       optional '@'";
        return Err(cx.value_error(message));
    }
    let message = format!("gilsim: memoryview.cast to {format:?} is not supported");
    Err(cx.raise(c::NOT_IMPLEMENTED_ERROR, message))
}

fn toreadonly(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let view = view(cx, args)?;
    Ok(put(cx, MemoryView { readonly: true, ..view }))
}

fn release(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if let Value::Obj(id) = args.get(0)
        && let Object::MemoryView(view) = cx.vm.heap.get_mut(id)
    {
        view.released = true;
    }
    Ok(Value::None)
}

fn hash(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if !view(cx, args)?.readonly {
        return Err(cx.value_error("cannot hash writable memoryview object"));
    }
    Ok(Value::Int(cx.hash(args.get(0))?))
}
