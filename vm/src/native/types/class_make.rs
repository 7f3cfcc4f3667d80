//! Making a class from a namespace: its layout, slots and names, and the hooks `__set_name__` and `__init_subclass__`.

use super::class::class_arg;
use super::class_bases::{checked_bases, common_layout};
use crate::names::name;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::class::{Class, Layout};
use crate::object::dict::Dict;
use crate::text::str_predicates::is_identifier;
use crate::value::{ObjId, Value};

/// `type(name, bases, namespace, **kwargs)`
pub(super) fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
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
