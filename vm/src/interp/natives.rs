//! Running native functions: the memo, nested calls, effects and replies.
//!
//! A native function runs at once. If it stops for a call, it is kept as a [`Pending`] entry until the result is there, then
//! run again. A chain of native functions that call native functions is worked off by a loop, never by recursion.

use super::Vm;
use super::frame::{After, Awaiting, GreenThread, OnReturn, Pending};
use super::run::{Body, Trap};
use crate::effect::{Effect, Reply};
use crate::native::args::bind;
use crate::native::{Args, Cx, Memo, NativeDef, NativeKind, NativeResult, Sig, Stop, Then, function};
use crate::object::Object;
use crate::object::builtin::{BUILTIN_CLASSES, Kind, class_id as c};
use crate::value::{NativeId, ObjId, Value};

/// A native function whose value is that of the call it waits for.
static PASS: NativeDef = function("pass", Sig::Raw, pass);

fn pass(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    cx.call(Value::None, &[])
}

impl Vm {
    /// Runs a native function, and the ones that wait for it, until Python code has to run.
    pub(crate) fn run_native(&mut self, t: &mut GreenThread, call: Pending) -> Body {
        let mut call = call;
        loop {
            let result = self.invoke(t, &mut call);
            match result {
                Ok(value) => match self.native_done(t, call.after, value)? {
                    Some(waiting) => call = waiting,
                    None => return Ok(()),
                },
                Err(stop) => match self.native_stopped(t, call, *stop)? {
                    Some(next) => call = next,
                    None => return Ok(()),
                },
            }
        }
    }

    fn invoke(&mut self, t: &GreenThread, call: &mut Pending) -> NativeResult {
        let mut cx = Cx { vm: self, thread: t, memo: &mut call.memo, memo_used: 0, cost_ns: 0, depth: 0 };
        let result = (call.def.run)(&mut cx, &Args { pos: &call.args, kw: &call.kwargs });
        let cost_ns = cx.cost_ns;
        if result.is_ok() {
            self.extra_ns += cost_ns;
        }
        result
    }

    /// A native function returned: puts its value where it belongs. Some: a native function that waited for it.
    pub(crate) fn native_done(
        &mut self,
        t: &mut GreenThread,
        after: After,
        value: Value,
    ) -> Result<Option<Pending>, Trap> {
        match after {
            After::Push => {
                self.native_returned = true;
                t.stack.push(value);
            }
            After::PushCallable => t.stack.extend([value, Value::Unbound]),
            After::Drop => {}
            After::PushNot => t.stack.push(Value::Bool(value != Value::Bool(true))),
            After::ForIter => return self.for_iter_next(t, value).map(|()| None),
            After::Send => return self.sent(t, value).map(|()| None),
            After::Unpack { before, after } => return self.unpack_list(t, value, before, after).map(|()| None),
            After::Init(instance) => {
                self.check_init_result(value)?;
                t.stack.push(instance);
            }
            After::Native => {
                let mut waiting = t.pending.pop().expect("a native function waits for this call");
                waiting.memo.push(Memo::Value(value));
                waiting.catching = None;
                waiting.passes_on = false;
                return Ok(Some(waiting));
            }
            After::Thread => {
                t.ended = Some(Ok(value));
                return Err(Trap::Finished(value));
            }
        }
        Ok(None)
    }

    /// A native function stopped: does what it asks for. Some: a native function that goes on next.
    pub(crate) fn native_stopped(
        &mut self,
        t: &mut GreenThread,
        mut call: Pending,
        stop: Stop,
    ) -> Result<Option<Pending>, Trap> {
        match stop {
            Stop::Raise(exception) => self.raise_into_pending(t, call.after, exception).map(Some),
            Stop::Call { callee, args, kwargs, catching } => {
                call.catching = catching;
                t.pending.push(call);
                self.call_for_native(t, callee, args, kwargs)
            }
            Stop::TailCall { callee, args, kwargs } => {
                t.pending.push(passing(call.after));
                self.call_for_native(t, callee, args, kwargs)
            }
            Stop::Effect(effect, then) => {
                t.awaiting = Some(match call.after {
                    After::Push if is_for_operand(&effect, then) => {
                        Awaiting::Operand { then, receiver: call.args.first().copied().unwrap_or_default() }
                    }
                    _ => Awaiting::Native(Box::new((call, then))),
                });
                Err(Trap::Effect(Box::new(effect)))
            }
            Stop::Exec { function, namespace } => {
                t.pending.push(passing(call.after));
                let result = self.call_for_native(t, function, Vec::new(), Vec::new());
                if let (Err(Trap::Frames), Some(frame)) = (&result, t.frames.last_mut()) {
                    frame.namespace = namespace;
                }
                result
            }
            Stop::Resume { generator, how } => {
                t.pending.push(passing(call.after));
                match self.resume_generator(t, generator, how, OnReturn::Native) {
                    Ok(()) => Err(Trap::Frames),
                    Err(Trap::Raise(exception)) => self.raise_into_pending(t, After::Native, exception).map(Some),
                    Err(trap) => Err(trap),
                }
            }
        }
    }

