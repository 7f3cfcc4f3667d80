//! `_gilsim`: what the library in Python needs from the machine and CPython's library gets from C.

use crate::code::Const;
use crate::code::library::LocaleLook;
use crate::compile::{Mode, compile};
use crate::effect::{Effect, Stream};
use crate::heap::watch::Request;
use crate::interp::Vm;
use crate::native::registry::ModuleTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, Then, function};
use crate::object::Object;
use crate::object::builtin::{BUILTIN_CLASSES, class_id as c};
use crate::object::sync::HandleState;
use crate::source::{Flavour, SourceFile};
use crate::value::{ObjId, Value};
use std::sync::Arc;

/// The module.
pub const TABLE: ModuleTable = ModuleTable { name: "_gilsim", functions: FUNCTIONS, fill };

const FUNCTIONS: &[NativeDef] = &[
    function("exec_body", Sig::Positional(2, 2), exec_body),
    function("format_exception", Sig::One, format_exception),
    function("format_ignored", Sig::One, format_ignored),
    function("format_exception_only", Sig::One, format_exception_only),
    function("report_uncaught", Sig::Positional(2, 2), report_uncaught),
    function("report_thread_died", Sig::Positional(2, 2), report_thread_died),
    function("sort_natively", Sig::Positional(3, 3), sort_natively),
    function("set_type_name", Sig::Positional(2, 2), set_type_name),
    function("thread_is_alive", Sig::One, thread_is_alive),
    function("mark", Sig::One, mark),
    function("new_waiter_lock", Sig::NoArgs, |cx, _| Ok(cx.new_waiter_lock())),
    function("name_thread", Sig::Positional(2, 2), name_thread),
    function("compile_function", Sig::Positional(2, 2), compile_function),
    function("prints_tracebacks", Sig::NoArgs, |cx, _| Ok(Value::Bool(cx.vm.config.prints_tracebacks))),
    function("stdlib_names", Sig::NoArgs, |cx, _| Ok(cx.new_str(crate::stdlib::STDLIB))),
    function("read_stdin", Sig::One, read_stdin),
    function("system_call", Sig::Positional(0, 1), system_call),
    function("write_stream", Sig::Positional(2, 2), write_stream),
    function("library_rule", Sig::One, library_rule),
    function("tb_entries", Sig::One, tb_entries),
    function("frame_names", Sig::One, frame_names),
    function("check_interval", Sig::Positional(0, 1), check_interval),
    function("gc_request", Sig::One, gc_request),
    function("gc_collected", Sig::NoArgs, gc_collected),
    function("gc_is_tracked", Sig::One, gc_is_tracked),
    function("source_lines", Sig::One, source_lines),
];

fn fill(_vm: &mut Vm, _namespace: ObjId) {}

/// `sys.setcheckinterval` and `sys.getcheckinterval`, for versions that have them; None for the others.
fn check_interval(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if !cx.vm.config.rules.has_check_interval {
        return Ok(Value::None);
    }
    let ticks = match args.pos.first() {
        Some(ticks) => Some(i64::from(cx.int_arg(*ticks)?)),
        None => None,
    };
    cx.effect(Effect::CheckInterval { ticks }, Then::AsIs)
}

/// Runs a class body's function in a namespace; gives what the body returns (the `__class__` cell or None).
fn exec_body(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let namespace = args.get(1).obj().ok_or_else(|| cx.type_error("a namespace is a mapping"))?;
    Err(Box::new(Stop::Exec { function: args.get(0), namespace }))
}

/// Bytes that one read of standard input asks for.
const STDIN_BLOCK_BYTES: usize = 8192;
/// Virtual time that a read of standard input takes, without the GIL.
const STDIN_READ_NS: u64 = 1_000;

/// The next block of standard input from a byte offset, and the offset behind it.
fn read_stdin(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.ask(Effect::Native { cost_ns: STDIN_READ_NS, drops_gil: true })?;
    let Value::Int(offset) = args.get(0) else { return Err(cx.type_error("an offset is required")) };
    let text = Arc::clone(&cx.vm.config.stdin);
    let start = usize::try_from(offset).unwrap_or(0).min(text.len());
    let mut end = text.len().min(start.saturating_add(STDIN_BLOCK_BYTES));
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let block = cx.new_str(text.get(start..end).unwrap_or_default());
    Ok(cx.new_tuple(vec![block, Value::Int(end as i64)]))
}

