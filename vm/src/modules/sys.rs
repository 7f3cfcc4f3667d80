//! `sys` (Python/sysmodule.c).
//!
//! What it says of versions, limits and number formats is CPython 3.13's on 64-bit Linux; argv, streams and the rest of the
//! surroundings are the simulated process's.

use super::sys_info;
use crate::effect::Effect;
use crate::names::name;
use crate::native::registry::ModuleTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, Then, function};
use crate::object::builtin::class_id as c;
use crate::object::{FrameView, Object};
use crate::value::Value;

/// The module.
pub const TABLE: ModuleTable = ModuleTable { name: "sys", functions: FUNCTIONS, fill: sys_info::fill };

const FUNCTIONS: &[NativeDef] = &[
    function("displayhook", Sig::One, displayhook),
    function("exc_info", Sig::NoArgs, exc_info),
    function("excepthook", Sig::Positional(3, 3), excepthook),
    function("unraisablehook", Sig::One, unraisablehook),
    function("exception", Sig::NoArgs, |cx, _| Ok(cx.thread.exception_handled())),
    function("exit", Sig::Positional(0, 1), exit),
    function("_getframe", Sig::Positional(0, 1), getframe),
    function("_getframemodulename", Sig::Named(&["depth"], 0, 1), getframemodulename),
    function("getdefaultencoding", Sig::NoArgs, |cx, _| Ok(cx.new_str("utf-8"))),
    function("getfilesystemencoding", Sig::NoArgs, |cx, _| Ok(cx.new_str("utf-8"))),
    function("getfilesystemencodeerrors", Sig::NoArgs, |cx, _| Ok(cx.new_str("surrogateescape"))),
    function("get_int_max_str_digits", Sig::NoArgs, int_max_str_digits),
    function("getprofile", Sig::NoArgs, |_, _| Ok(Value::None)),
    function("getrecursionlimit", Sig::NoArgs, getrecursionlimit),
    function("getrefcount", Sig::One, getrefcount),
    function("getsizeof", Sig::Named(&["object", "default"], 1, 2), getsizeof),
    function("getswitchinterval", Sig::NoArgs, |cx, _| cx.effect(Effect::GetInterval, Then::SecondsOfMicroseconds)),
    function("gettrace", Sig::NoArgs, |_, _| Ok(Value::None)),
    function("intern", Sig::One, intern),
    function("is_finalizing", Sig::NoArgs, |_, _| Ok(Value::Bool(false))),
    function("_is_gil_enabled", Sig::NoArgs, |cx, _| Ok(Value::Bool(cx.vm.config.rules.has_gil))),
    function("_is_interned", Sig::One, is_interned),
    // Standard input and a few tables are made when they are first asked for.
    function("__getattr__", Sig::One, |cx, args| cx.tail_library("_stdin", "attribute", args.pos)),
    function("set_int_max_str_digits", Sig::Named(&["maxdigits"], 1, 1), set_int_max_str_digits),
    function("setrecursionlimit", Sig::One, setrecursionlimit),
    function("setswitchinterval", Sig::One, setswitchinterval),
];

fn int_max_str_digits(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(Value::Int(cx.int_digits_max() as i64))
}

fn set_int_max_str_digits(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    /// The least limit but 0, which stands for none.
    const LEAST: usize = 640;
    let limit = cx.int_arg(args.get(0))?;
    match usize::try_from(limit) {
        Ok(limit) if limit == 0 || limit >= LEAST => {
            cx.vm.settings.int_digits_max = limit;
            Ok(Value::None)
        }
        _ => Err(cx.value_error("maxdigits must be 0 or larger than 640")),
    }
}

/// `sys.getrefcount(object)`: there are no counts, so the references are counted when asked for.
fn getrefcount(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    const IMMORTAL: i64 = 0xffff_ffff;
    Ok(Value::Int(match args.get(0) {
        Value::Obj(id) if !cx.vm.heap.interned.handles().any(|interned| interned == id) => {
            cx.vm.count_references(cx.thread, id)
        }
        _ => IMMORTAL,
    }))
}

/// `sys.displayhook(value)`
fn displayhook(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.get(0).is_none() {
        return Ok(Value::None);
    }
    let text = cx.repr(args.get(0))?;
    let builtins = cx.vm.builtins;
    let underscore = cx.vm.heap.intern("_");
    cx.vm.heap.dict_set_name(builtins, underscore, args.get(0));
    cx.write_to_sys("stdout", &format!("{text}\n"))
}

/// `sys.excepthook(type, value, traceback)`
fn excepthook(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let exception = args.get(1);
    if !cx.vm.is_exception(exception) {
        let kind = cx.type_name(exception);
        let text = format!("TypeError: print_exception(): Exception expected for value, {kind} found\n");
        return cx.write_to_sys("stderr", &text);
    }
    let text = cx.exception_text("text_of", exception)?;
    let text = cx.as_str(text).unwrap_or_default().to_owned();
    cx.write_to_sys("stderr", &text)
}

