//! Calls of native functions whose arguments lie on the operands: at once where nothing has to be bound or kept, else as a
//! [`Pending`] entry.

use super::Vm;
use super::frame::{After, Awaiting, GreenThread, Pending};
use super::natives::pending;
use super::run::{Body, Trap};
use crate::effect::Effect;
use crate::native::args::bind;
use crate::native::{Args, Cx, NativeDef, NativeKind, Sig, Stop, Then};
use crate::object::Object;
use crate::object::builtin::{BUILTIN_CLASSES, Kind, class_id as c};
use crate::value::{NativeId, ObjId, Value};

impl Vm {
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
            return self
                .run_native(t, pending(&crate::native::types::class_call::NEW_DERIVED, args, kwargs, After::Push));
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
            return Ok(pending(&crate::native::types::class_call::NEW_DERIVED, args, kwargs, after));
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
    pub(super) fn waits_for_check(&self, t: &GreenThread) -> bool {
        use crate::code::Check;
        let Some(frame) = t.frames.last() else { return false };
        let instrs = &self.codes[frame.code.0 as usize].code.instrs;
        let check = frame.pc.checked_sub(1).map(|at| instrs[at as usize].check);
        self.native_returned && !matches!(check, None | Some(Check::None | Check::AfterTaken))
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

/// Whether the reply to an effect just becomes an operand: locks, which are taken and given back more often than anything
/// else is asked for.
pub(super) fn is_for_operand(effect: &Effect, then: Then) -> bool {
    then != Then::Again && matches!(effect, Effect::Acquire { .. } | Effect::Release { .. })
}
