//! Modules, tracebacks, frames as programs see them.

use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeResult, Sig, constructor};
use crate::object::builtin::class_id as c;
use crate::object::exception::Traceback;
use crate::object::{FrameView, Object};
use crate::value::Value;

/// `module`
pub const MODULE: TypeTable =
    TypeTable { class: c::MODULE, methods: &[constructor(Sig::Named(&["name", "doc"], 1, 2), new)], getsets: &[] };
/// `traceback`
pub const TRACEBACK: TypeTable = TypeTable {
    class: c::TRACEBACK,
    methods: &[],
    getsets: &[
        GetSetDef { name: "tb_next", get: |cx, a| Ok(entry(cx, a).next), set: Some(set_next) },
        GetSetDef { name: "tb_lineno", get: line, set: None },
        GetSetDef { name: "tb_lasti", get: |cx, a| Ok(Value::Int(2 * i64::from(entry(cx, a).instruction))), set: None },
        GetSetDef { name: "tb_frame", get: frame_of, set: None },
    ],
};
/// `frame`
pub const FRAME: TypeTable = TypeTable {
    class: c::FRAME,
    methods: &[],
    getsets: &[
        GetSetDef { name: "f_lineno", get: |cx, a| Ok(Value::Int(i64::from(view(cx, a).line))), set: None },
        GetSetDef { name: "f_back", get: |cx, a| Ok(view(cx, a).back), set: None },
        GetSetDef { name: "f_globals", get: |cx, a| Ok(Value::Obj(view(cx, a).globals)), set: None },
        GetSetDef { name: "f_code", get: code, set: None },
    ],
};

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if cx.as_str(args.get(1)).is_none() {
        let message = format!("module() argument 'name' must be str, not {}", cx.type_name(args.get(1)));
        return Err(cx.type_error(message));
    }
    let namespace = cx.heap().new_dict();
    let doc = args.given(2).unwrap_or(Value::None);
    for (key, value) in [
        (name::NAME, args.get(1)),
        (name::DOC, doc),
        (name::PACKAGE, Value::None),
        (name::LOADER, Value::None),
        (name::SPEC, Value::None),
    ] {
        cx.heap().dict_set_name(namespace, key, value);
    }
    Ok(Value::Obj(cx.heap().alloc(Object::Module(namespace))))
}

fn entry<'a>(cx: &'a Cx<'_>, args: &Args<'_>) -> &'a Traceback {
    match cx.object(args.get(0)) {
        Some(Object::Traceback(entry)) => entry,
        _ => unreachable!("a getter of tracebacks"),
    }
}

fn view<'a>(cx: &'a Cx<'_>, args: &Args<'_>) -> &'a FrameView {
    match cx.object(args.get(0)) {
        Some(Object::FrameView(view)) => view,
        _ => unreachable!("a getter of frames"),
    }
}

fn set_next(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let value = args.get(1);
    if let Object::Traceback(entry) = cx.heap().get_mut(args.get(0).obj().expect("a traceback")) {
        entry.next = value;
    }
    Ok(Value::None)
}

fn line(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let entry = entry(cx, args);
    let line = cx.vm.codes[entry.code.0 as usize].code.line(entry.instruction as usize);
    Ok(line.map_or(Value::None, |line| Value::Int(i64::from(line))))
}

fn frame_of(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let entry = entry(cx, args).clone();
    let line = cx.vm.codes[entry.code.0 as usize].code.line(entry.instruction as usize).unwrap_or(0);
    let view = FrameView { code: entry.code, line, globals: entry.globals, back: Value::None };
    Ok(Value::Obj(cx.heap().alloc(Object::FrameView(Box::new(view)))))
}

fn code(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let code = view(cx, args).code;
    Ok(Value::Obj(cx.heap().alloc(Object::Code(code))))
}
