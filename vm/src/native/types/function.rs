//! Functions, methods, static and class methods, cells, code objects; calls with `*args` and `**kwargs`; unpacking.

use crate::code::CodeFlags;
use crate::names::name;
use crate::native::registry::{TypeTable, native};
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Stop, constructor, function, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::function::Function;
use crate::value::{ObjId, Value};

/// `function`
pub const FUNCTION: TypeTable = TypeTable {
    class: c::FUNCTION,
    methods: &[method("__get__", Sig::Positional(1, 2), get), method("__call__", Sig::Raw, call)],
    getsets: FUNCTION_GETSETS,
};
/// `method`
pub const METHOD: TypeTable = TypeTable {
    class: c::METHOD,
    methods: &[constructor(Sig::Positional(2, 2), new_method), method("__call__", Sig::Raw, call)],
    getsets: &[
        GetSetDef { name: "__func__", get: |cx, a| Ok(bound_parts(cx, a.get(0)).0), set: None },
        GetSetDef { name: "__self__", get: |cx, a| Ok(bound_parts(cx, a.get(0)).1), set: None },
        GetSetDef {
            name: "__name__",
            get: |cx, a| {
                let f = bound_parts(cx, a.get(0)).0;
                cx.getattr(f, name::NAME)
            },
            set: None,
        },
        GetSetDef {
            name: "__qualname__",
            get: |cx, a| {
                let f = bound_parts(cx, a.get(0)).0;
                cx.getattr(f, name::QUALNAME)
            },
            set: None,
        },
        GetSetDef {
            name: "__doc__",
            get: |cx, a| {
                let f = bound_parts(cx, a.get(0)).0;
                cx.getattr(f, name::DOC)
            },
            set: None,
        },
    ],
};
/// `builtin_function_or_method`: functions of modules, and methods bound to an object
pub const BUILTIN: TypeTable = TypeTable {
    class: c::BUILTIN_FUNCTION,
    methods: &[method("__call__", Sig::Raw, call)],
    getsets: &[
        GetSetDef { name: "__name__", get: native_name, set: None },
        GetSetDef { name: "__qualname__", get: native_qualname, set: None },
        GetSetDef { name: "__self__", get: native_self, set: None },
        GetSetDef { name: "__module__", get: native_module, set: None },
        GetSetDef { name: "__doc__", get: |_, _| Ok(Value::None), set: None },
    ],
};
/// Methods of builtin types, not bound
pub const DESCRIPTOR: TypeTable = TypeTable {
    class: c::METHOD_DESCRIPTOR,
    methods: &[method("__get__", Sig::Positional(1, 2), get), method("__call__", Sig::Raw, call)],
    getsets: &[
        GetSetDef { name: "__name__", get: native_name, set: None },
        GetSetDef { name: "__qualname__", get: native_qualname, set: None },
        GetSetDef { name: "__doc__", get: |_, _| Ok(Value::None), set: None },
    ],
};
/// Special methods of builtin types, not bound
pub const WRAPPER: TypeTable = TypeTable {
    class: c::WRAPPER_DESCRIPTOR,
    methods: &[method("__get__", Sig::Positional(1, 2), get), method("__call__", Sig::Raw, call)],
    getsets: DESCRIPTOR.getsets,
};
/// `staticmethod`
pub const STATIC: TypeTable = TypeTable {
    class: c::STATICMETHOD,
    methods: &[
        constructor(Sig::One, |cx, a| Ok(Value::Obj(cx.heap().alloc(Object::StaticMethod(a.get(1)))))),
        method("__get__", Sig::Positional(1, 2), get),
    ],
    getsets: WRAPPING_GETSETS,
};
/// `classmethod`
pub const CLASS: TypeTable = TypeTable {
    class: c::CLASSMETHOD,
    methods: &[
        constructor(Sig::One, |cx, a| Ok(Value::Obj(cx.heap().alloc(Object::ClassMethod(a.get(1)))))),
        method("__get__", Sig::Positional(1, 2), get),
    ],
    getsets: WRAPPING_GETSETS,
};
/// `cell`
pub const CELL: TypeTable = TypeTable {
    class: c::CELL,
    methods: &[],
    getsets: &[GetSetDef { name: "cell_contents", get: cell_contents, set: Some(set_cell_contents) }],
};

const WRAPPING_GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "__func__", get: |cx, a| Ok(wrapped(cx, a.get(0))), set: None },
    GetSetDef { name: "__wrapped__", get: |cx, a| Ok(wrapped(cx, a.get(0))), set: None },
    GetSetDef {
        name: "__name__",
        get: |cx, a| {
            let f = wrapped(cx, a.get(0));
            cx.getattr(f, name::NAME)
        },
        set: None,
    },
    GetSetDef {
        name: "__doc__",
        get: |cx, a| {
            let f = wrapped(cx, a.get(0));
            cx.getattr(f, name::DOC)
        },
        set: None,
    },
    GetSetDef {
        name: "__isabstractmethod__",
        get: |cx, a| {
            let f = wrapped(cx, a.get(0));
            Ok(cx.getattr_or_none(f, name::ISABSTRACT)?.unwrap_or(Value::Bool(false)))
        },
        set: None,
    },
];

