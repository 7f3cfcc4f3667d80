//! Calling a class: its constructor, then `__init__`; and builtin constructors called for derived classes.

use super::class::class_arg;
use crate::names::name;
use crate::native::{Args, Cx, NativeDef, NativeKind, NativeResult, Sig, Stop, function, registry};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::class::Layout;
use crate::object::instance::{Attrs, Instance};
use crate::value::{NativeId, ObjId, Value};

/// Calling a class: the class, then the arguments.
pub(crate) static TYPE_CALL: NativeDef = function("type.__call__", Sig::Raw, type_call);

/// `Builtin.__new__(Derived, …)` called by name: the native constructor, then the class, then the arguments.
pub(crate) static NEW_DERIVED: NativeDef = function("__new__", Sig::Raw, new_derived);

/// `cls(*args, **kwargs)`
pub(super) fn type_call(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = class_arg(cx, args.get(0));
    if class == c::TYPE && args.len() == 2 && args.kw.is_empty() {
        return Ok(Value::Obj(cx.vm.heap.class_of(args.get(1))));
    }
    let new = cx.vm.heap.lookup(class, name::NEW).unwrap_or(Value::Unbound);
    let Value::Native(new) = new else {
        return python_construct(cx, args);
    };
    let init = cx.vm.heap.lookup(class, name::INIT).unwrap_or(Value::Unbound);
    let python_init = !cx.vm.is_native(init);
    if !cx.vm.heap.class(class).is_heap_type {
        return construct_builtin(cx, class, new, args);
    }
    let instance = cx.once(|cx| construct_derived(cx, class, new, args, python_init))?;
    if python_init {
        let mut all = vec![instance];
        all.extend_from_slice(&args.pos[1..]);
        let result = match cx.vm.binds(init) {
            true => cx.call_kw(init, &all, args.kw)?,
            false => {
                let bound = cx.descriptor_get(init, instance, Value::Obj(class))?;
                cx.call_kw(bound, &all[1..], args.kw)?
            }
        };
        cx.check_init(result)?;
    }
    Ok(instance)
}

impl Cx<'_> {
    /// `class()`, at once if the class is a builtin one.
    ///
    /// # Errors
    /// Those of the call.
    pub fn construct(&mut self, class: Value) -> NativeResult {
        match self.vm.as_class(class) {
            Some(id) if !self.vm.heap.class(id).is_heap_type => type_call(self, &Args { pos: &[class], kw: &[] }),
            _ => self.call(class, &[]),
        }
    }

    fn check_init(&mut self, result: Value) -> Result<(), Box<Stop>> {
        if result.is_none() {
            return Ok(());
        }
        let message = format!("__init__() should return None, not '{}'", self.type_name(result));
        Err(self.type_error(message))
    }
}

/// A class with a `__new__` written in Python.
fn python_construct(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let rest = cx.once(|cx| Ok(cx.new_tuple(args.pos[1..].to_vec())))?;
    let kwargs = cx.once(|cx| {
        let dict = cx.heap().new_dict();
        for (name, value) in args.kw {
            cx.heap().dict_set_name(dict, *name, *value);
        }
        Ok(Value::Obj(dict))
    })?;
    cx.tail_prelude("type_call", &[args.get(0), rest, kwargs])
}

/// An instance of a builtin class.
fn construct_builtin(cx: &mut Cx<'_>, class: ObjId, new: NativeId, args: &Args<'_>) -> NativeResult {
    let owner = registry::native(new).owner;
    if owner == Some(c::OBJECT) && class != c::OBJECT && cx.vm.heap.class(class).layout == Layout::Native {
        let message = format!("cannot create '{}' instances", cx.vm.heap.class(class).name);
        return Err(cx.type_error(message));
    }
    run_new(cx, new, args)
}

