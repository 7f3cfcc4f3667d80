//! `type`: calling classes, making classes, their attributes.

use super::class_bases::{checked_bases, common_layout, get_bases, set_bases};
use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{
    Args, Cx, GetSetDef, NativeDef, NativeKind, NativeResult, Sig, Stop, class_method, constructor, function, method,
    registry,
};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::class::{Class, Layout};
use crate::object::dict::Dict;
use crate::object::instance::{Attrs, Instance};
use crate::text::str_predicates::is_identifier;
use crate::value::{NativeId, ObjId, Value};

/// The table.
pub const TABLE: TypeTable = TypeTable { class: c::TYPE, methods: METHODS, getsets: GETSETS };

/// Calling a class: the class, then the arguments.
pub(crate) static TYPE_CALL: NativeDef = function("type.__call__", Sig::Raw, type_call);

/// `Builtin.__new__(Derived, …)` called by name: the native constructor, then the class, then the arguments.
pub(crate) static NEW_DERIVED: NativeDef = function("__new__", Sig::Raw, new_derived);

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("__init__", Sig::Raw, init),
    method("__call__", Sig::Raw, type_call),
    method("mro", Sig::NoArgs, mro),
    method("__subclasses__", Sig::NoArgs, subclasses),
    method("__instancecheck__", Sig::One, instance_check),
    method("__subclasscheck__", Sig::One, subclass_check),
    method("__or__", Sig::One, or),
    method("__ror__", Sig::One, ror),
    class_method("__prepare__", Sig::Raw, prepare),
];

const GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "__name__", get: get_name, set: Some(set_name) },
    GetSetDef { name: "__qualname__", get: get_qualname, set: Some(set_qualname) },
    GetSetDef { name: "__module__", get: get_module, set: Some(set_module) },
    GetSetDef { name: "__bases__", get: get_bases, set: Some(set_bases) },
    GetSetDef { name: "__base__", get: get_base, set: None },
    GetSetDef { name: "__mro__", get: get_mro, set: None },
    GetSetDef { name: "__dict__", get: get_dict, set: None },
    GetSetDef { name: "__doc__", get: get_doc, set: Some(set_doc) },
    GetSetDef { name: "__annotations__", get: get_annotations, set: Some(set_annotations) },
];

pub(super) fn class_arg(cx: &Cx<'_>, value: Value) -> ObjId {
    cx.vm.as_class(value).expect("a method of type gets a class")
}

/// `cls(*args, **kwargs)`
fn type_call(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
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
    if args.kw.is_empty() && crate::interp::natives::fits(def, args.len()) {
        return (def.run)(cx, args);
    }
    let shown = crate::interp::natives::native_name(cx.vm, new);
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
            let kw = if pos.len() == 1 && python_init { &[] } else { args.kw };
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

/// `type(name, bases, namespace, **kwargs)`
fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.len() != 4 {
        let message = match args.get(0) {
            Value::Obj(c::TYPE) => "type() takes 1 or 3 arguments".to_owned(),
            _ => format!("type.__new__() takes exactly 3 arguments ({} given)", args.len() - 1),
        };
        return Err(cx.type_error(message));
    }
    let metaclass = class_arg(cx, args.get(0));
    let class = cx.once(|cx| make_class(cx, metaclass, args))?;
    let id = class_arg(cx, class);
    call_set_name(cx, id)?;
    let parent = cx.vm.lookup_after(id, id, name::INIT_SUBCLASS);
    if let Some(hook) = parent.filter(|hook| !is_default_hook(cx, *hook) || !args.kw.is_empty()) {
        let bound = cx.descriptor_get(hook, Value::Unbound, class)?;
        cx.call_kw(bound, &[], args.kw)?;
    }
    Ok(class)
}

fn is_default_hook(cx: &Cx<'_>, hook: Value) -> bool {
    matches!(cx.object(hook), Some(Object::ClassMethod(Value::Native(_))))
}

fn call_set_name(cx: &mut Cx<'_>, class: ObjId) -> Result<(), Box<Stop>> {
    let dict = cx.vm.heap.class(class).dict;
    let entries: Vec<(Value, Value)> = cx.vm.heap.dict(dict).iter().map(|e| (e.key, e.value)).collect();
    for (key, value) in entries {
        if let Some(hook) = cx.python_special(value, name::SET_NAME).filter(|_| cx.vm.as_class(value).is_none()) {
            cx.call_found(hook, value, &[Value::Obj(class), key])?;
        }
    }
    Ok(())
}