/// `sys.unraisablehook(unraisable)`
fn unraisablehook(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.tail_prelude("unraisable_hook", &[args.get(0)])
}

/// `sys.exc_info()`
fn exc_info(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    let exception = cx.thread.exception_handled();
    let items = match cx.vm.is_exception(exception) {
        true => vec![Value::Obj(cx.vm.heap.class_of(exception)), exception, cx.vm.exception(exception).traceback],
        false => vec![Value::None; 3],
    };
    Ok(cx.new_tuple(items))
}

/// `sys.exit(status=None)`
fn exit(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match args.given(0).filter(|status| !status.is_none()) {
        None => Err(cx.raise_with(c::SYSTEM_EXIT, Vec::new())),
        // A tuple gives the exception's arguments, as everywhere in CPython's C code.
        Some(status) => match cx.vm.heap.tuple(status).map(<[Value]>::to_vec) {
            Some(items) => Err(cx.raise_with(c::SYSTEM_EXIT, items)),
            None => Err(cx.system_exit(status)),
        },
    }
}

/// Indices of the frames that the program can see, innermost first.
fn visible_frames(cx: &Cx<'_>) -> Vec<usize> {
    let atomic = crate::code::CodeFlags::ATOMIC;
    let frames = &cx.thread.frames;
    (0..frames.len()).rev().filter(|i| !cx.vm.codes[frames[*i].code.0 as usize].code.flags.contains(atomic)).collect()
}

fn depth_arg(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<usize, Box<Stop>> {
    match args.given(0) {
        Some(v) => Ok(usize::try_from(cx.int_arg(v)?).unwrap_or(0)),
        None => Ok(0),
    }
}

/// `sys._getframe(depth=0)`: a view of the frame as it is now.
fn getframe(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let depth = depth_arg(cx, args)?;
    let frames = visible_frames(cx);
    if depth >= frames.len() {
        return Err(cx.value_error("call stack is not deep enough"));
    }
    let mut back = Value::None;
    for at in frames[depth..].iter().rev() {
        let frame = &cx.thread.frames[*at];
        let view = FrameView { code: frame.code, line: cx.vm.frame_place(frame).line, globals: frame.globals, back };
        back = Value::Obj(cx.vm.heap.alloc(Object::FrameView(Box::new(view))));
    }
    Ok(back)
}

/// `sys._getframemodulename(depth=0)`
fn getframemodulename(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let depth = depth_arg(cx, args)?;
    let module = visible_frames(cx).get(depth).map(|at| cx.thread.frames[*at].globals);
    Ok(module.and_then(|globals| cx.vm.heap.dict_get_name(globals, name::NAME)).unwrap_or(Value::None))
}

fn getrecursionlimit(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(Value::Int(i64::from(cx.vm.settings.recursion_max)))
}

fn setrecursionlimit(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    /// What the simulator's own memory is safe with: a frame takes about a hundred bytes.
    const MOST: i32 = 1_000_000;
    let limit = cx.int_arg(args.get(0))?;
    if limit < 1 {
        return Err(cx.value_error("recursion limit must be greater or equal than 1"));
    }
    let depth = cx.thread.frames.len() as i32 - 1;
    if limit <= depth {
        let text =
            format!("cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low");
        return Err(cx.raise(c::RECURSION_ERROR, text));
    }
    cx.vm.settings.recursion_max = limit.min(MOST) as u32;
    Ok(Value::None)
}

fn getsizeof(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Int(sys_info::size_of_object(cx, args.get(0)) as i64))
}

fn intern(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match cx.vm.heap.str(args.get(0)).map(str::to_owned) {
        Some(text) => Ok(Value::Obj(cx.vm.heap.intern(&text))),
        None => {
            let kind = cx.type_name(args.get(0));
            Err(cx.type_error(match cx.as_str(args.get(0)) {
                Some(_) => format!("can't intern {kind}"),
                None => format!("intern() argument must be str, not {kind}"),
            }))
        }
    }
}

fn is_interned(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match cx.vm.heap.str(args.get(0)) {
        Some(text) => Ok(Value::Bool(cx.vm.heap.interned.find(text).map(Value::Obj) == Some(args.get(0)))),
        None => {
            let kind = cx.type_name(args.get(0));
            Err(cx.type_error(format!("_is_interned() argument must be str, not {kind}")))
        }
    }
}

/// `sys.setswitchinterval(seconds)`: whole microseconds, what is below is cut off.
fn setswitchinterval(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    const MICROSECONDS: f64 = 1e6;
    let seconds = cx.float_of(args.get(0))?;
    if seconds <= 0.0 {
        return Err(cx.value_error("switch interval must be strictly positive"));
    }
    // C converts to unsigned long; what does not fit there saturates here.
    let interval_us = (MICROSECONDS * seconds) as u64;
    cx.effect(Effect::SetInterval { interval_us }, Then::Return(Value::None))
}
