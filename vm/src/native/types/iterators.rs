//! Native iterators: `list_iterator`, `dict_keyiterator`, … and the classes `enumerate`, `zip`, `map`, `filter`, `reversed`.
//!
//! `enumerate`, `zip` and `reversed` are native over native iterators. Where an iterator is Python code, and always for `map`
//! and `filter`, they are classes of the prelude (`vm/lib/_prelude_iter.py`).

use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::dict::ViewKind;
use crate::object::iter::Iter;
use crate::value::{ObjId, Value};

macro_rules! tables {
    ($($table:ident $methods:ident $class:ident [$($extra:expr),*];)+) => {
        $(
            const $methods: &[NativeDef] = &[
                $($extra,)*
                method("__iter__", Sig::NoArgs, |_, args| Ok(args.get(0))),
                method("__next__", Sig::NoArgs, next),
                method("__length_hint__", Sig::NoArgs, length_hint),
            ];
            const $table: TypeTable = TypeTable { class: c::$class, methods: $methods, getsets: &[] };
        )+
        /// The tables of all native iterator types.
        pub const TABLES: &[TypeTable] = &[$($table),+];
    };
}

tables! {
    LIST LIST_METHODS LIST_ITERATOR [];
    LIST_REVERSE LIST_REVERSE_METHODS LIST_REVERSE_ITERATOR [];
    TUPLE TUPLE_METHODS TUPLE_ITERATOR [];
    STR STR_METHODS STR_ITERATOR [];
    STR_ASCII STR_ASCII_METHODS STR_ASCII_ITERATOR [];
    BYTES BYTES_METHODS BYTES_ITERATOR [];
    BYTEARRAY BYTEARRAY_METHODS BYTEARRAY_ITERATOR [];
    RANGE RANGE_METHODS RANGE_ITERATOR [];
    DICT_KEY DICT_KEY_METHODS DICT_KEY_ITERATOR [];
    DICT_VALUE DICT_VALUE_METHODS DICT_VALUE_ITERATOR [];
    DICT_ITEM DICT_ITEM_METHODS DICT_ITEM_ITERATOR [];
    DICT_REVERSE_KEY DICT_REVERSE_KEY_METHODS DICT_REVERSE_KEY_ITERATOR [];
    DICT_REVERSE_VALUE DICT_REVERSE_VALUE_METHODS DICT_REVERSE_VALUE_ITERATOR [];
    DICT_REVERSE_ITEM DICT_REVERSE_ITEM_METHODS DICT_REVERSE_ITEM_ITERATOR [];
    SET SET_METHODS SET_ITERATOR [];
    DEQUE DEQUE_METHODS DEQUE_ITERATOR [];
    DEQUE_REVERSE DEQUE_REVERSE_METHODS DEQUE_REVERSE_ITERATOR [];
    SEQUENCE SEQUENCE_METHODS SEQUENCE_ITERATOR [];
    ENUMERATE ENUMERATE_METHODS ENUMERATE [constructor(Sig::Raw, new_enumerate)];
    ZIP ZIP_METHODS ZIP [constructor(Sig::Raw, new_zip)];
    MAP MAP_METHODS MAP [constructor(Sig::Raw, new_map)];
    FILTER FILTER_METHODS FILTER [constructor(Sig::Raw, new_filter)];
    REVERSED REVERSED_METHODS REVERSED [constructor(Sig::Raw, new_reversed)];
}

fn next(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let item = match args.get(0) {
        Value::Obj(id) => cx.next_native(id)?,
        _ => None,
    };
    item.ok_or_else(|| cx.stop_iteration())
}

fn length_hint(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let hint = args.get(0).obj().map_or(0, |id| cx.length_hint(id));
    Ok(Value::Int(i64::try_from(hint).unwrap_or(i64::MAX)))
}

impl Cx<'_> {
    /// The native iterator over a value, if iterating over it needs no Python code.
    pub fn pure_iter(&mut self, v: Value) -> Option<ObjId> {
        let iterator = self.native_iter(v)?;
        match self.object(iterator) {
            Some(Object::Iter(_)) => iterator.obj(),
            _ => None,
        }
    }
}

fn new_enumerate(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (iterable, start) = enumerate_arguments(cx, args)?;
    let start = match start {
        Some(v) => cx.index_value(v)?,
        None => Value::Int(0),
    };
    if let Value::Int(next) = start {
        // Counting stays in 64 bits for longer than anything can run.
        if let Some(inner) = cx.pure_iter(iterable).filter(|_| next < i64::MAX / 2) {
            return Ok(cx.new_iter(Iter::Enumerate { inner, next }));
        }
    }
    cx.tail_prelude("enumerate_iter", &[iterable, start])
}