fn make_class(cx: &mut Cx<'_>, metaclass: ObjId, args: &Args<'_>) -> NativeResult {
    let Some(class_name) = cx.as_str(args.get(1)).map(str::to_owned) else {
        let message = format!("type.__new__() argument 1 must be str, not {}", cx.type_name(args.get(1)));
        return Err(cx.type_error(message));
    };
    let Some(bases) = cx.vm.heap.tuple(args.get(2)).map(<[Value]>::to_vec) else {
        let message = format!("type.__new__() argument 2 must be tuple, not {}", cx.type_name(args.get(2)));
        return Err(cx.type_error(message));
    };
    let Some(Object::Dict(namespace)) = cx.object(cx.vm.heap.unwrap_payload(args.get(3))).cloned() else {
        let message = format!("type.__new__() argument 3 must be dict, not {}", cx.type_name(args.get(3)));
        return Err(cx.type_error(message));
    };
    let bases = checked_bases(cx, &bases)?;
    let Some(order) = cx.vm.linearise(&bases) else {
        let names: Vec<String> = bases.iter().map(|b| cx.vm.heap.class(*b).name.to_string()).collect();
        return Err(cx.type_error(format!(
            "Cannot create a consistent method resolution order (MRO) for bases {}",
            names.join(", ")
        )));
    };
    let layout = common_layout(cx, &bases)?;
    let dict = interned_namespace(cx, namespace);
    if cx.vm.heap.dict_get_name(dict, name::DEL).is_some() {
        cx.vm.heap.found_del();
    }
    let cell = cx.vm.heap.dict_get_name(dict, name::CLASSCELL);
    cx.heap().dict_remove_name(dict, name::CLASSCELL);
    let qualname = class_qualname(cx, dict, &class_name)?;
    let module = class_module(cx, dict);
    let slots = slot_names(cx, dict)?;
    check_slots(cx, dict, layout, slots.as_deref().unwrap_or_default())?;
    let inherits_dict = bases.iter().any(|b| cx.vm.heap.class(*b).has_dict);
    let has_dict = slots.as_ref().is_none_or(|names| names.iter().any(|n| n == "__dict__")) || inherits_dict;
    let id = cx.vm.new_class(Class {
        name: class_name.into(),
        qualname,
        bases,
        mro: order,
        dict,
        metaclass,
        layout,
        is_heap_type: true,
        is_base_type: true,
        has_dict,
        version: 0,
        root_shape: crate::heap::shape::ShapeId::NONE,
        subclasses: Vec::new(),
        native_new: None,
        module,
    });
    finish_namespace(cx, id, dict, slots);
    if let Some(Value::Obj(cell)) = cell {
        cx.vm.set_cell(cell, Value::Obj(id));
    }
    Ok(Value::Obj(id))
}

fn class_qualname(cx: &mut Cx<'_>, dict: ObjId, class_name: &str) -> Result<Box<str>, Box<Stop>> {
    let Some(value) = cx.vm.heap.dict_get_name(dict, name::QUALNAME) else { return Ok(class_name.into()) };
    let Some(text) = cx.as_str(value).map(Box::from) else {
        let message = format!("type __qualname__ must be a str, not {}", cx.type_name(value));
        return Err(cx.type_error(message));
    };
    cx.heap().dict_remove_name(dict, name::QUALNAME);
    Ok(text)
}

fn class_module(cx: &mut Cx<'_>, dict: ObjId) -> Value {
    if let Some(module) = cx.vm.heap.dict_get_name(dict, name::MODULE) {
        return module;
    }
    let globals = cx.thread.frames.last().map(|f| f.globals);
    let module =
        globals.and_then(|g| cx.vm.heap.dict_get_name(g, name::NAME)).unwrap_or(Value::Obj(name::BUILTINS_MODULE));
    cx.heap().dict_set_name(dict, name::MODULE, module);
    module
}

/// The names in `__slots__`, if the class has one.
fn slot_names(cx: &mut Cx<'_>, dict: ObjId) -> Result<Option<Vec<String>>, Box<Stop>> {
    let Some(value) = cx.vm.heap.dict_get_name(dict, name::SLOTS) else { return Ok(None) };
    if let Some(one) = cx.as_str(value) {
        return Ok(Some(vec![one.to_owned()]));
    }
    let mut names = Vec::new();
    for item in cx.iterate(value)? {
        match cx.as_str(item) {
            Some(text) if is_identifier(text) => names.push(text.to_owned()),
            Some(_) => return Err(cx.type_error("__slots__ must be identifiers")),
            None => {
                let message = format!("__slots__ items must be strings, not '{}'", cx.type_name(item));
                return Err(cx.type_error(message));
            }
        }
    }
    Ok(Some(names))
}