const FUNCTION_GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "__name__", get: |cx, a| Ok(data(cx, a).name), set: Some(|cx, a| set_text(cx, a, "__name__")) },
    GetSetDef {
        name: "__qualname__",
        get: |cx, a| Ok(data(cx, a).qualname),
        set: Some(|cx, a| set_text(cx, a, "__qualname__")),
    },
    GetSetDef {
        name: "__module__",
        get: |cx, a| Ok(data(cx, a).module),
        set: Some(|cx, a| edit(cx, a, |f, v| f.module = v)),
    },
    GetSetDef { name: "__doc__", get: |cx, a| Ok(data(cx, a).doc), set: Some(|cx, a| edit(cx, a, |f, v| f.doc = v)) },
    GetSetDef { name: "__code__", get: get_code, set: None },
    GetSetDef { name: "__globals__", get: |cx, a| Ok(Value::Obj(data(cx, a).globals)), set: None },
    GetSetDef { name: "__defaults__", get: get_defaults, set: Some(set_defaults) },
    GetSetDef {
        name: "__kwdefaults__",
        get: |cx, a| Ok(data(cx, a).kw_defaults),
        set: Some(|cx, a| edit(cx, a, |f, v| f.kw_defaults = v)),
    },
    GetSetDef { name: "__closure__", get: get_closure, set: None },
    GetSetDef {
        name: "__annotations__",
        get: get_annotations,
        set: Some(|cx, a| edit(cx, a, |f, v| f.annotations = v)),
    },
    GetSetDef { name: "__type_params__", get: get_type_params, set: Some(set_type_params) },
];

fn function_id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a function")
}

fn data<'a>(cx: &'a Cx<'_>, args: &Args<'_>) -> &'a Function {
    cx.vm.heap.function(function_id(args))
}

fn edit(cx: &mut Cx<'_>, args: &Args<'_>, change: fn(&mut Function, Value)) -> NativeResult {
    if let Object::Function(function) = cx.heap().get_mut(function_id(args)) {
        let value = args.get(1);
        change(function, if value.is_bound() { value } else { Value::None });
    }
    Ok(Value::None)
}

fn set_text(cx: &mut Cx<'_>, args: &Args<'_>, which: &str) -> NativeResult {
    if cx.as_str(args.get(1)).is_none() {
        return Err(cx.type_error(format!("{which} must be set to a string object")));
    }
    match which {
        "__name__" => edit(cx, args, |f, v| f.name = v),
        _ => edit(cx, args, |f, v| f.qualname = v),
    }
}

fn get_code(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let code = data(cx, args).code;
    Ok(Value::Obj(cx.heap().alloc(Object::Code(code))))
}

fn get_defaults(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let defaults = data(cx, args).defaults.to_vec();
    Ok(if defaults.is_empty() { Value::None } else { cx.new_tuple(defaults) })
}

fn set_defaults(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items: Box<[Value]> = cx.vm.heap.tuple(args.get(1)).unwrap_or_default().into();
    if let Object::Function(function) = cx.heap().get_mut(function_id(args)) {
        function.defaults = items;
    }
    Ok(Value::None)
}

fn get_closure(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let cells: Vec<Value> = data(cx, args).closure.iter().map(|id| Value::Obj(*id)).collect();
    Ok(if cells.is_empty() { Value::None } else { cx.new_tuple(cells) })
}

fn get_annotations(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let known = data(cx, args).annotations;
    if known.is_bound() {
        return Ok(known);
    }
    let dict = Value::Obj(cx.heap().new_dict());
    edit(cx, &Args { pos: &[args.get(0), dict], kw: &[] }, |f, v| f.annotations = v)?;
    Ok(dict)
}

fn get_type_params(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let params = data(cx, args).type_params;
    Ok(if params.is_bound() { params } else { cx.vm.empty_tuple })
}

fn set_type_params(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if cx.vm.heap.tuple(args.get(1)).is_none() {
        return Err(cx.type_error("__type_params__ must be set to a tuple"));
    }
    edit(cx, args, |f, v| f.type_params = v)
}

/// `function.__get__(object, class)`
fn get(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let object = if args.get(1).is_none() && args.len() > 2 { Value::Unbound } else { args.get(1) };
    let class = args.given(2).unwrap_or_else(|| Value::Obj(cx.vm.heap.class_of(args.get(1))));
    cx.descriptor_get(args.get(0), object, class)
}