fn enumerate_arguments(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<(Value, Option<Value>), Box<Stop>> {
    let given = &args.pos[1..];
    let total = given.len() + args.kw.len();
    if total > 2 {
        return Err(cx.type_error(format!("enumerate() takes at most 2 arguments ({total} given)")));
    }
    let (mut iterable, mut start) = (given.first().copied(), given.get(1).copied());
    for (name, value) in args.kw {
        match cx.vm.heap.name(*name) {
            "iterable" if iterable.is_none() => iterable = Some(*value),
            "start" if start.is_none() => start = Some(*value),
            other => {
                let text = format!("'{other}' is an invalid keyword argument for enumerate()");
                return Err(cx.type_error(text));
            }
        }
    }
    match iterable {
        Some(iterable) => Ok((iterable, start)),
        None => Err(cx.type_error("enumerate() missing required argument 'iterable'")),
    }
}

fn new_zip(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let mut strict = Value::Bool(false);
    for (name, value) in args.kw {
        let text = cx.vm.heap.name(*name);
        if text != "strict" {
            let text = format!("zip() got an unexpected keyword argument '{text}'");
            return Err(cx.type_error(text));
        }
        strict = *value;
    }
    let strict = cx.truth(strict)?;
    let mut inner = Vec::with_capacity(args.len());
    for iterable in &args.pos[1..] {
        match cx.pure_iter(*iterable) {
            Some(iterator) => inner.push(iterator),
            None => {
                let mut call = vec![Value::Bool(strict)];
                call.extend_from_slice(&args.pos[1..]);
                return cx.tail_prelude("zip_iter", &call);
            }
        }
    }
    Ok(cx.new_iter(Iter::Zip { inner, strict }))
}

fn no_keywords(cx: &mut Cx<'_>, args: &Args<'_>, name: &str) -> Result<(), Box<Stop>> {
    match args.kw.is_empty() {
        true => Ok(()),
        false => Err(cx.type_error(format!("{name}() takes no keyword arguments"))),
    }
}

fn new_map(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    no_keywords(cx, args, "map")?;
    if args.len() < 3 {
        return Err(cx.type_error("map() must have at least two arguments."));
    }
    cx.tail_prelude("map_iter", &args.pos[1..])
}

fn new_filter(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    no_keywords(cx, args, "filter")?;
    let given = args.len() - 1;
    if given != 2 {
        return Err(cx.type_error(format!("filter expected 2 arguments, got {given}")));
    }
    cx.tail_prelude("filter_iter", &args.pos[1..])
}

fn new_reversed(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    no_keywords(cx, args, "reversed")?;
    let given = args.len() - 1;
    if given != 1 {
        return Err(cx.type_error(format!("reversed expected 1 argument, got {given}")));
    }
    let v = args.get(1);
    if let Some(iterator) = cx.native_reversed(v)? {
        return Ok(iterator);
    }
    match cx.lookup_special(v, name::REVERSED) {
        Some(Value::None) => Err(not_reversible(cx, v)),
        Some(function) => cx.tail_call(function, &[v]),
        None if cx.lookup_special(v, name::GETITEM).is_some()
            && !matches!(cx.object(v), Some(Object::MappingProxy(_))) =>
        {
            cx.tail_prelude("reversed_iter", &[v])
        }
        None => Err(not_reversible(cx, v)),
    }
}

fn not_reversible(cx: &mut Cx<'_>, v: Value) -> Box<Stop> {
    let kind = cx.type_name(v);
    cx.type_error(format!("'{kind}' object is not reversible"))
}

impl Cx<'_> {
    /// `reversed()` of a builtin container, or of an instance of a derived class that does not define `__reversed__`.
    pub(super) fn native_reversed(&mut self, v: Value) -> Result<Option<Value>, Box<Stop>> {
        let Some(id) = v.obj() else { return Ok(None) };
        let iterator = match self.vm.heap.get(id) {
            Object::Instance(_) => {
                let own = match self.lookup_special(v, name::REVERSED) {
                    Some(function) => !matches!(function, Value::Native(_)),
                    None => !matches!(self.lookup_special(v, name::GETITEM), Some(Value::Native(_))),
                };
                return match self.vm.heap.payload(id) {
                    Some(inner) if !own => self.native_reversed(inner),
                    _ => Ok(None),
                };
            }
            Object::List(items) => Iter::ListReversed { list: id, left: items.len() },
            Object::Range(..) => return self.range_reversed(v).map(Some),
            Object::Dict(_) => self.dict_iter(id, ViewKind::Keys, true),
            Object::MappingProxy(dict) => self.dict_iter(*dict, ViewKind::Keys, true),
            Object::DictView(view) => self.dict_iter(view.dict, view.kind, true),
            Object::Deque(deque) => Iter::Deque { deque: id, at: 0, version: deque.version, reversed: true },
            Object::Tuple(_) | Object::Str(_) | Object::Bytes(_) | Object::ByteArray(_) | Object::MemoryView(_) => {
                let mut items = self.container_items(v)?.unwrap_or_default();
                items.reverse();
                Iter::Items { items, at: 0, class: c::REVERSED }
            }
            _ => return Ok(None),
        };
        Ok(Some(self.new_iter(iterator)))
    }
}