/// Runs a native constructor with its arguments checked.
fn run_new(cx: &mut Cx<'_>, new: NativeId, args: &Args<'_>) -> NativeResult {
    let def = registry::native(new).def;
    cx.cost_ns += cx.vm.native_costs.ns(new);
    if args.kw.is_empty() && crate::interp::native_calls::fits(def, args.len()) {
        return (def.run)(cx, args);
    }
    let shown = crate::interp::native_calls::native_name(cx.vm, new);
    let bound = crate::native::args::bind(def, || shown.clone(), args.pos, args.kw, |name| cx.vm.heap.name(name));
    match bound {
        Ok(Some(bound)) => (def.run)(cx, &Args { pos: &bound, kw: &[] }),
        Ok(None) => (def.run)(cx, args),
        Err(message) => Err(cx.type_error(message)),
    }
}

/// An instance of a class written in Python whose `__new__` is native.
fn construct_derived(cx: &mut Cx<'_>, class: ObjId, new: NativeId, args: &Args<'_>, python_init: bool) -> NativeResult {
    cx.refuse_abstract(class)?;
    match cx.vm.heap.class(class).layout {
        Layout::Value(builtin) => {
            let pos = match python_init && starts_empty(builtin) {
                true => vec![Value::Obj(builtin)],
                false => std::iter::once(Value::Obj(builtin)).chain(args.pos[1..].iter().copied()).collect(),
            };
            let for_init = python_init && (pos.len() == 1 || leaves_keywords_to_init(builtin));
            let kw = if for_init { &[] } else { args.kw };
            let inner = run_new(cx, new, &Args { pos: &pos, kw })?;
            Ok(cx.wrap_payload(class, inner))
        }
        Layout::Native => {
            let message = format!("cannot create '{}' instances", cx.vm.heap.class(class).name);
            Err(cx.type_error(message))
        }
        Layout::Plain | Layout::Exception | Layout::Class => run_new(cx, new, args),
    }
}

/// Builtin constructors that take no keyword arguments themselves, and pass over those of an `__init__` in Python.
fn leaves_keywords_to_init(builtin: ObjId) -> bool {
    matches!(builtin, c::TUPLE | c::FLOAT | c::FROZENSET)
}

fn new_derived(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Value::Native(new) = args.get(0) else { unreachable!("a native constructor") };
    let class = class_arg(cx, args.get(1));
    let owner = registry::native(new).owner;
    let Layout::Value(builtin) = cx.vm.heap.class(class).layout else {
        return run_new(cx, new, &Args { pos: &args.pos[1..], kw: args.kw });
    };
    if let Some(owner) = owner.filter(|owner| !cx.vm.heap.is_subclass(class, *owner)) {
        let (owner, class) = (cx.vm.heap.class(owner).name.clone(), cx.vm.heap.class(class).name.clone());
        return Err(cx.type_error(format!("{owner}.__new__({class}): {class} is not a subtype of {owner}")));
    }
    let inner = if owner == Some(c::OBJECT) || starts_empty(builtin) {
        let new = cx.vm.heap.class(builtin).native_new.expect("a builtin class with values has a constructor");
        run_new(cx, new, &Args { pos: &[Value::Obj(builtin)], kw: &[] })?
    } else {
        let pos: Vec<Value> = std::iter::once(Value::Obj(builtin)).chain(args.pos[2..].iter().copied()).collect();
        run_new(cx, new, &Args { pos: &pos, kw: args.kw })?
    };
    Ok(cx.wrap_payload(class, inner))
}

/// Mutable builtin values are filled by `__init__`, not by `__new__`.
fn starts_empty(builtin: ObjId) -> bool {
    matches!(builtin, c::LIST | c::DICT | c::SET | c::BYTEARRAY | c::DEQUE | c::PROPERTY | c::RANDOM)
}

impl Cx<'_> {
    /// An instance of a class derived from a builtin one, with the builtin value inside.
    pub fn wrap_payload(&mut self, class: ObjId, inner: Value) -> Value {
        let shape = self.vm.heap.class(class).root_shape;
        let attrs = Attrs { shape, slots: vec![inner] };
        let instance = self.heap().alloc(Object::Instance(Instance { attrs, class }));
        self.vm.watch_instance(instance, class);
        Value::Obj(instance)
    }
}

/// Whether a native function is a constructor.
pub fn is_constructor(id: NativeId) -> bool {
    registry::native(id).def.kind == NativeKind::New
}
