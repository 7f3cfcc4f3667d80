//! `object`: what every object can do.

use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, class_method, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::class::Layout;
use crate::object::compare::{equal, identity_hash};
use crate::value::{ObjId, Value};

/// The table.
pub const TABLE: TypeTable = TypeTable { class: c::OBJECT, methods: METHODS, getsets: GETSETS };
/// `NoneType`
pub const NONE: TypeTable = TypeTable { class: c::NONE_TYPE, methods: &[super::number_methods::BOOL], getsets: &[] };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("__init__", Sig::Raw, init),
    method("__getattribute__", Sig::One, getattribute),
    method("__setattr__", Sig::Positional(2, 2), setattr),
    method("__delattr__", Sig::One, delattr),
    method("__repr__", Sig::NoArgs, repr),
    method("__str__", Sig::NoArgs, str),
    method("__format__", Sig::One, format),
    method("__hash__", Sig::NoArgs, hash),
    method("__eq__", Sig::One, eq),
    method("__ne__", Sig::One, ne),
    method("__lt__", Sig::One, not_implemented),
    method("__le__", Sig::One, not_implemented),
    method("__gt__", Sig::One, not_implemented),
    method("__ge__", Sig::One, not_implemented),
    method("__dir__", Sig::NoArgs, dir),
    method("__sizeof__", Sig::NoArgs, sizeof),
    method("__reduce__", Sig::NoArgs, reduce),
    method("__reduce_ex__", Sig::One, reduce),
    class_method("__init_subclass__", Sig::Raw, init_subclass),
    class_method("__subclasshook__", Sig::VarArgs, not_implemented),
];

const GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "__class__", get: get_class, set: Some(set_class) },
    GetSetDef { name: "__dict__", get: get_dict, set: Some(set_dict) },
];

/// `object.__new__`: a plain instance. Arguments are allowed only if the class does something with them.
fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.is_empty() {
        return Err(cx.type_error("object.__new__(): not enough arguments"));
    }
    let Some(class) = cx.vm.as_class(args.get(0)) else {
        let message = format!("object.__new__(X): X is not a type object ({})", cx.type_name(args.get(0)));
        return Err(cx.type_error(message));
    };
    let extra = args.len() > 1 || !args.kw.is_empty();
    let own_new = cx.vm.heap.lookup(class, name::NEW).is_some_and(|f| !cx.vm.is_native(f));
    let own_init = cx.vm.heap.lookup(class, name::INIT).is_some_and(|f| !cx.vm.is_native(f));
    if extra && own_new {
        return Err(cx.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
    }
    if extra && !own_init && cx.vm.is_thread_local(class) {
        return Err(cx.type_error("Initialization arguments are not supported"));
    }
    if extra && !own_init {
        let message = format!("{}() takes no arguments", cx.vm.heap.class(class).name);
        return Err(cx.type_error(message));
    }
    if cx.vm.heap.class(class).layout == Layout::Native {
        let name = cx.class_name(class);
        return Err(cx.type_error(format!("object.__new__({name}) is not safe, use {name}.__new__()")));
    }
    cx.refuse_abstract(class)?;
    cx.new_plain(class, args)
}

impl Cx<'_> {
    /// An instance of a class with attributes only.
    fn new_plain(&mut self, class: ObjId, args: &Args<'_>) -> NativeResult {
        let instance = self.vm.new_instance(class);
        if self.vm.is_thread_local(class) && args.len() > 1 {
            let dict = self.vm.attrs_to_dict(instance).expect("an instance");
            let key = self.vm.heap.intern("local arguments");
            let rest = self.new_tuple(args.pos[1..].to_vec());
            self.vm.heap.dict_set_name(dict, key, rest);
        }
        Ok(Value::Obj(instance))
    }

    /// Refuses to make an instance of a class that has abstract methods.
    ///
    /// # Errors
    /// TypeError that names them.
    pub fn refuse_abstract(&mut self, class: ObjId) -> Result<(), Box<crate::native::Stop>> {
        let Some(methods) = self.vm.heap.lookup(class, name::ABSTRACT_METHODS) else { return Ok(()) };
        let mut names: Vec<String> =
            self.iterate(methods)?.into_iter().filter_map(|v| self.as_str(v).map(str::to_owned)).collect();
        if names.is_empty() {
            return Ok(());
        }
        names.sort();
        let list: Vec<String> = names.iter().map(|n| format!("'{n}'")).collect();
        let plural = if list.len() == 1 { "" } else { "s" };
        let message = format!(
            "Can't instantiate abstract class {} without an implementation for abstract method{plural} {}",
            self.vm.heap.class(class).name,
            list.join(", ")
        );
        Err(self.type_error(message))
    }
}

