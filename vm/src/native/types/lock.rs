//! `_thread.lock` and `_thread.RLock` (Modules/_threadmodule.c).
//!
//! Taking and giving back is the scheduler's work, asked for by effects. What is decided here: arguments, and who may
//! release.

use crate::effect::{Effect, Wait};
use crate::interp::Vm;
use crate::native::protocol::convert::Rounding;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, Then, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::sync::{Lock, LockKind};
use crate::value::{ObjId, Value};

/// `_thread.lock`
pub const TABLE: TypeTable = TypeTable { class: c::LOCK, methods: METHODS, getsets: &[] };
/// `_thread.RLock`
pub const REENTRANT: TypeTable = TypeTable { class: c::RLOCK, methods: REENTRANT_METHODS, getsets: &[] };

const ACQUIRE: Sig = Sig::Named(&["blocking", "timeout"], 0, 2);

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, |cx, args| new(cx, args, LockKind::Plain)),
    method("acquire", ACQUIRE, acquire),
    method("acquire_lock", ACQUIRE, acquire),
    method("release", Sig::NoArgs, release),
    method("release_lock", Sig::NoArgs, release),
    method("locked", Sig::NoArgs, locked),
    method("locked_lock", Sig::NoArgs, locked),
    method("__enter__", ACQUIRE, acquire),
    method("__exit__", Sig::VarArgs, release),
    method("_at_fork_reinit", Sig::NoArgs, at_fork_reinit),
    method("__repr__", Sig::NoArgs, repr),
];

const REENTRANT_METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, |cx, args| new(cx, args, LockKind::Reentrant)),
    method("acquire", ACQUIRE, acquire),
    method("release", Sig::NoArgs, release),
    method("_is_owned", Sig::NoArgs, is_owned),
    method("_acquire_restore", Sig::One, acquire_restore),
    method("_release_save", Sig::NoArgs, release_save),
    method("_recursion_count", Sig::NoArgs, recursion_count),
    method("__enter__", ACQUIRE, acquire),
    method("__exit__", Sig::VarArgs, release),
    method("_at_fork_reinit", Sig::NoArgs, at_fork_reinit),
    method("__repr__", Sig::NoArgs, repr),
];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a lock")
}

impl Cx<'_> {
    /// A new lock.
    pub fn new_lock(&mut self, kind: LockKind) -> Value {
        let name = self.vm.guess_name(self.thread);
        let lock = Lock { kind, holder: None, depth: 0, hold: None, name, is_waiter: false };
        Value::Obj(self.vm.heap.alloc(Object::Lock(Box::new(lock))))
    }

    /// A new lock on which the thread that makes it will wait to be notified.
    pub fn new_waiter_lock(&mut self) -> Value {
        let name = self.vm.own_expression(self.thread);
        let lock = Lock { kind: LockKind::Plain, holder: None, depth: 0, hold: None, name, is_waiter: true };
        Value::Obj(self.vm.heap.alloc(Object::Lock(Box::new(lock))))
    }

    /// Whether the calling thread holds a lock.
    fn owns(&self, lock: ObjId) -> bool {
        self.vm.lock(lock).holder == Some(self.thread.id)
    }
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>, kind: LockKind) -> NativeResult {
    if kind == LockKind::Plain && !args.kw.is_empty() {
        return Err(cx.type_error("lock() takes no keyword arguments"));
    }
    if kind == LockKind::Plain && args.len() > 1 {
        return Err(cx.type_error(format!("lock expected 0 arguments, got {}", args.len() - 1)));
    }
    Ok(cx.new_lock(kind))
}

/// How long `acquire(blocking=True, timeout=-1)` may block.
fn wait(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<Wait, Box<Stop>> {
    /// The timeout that stands for none given.
    const UNSET_NS: i64 = -1_000_000_000;
    let blocking = match args.given(1) {
        Some(v) => cx.truth(v)?,
        None => true,
    };
    let timeout_ns = match args.given(2) {
        Some(v) => cx.nanoseconds(v, Rounding::Up)?,
        None => UNSET_NS,
    };
    match (blocking, timeout_ns) {
        (false, UNSET_NS) => Ok(Wait::No),
        (false, _) => Err(cx.value_error("can't specify a timeout for a non-blocking call")),
        (true, UNSET_NS) => Ok(Wait::Forever),
        (true, ns) => match u64::try_from(ns) {
            // CPython waits whole microseconds.
            Ok(ns) => Ok(Wait::AtMost(ns.div_ceil(1000) * 1000)),
            Err(_) => Err(cx.value_error("timeout value must be a non-negative number")),
        },
    }
}

fn acquire(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let wait = wait(cx, args)?;
    cx.effect(Effect::Acquire { lock: id(args), wait, depth: 1 }, Then::AsIs)
}

fn release(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let lock = cx.vm.lock(id(args));
    match lock.kind {
        LockKind::Plain if lock.holder.is_none() => return Err(cx.runtime_error("release unlocked lock")),
        LockKind::Reentrant if !cx.owns(id(args)) => {
            return Err(cx.runtime_error("cannot release un-acquired lock"));
        }
        _ => {}
    }
    cx.effect(Effect::Release { lock: id(args), fully: false }, Then::Return(Value::None))
}

fn locked(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Bool(cx.vm.lock(id(args)).holder.is_some()))
}

fn is_owned(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Bool(cx.owns(id(args))))
}

fn recursion_count(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let depth = if cx.owns(id(args)) { cx.vm.lock(id(args)).depth } else { 0 };
    Ok(Value::Int(i64::from(depth)))
}

fn release_save(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if !cx.owns(id(args)) {
        return Err(cx.runtime_error("cannot release un-acquired lock"));
    }
    cx.effect(Effect::Release { lock: id(args), fully: true }, Then::SavedDepth)
}

fn acquire_restore(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let state = args.get(1);
    let depth = match cx.vm.heap.tuple(state) {
        Some([depth, _]) => *depth,
        Some(items) => {
            let text = format!("_acquire_restore() argument 1 must be sequence of length 2, not {}", items.len());
            return Err(cx.type_error(text));
        }
        None => {
            let kind = cx.type_name(state);
            return Err(cx.type_error(format!("_acquire_restore() argument 1 must be 2-item sequence, not {kind}")));
        }
    };
    let depth = u32::try_from(cx.size_arg(depth)?).unwrap_or(1);
    cx.effect(Effect::Acquire { lock: id(args), wait: Wait::Forever, depth }, Then::Return(Value::None))
}

fn at_fork_reinit(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let lock = cx.vm.lock_mut(id(args));
    lock.holder = None;
    lock.depth = 0;
    Ok(Value::None)
}

fn repr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let lock = cx.vm.lock(id(args));
    let state = if lock.holder.is_some() { "locked" } else { "unlocked" };
    let address = id(args).address();
    let text = match lock.kind {
        LockKind::Plain => format!("<{state} _thread.lock object at {address:#x}>"),
        LockKind::Reentrant => {
            let owner = lock.holder.map_or(0, Vm::ident);
            format!("<{state} _thread.RLock object owner={owner} count={} at {address:#x}>", lock.depth)
        }
    };
    Ok(cx.new_str(text))
}