    /// Starts the call that the top pending entry waits for.
    fn call_for_native(
        &mut self,
        t: &mut GreenThread,
        callee: Value,
        args: Vec<Value>,
        kwargs: Vec<(ObjId, Value)>,
    ) -> Result<Option<Pending>, Trap> {
        match self.call_value(t, callee, args, kwargs, After::Native) {
            Ok(Some(next)) => Ok(Some(next)),
            Ok(None) => Err(Trap::Frames),
            Err(Trap::Raise(exception)) => self.raise_into_pending(t, After::Native, exception).map(Some),
            Err(trap) => Err(trap),
        }
    }

    /// An exception leaves a native function: a waiting one that asked to see it goes on, all others end with it.
    pub(crate) fn raise_into_pending(
        &mut self,
        t: &mut GreenThread,
        after: After,
        exception: Value,
    ) -> Result<Pending, Trap> {
        let mut after = after;
        loop {
            match after {
                After::Native => {
                    let mut waiting = t.pending.pop().expect("a native function waits for this call");
                    if waiting.catching.is_some_and(|class| self.exception_is(exception, class)) {
                        waiting.memo.push(Memo::Raised(exception));
                        waiting.catching = None;
                        return Ok(waiting);
                    }
                    after = waiting.after;
                }
                After::Thread => {
                    t.ended = Some(Err(exception));
                    return Err(Trap::Died(exception));
                }
                _ => return Err(Trap::Raise(exception)),
            }
        }
    }

    /// The result of a call that a native function waits for arrives from a Python frame.
    pub(crate) fn give_to_pending(&mut self, t: &mut GreenThread, value: Value) -> Body {
        match self.native_done(t, After::Native, value)? {
            Some(waiting) => self.run_native(t, waiting),
            None => Ok(()),
        }
    }

    /// Completes the instruction that waited for the world.
    pub fn reply(&mut self, t: &mut GreenThread, reply: Reply) {
        let Some(awaiting) = t.awaiting.take() else { return };
        self.native_returned = false;
        let done = match awaiting {
            Awaiting::Native(waiting) => self.reply_to_native(t, *waiting, reply),
            Awaiting::Operand { then, .. } => match self.effect_value(reply, then) {
                Ok(value) => self.finish_native(t, After::Push, value),
                Err(exception) => Err(Trap::Raise(exception)),
            },
        };
        let trap = match done {
            Err(Trap::Raise(exception)) => self.unwind(t, exception, true),
            Err(trap) => trap,
            Ok(()) => Trap::Frames,
        };
        match trap {
            Trap::Effect(effect) => t.next_effect = Some(effect),
            Trap::Finished(value) => t.ended = Some(Ok(value)),
            Trap::Died(exception) => t.ended = Some(Err(exception)),
            Trap::Frames | Trap::Raise(_) | Trap::Reraise(_) => t.check_due = self.waits_for_check(t),
        }
    }

    fn reply_to_native(&mut self, t: &mut GreenThread, (mut call, then): (Pending, Then), reply: Reply) -> Body {
        if then == Then::Again {
            call.memo.push(Memo::Reply(reply));
            return self.run_native(t, call);
        }
        match self.effect_value(reply, then) {
            Ok(value) => self.finish_native(t, call.after, value),
            Err(exception) => {
                let waiting = self.raise_into_pending(t, call.after, exception)?;
                self.run_native(t, waiting)
            }
        }
    }

