//! `_thread._ThreadHandle`: what `threading.Thread.join` waits on (Modules/_threadmodule.c).

use crate::effect::{Effect, Wait};
use crate::interp::Vm;
use crate::native::protocol::convert::Rounding;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Then, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::sync::{HandleState, ThreadHandle};
use crate::value::{ObjId, ThreadId, Value};

/// `_thread._ThreadHandle`
pub const TABLE: TypeTable = TypeTable { class: c::THREAD_HANDLE, methods: METHODS, getsets: GETSETS };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, |cx, _| Ok(cx.new_thread_handle(None))),
    method("join", Sig::Positional(0, 1), join),
    method("is_done", Sig::NoArgs, is_done),
    method("_set_done", Sig::NoArgs, set_done),
    method("__repr__", Sig::NoArgs, repr),
];

const GETSETS: &[GetSetDef] = &[GetSetDef { name: "ident", get: ident, set: None }];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a thread handle")
}

impl Cx<'_> {
    /// A new handle: of a thread that runs, or not started.
    pub fn new_thread_handle(&mut self, thread: Option<ThreadId>) -> Value {
        let state = if thread.is_some() { HandleState::Running } else { HandleState::NotStarted };
        Value::Obj(self.vm.heap.alloc(Object::ThreadHandle(ThreadHandle { thread, state })))
    }
}

fn thread_ident(cx: &Cx<'_>, args: &Args<'_>) -> i64 {
    cx.vm.thread_handle(id(args)).thread.map_or(0, Vm::ident)
}

fn ident(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Int(thread_ident(cx, args)))
}

fn join(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let wait = match args.given(1) {
        None | Some(Value::None) => Wait::Forever,
        // A negative timeout is none.
        Some(v) => u64::try_from(cx.nanoseconds(v, Rounding::Up)?).map_or(Wait::Forever, Wait::AtMost),
    };
    let handle = *cx.vm.thread_handle(id(args));
    if handle.state == HandleState::NotStarted {
        return Err(cx.runtime_error("thread not started"));
    }
    if handle.state == HandleState::Running && handle.thread == Some(cx.thread.id) {
        return Err(cx.runtime_error("Cannot join current thread"));
    }
    cx.effect(Effect::Join { handle: id(args), wait }, Then::Return(Value::None))
}

fn is_done(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Bool(cx.vm.thread_handle(id(args)).state == HandleState::Done))
}

fn set_done(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if cx.vm.thread_handle(id(args)).state == HandleState::NotStarted {
        return Err(cx.runtime_error("thread not started"));
    }
    cx.effect(Effect::SetDone { handle: id(args) }, Then::Return(Value::None))
}

fn repr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let ident = thread_ident(cx, args);
    Ok(cx.new_str(format!("<_thread._ThreadHandle object: ident={ident}>")))
}
