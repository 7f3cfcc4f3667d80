//! Generators: `send`, `throw`, `close`, and SEND to any iterator.

use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Resume, Sig, Stop, function, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::generator::{Generator, GeneratorState};
use crate::value::{ObjId, Value};

/// The table.
pub const TABLE: TypeTable = TypeTable { class: c::GENERATOR, methods: METHODS, getsets: GETSETS };

/// SEND to an iterator that is no generator: iterator, value. Gives a pair: exhausted, value.
pub(crate) static SEND: NativeDef = function("send", Sig::Raw, send_to_iterator);

const METHODS: &[NativeDef] = &[
    method("__iter__", Sig::NoArgs, |_, a| Ok(a.get(0))),
    method("__next__", Sig::NoArgs, next),
    method("send", Sig::One, send),
    method("throw", Sig::Positional(1, 3), throw),
    method("close", Sig::NoArgs, close),
];

/// `__iter__` and `__next__` of the iterator types whose iterators are library generators (`map`, `filter`, …).
pub const ITERATOR_METHODS: &[NativeDef] =
    &[method("__iter__", Sig::NoArgs, |_, a| Ok(a.get(0))), method("__next__", Sig::NoArgs, next)];

const GETSETS: &[GetSetDef] = &[
    GetSetDef {
        name: "__name__",
        get: |cx, a| Ok(data(cx, a).name),
        set: Some(|cx, a| edit(cx, a, "__name__", |g, v| g.name = v)),
    },
    GetSetDef {
        name: "__qualname__",
        get: |cx, a| Ok(data(cx, a).qualname),
        set: Some(|cx, a| edit(cx, a, "__qualname__", |g, v| g.qualname = v)),
    },
    GetSetDef {
        name: "gi_running",
        get: |cx, a| Ok(Value::Bool(data(cx, a).state == GeneratorState::Running)),
        set: None,
    },
    GetSetDef {
        name: "gi_suspended",
        get: |cx, a| Ok(Value::Bool(data(cx, a).state == GeneratorState::Suspended)),
        set: None,
    },
    GetSetDef { name: "gi_yieldfrom", get: |cx, a| Ok(cx.vm.delegate(id(a)).unwrap_or(Value::None)), set: None },
    GetSetDef { name: "gi_code", get: code, set: None },
    GetSetDef { name: "gi_frame", get: frame, set: None },
];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a generator")
}

fn data<'a>(cx: &'a Cx<'_>, args: &Args<'_>) -> &'a Generator {
    match cx.vm.heap.get(id(args)) {
        Object::Generator(generator) => generator,
        _ => unreachable!("a method of generators"),
    }
}

fn edit(cx: &mut Cx<'_>, args: &Args<'_>, what: &str, change: fn(&mut Generator, Value)) -> NativeResult {
    let value = args.get(1);
    if cx.as_str(value).is_none() {
        return Err(cx.type_error(format!("{what} must be set to a string object")));
    }
    if let Object::Generator(generator) = cx.heap().get_mut(id(args)) {
        change(generator, value);
    }
    Ok(Value::None)
}

fn code(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let code = data(cx, args).frame.code;
    Ok(Value::Obj(cx.heap().alloc(Object::Code(code))))
}

fn frame(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let generator = data(cx, args);
    if generator.state == GeneratorState::Finished {
        return Ok(Value::None);
    }
    let frame = generator.frame;
    let line = cx.vm.frame_place(&frame).line;
    let view = crate::object::FrameView { code: frame.code, line, globals: frame.globals, back: Value::None };
    Ok(Value::Obj(cx.heap().alloc(Object::FrameView(Box::new(view)))))
}

fn resume(generator: ObjId, how: Resume) -> NativeResult {
    Err(Box::new(Stop::Resume { generator, how }))
}

fn next(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if !matches!(cx.object(args.get(0)), Some(Object::Generator(_))) {
        return match cx.next(args.get(0))? {
            Some(value) => Ok(value),
            None => Err(cx.raise_with(c::STOP_ITERATION, Vec::new())),
        };
    }
    resume(id(args), Resume::Send(Value::None))
}

fn send(_cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    resume(id(args), Resume::Send(args.get(1)))
}