/// The class's own copy of a namespace, its names interned as attribute lookup needs them.
fn interned_namespace(cx: &mut Cx<'_>, mut namespace: Box<Dict>) -> ObjId {
    let heap = cx.heap();
    namespace.map_keys(|key| match key.obj().map(|id| heap.get(id)) {
        Some(Object::Str(text)) => {
            let text = text.text.to_string();
            Value::Obj(heap.intern(&text))
        }
        _ => key,
    });
    heap.alloc(Object::Dict(namespace))
}

/// Refuses slots that the layout of the base has no room for, and those that a class variable hides.
fn check_slots(cx: &mut Cx<'_>, dict: ObjId, layout: Layout, slots: &[String]) -> Result<(), Box<Stop>> {
    if let Layout::Value(base @ (c::INT | c::TUPLE | c::BYTES)) = layout
        && slots.iter().any(|slot| slot != "__dict__")
    {
        let base = cx.class_name(base);
        return Err(cx.type_error(format!("nonempty __slots__ not supported for subtype of '{base}'")));
    }
    for slot in slots {
        let key = cx.vm.heap.intern(slot);
        if cx.vm.heap.dict_get_name(dict, key).is_some() {
            return Err(cx.value_error(format!("'{slot}' in __slots__ conflicts with class variable")));
        }
    }
    Ok(())
}

/// What `type.__new__` adds to the namespace: `__doc__`, `__dict__` descriptors, slot members, static `__new__`, `__hash__`.
fn finish_namespace(cx: &mut Cx<'_>, class: ObjId, dict: ObjId, slots: Option<Vec<String>>) {
    let heap = &mut cx.vm.heap;
    if heap.dict_get_name(dict, name::DOC).is_none() {
        heap.dict_set_name(dict, name::DOC, Value::None);
    }
    if heap.dict_get_name(dict, name::EQ).is_some() && heap.dict_get_name(dict, name::HASH).is_none() {
        heap.dict_set_name(dict, name::HASH, Value::None);
    }
    for (special, is_class_method) in [(name::NEW, false), (name::INIT_SUBCLASS, true), (name::CLASS_GETITEM, true)] {
        let function = heap
            .dict_get_name(dict, special)
            .and_then(Value::obj)
            .filter(|id| matches!(heap.get(*id), Object::Function(_)));
        if let Some(function) = function {
            let function = Value::Obj(function);
            let wrapped = if is_class_method { Object::ClassMethod(function) } else { Object::StaticMethod(function) };
            let wrapped = Value::Obj(heap.alloc(wrapped));
            heap.dict_set_name(dict, special, wrapped);
        }
    }
    for text in slots.unwrap_or_default() {
        if text == "__dict__" || text == "__weakref__" {
            continue;
        }
        let mangled = mangle(&heap.class(class).name, &text);
        let member = heap.intern(&mangled);
        let descriptor = Value::Obj(heap.alloc(Object::Member(class, member)));
        heap.dict_set_name(dict, member, descriptor);
    }
}

/// Private name mangling: `__x` in class `C` is `_C__x`.
fn mangle(class_name: &str, text: &str) -> String {
    let stripped = class_name.trim_start_matches('_');
    if !text.starts_with("__") || text.ends_with("__") || stripped.is_empty() {
        text.to_owned()
    } else {
        format!("_{stripped}{text}")
    }
}

fn init(_cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(Value::None)
}

fn prepare(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(Value::Obj(cx.heap().new_dict()))
}

pub(super) fn classes_tuple(cx: &mut Cx<'_>, ids: &[ObjId]) -> Value {
    cx.new_tuple(ids.iter().map(|id| Value::Obj(*id)).collect())
}

fn mro(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let ids = cx.vm.heap.class(class_arg(cx, args.get(0))).mro.clone();
    Ok(cx.new_list(ids.into_iter().map(Value::Obj).collect()))
}

fn subclasses(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let ids = cx.vm.heap.class(class_arg(cx, args.get(0))).subclasses.clone();
    Ok(cx.new_list(ids.into_iter().map(Value::Obj).collect()))
}

fn instance_check(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = class_arg(cx, args.get(0));
    Ok(Value::Bool(cx.vm.heap.is_instance(args.get(1), class)))
}

fn subclass_check(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = class_arg(cx, args.get(0));
    match cx.vm.as_class(args.get(1)) {
        Some(other) => Ok(Value::Bool(cx.vm.heap.is_subclass(other, class))),
        None => Err(cx.type_error("issubclass() arg 1 must be a class")),
    }
}

fn or(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.union_of(args.get(0), args.get(1))
}

fn ror(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.union_of(args.get(1), args.get(0))
}

