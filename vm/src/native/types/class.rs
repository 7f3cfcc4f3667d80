//! `type`: its methods and the attributes of classes. Calling and making them is in `class_call` and `class_make`.

use super::class_bases::{get_bases, set_bases};
use super::class_call::type_call;
use super::class_make::new;
use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Stop, class_method, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::{ObjId, Value};

/// The table.
pub const TABLE: TypeTable = TypeTable { class: c::TYPE, methods: METHODS, getsets: GETSETS };

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
