//! `dict` (Objects/dictobject.c).

use super::wrappers as w;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, class_method, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::compare::{Hash, hash_of};
use crate::object::dict::{DictView, ViewKind};
use crate::value::{ObjId, Value};

/// `dict`
pub const TABLE: TypeTable = TypeTable { class: c::DICT, methods: METHODS, getsets: &[] };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("__init__", Sig::Raw, init),
    class_method("fromkeys", Sig::Positional(1, 2), fromkeys),
    method("clear", Sig::NoArgs, clear),
    method("copy", Sig::NoArgs, copy),
    method("get", Sig::Positional(1, 2), get),
    method("items", Sig::NoArgs, |cx, args| view(cx, args, ViewKind::Items)),
    method("keys", Sig::NoArgs, |cx, args| view(cx, args, ViewKind::Keys)),
    method("pop", Sig::Positional(1, 2), pop),
    method("popitem", Sig::NoArgs, popitem),
    method("setdefault", Sig::Positional(1, 2), setdefault),
    method("update", Sig::Raw, update),
    method("values", Sig::NoArgs, |cx, args| view(cx, args, ViewKind::Values)),
    method("__reversed__", Sig::NoArgs, reversed),
    w::LEN,
    w::ITER,
    w::CONTAINS,
    w::GETITEM,
    w::SETITEM,
    w::DELITEM,
    w::REPR,
    w::EQ,
    w::NE,
    w::LT,
    w::LE,
    w::GT,
    w::GE,
    w::OR,
    w::ROR,
    w::IOR,
    w::CLASS_GETITEM,
];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a dict")
}

fn set_keywords(cx: &mut Cx<'_>, dict: ObjId, args: &Args<'_>) {
    for (name, value) in args.kw {
        cx.vm.heap.dict_set_name(dict, *name, *value);
    }
}

/// The one positional argument, if given.
fn source(cx: &mut Cx<'_>, args: &Args<'_>, name: &str) -> Result<Option<Value>, Box<Stop>> {
    let positional = Args { pos: args.pos, kw: &[] };
    cx.one_optional(&positional, name)
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.get(0) != Value::Obj(c::DICT) {
        return Ok(Value::Obj(cx.vm.heap.new_dict()));
    }
    let dict = match source(cx, args, "dict")? {
        None => Value::Obj(cx.vm.heap.new_dict()),
        Some(other) => {
            let dict = cx.once(|cx| Ok(Value::Obj(cx.vm.heap.new_dict())))?;
            cx.dict_fill(dict.obj().expect("a dict"), other)?;
            dict
        }
    };
    set_keywords(cx, dict.obj().expect("a dict"), args);
    Ok(dict)
}

fn init(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if let Some(other) = source(cx, args, "dict")? {
        cx.dict_fill(id(args), other)?;
    }
    set_keywords(cx, id(args), args);
    Ok(Value::None)
}

fn update(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match source(cx, args, "update")? {
        Some(other) if args.kw.is_empty() => return cx.dict_update(id(args), other),
        Some(other) => cx.dict_fill(id(args), other)?,
        None => {}
    }
    set_keywords(cx, id(args), args);
    Ok(Value::None)
}

fn fromkeys(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (class, value) = (args.get(0), args.given(2).unwrap_or(Value::None));
    if class != Value::Obj(c::DICT) {
        return cx.tail_prelude("dict_fromkeys", &[class, args.get(1), value]);
    }
    let items = cx.iterate(args.get(1))?;
    let dict = cx.vm.heap.new_dict();
    for key in &items {
        let hash = match hash_of(&cx.vm.heap, *key) {
            Hash::Known(hash) => hash,
            Hash::Unhashable(_) => cx.hash(*key)?,
            Hash::AskPython => return keys_from_prelude(cx, class, items, value),
        };
        match cx.dict_find_native(dict, hash, *key) {
            Some(place) => cx.dict_put(dict, place, hash, *key, value),
            None => return keys_from_prelude(cx, class, items, value),
        }
    }
    Ok(Value::Obj(dict))
}

fn keys_from_prelude(cx: &mut Cx<'_>, class: Value, items: Vec<Value>, value: Value) -> NativeResult {
    let list = cx.new_list(items);
    cx.tail_prelude("dict_fromkeys", &[class, list, value])
}

fn clear(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let version = cx.vm.heap.fresh_version();
    let dict = cx.vm.heap.dict_mut(id(args));
    dict.clear();
    dict.version = version;
    Ok(Value::None)
}

fn copy(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Obj(cx.dict_copy(id(args))))
}

fn get(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let found = cx.dict_get(id(args), args.get(1))?;
    Ok(found.unwrap_or_else(|| args.given(2).unwrap_or(Value::None)))
}

fn pop(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match (cx.dict_del(id(args), args.get(1))?, args.given(2)) {
        (Some((_, value)), _) => Ok(value),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(cx.key_error(args.get(1))),
    }
}

fn popitem(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let version = cx.vm.heap.fresh_version();
    let dict = cx.vm.heap.dict_mut(id(args));
    dict.version = version;
    match dict.pop_last() {
        Some(entry) => Ok(cx.new_tuple(vec![entry.key, entry.value])),
        None => {
            let text = cx.new_str("popitem(): dictionary is empty");
            Err(cx.key_error(text))
        }
    }
}

fn setdefault(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (dict, key) = (id(args), args.get(1));
    let hash = cx.key_hash(key)?;
    if let Some(place) = cx.dict_find_hashed(dict, hash, key)? {
        return Ok(cx.vm.heap.dict(dict).value_at(place));
    }
    let value = args.given(2).unwrap_or(Value::None);
    cx.dict_put(dict, None, hash, key, value);
    Ok(value)
}

fn view(cx: &mut Cx<'_>, args: &Args<'_>, kind: ViewKind) -> NativeResult {
    Ok(Value::Obj(cx.vm.heap.alloc(Object::DictView(DictView { dict: id(args), kind }))))
}

fn reversed(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let iterator = cx.dict_iter(id(args), ViewKind::Keys, true);
    Ok(cx.new_iter(iterator))
}