/// Virtual time of a system call that need not wait, without the GIL.
pub(super) const SYSTEM_CALL_NS: i64 = 600;
/// Bytes that a system call copies in a nanosecond.
const COPIED_PER_NS: i64 = 10;

/// `system_call(bytes=0)`: a system call of C code, which releases the GIL around it.
fn system_call(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let bytes = args.pos.first().map_or(Ok(0), |bytes| cx.size_arg(*bytes))?;
    let cost_ns = (SYSTEM_CALL_NS + bytes.max(0) / COPIED_PER_NS).cast_unsigned();
    cx.effect(Effect::Native { cost_ns, drops_gil: true }, Then::Return(Value::None))
}

/// `write_stream(number, text)`: a write to a standard stream past its buffer.
fn write_stream(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let stream = if args.get(0) == Value::Int(2) { Stream::Stderr } else { Stream::Stdout };
    let text = cx.as_str(args.get(1)).unwrap_or_default().to_owned();
    cx.effect(Effect::Write { stream, text }, Then::Return(Value::None))
}

/// What the profile says about library code, by the name of the rule.
fn library_rule(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let rules = cx.vm.config.rules.library;
    let answer = match cx.as_str(args.get(0)).unwrap_or_default() {
        "has_stdio_files" => rules.has_stdio_files,
        "asks_for_terminal_always" => rules.asks_for_terminal_always,
        "locale_look_always" => rules.locale_look == LocaleLook::Always,
        "locale_look_without_encoding" => rules.locale_look != LocaleLook::Never,
        "zlib_lock_releases" => rules.zlib_lock_releases,
        "polls_in_wait" => rules.polls_in_wait,
        other => {
            let message = format!("no library rule {other}");
            return Err(cx.value_error(message));
        }
    };
    Ok(Value::Bool(answer))
}

/// Asks for a look at the heap before the next instruction: true at the end of the program, else a collection.
fn gc_request(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let at_exit = args.get(0) == Value::Bool(true);
    cx.heap().request(if at_exit { Request::Exit } else { Request::Collect });
    Ok(Value::None)
}

/// How many objects in cycles the collections since the last question found.
fn gc_collected(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(Value::Int(std::mem::take(&mut cx.heap().watch.collected)))
}

fn gc_is_tracked(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Bool(args.get(0).obj().is_some_and(|id| cx.vm.is_tracked(id))))
}

fn exception_arg(cx: &mut Cx<'_>, value: Value) -> Result<Value, Box<Stop>> {
    if cx.vm.is_exception(value) {
        return Ok(value);
    }
    let message = format!("an exception is required, not {}", cx.type_name(value));
    Err(cx.type_error(message))
}

/// The traceback text of an exception.
fn format_exception(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let exception = exception_arg(cx, args.get(0))?;
    cx.exception_text("text_of", exception)
}

/// The text of an exception that nobody can catch.
fn format_ignored(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let exception = exception_arg(cx, args.get(0))?;
    cx.exception_text("text_of_ignored", exception)
}

/// The last line of the traceback text.
fn format_exception_only(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let exception = exception_arg(cx, args.get(0))?;
    cx.exception_text("last_lines_of", exception)
}

fn report_uncaught(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = cx.as_str(args.get(0)).unwrap_or_default().to_owned();
    let message = cx.str(args.get(1))?;
    cx.effect(Effect::Uncaught { class, message }, Then::AsIs)
}

fn report_thread_died(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = cx.as_str(args.get(0)).unwrap_or_default().to_owned();
    let message = cx.str(args.get(1))?;
    cx.effect(Effect::ThreadDied { class, message }, Then::AsIs)
}

/// Lets the generators of a generator function show as iterators of a builtin class (`map`), or of a class object.
fn set_type_name(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = match cx.as_str(args.get(1)) {
        Some(text) => BUILTIN_CLASSES.iter().position(|row| row.name == text).map(|at| ObjId(at as u32)),
        None => cx.vm.as_class(args.get(1)),
    };
    let Some(class) = class else {
        return Err(cx.value_error("no such builtin class"));
    };
    match args.get(0).obj().map(|id| cx.heap().get_mut(id)) {
        Some(Object::Function(f)) => {
            f.poses_as = Value::Obj(class);
            Ok(args.get(0))
        }
        _ => Err(cx.type_error("a function is required")),
    }
}

/// `sort_natively(keys, values, reverse)`: sorts the list of keys, and that of values (or None) along with it; False if
/// comparing the keys needs Python code.
fn sort_natively(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (Value::Obj(keys), values) = (args.get(0), args.get(1).obj()) else { return Ok(Value::Bool(false)) };
    let reverse = cx.truth(args.get(2))?;
    Ok(Value::Bool(cx.sort_natively(keys, values, reverse)))
}