    fn finish_native(&mut self, t: &mut GreenThread, after: After, value: Value) -> Body {
        match self.native_done(t, after, value)? {
            Some(waiting) => self.run_native(t, waiting),
            None => Ok(()),
        }
    }

    pub(super) fn effect_value(&mut self, reply: Reply, then: Then) -> Result<Value, Value> {
        Ok(match (then, reply) {
            (_, Reply::Failed(message)) => {
                let text = self.heap.new_str(message);
                return Err(self.new_exception(c::RUNTIME_ERROR, vec![text]));
            }
            (Then::Return(value), _) => value,
            (Then::EmptyOnTimeout, Reply::TimedOut) => return Err(self.new_exception(c::QUEUE_EMPTY, Vec::new())),
            (Then::Seconds, Reply::Int(ns)) => Value::Float(seconds(ns)),
            (Then::SecondsOfMicroseconds, Reply::Int(us)) => Value::Float(1e-6 * us as f64),
            (Then::SavedDepth, Reply::Int(depth)) => {
                let owner = Value::Int(Vm::ident(self.current));
                self.heap.new_tuple(vec![Value::Int(depth), owner])
            }
            (_, Reply::Done) => Value::None,
            (_, Reply::Bool(b)) => Value::Bool(b),
            (_, Reply::Int(i)) => Value::Int(i),
            (_, Reply::Value(value)) => value,
            (_, Reply::TimedOut) => Value::Bool(false),
        })
    }

    /// Calls a native function whose arguments are on the stack from `first` on; `start` is where its result goes.
    pub(crate) fn call_native_on_stack(
        &mut self,
        t: &mut GreenThread,
        id: NativeId,
        start: usize,
        first: usize,
        kwargs: Vec<(ObjId, Value)>,
    ) -> Body {
        let registered = crate::native::registry::native(id);
        let def = registered.def;
        self.extra_ns += self.native_costs.ns(id);
        if self.constructs_derived(id, t.stack.get(first).copied()) {
            let mut args = vec![Value::Native(id)];
            args.extend_from_slice(&t.stack[first..]);
            t.stack.truncate(start);
            self.native_returned = false;
            return self.run_native(t, pending(&crate::native::types::class::NEW_DERIVED, args, kwargs, After::Push));
        }
        if let Some(owner) = registered.owner {
            match t.stack.get(first) {
                Some(object) if self.heap.class_of(*object) == owner => {}
                Some(object) => t.stack[first] = self.receiver(id, *object)?,
                None if def.kind == NativeKind::Method => return Err(self.missing_receiver(id)),
                None => {}
            }
        }
        if kwargs.is_empty()
            && let Some(total) = registered.padded(t.stack.len() - first)
        {
            t.stack.resize(first + total, Value::Unbound);
            return self.run_on_stack(t, def, start, first, registered.specialised.is_some());
        }
        if !kwargs.is_empty() || !fits(def, t.stack.len() - first) {
            let args = self.bound_native_args(id, &t.stack[first..], &kwargs)?;
            self.native_returned = false;
            if def.sig == Sig::Raw {
                t.stack.truncate(start);
                return self.run_native(t, pending(def, args, kwargs, After::Push));
            }
            t.stack.truncate(first);
            t.stack.extend_from_slice(&args);
            return self.run_on_stack(t, def, start, first, false);
        }
        self.run_on_stack(t, def, start, first, registered.specialised.is_some())
    }

    /// Runs a native function whose arguments, which suit it, are the stack from `first` on; the result goes to `start`.
    pub(crate) fn run_on_stack(
        &mut self,
        t: &mut GreenThread,
        def: &'static NativeDef,
        start: usize,
        first: usize,
        unchecked: bool,
    ) -> Body {
        let mut memo = Vec::new();
        let mut cx = Cx { vm: self, thread: t, memo: &mut memo, memo_used: 0, cost_ns: 0, depth: 0 };
        let result = (def.run)(&mut cx, &Args { pos: &t.stack[first..], kw: &[] });
        let cost_ns = cx.cost_ns;
        match result {
            Ok(value) => {
                self.extra_ns += cost_ns;
                self.native_returned = true;
                self.specialised = unchecked;
                t.stack.truncate(start);
                t.stack.push(value);
                Ok(())
            }
            Err(stop) => {
                self.native_returned = false;
                let stop = match *stop {
                    Stop::Effect(effect, then) if is_for_operand(&effect, then) => {
                        let receiver = t.stack.get(first).copied().unwrap_or_default();
                        t.awaiting = Some(Awaiting::Operand { then, receiver });
                        t.stack.truncate(start);
                        return Err(Trap::Effect(Box::new(effect)));
                    }
                    stop => stop,
                };
                let mut call = pending(def, t.stack[first..].to_vec(), Vec::new(), After::Push);
                call.memo = memo;
                t.stack.truncate(start);
                match self.native_stopped(t, call, stop)? {
                    Some(next) => self.run_native(t, next),
                    None => Ok(()),
                }
            }
        }
    }