/// `__reduce__()`, `__reduce_ex__(protocol)`: nothing here can be pickled.
fn reduce(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let kind = cx.type_name(args.get(0));
    Err(cx.type_error(format!("cannot pickle '{kind}' object")))
}

fn init(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let class = cx.vm.heap.class_of(args.get(0));
    let extra = args.len() > 1 || !args.kw.is_empty();
    let own_init = cx.vm.heap.lookup(class, name::INIT).is_some_and(|f| !cx.vm.is_native(f));
    let own_new = cx.vm.heap.lookup(class, name::NEW).is_some_and(|f| !cx.vm.is_native(f));
    let plain = matches!(cx.object(args.get(0)), Some(Object::Instance(_)))
        && cx.vm.heap.payload(args.get(0).obj().expect("an instance")).is_none();
    if extra && plain && own_init {
        return Err(cx.type_error("object.__init__() takes exactly one argument (the instance to initialize)"));
    }
    if extra && plain && !own_new && !cx.vm.is_thread_local(class) {
        let message = format!("{}() takes no arguments", cx.vm.heap.class(class).name);
        return Err(cx.type_error(message));
    }
    Ok(Value::None)
}

/// The interned name behind an attribute name given as a value.
pub(crate) fn attr_name(cx: &mut Cx<'_>, value: Value) -> Result<ObjId, Box<crate::native::Stop>> {
    match cx.as_str(value) {
        Some(text) => {
            let text = text.to_owned();
            Ok(cx.vm.heap.intern(&text))
        }
        None => {
            let message = format!("attribute name must be string, not '{}'", cx.type_name(value));
            Err(cx.type_error(message))
        }
    }
}

fn getattribute(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let attr = attr_name(cx, args.get(1))?;
    cx.generic_getattr(args.get(0), attr)
}

fn setattr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let attr = attr_name(cx, args.get(1))?;
    cx.generic_setattr(args.get(0), attr, args.get(2)).map(|()| Value::None)
}

fn delattr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let attr = attr_name(cx, args.get(1))?;
    cx.generic_setattr(args.get(0), attr, Value::Unbound).map(|()| Value::None)
}

/// `<module.Class object at 0x…>`
fn repr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let object = args.get(0);
    let address = object.obj().map_or(0, ObjId::address);
    let text = format!("<{} object at {address:#x}>", cx.vm.qualified_type_name(object));
    Ok(cx.new_str(text))
}

fn str(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = cx.repr(args.get(0))?;
    Ok(cx.new_str(text))
}

fn format(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if cx.as_str(args.get(1)).is_some_and(|spec| !spec.is_empty()) {
        let message = format!("unsupported format string passed to {}.__format__", cx.type_name(args.get(0)));
        return Err(cx.type_error(message));
    }
    let text = cx.str(args.get(0))?;
    Ok(cx.new_str(text))
}

fn hash(_cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Int(identity_hash(args.get(0))))
}

fn eq(_cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(if args.get(0).is(args.get(1)) { Value::Bool(true) } else { Value::NotImplemented })
}

fn ne(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (a, b) = (args.get(0), args.get(1));
    if let Some(method) = cx.python_special(a, name::EQ) {
        let result = cx.call_found(method, a, &[b])?;
        if result == Value::NotImplemented {
            return Ok(result);
        }
        return Ok(Value::Bool(!cx.truth(result)?));
    }
    Ok(match equal(&cx.vm.heap, a, b) {
        Some(true) => Value::Bool(false),
        _ => Value::NotImplemented,
    })
}