fn thread_is_alive(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match cx.object(args.get(0)) {
        Some(Object::ThreadHandle(handle)) => Ok(Value::Bool(handle.state == HandleState::Running)),
        _ => Ok(Value::Bool(false)),
    }
}

/// Tells the report and the trace the name of the thread with an ident.
fn name_thread(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Value::Int(ident) = args.get(0) else { return Ok(Value::None) };
    let name = cx.str(args.get(1))?;
    cx.effect(Effect::NameThread { ident, name }, Then::AsIs)
}

/// A note in the trace.
fn mark(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let _ = c::STR;
    let text = cx.str(args.get(0))?;
    cx.effect(Effect::Mark(text), Then::AsIs)
}

/// Compiles the text of one `def` and makes the function, with a dict as its globals.
fn compile_function(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = cx.as_str(args.get(0)).unwrap_or_default().to_owned();
    let Some(globals) = args.get(1).obj().filter(|id| matches!(cx.vm.heap.get(*id), Object::Dict(_))) else {
        return Err(cx.type_error("a dict is required"));
    };
    let file = Arc::new(SourceFile::new("<string>", "<string>", &text, Flavour::Library));
    let rules = cx.vm.config.rules.clone();
    let inner = compile(&file, Mode::Module, &rules).ok().and_then(|code| {
        code.consts.iter().find_map(|c| match c {
            Const::Code(inner) => Some(Arc::clone(inner)),
            _ => None,
        })
    });
    match inner {
        Some(code) => {
            let id = cx.vm.load_code(&code);
            let code = Value::Obj(cx.heap().alloc(Object::Code(id)));
            Ok(cx.vm.make_function(code, globals))
        }
        None => Err(cx.value_error("the text of one function is required")),
    }
}

/// The entries of a traceback: (file name, line, function name, source line, text of the entry, last line, first byte's
/// column and the column after the last byte; these three are None where no place is known).
fn tb_entries(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let mut list = Vec::new();
    for entry in cx.vm.traceback_links(args.get(0)) {
        let code = Arc::clone(&cx.vm.codes[entry.code.0 as usize].code);
        let line = code.line(entry.instruction as usize).unwrap_or(code.first_line);
        let [path, name] = [&*code.file.path, &*code.name].map(|text| cx.vm.heap.new_str(text));
        let source = if code.file.is_nameless() { "" } else { code.file.line_text(line).trim() };
        let source = cx.vm.heap.new_str(source);
        let text = cx.vm.entry_text(&entry);
        let text = cx.vm.heap.new_str(text);
        let span = code.spans.get(entry.instruction as usize).copied().flatten();
        let [first, last] = [span.map(|s| code.file.position(s.start)), span.map(|s| code.file.position(s.end))];
        let number = |n: Option<u32>| n.map_or(Value::None, |n| Value::Int(i64::from(n)));
        let [end_line, column, end_column] =
            [last.map(|p| p.line), first.map(|p| p.column), last.map(|p| p.column)].map(number);
        let line = number(Some(line));
        list.push(cx.new_tuple(vec![path, line, name, source, text, end_line, column, end_column]));
    }
    Ok(cx.new_list(list))
}

/// The names that the frame of a traceback entry could have meant, and its `self` (None: frames are gone by then).
fn frame_names(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let mut names = Vec::new();
    if let Some(entry) = cx.vm.traceback_links(args.get(0)).first() {
        let loaded = Arc::clone(&cx.vm.codes[entry.code.0 as usize]);
        names.extend(loaded.slots.iter().map(|name| Value::Obj(*name)));
        for dict in [entry.globals, cx.vm.builtins] {
            names.extend(cx.vm.heap.dict(dict).iter().map(|e| e.key));
        }
    }
    let names = cx.new_list(names);
    Ok(cx.new_tuple(vec![names, Value::None]))
}

/// The lines of a file the interpreter knows, each with its newline.
fn source_lines(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let path = cx.as_str(args.get(0)).unwrap_or_default().to_owned();
    let file = cx.vm.files.iter().find(|f| *f.path == *path && !f.is_nameless()).cloned();
    let mut lines = Vec::new();
    if let Some(file) = file {
        for line in 1..=file.line_count() {
            let text = format!("{}\n", file.line_text(line));
            lines.push(cx.vm.heap.new_str(text));
        }
    }
    Ok(cx.new_list(lines))
}