    /// Runs a native function of the machine's own at once; its value goes on the operands (or as `after` says).
    #[inline]
    pub(crate) fn direct(
        &mut self,
        t: &mut GreenThread,
        def: &'static NativeDef,
        args: &[Value],
        after: After,
    ) -> Body {
        let mut memo = Vec::new();
        let mut cx = Cx { vm: self, thread: t, memo: &mut memo, memo_used: 0, cost_ns: 0, depth: 0 };
        let result = (def.run)(&mut cx, &Args { pos: args, kw: &[] });
        let cost_ns = cx.cost_ns;
        if result.is_ok() {
            self.extra_ns += cost_ns;
        }
        match result {
            Ok(value) if after == After::Push => {
                t.stack.push(value);
                Ok(())
            }
            Ok(value) => self.finish_native(t, after, value),
            Err(stop) => {
                let mut call = pending(def, args.to_vec(), Vec::new(), after);
                call.memo = memo;
                match self.native_stopped(t, call, *stop)? {
                    Some(next) => self.run_native(t, next),
                    None => Ok(()),
                }
            }
        }
    }

    /// A native function ready to run with these arguments.
    pub(crate) fn native_call(
        &mut self,
        id: NativeId,
        mut args: Vec<Value>,
        kwargs: Vec<(ObjId, Value)>,
        after: After,
    ) -> Result<Pending, Trap> {
        let registered = crate::native::registry::native(id);
        self.extra_ns += self.native_costs.ns(id);
        if self.constructs_derived(id, args.first().copied()) {
            args.insert(0, Value::Native(id));
            return Ok(pending(&crate::native::types::class::NEW_DERIVED, args, kwargs, after));
        }
        if registered.owner.is_some() {
            match args.first().copied() {
                Some(object) => args[0] = self.receiver(id, object)?,
                None if registered.def.kind == NativeKind::Method => return Err(self.missing_receiver(id)),
                None => {}
            }
        }
        if !kwargs.is_empty() || !fits(registered.def, args.len()) {
            args = self.bound_native_args(id, &args, &kwargs)?;
        }
        let kwargs = if registered.def.sig == Sig::Raw { kwargs } else { Vec::new() };
        Ok(pending(registered.def, args, kwargs, after))
    }

    fn bound_native_args(
        &mut self,
        id: NativeId,
        args: &[Value],
        kwargs: &[(ObjId, Value)],
    ) -> Result<Vec<Value>, Trap> {
        let registered = crate::native::registry::native(id);
        match bind(registered.def, || native_name(self, id), args, kwargs, |name| self.heap.name(name)) {
            Ok(Some(bound)) => Ok(bound),
            Ok(None) => Ok(args.to_vec()),
            Err(message) => Err(self.type_error(message)),
        }
    }

    /// Whether this is the constructor of a builtin class called for a class whose instances carry a builtin value.
    fn constructs_derived(&self, id: NativeId, class: Option<Value>) -> bool {
        crate::native::registry::native(id).def.kind == NativeKind::New
            && class.and_then(|class| self.as_class(class)).is_some_and(|class| {
                let data = self.heap.class(class);
                matches!(data.layout, crate::object::class::Layout::Value(_))
            })
    }