impl Cx<'_> {
    /// `X | Y` of types.
    ///
    /// # Errors
    /// None; gives NotImplemented for what is no type.
    pub fn union_of(&mut self, a: Value, b: Value) -> NativeResult {
        let mut parts = Vec::new();
        for side in [a, b] {
            let side = if side.is_none() { Value::Obj(c::NONE_TYPE) } else { side };
            let items = match self.object(side) {
                Some(Object::Class(_) | Object::GenericAlias(..)) => vec![side],
                Some(Object::Union(args)) => {
                    self.vm.heap.tuple(Value::Obj(*args)).map(<[Value]>::to_vec).unwrap_or_default()
                }
                _ => return Ok(Value::NotImplemented),
            };
            for item in items {
                if !parts.contains(&item) {
                    parts.push(item);
                }
            }
        }
        if let [one] = parts[..] {
            return Ok(one);
        }
        let args = self.new_tuple(parts).obj().expect("a tuple");
        Ok(Value::Obj(self.heap().alloc(Object::Union(args))))
    }
}

fn get_name(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = cx.vm.heap.class(class_arg(cx, args.get(0))).name.clone();
    Ok(Value::Obj(cx.heap().intern(&text)))
}

fn renamed(cx: &mut Cx<'_>, args: &Args<'_>, what: &str) -> Result<(ObjId, Box<str>), Box<Stop>> {
    let class = class_arg(cx, args.get(0));
    let shown = cx.vm.heap.class(class).name.clone();
    if !cx.vm.heap.class(class).is_heap_type {
        return Err(cx.type_error(format!("cannot set '{what}' attribute of immutable type '{shown}'")));
    }
    match cx.as_str(args.get(1)).map(Box::from) {
        Some(text) => Ok((class, text)),
        None => {
            let message = format!("can only assign string to {shown}.{what}, not '{}'", cx.type_name(args.get(1)));
            Err(cx.type_error(message))
        }
    }
}

fn set_name(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (class, text) = renamed(cx, args, "__name__")?;
    cx.heap().class_mut(class).name = text;
    Ok(Value::None)
}

fn get_qualname(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = cx.vm.heap.class(class_arg(cx, args.get(0))).qualname.clone();
    Ok(Value::Obj(cx.heap().intern(&text)))
}

fn set_qualname(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (class, text) = renamed(cx, args, "__qualname__")?;
    cx.heap().class_mut(class).qualname = text;
    Ok(Value::None)
}

fn get_module(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = cx.vm.heap.class(class_arg(cx, args.get(0)));
    Ok(cx.vm.heap.dict_get_name(class.dict, name::MODULE).unwrap_or(class.module))
}

fn set_module(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = class_arg(cx, args.get(0));
    cx.vm.set_class_attr(class, name::MODULE, args.get(1));
    cx.heap().class_mut(class).module = args.get(1);
    Ok(Value::None)
}

fn get_base(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let base = cx.vm.heap.class(class_arg(cx, args.get(0))).bases.first().copied();
    Ok(base.map_or(Value::None, Value::Obj))
}

fn get_mro(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let ids = cx.vm.heap.class(class_arg(cx, args.get(0))).mro.clone();
    Ok(classes_tuple(cx, &ids))
}

fn get_dict(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let dict = cx.vm.heap.class(class_arg(cx, args.get(0))).dict;
    Ok(Value::Obj(cx.heap().alloc(Object::MappingProxy(dict))))
}

fn get_doc(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let dict = cx.vm.heap.class(class_arg(cx, args.get(0))).dict;
    Ok(cx.vm.heap.dict_get_name(dict, name::DOC).unwrap_or(Value::None))
}

fn set_doc(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = class_arg(cx, args.get(0));
    cx.vm.set_class_attr(class, name::DOC, args.get(1));
    Ok(Value::None)
}

fn get_annotations(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = class_arg(cx, args.get(0));
    let dict = cx.vm.heap.class(class).dict;
    if let Some(found) = cx.vm.heap.dict_get_name(dict, name::ANNOTATIONS) {
        return Ok(found);
    }
    let empty = Value::Obj(cx.heap().new_dict());
    if cx.vm.heap.class(class).is_heap_type {
        cx.vm.set_class_attr(class, name::ANNOTATIONS, empty);
    }
    Ok(empty)
}

fn set_annotations(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = class_arg(cx, args.get(0));
    cx.vm.set_class_attr(class, name::ANNOTATIONS, args.get(1));
    Ok(Value::None)
}

/// Whether a native function is a constructor.
pub fn is_constructor(id: NativeId) -> bool {
    registry::native(id).def.kind == NativeKind::New
}
