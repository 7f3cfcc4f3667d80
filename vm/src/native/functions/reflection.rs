//! Builtin functions about attributes, classes, namespaces and code: `getattr`, `isinstance`, `globals`, `exec`, …

use crate::code::SlotKind;
use crate::compile::{Mode, compile};
use crate::names::name;
use crate::native::registry::ModuleTable;
use crate::native::types::object::attr_name;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, function};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::source::{Diagnostic, Flavour, SourceFile, codes};
use crate::value::{CodeId, ObjId, Value};
use std::sync::Arc;

/// The second part of the `builtins` module.
pub const TABLE: ModuleTable = ModuleTable { name: "builtins", functions: FUNCTIONS, fill: |_, _| {} };

const FUNCTIONS: &[NativeDef] = &[
    function("getattr", Sig::Positional(2, 3), getattr),
    function("setattr", Sig::Positional(3, 3), setattr),
    function("delattr", Sig::Positional(2, 2), delattr),
    function("hasattr", Sig::Positional(2, 2), hasattr),
    function("isinstance", Sig::Positional(2, 2), |cx, a| cx.isinstance(a.get(0), a.get(1)).map(Value::Bool)),
    function("issubclass", Sig::Positional(2, 2), |cx, a| cx.issubclass(a.get(0), a.get(1)).map(Value::Bool)),
    function("globals", Sig::NoArgs, globals),
    function("locals", Sig::NoArgs, locals),
    function("vars", Sig::Positional(0, 1), vars),
    function("dir", Sig::Positional(0, 1), dir),
    function("eval", Sig::Named(&["source", "globals", "locals"], 1, 3), eval),
    function("exec", Sig::Named(&["source", "globals", "locals"], 1, 3), exec),
    function(
        "compile",
        Sig::Named(&["source", "filename", "mode", "flags", "dont_inherit", "optimize"], 3, 6),
        compile_text,
    ),
    function("__import__", Sig::Named(&["name", "globals", "locals", "fromlist", "level"], 1, 5), import),
    function("__build_class__", Sig::Raw, build_class),
];

fn getattr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let attr = attr_name(cx, args.get(1))?;
    match args.given(2) {
        None => cx.getattr(args.get(0), attr),
        Some(default) => Ok(cx.getattr_or_none(args.get(0), attr)?.unwrap_or(default)),
    }
}

fn setattr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let attr = attr_name(cx, args.get(1))?;
    cx.setattr(args.get(0), attr, args.get(2)).map(|()| Value::None)
}

fn delattr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let attr = attr_name(cx, args.get(1))?;
    cx.delattr(args.get(0), attr).map(|()| Value::None)
}

fn hasattr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let attr = attr_name(cx, args.get(1))?;
    Ok(Value::Bool(cx.getattr_or_none(args.get(0), attr)?.is_some()))
}

fn globals(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(cx.thread.frames.last().map_or(Value::None, |frame| Value::Obj(frame.globals)))
}

fn locals(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(cx.local_namespace())
}

impl Cx<'_> {
    /// `locals()`: the namespace of a module or class body itself, a snapshot of a function's variables.
    fn local_namespace(&mut self) -> Value {
        let Some(frame) = self.thread.frames.last() else { return Value::None };
        if frame.namespace.is_some() {
            return frame.namespace.value();
        }
        let loaded = Arc::clone(&self.vm.codes[frame.code.0 as usize]);
        let dict = self.vm.heap.new_dict();
        for (i, (slot, kind)) in loaded.slots.iter().zip(&loaded.code.slot_kinds).enumerate() {
            let value = match self.thread.stack[frame.base as usize + i] {
                Value::Obj(id) if *kind != SlotKind::Local => match self.vm.heap.get(id) {
                    Object::Cell(inner) => *inner,
                    _ => Value::Obj(id),
                },
                other => other,
            };
            if value.is_bound() && *kind != SlotKind::Hidden {
                self.vm.heap.dict_set_name(dict, *slot, value);
            }
        }
        Value::Obj(dict)
    }
}

fn vars(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(object) = args.given(0) else { return Ok(cx.local_namespace()) };
    match cx.getattr_or_none(object, name::DICT)? {
        Some(dict) => Ok(dict),
        None => Err(cx.type_error("vars() argument must have __dict__ attribute")),
    }
}

fn dir(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let names = match args.given(0) {
        None => {
            let namespace = cx.local_namespace();
            cx.iterate(namespace)?
        }
        Some(object) => {
            let method = cx.lookup_special(object, name::DIR).expect("object has __dir__");
            let list = cx.call_found(method, object, &[])?;
            cx.iterate(list)?
        }
    };
    let mut texts: Vec<String> = names.into_iter().filter_map(|n| cx.as_str(n).map(str::to_owned)).collect();
    texts.sort();
    let list = texts.iter().map(|text| Value::Obj(cx.vm.heap.intern(text))).collect();
    Ok(cx.new_list(list))
}

fn eval(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    run_text(cx, args, Mode::Eval, "eval")
}

fn exec(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    run_text(cx, args, Mode::Module, "exec")
}

fn run_text(cx: &mut Cx<'_>, args: &Args<'_>, mode: Mode, who: &str) -> NativeResult {
    let (globals, namespace) = namespaces(cx, args, mode)?;
    let code = match cx.object(args.get(0)) {
        Some(Object::Code(id)) => *id,
        _ => match cx.as_str(args.get(0)).map(str::to_owned) {
            Some(text) => {
                let text = if mode == Mode::Eval { text.trim_start_matches([' ', '\t']).to_owned() } else { text };
                load_text(cx, &text, "<string>", mode)?
            }
            None => return Err(cx.type_error(format!("{who}() arg 1 must be a string, bytes or code object"))),
        },
    };
    let code = Value::Obj(cx.heap().alloc(Object::Code(code)));
    let function = cx.vm.make_function(code, globals);
    Err(Box::new(Stop::Exec { function, namespace }))
}