    /// The object a builtin method works on: itself, or the builtin value inside an instance of a derived class.
    #[inline(never)]
    fn receiver(&mut self, id: NativeId, object: Value) -> Result<Value, Trap> {
        let registered = crate::native::registry::native(id);
        let Some(owner) = registered.owner.filter(|_| registered.def.kind == NativeKind::Method) else {
            return Ok(object);
        };
        let class = self.heap.class_of(object);
        if class == owner || owner == c::OBJECT {
            return Ok(object);
        }
        if !self.heap.is_subclass(class, owner) {
            let (name, owner) = (registered.def.name, self.heap.class(owner).name.clone());
            let actual = self.heap.type_name(object).to_owned();
            return Err(match name.starts_with("__") {
                true => self
                    .type_error(format!("descriptor '{name}' requires a '{owner}' object but received a '{actual}'")),
                false => self.type_error(format!(
                    "descriptor '{name}' for '{owner}' objects doesn't apply to a '{actual}' object"
                )),
            });
        }
        let carries = matches!(BUILTIN_CLASSES[owner.0 as usize].kind, Kind::Value | Kind::FinalValue);
        Ok(if carries { self.heap.unwrap_payload(object) } else { object })
    }

    fn missing_receiver(&mut self, id: NativeId) -> Trap {
        let registered = crate::native::registry::native(id);
        let shown = native_name(self, id);
        match registered.def.name.starts_with("__") {
            true => {
                let owner = registered.owner.map_or("object", |o| BUILTIN_CLASSES[o.0 as usize].name);
                self.type_error(format!("descriptor '{}' of '{owner}' object needs an argument", registered.def.name))
            }
            false => self.type_error(format!("unbound method {shown}() needs an argument")),
        }
    }

    /// Whether the frame on top made a native call after which its profile looks at the drop request.
    fn waits_for_check(&self, t: &GreenThread) -> bool {
        use crate::code::Check;
        let Some(frame) = t.frames.last() else { return false };
        let instrs = &self.codes[frame.code.0 as usize].code.instrs;
        let check = frame.pc.checked_sub(1).map(|at| instrs[at as usize].check);
        self.native_returned && matches!(check, Some(Check::After | Check::AfterNativeCall | Check::AfterAnyCall))
    }

    /// Whether a value is a builtin function or method not yet bound.
    pub(crate) fn is_native(&self, value: Value) -> bool {
        matches!(value, Value::Native(_))
    }

    /// `Object::BoundMethod`
    pub(crate) fn bind_method(&mut self, function: Value, object: Value) -> Value {
        Value::Obj(self.heap.alloc(Object::BoundMethod(function, object)))
    }
}

/// The name of a native function as messages show it: `len`, `list.append`.
pub(crate) fn native_name(vm: &Vm, id: NativeId) -> String {
    let registered = crate::native::registry::native(id);
    match (registered.owner, registered.def.kind) {
        (Some(owner), NativeKind::New) => vm.heap.class(owner).name.to_string(),
        (Some(owner), _) => format!("{}.{}", vm.heap.class(owner).name, registered.def.name),
        (None, _) => match registered.module {
            Some(module) if module != "builtins" => format!("{module}.{}", registered.def.name),
            _ => registered.def.name.to_owned(),
        },
    }
}

/// A pending entry that hands the result of the call it waits for on to `after`.
pub(crate) fn passing(after: After) -> Pending {
    pending(&PASS, Vec::new(), Vec::new(), after)
}

pub(crate) fn pending(def: &'static NativeDef, args: Vec<Value>, kwargs: Vec<(ObjId, Value)>, after: After) -> Pending {
    Pending { def, args, kwargs, memo: Vec::new(), catching: None, passes_on: false, after }
}

/// Whether the reply to an effect just becomes an operand: locks, which are taken and given back more often than anything
/// else is asked for.
fn is_for_operand(effect: &Effect, then: Then) -> bool {
    then != Then::Again && matches!(effect, Effect::Acquire { .. } | Effect::Release { .. })
}

/// Whether so many positional arguments suit the function as they are.
pub(crate) fn fits(def: &NativeDef, count: usize) -> bool {
    let own = usize::from(matches!(def.kind, NativeKind::Method | NativeKind::ClassMethod | NativeKind::New));
    let Some(given) = count.checked_sub(own) else { return false };
    match def.sig {
        Sig::NoArgs => given == 0,
        Sig::One => given == 1,
        Sig::Positional(least, most) => given >= usize::from(least) && given <= usize::from(most),
        Sig::VarArgs | Sig::Raw => true,
        Sig::Named(..) => false,
    }
}

/// Nanoseconds as seconds: the nearest float.
fn seconds(ns: i64) -> f64 {
    ns as f64 / 1e9
}