/// `throw(exception)`, or the old `throw(type, value, traceback)`
fn throw(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let kind = args.get(1);
    let exception = if cx.vm.is_exception(kind) {
        kind
    } else if cx.vm.is_exception_class(kind) {
        let made = match args.given(2).filter(|v| !v.is_none()) {
            Some(value) if cx.vm.is_exception(value) => value,
            Some(value) => cx.call(kind, &[value])?,
            None => cx.call(kind, &[])?,
        };
        let shown = cx.type_name(made);
        match cx.check_made_exception(kind, made, &shown) {
            Ok(()) => made,
            // What is wrong with the exception is raised where the exception would have been.
            Err(stop) => match *stop {
                Stop::Raise(wrong) => wrong,
                other => return Err(Box::new(other)),
            },
        }
    } else {
        let message =
            format!("exceptions must be classes or instances deriving from BaseException, not {}", cx.type_name(kind));
        return Err(cx.type_error(message));
    };
    throw_in(cx, id(args), exception, &args.pos[1..])
}

/// `gen_throw` of CPython: an iterator that the generator delegates to is asked first, by its `throw()`, or by its `close()`
/// for GeneratorExit. Generators among themselves need no calls for that.
fn throw_in(cx: &mut Cx<'_>, generator: ObjId, exception: Value, given: &[Value]) -> NativeResult {
    let exits = cx.vm.exception_is(exception, c::GENERATOR_EXIT);
    let inner = cx.once(|cx| match cx.vm.delegate(generator) {
        Some(inner) if exits || !cx.vm.delegates_to_generators(generator) => Ok(inner),
        _ => Ok(Value::None),
    })?;
    if inner.is_none() {
        return resume(generator, Resume::Throw(exception));
    }
    let name = cx.vm.heap.intern(if exits { "close" } else { "throw" });
    let arguments = if exits { &[][..] } else { given };
    let raised = match cx.getattr_or_none(inner, name)? {
        None => exception,
        Some(method) => match cx.call_catching(method, arguments, c::BASE_EXCEPTION)? {
            Ok(_) if exits => exception,
            Ok(yielded) => return Ok(yielded),
            Err(raised) => raised,
        },
    };
    resume(generator, Resume::ThrowHere(raised))
}

fn close(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    // Asked once: after the exception was thrown in, the generator is finished.
    let began = cx.once(|cx| match data(cx, args).state {
        GeneratorState::Finished => Ok(Value::None),
        GeneratorState::Created => Ok(Value::Bool(false)),
        GeneratorState::Suspended | GeneratorState::Running => Ok(Value::Bool(true)),
    })?;
    match began {
        Value::None => return Ok(Value::None),
        Value::Bool(false) => {
            if let Object::Generator(generator) = cx.heap().get_mut(id(args)) {
                generator.state = GeneratorState::Finished;
            }
            return Ok(Value::None);
        }
        _ => {}
    }
    let exit = cx.once(|cx| Ok(cx.vm.new_exception(c::GENERATOR_EXIT, Vec::new())))?;
    let throw_name = cx.vm.heap.intern("throw");
    let throw = cx.vm.heap.lookup(c::GENERATOR, throw_name).expect("generators have throw");
    match cx.call_catching(throw, &[args.get(0), exit], c::BASE_EXCEPTION)? {
        Ok(_) => Err(cx.runtime_error("generator ignored GeneratorExit")),
        Err(e) if cx.vm.exception_is(e, c::STOP_ITERATION) => Ok(cx.vm.stop_iteration_value(e)),
        Err(e) if cx.vm.exception_is(e, c::GENERATOR_EXIT) => Ok(Value::None),
        Err(e) => Err(Box::new(Stop::Raise(e))),
    }
}

fn send_to_iterator(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (iterator, value) = (args.get(0), args.get(1));
    let outcome = if value.is_none() {
        match cx.object(iterator) {
            Some(Object::Iter(_)) => match cx.next(iterator)? {
                Some(item) => Ok(item),
                None => Err(Value::None),
            },
            _ => {
                let method = cx.lookup_special(iterator, crate::names::name::NEXT);
                let Some(method) = method else {
                    let message = format!("'{}' object is not an iterator", cx.type_name(iterator));
                    return Err(cx.type_error(message));
                };
                cx.call_catching(method, &[iterator], c::STOP_ITERATION)?.map_err(|e| cx.vm.stop_iteration_value(e))
            }
        }
    } else {
        let send = cx.vm.heap.intern("send");
        let method = cx.getattr(iterator, send)?;
        cx.call_catching(method, &[value], c::STOP_ITERATION)?.map_err(|e| cx.vm.stop_iteration_value(e))
    };
    Ok(match outcome {
        Ok(item) => cx.new_tuple(vec![Value::Bool(false), item]),
        Err(result) => cx.new_tuple(vec![Value::Bool(true), result]),
    })
}
