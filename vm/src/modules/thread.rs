//! `_thread` (Modules/_threadmodule.c).

use crate::effect::Effect;
use crate::interp::Vm;
use crate::native::registry::ModuleTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, Then, function};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::sync::{HandleState, LockKind};
use crate::value::{ObjId, ThreadId, Value};

/// The module.
pub const TABLE: ModuleTable = ModuleTable { name: "_thread", functions: FUNCTIONS, fill };

/// `_thread.TIMEOUT_MAX`: the nanoseconds of 64 bits in whole seconds.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;

const FUNCTIONS: &[NativeDef] = &[
    function("allocate_lock", Sig::NoArgs, |cx, _| Ok(cx.new_lock(LockKind::Plain))),
    function("allocate", Sig::NoArgs, |cx, _| Ok(cx.new_lock(LockKind::Plain))),
    function("start_new_thread", Sig::Positional(2, 3), start_new_thread),
    function("start_new", Sig::Positional(2, 3), start_new_thread),
    function("start_joinable_thread", Sig::Named(&["function", "handle", "daemon"], 1, 3), start_joinable_thread),
    function("daemon_threads_allowed", Sig::NoArgs, |_, _| Ok(Value::Bool(true))),
    function("exit", Sig::NoArgs, exit),
    function("exit_thread", Sig::NoArgs, exit),
    function("get_ident", Sig::NoArgs, |cx, _| Ok(Value::Int(Vm::ident(cx.thread.id)))),
    function("get_native_id", Sig::NoArgs, get_native_id),
    function("_count", Sig::NoArgs, count),
    function("stack_size", Sig::Positional(0, 1), stack_size),
    function("_get_main_thread_ident", Sig::NoArgs, |cx, _| Ok(Value::Int(Vm::ident(cx.vm.main)))),
    function("_make_thread_handle", Sig::One, make_thread_handle),
    function("_is_main_interpreter", Sig::NoArgs, |_, _| Ok(Value::Bool(true))),
    function("_shutdown", Sig::NoArgs, |cx, _| cx.effect(Effect::JoinAll, Then::Return(Value::None))),
];

fn fill(vm: &mut Vm, namespace: ObjId) {
    let values = [
        ("TIMEOUT_MAX", Value::Float(TIMEOUT_MAX)),
        ("error", Value::Obj(c::RUNTIME_ERROR)),
        ("lock", Value::Obj(c::LOCK)),
        ("LockType", Value::Obj(c::LOCK)),
        ("RLock", Value::Obj(c::RLOCK)),
        ("_ThreadHandle", Value::Obj(c::THREAD_HANDLE)),
        ("_local", Value::Obj(c::THREAD_LOCAL)),
    ];
    for (text, value) in values {
        let name = vm.heap.intern(text);
        vm.heap.dict_set_name(namespace, name, value);
    }
}

fn exit(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Err(cx.raise_with(c::SYSTEM_EXIT, Vec::new()))
}

/// The number of the operating system's thread: the process's for the first thread, then counting up.
fn get_native_id(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(Value::Int(i64::from(cx.vm.config.pid) + i64::from(cx.thread.id.0)))
}

/// Number of threads that were started here and have not ended; the main thread does not count.
fn count(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    cx.effect(Effect::ThreadCount, Then::AsIs)
}

/// `start_new_thread(function, args[, kwargs])`
fn start_new_thread(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let function = args.get(0);
    if !cx.is_callable(function) {
        return Err(cx.type_error("first arg must be callable"));
    }
    let inner = cx.vm.heap.unwrap_payload(args.get(1));
    let Some(positional) = cx.vm.heap.tuple(inner).map(<[Value]>::to_vec) else {
        return Err(cx.type_error("2nd arg must be a tuple"));
    };
    let kwargs = match args.given(2) {
        Some(keywords) => keyword_arguments(cx, keywords)?,
        None => Vec::new(),
    };
    let handle = cx.once(|cx| Ok(cx.new_thread_handle(None)))?.obj().expect("a thread handle");
    let effect = Effect::Spawn { function, args: positional, kwargs, handle, daemon: true };
    cx.effect(effect, Then::AsIs)
}

fn keyword_arguments(cx: &mut Cx<'_>, keywords: Value) -> Result<Vec<(ObjId, Value)>, Box<Stop>> {
    let inner = cx.vm.heap.unwrap_payload(keywords);
    let entries: Vec<(Value, Value)> = match cx.object(inner) {
        Some(Object::Dict(dict)) => dict.iter().map(|e| (e.key, e.value)).collect(),
        _ => return Err(cx.type_error("optional 3rd arg must be a dictionary")),
    };
    let mut kwargs = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        match cx.as_str(key).map(str::to_owned) {
            Some(text) => kwargs.push((cx.vm.heap.intern(&text), value)),
            None => return Err(cx.type_error("keywords must be strings")),
        }
    }
    Ok(kwargs)
}

/// `start_joinable_thread(function, handle=None, daemon=True)`
fn start_joinable_thread(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let function = args.get(0);
    if !cx.is_callable(function) {
        return Err(cx.type_error("thread function must be callable"));
    }
    let daemon = match args.given(2) {
        Some(v) => cx.truth(v)?,
        None => true,
    };
    let handle = match args.given(1) {
        None | Some(Value::None) => cx.once(|cx| Ok(cx.new_thread_handle(None)))?,
        Some(handle) => handle,
    };
    let (Some(id), Some(Object::ThreadHandle(state))) = (handle.obj(), cx.object(handle)) else {
        return Err(cx.type_error("'handle' must be a _ThreadHandle"));
    };
    if state.state != HandleState::NotStarted {
        return Err(cx.runtime_error("thread already started"));
    }
    let effect = Effect::Spawn { function, args: Vec::new(), kwargs: Vec::new(), handle: id, daemon };
    cx.effect(effect, Then::Return(handle))
}

/// `_make_thread_handle(ident)`: a handle of a thread that was started elsewhere (the main thread).
fn make_thread_handle(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(Value::Int(ident)) = cx.as_int_value(args.get(0)) else {
        return Err(cx.type_error("ident must be an integer"));
    };
    let spacing = Vm::ident(ThreadId(1)) - Vm::ident(ThreadId(0));
    let number = u32::try_from(ident.saturating_sub(Vm::ident(ThreadId(0))) / spacing).ok();
    match number.map(ThreadId).filter(|id| Vm::ident(*id) == ident) {
        Some(thread) => Ok(cx.new_thread_handle(Some(thread))),
        None => Err(cx.value_error(format!("{ident} is not the ident of a thread"))),
    }
}

/// `stack_size([size])`: remembered by CPython for new threads; simulated threads have no stack of their own.
fn stack_size(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    /// `THREAD_STACK_MIN` of CPython on Linux.
    const LEAST: i64 = 32_768;
    let size = match args.given(0) {
        Some(v) => cx.size_arg(v)?,
        None => 0,
    };
    if size < 0 {
        return Err(cx.value_error("size must be 0 or a positive value"));
    }
    if size != 0 && size < LEAST {
        return Err(cx.value_error(format!("size not valid: {size} bytes")));
    }
    let old = cx.vm.settings.stack_size;
    if args.given(0).is_some() {
        cx.vm.settings.stack_size = size;
    }
    Ok(Value::Int(old))
}