/// Globals (a dict) and locals (a mapping) for `eval` and `exec`.
fn namespaces(cx: &mut Cx<'_>, args: &Args<'_>, mode: Mode) -> Result<(ObjId, ObjId), Box<Stop>> {
    let given = |i: usize| args.given(i).filter(|v| !v.is_none());
    if let Some(message) = unfit_namespaces(cx, given(1), given(2), mode) {
        return Err(cx.type_error(message));
    }
    let current = || cx.thread.frames.last().map_or(Value::None, |frame| Value::Obj(frame.globals));
    let globals = given(1).unwrap_or_else(current);
    let namespace = match (given(2), given(1)) {
        (Some(locals), _) => locals,
        (None, Some(globals)) => globals,
        (None, None) => cx.local_namespace(),
    };
    let (Value::Obj(id), Value::Obj(namespace)) = (globals, namespace) else {
        return Err(cx.runtime_error("no current frame"));
    };
    if cx.vm.heap.dict_get_name(id, name::BUILTINS).is_none() {
        let builtins = cx.vm.heap.dict_get_name(cx.vm.modules, name::BUILTINS_MODULE).unwrap_or(Value::None);
        cx.heap().dict_set_name(id, name::BUILTINS, builtins);
    }
    Ok((id, namespace))
}

/// What CPython says of namespaces that are none: `eval` looks at the locals first, `exec` at the globals.
fn unfit_namespaces(cx: &Cx<'_>, globals: Option<Value>, locals: Option<Value>, mode: Mode) -> Option<String> {
    let is_mapping = |value: Value| cx.lookup_special(value, name::GETITEM).is_some();
    let globals = globals.filter(|value| !matches!(cx.object(*value), Some(Object::Dict(_))));
    let locals = locals.filter(|value| !is_mapping(*value));
    match (mode, globals, locals) {
        (_, None, None) => None,
        (Mode::Eval, _, Some(_)) => Some("locals must be a mapping".to_owned()),
        (Mode::Eval, Some(globals), None) if is_mapping(globals) => {
            Some("globals must be a real dict; try eval(expr, {}, mapping)".to_owned())
        }
        (Mode::Eval, Some(_), None) => Some("globals must be a dict".to_owned()),
        (_, Some(globals), _) => Some(format!("exec() globals must be a dict, not {}", cx.type_name(globals))),
        (_, None, Some(locals)) => Some(format!("locals must be a mapping or None, not {}", cx.type_name(locals))),
    }
}

/// Compiles text that the program made.
fn load_text(cx: &mut Cx<'_>, text: &str, path: &str, mode: Mode) -> Result<CodeId, Box<Stop>> {
    let file = Arc::new(SourceFile::new("__main__", path, text, Flavour::User));
    let rules = cx.vm.config.rules.clone();
    match compile(&file, mode, &rules) {
        Ok(code) => Ok(cx.vm.load_code(&code)),
        Err(problems) => Err(syntax_error(cx, &file, &problems)),
    }
}

fn syntax_error(cx: &mut Cx<'_>, file: &SourceFile, problems: &[Diagnostic]) -> Box<Stop> {
    let Some(problem) = problems.first() else { return cx.raise(c::SYNTAX_ERROR, "invalid syntax") };
    let [line, offset, end_line, end_offset] = problem.cpython_place(file);
    let message = cx.vm.heap.new_str(problem.message.as_str());
    let path = cx.vm.heap.new_str(&*file.path);
    let text = cx.vm.heap.new_str(format!("{}\n", file.line_text(line as u32)));
    let place = vec![path, Value::Int(line), Value::Int(offset), text, Value::Int(end_line), Value::Int(end_offset)];
    let place = cx.new_tuple(place);
    let class = match problem.code {
        codes::INDENTATION => c::INDENTATION_ERROR,
        codes::TAB => c::TAB_ERROR,
        _ => c::SYNTAX_ERROR,
    };
    match cx.raise_with(class, vec![message, place]) {
        stop if matches!(*stop, Stop::Raise(_)) => {
            if let Stop::Raise(exception) = *stop {
                cx.default_fields(exception, class, &[message, place]);
            }
            stop
        }
        stop => stop,
    }
}

fn compile_text(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(text) = cx.as_str(args.get(0)).map(str::to_owned) else {
        return Err(cx.type_error("compile() arg 1 must be a string, bytes or AST object"));
    };
    let path = cx.as_str(args.get(1)).unwrap_or("<string>").to_owned();
    let mode = match cx.as_str(args.get(2)) {
        Some("exec") => Mode::Module,
        Some("eval") => Mode::Eval,
        Some("single") => Mode::Single,
        _ => return Err(cx.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    let code = load_text(cx, &text, &path, mode)?;
    Ok(Value::Obj(cx.heap().alloc(Object::Code(code))))
}

fn import(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let globals = args.given(1).unwrap_or(Value::None);
    let fromlist = args.given(3).unwrap_or(Value::None);
    let level = args.given(4).unwrap_or(Value::Int(0));
    let all = [args.get(0), globals, fromlist, level];
    (crate::interp::import::IMPORT.run)(cx, &Args { pos: &all, kw: &[] })
}

fn build_class(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let callee = cx.vm.prelude("build_class");
    Err(Box::new(Stop::TailCall { callee, args: args.pos.to_vec(), kwargs: args.kw.to_vec() }))
}