/// `f.__call__(…)`
fn call(_cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Err(Box::new(Stop::TailCall { callee: args.get(0), args: args.pos[1..].to_vec(), kwargs: args.kw.to_vec() }))
}

fn new_method(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.get(2).is_none() {
        return Err(cx.type_error("instance must not be None"));
    }
    Ok(cx.vm.bind_method(args.get(1), args.get(2)))
}

fn bound_parts(cx: &Cx<'_>, value: Value) -> (Value, Value) {
    match cx.object(value) {
        Some(Object::BoundMethod(function, object)) => (*function, *object),
        _ => (value, Value::None),
    }
}

fn wrapped(cx: &Cx<'_>, value: Value) -> Value {
    match cx.object(value) {
        Some(Object::StaticMethod(function) | Object::ClassMethod(function)) => *function,
        _ => Value::None,
    }
}

fn native_row(cx: &Cx<'_>, value: Value) -> Option<crate::value::NativeId> {
    match bound_parts(cx, value).0 {
        Value::Native(id) => Some(id),
        _ => None,
    }
}

fn native_name(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = native_row(cx, args.get(0)).map_or("", |id| native(id).def.name);
    Ok(Value::Obj(cx.heap().intern(text)))
}

fn native_qualname(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = native_row(cx, args.get(0)).map_or(String::new(), |id| match native(id).owner {
        Some(owner) => format!("{}.{}", cx.vm.heap.class(owner).name, native(id).def.name),
        None => native(id).def.name.to_owned(),
    });
    Ok(Value::Obj(cx.heap().intern(&text)))
}

fn native_self(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(bound_parts(cx, args.get(0)).1)
}

fn native_module(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match native_row(cx, args.get(0)).and_then(|id| native(id).module) {
        Some(module) => Ok(Value::Obj(cx.heap().intern(module))),
        None => Ok(Value::None),
    }
}

fn cell_contents(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match cx.object(args.get(0)) {
        Some(Object::Cell(value)) if value.is_bound() => Ok(*value),
        _ => Err(cx.value_error("Cell is empty")),
    }
}

fn set_cell_contents(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.vm.set_cell(args.get(0).obj().expect("a cell"), args.get(1));
    Ok(Value::None)
}

/// CALL_FUNCTION_EX: callee, iterable of arguments, dict of keyword arguments or `Unbound`.
pub(crate) static CALL_EX: NativeDef = function("call", Sig::Raw, call_ex);

fn call_ex(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (callee, given, keywords) = (args.get(0), args.get(1), args.get(2));
    if !cx.is_iterable(given) {
        let message =
            format!("{} argument after * must be an iterable, not {}", cx.callee_name(callee), cx.type_name(given));
        return Err(cx.type_error(message));
    }
    let items = cx.iterate(given)?;
    let mut kwargs = Vec::new();
    if let Some(Object::Dict(dict)) = cx.object(keywords) {
        let entries: Vec<(Value, Value)> = dict.iter().map(|e| (e.key, e.value)).collect();
        for (key, value) in entries {
            match cx.as_str(key).map(str::to_owned) {
                Some(text) => kwargs.push((cx.vm.heap.intern(&text), value)),
                None => return Err(cx.type_error("keywords must be strings")),
            }
        }
    }
    Err(Box::new(Stop::TailCall { callee, args: items, kwargs }))
}

impl Cx<'_> {
    /// `module.function()` as CPython's messages show what is called.
    pub fn callee_name(&self, callee: Value) -> String {
        let heap = &self.vm.heap;
        match self.object(callee) {
            Some(Object::Function(f)) => {
                let qualname = heap.str(f.qualname).unwrap_or("?");
                match heap.str(f.module) {
                    Some("builtins") | None => format!("{qualname}()"),
                    Some(module) => format!("{module}.{qualname}()"),
                }
            }
            Some(Object::BoundMethod(f, _)) => self.callee_name(*f),
            _ => match callee {
                Value::Native(id) => format!("{}()", crate::interp::native_calls::native_name(self.vm, id)),
                _ => format!("{} object", heap.type_name(callee)),
            },
        }
    }
}

/// UNPACK_SEQUENCE and UNPACK_EX: iterable, number of items wanted, whether there is a star. Gives a list.
pub(crate) static UNPACK: NativeDef = function("unpack", Sig::Raw, unpack);

fn unpack(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let iterable = args.get(0);
    if !cx.is_iterable(iterable) {
        let message = format!("cannot unpack non-iterable {} object", cx.type_name(iterable));
        return Err(cx.type_error(message));
    }
    if let Value::Bool(false) = args.get(2)
        && let Some(value) = unpack_lazily(cx, iterable, args.get(1))?
    {
        return Ok(value);
    }
    let items = cx.iterate(iterable)?;
    Ok(cx.new_list(items))
}