fn not_implemented(_cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(Value::NotImplemented)
}

fn dir(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let names = cx.dir_names(args.get(0));
    let mut list = Vec::new();
    for text in names {
        list.push(Value::Obj(cx.vm.heap.intern(&text)));
    }
    Ok(cx.new_list(list))
}

impl Cx<'_> {
    /// The names that `dir(object)` gives, sorted.
    pub fn dir_names(&self, object: Value) -> std::collections::BTreeSet<String> {
        let heap = &self.vm.heap;
        let mut names = std::collections::BTreeSet::new();
        let mut add =
            |dict: ObjId| names.extend(heap.dict(dict).iter().filter_map(|e| heap.str(e.key)).map(str::to_owned));
        if let Some(Object::Module(namespace)) = self.object(object) {
            add(*namespace);
            return names;
        }
        let class = self.vm.as_class(object).unwrap_or_else(|| heap.class_of(object));
        for base in &heap.class(class).mro {
            add(heap.class(*base).dict);
        }
        if let Some(Object::Function(function)) = self.object(object) {
            function.dict.obj().into_iter().for_each(&mut add);
        }
        names.extend(self.own_names(object).into_iter().filter_map(|v| heap.str(v)).map(str::to_owned));
        names
    }
}

fn sizeof(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let size = cx.object(args.get(0)).map_or(28, |object| 40 + object.owned_bytes());
    Ok(Value::Int(size as i64))
}

fn init_subclass(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.len() > 1 || !args.kw.is_empty() {
        let shown = cx.vm.as_class(args.get(0)).map_or(String::new(), |k| cx.vm.heap.class(k).qualname.to_string());
        return Err(cx.type_error(format!("{shown}.__init_subclass__() takes no keyword arguments")));
    }
    Ok(Value::None)
}

fn get_class(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Obj(cx.vm.heap.class_of(args.get(0))))
}

fn set_class(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(class) = cx.vm.as_class(args.get(1)) else {
        let message = format!("__class__ must be set to a class, not '{}' object", cx.type_name(args.get(1)));
        return Err(cx.type_error(message));
    };
    let old = cx.vm.heap.class_of(args.get(0));
    let movable = |k: ObjId| cx.vm.heap.class(k).is_heap_type;
    if !movable(old) || !movable(class) {
        return Err(cx.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    }
    if cx.vm.heap.class(old).layout != cx.vm.heap.class(class).layout {
        let message = format!(
            "__class__ assignment: '{}' object layout differs from '{}'",
            cx.vm.heap.class(class).name,
            cx.vm.heap.class(old).name
        );
        return Err(cx.type_error(message));
    }
    let id = args.get(0).obj().expect("an instance");
    cx.vm.attrs_to_dict(id);
    match cx.heap().get_mut(id) {
        Object::Instance(instance) => instance.class = class,
        Object::Exception(exception) => exception.class = class,
        _ => {}
    }
    Ok(Value::None)
}

fn get_dict(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match cx.instance_dict(args.get(0))? {
        Some(dict) => Ok(Value::Obj(dict)),
        None => Err(cx.no_attribute(args.get(0), name::DICT)),
    }
}

fn set_dict(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if !matches!(cx.object(args.get(1)), Some(Object::Dict(_))) {
        let message = format!("__dict__ must be set to a dictionary, not a '{}'", cx.type_name(args.get(1)));
        return Err(cx.type_error(message));
    }
    let Some(id) = args.get(0).obj().filter(|_| cx.vm.heap.attrs(args.get(0).obj().unwrap_or(c::OBJECT)).is_some())
    else {
        return Err(cx.no_attribute(args.get(0), name::DICT));
    };
    cx.vm.attrs_to_dict(id);
    cx.vm.heap.attrs_mut(id).expect("checked").slots[0] = args.get(1);
    Ok(Value::None)
}
