//! `dict_keys`, `dict_values`, `dict_items`, `mappingproxy` (Objects/dictobject.c, descrobject.c).

use super::wrappers as w;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::dict::{DictView, ViewKind};
use crate::object::iter::Iter;
use crate::value::{ObjId, Value};

/// `dict_keys`
pub const KEYS: TypeTable = TypeTable { class: c::DICT_KEYS, methods: SET_LIKE, getsets: MAPPING };
/// `dict_items`
pub const ITEMS: TypeTable = TypeTable { class: c::DICT_ITEMS, methods: SET_LIKE_TOO, getsets: MAPPING_TOO };
/// `dict_values`
pub const VALUES: TypeTable = TypeTable { class: c::DICT_VALUES, methods: VALUE_METHODS, getsets: MAPPING_THREE };
/// `mappingproxy`
pub const PROXY: TypeTable = TypeTable { class: c::MAPPING_PROXY, methods: PROXY_METHODS, getsets: &[] };

macro_rules! set_like {
    ($($name:ident),+) => {
        $(const $name: &[NativeDef] = &[
            method("isdisjoint", Sig::One, isdisjoint),
            method("__reversed__", Sig::NoArgs, reversed),
            w::LEN, w::ITER, w::CONTAINS, w::REPR, w::EQ, w::NE, w::LT, w::LE, w::GT, w::GE,
            w::OR, w::AND, w::SUB, w::XOR, w::ROR, w::RAND, w::RSUB, w::RXOR,
        ];)+
    };
}
set_like!(SET_LIKE, SET_LIKE_TOO);

const VALUE_METHODS: &[NativeDef] = &[method("__reversed__", Sig::NoArgs, reversed), w::LEN, w::ITER, w::REPR];

const MAPPING: &[GetSetDef] = &[GetSetDef { name: "mapping", get: mapping, set: None }];
const MAPPING_TOO: &[GetSetDef] = &[GetSetDef { name: "mapping", get: mapping, set: None }];
const MAPPING_THREE: &[GetSetDef] = &[GetSetDef { name: "mapping", get: mapping, set: None }];

fn view(cx: &Cx<'_>, args: &Args<'_>) -> DictView {
    match cx.object(args.get(0)) {
        Some(Object::DictView(view)) => *view,
        _ => unreachable!("a method of views gets a view"),
    }
}

fn mapping(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let dict = view(cx, args).dict;
    Ok(Value::Obj(cx.vm.heap.alloc(Object::MappingProxy(dict))))
}

fn isdisjoint(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    for item in cx.iterate(args.get(1))? {
        if cx.contains(args.get(0), item)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

fn reversed(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let view = view(cx, args);
    let iterator: Iter = cx.dict_iter(view.dict, view.kind, true);
    Ok(cx.new_iter(iterator))
}

const PROXY_METHODS: &[NativeDef] = &[
    constructor(Sig::Positional(1, 1), new_proxy),
    method("copy", Sig::NoArgs, proxy_copy),
    method("get", Sig::Positional(1, 2), proxy_get),
    method("items", Sig::NoArgs, |cx, args| proxy_view(cx, args, ViewKind::Items)),
    method("keys", Sig::NoArgs, |cx, args| proxy_view(cx, args, ViewKind::Keys)),
    method("values", Sig::NoArgs, |cx, args| proxy_view(cx, args, ViewKind::Values)),
    method("__reversed__", Sig::NoArgs, proxy_reversed),
    w::LEN,
    w::ITER,
    w::CONTAINS,
    w::GETITEM,
    w::REPR,
    w::EQ,
    w::NE,
    w::OR,
    w::ROR,
    w::CLASS_GETITEM,
];

fn proxied(cx: &Cx<'_>, args: &Args<'_>) -> ObjId {
    match cx.object(args.get(0)) {
        Some(Object::MappingProxy(dict)) => *dict,
        _ => unreachable!("a method of mappingproxy gets one"),
    }
}

fn new_proxy(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let inner = cx.vm.heap.unwrap_payload(args.get(1));
    match cx.object(inner) {
        Some(Object::Dict(_)) => Ok(Value::Obj(cx.vm.heap.alloc(Object::MappingProxy(inner.obj().expect("a dict"))))),
        Some(Object::MappingProxy(_)) => Ok(inner),
        _ => {
            let kind = cx.type_name(args.get(1));
            Err(cx.type_error(format!("mappingproxy() argument must be a mapping, not {kind}")))
        }
    }
}

fn proxy_copy(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let dict = proxied(cx, args);
    Ok(Value::Obj(cx.dict_copy(dict)))
}

fn proxy_get(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let dict = proxied(cx, args);
    let found = cx.dict_get(dict, args.get(1))?;
    Ok(found.unwrap_or_else(|| args.given(2).unwrap_or(Value::None)))
}

fn proxy_view(cx: &mut Cx<'_>, args: &Args<'_>, kind: ViewKind) -> NativeResult {
    let dict = proxied(cx, args);
    Ok(Value::Obj(cx.vm.heap.alloc(Object::DictView(DictView { dict, kind }))))
}

fn proxy_reversed(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let iterator = cx.dict_iter(proxied(cx, args), ViewKind::Keys, true);
    Ok(cx.new_iter(iterator))
}