/// Without a star no more than one item beyond those wanted is taken from an iterator that runs Python code.
fn unpack_lazily(cx: &mut Cx<'_>, iterable: Value, wanted: Value) -> Result<Option<Value>, Box<Stop>> {
    let native = matches!(
        cx.object(cx.vm.heap.unwrap_payload(iterable)),
        Some(
            Object::List(_)
                | Object::Tuple(_)
                | Object::Str(_)
                | Object::Dict(_)
                | Object::Range(..)
                | Object::Iter(_)
                | Object::Set(_)
        )
    );
    let Value::Int(wanted) = wanted else { return Ok(None) };
    if native {
        return Ok(None);
    }
    let take = cx.vm.prelude("take");
    let list = cx.call(take, &[iterable, Value::Int(wanted + 1)])?;
    Ok(Some(list))
}

/// Computed attributes of code objects.
pub const CODE: TypeTable = TypeTable {
    class: c::CODE,
    methods: &[],
    getsets: &[
        GetSetDef { name: "co_name", get: |cx, a| code_text(cx, a, |code| code.name.to_string()), set: None },
        GetSetDef { name: "co_qualname", get: |cx, a| code_text(cx, a, |code| code.qualname.to_string()), set: None },
        GetSetDef { name: "co_filename", get: |cx, a| code_text(cx, a, |code| code.file.path.to_string()), set: None },
        GetSetDef { name: "co_firstlineno", get: |cx, a| code_number(cx, a, |code| code.first_line), set: None },
        GetSetDef { name: "co_argcount", get: |cx, a| code_number(cx, a, |code| code.argcount), set: None },
        GetSetDef { name: "co_posonlyargcount", get: |cx, a| code_number(cx, a, |code| code.posonly_count), set: None },
        GetSetDef { name: "co_kwonlyargcount", get: |cx, a| code_number(cx, a, |code| code.kwonly_count), set: None },
        GetSetDef { name: "co_nlocals", get: |cx, a| code_number(cx, a, |code| code.varnames.len() as u32), set: None },
        GetSetDef { name: "co_stacksize", get: |cx, a| code_number(cx, a, |code| code.stack_size), set: None },
        GetSetDef { name: "co_flags", get: |cx, a| code_number(cx, a, |code| code.flags.python()), set: None },
        GetSetDef { name: "co_varnames", get: |cx, a| code_names(cx, a, |code| code.varnames.clone()), set: None },
        GetSetDef { name: "co_names", get: |cx, a| code_names(cx, a, |code| code.names.clone()), set: None },
        GetSetDef { name: "co_consts", get: code_consts, set: None },
        GetSetDef { name: "co_cellvars", get: |cx, a| code_names(cx, a, |code| code.cellvars.clone()), set: None },
        GetSetDef { name: "co_freevars", get: |cx, a| code_names(cx, a, |code| code.freevars.clone()), set: None },
    ],
};

type Code = crate::code::Code;

fn code_of(cx: &Cx<'_>, args: &Args<'_>) -> std::sync::Arc<Code> {
    match cx.object(args.get(0)) {
        Some(Object::Code(id)) => std::sync::Arc::clone(&cx.vm.codes[id.0 as usize].code),
        _ => unreachable!("a getter of code objects"),
    }
}

fn code_text(cx: &mut Cx<'_>, args: &Args<'_>, get: fn(&Code) -> String) -> NativeResult {
    let text = get(&code_of(cx, args));
    Ok(cx.new_str(text))
}

fn code_number(cx: &mut Cx<'_>, args: &Args<'_>, get: fn(&Code) -> u32) -> NativeResult {
    Ok(Value::Int(i64::from(get(&code_of(cx, args)))))
}

fn code_names(cx: &mut Cx<'_>, args: &Args<'_>, get: fn(&Code) -> Vec<std::sync::Arc<str>>) -> NativeResult {
    let names = get(&code_of(cx, args));
    let values = names.iter().map(|n| Value::Obj(cx.vm.heap.intern(n))).collect();
    Ok(cx.new_tuple(values))
}

fn code_consts(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(Object::Code(id)) = cx.object(args.get(0)) else { unreachable!("a getter of code objects") };
    let consts = cx.vm.codes[id.0 as usize].consts.to_vec();
    Ok(cx.new_tuple(consts))
}

/// Whether a function is a generator function.
pub fn is_generator_function(cx: &Cx<'_>, value: Value) -> bool {
    match cx.object(value) {
        Some(Object::Function(f)) => cx.vm.codes[f.code.0 as usize].code.flags.contains(CodeFlags::GENERATOR),
        _ => false,
    }
}
