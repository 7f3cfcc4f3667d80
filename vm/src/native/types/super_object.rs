//! `super`

use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, constructor, function};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::Value;

/// The table.
pub const TABLE: TypeTable = TypeTable {
    class: c::SUPER,
    methods: &[constructor(Sig::Positional(0, 2), new)],
    getsets: &[
        GetSetDef { name: "__thisclass__", get: |cx, a| Ok(parts(cx, a).0), set: None },
        GetSetDef { name: "__self__", get: |cx, a| Ok(parts(cx, a).1), set: None },
        GetSetDef { name: "__self_class__", get: |cx, a| Ok(parts(cx, a).2), set: None },
    ],
};

/// LOAD_SUPER_ATTR the long way: super, class, self, name, whether called with arguments.
pub(crate) static SUPER_ATTR: NativeDef = function("super_attr", Sig::Raw, super_attr);

fn parts(cx: &Cx<'_>, args: &Args<'_>) -> (Value, Value, Value) {
    match cx.object(args.get(0)) {
        Some(Object::Super(class, object, of)) => (Value::Obj(*class), *object, Value::Obj(*of)),
        _ => (Value::None, Value::None, Value::None),
    }
}

fn super_attr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let attr = args.get(3).obj().expect("a name");
    let object = if args.get(0) == Value::Obj(c::SUPER) {
        cx.once(|cx| make(cx, args.get(1), args.get(2)))?
    } else if args.get(4) == Value::Bool(true) {
        cx.call(args.get(0), &[args.get(1), args.get(2)])?
    } else {
        cx.call(args.get(0), &[])?
    };
    cx.getattr(object, attr)
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match args.len() {
        1 => implicit(cx),
        2 if cx.vm.as_class(args.get(1)).is_some() => {
            let message = "gilsim: an unbound super object (super() with one argument) is not supported";
            Err(cx.raise(c::NOT_IMPLEMENTED_ERROR, message))
        }
        _ => make(cx, args.get(1), args.get(2)),
    }
}

/// `super()` that was not compiled to LOAD_SUPER_ATTR: class and object from the calling frame.
fn implicit(cx: &mut Cx<'_>) -> NativeResult {
    let Some(frame) = cx.thread.frames.last() else {
        return Err(cx.runtime_error("super(): no current frame"));
    };
    let loaded = std::sync::Arc::clone(&cx.vm.codes[frame.code.0 as usize]);
    let slot = |i: usize| match cx.thread.stack.get(frame.base as usize + i).copied() {
        Some(Value::Obj(id)) => match cx.vm.heap.get(id) {
            Object::Cell(inner) => *inner,
            _ => Value::Obj(id),
        },
        other => other.unwrap_or(Value::Unbound),
    };
    let class_cell = loaded.code.localsplus.iter().position(|n| &**n == "__class__");
    let (object, class) = (slot(0), class_cell.map(slot));
    if loaded.code.argcount == 0 {
        return Err(cx.runtime_error("super(): no arguments"));
    }
    if !object.is_bound() {
        return Err(cx.runtime_error("super(): arg[0] deleted"));
    }
    match class {
        None => Err(cx.runtime_error("super(): __class__ cell not found")),
        Some(class) if !class.is_bound() => Err(cx.runtime_error("super(): empty __class__ cell")),
        Some(class) => make(cx, class, object),
    }
}

fn make(cx: &mut Cx<'_>, class: Value, object: Value) -> NativeResult {
    let Some(class) = cx.vm.as_class(class) else {
        let message = format!("super() argument 1 must be a type, not {}", cx.type_name(class));
        return Err(cx.type_error(message));
    };
    match cx.vm.super_class_of(class, object) {
        Some(of) => Ok(Value::Obj(cx.heap().alloc(Object::Super(class, object, of)))),
        None => {
            let _ = name::SUPER;
            let what = if cx.vm.as_class(object).is_some() { "type" } else { "instance of" };
            let shown = match cx.vm.as_class(object) {
                Some(other) => cx.vm.heap.class(other).name.to_string(),
                None => cx.type_name(object),
            };
            let class = &cx.vm.heap.class(class).name;
            let message =
                format!("super(type, obj): obj ({what} {shown}) is not an instance or subtype of type ({class}).");
            Err(cx.type_error(message))
        }
    }
}
