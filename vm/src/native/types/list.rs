//! `list`.
//!
//! Objects/listobject.c. Sorting is in `list_sort`.

use super::wrappers as w;
use crate::code::BinaryOperator;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, constructor, method};
use crate::object::builtin::class_id as c;
use crate::object::iter::Iter;
use crate::object::{Object, room};
use crate::text::slice::item_index;
use crate::value::{ObjId, Value};

/// `list`
pub const TABLE: TypeTable = TypeTable { class: c::LIST, methods: METHODS, getsets: &[] };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("__init__", Sig::Raw, init),
    method("append", Sig::One, append),
    method("clear", Sig::NoArgs, clear),
    method("copy", Sig::NoArgs, copy),
    method("count", Sig::One, count),
    method("extend", Sig::One, extend),
    method("index", Sig::Positional(1, 3), index),
    method("insert", Sig::Positional(2, 2), insert),
    method("pop", Sig::Positional(0, 1), pop),
    method("remove", Sig::One, remove),
    method("reverse", Sig::NoArgs, reverse),
    method("sort", Sig::Named(&["key", "reverse"], 0, 0), super::list_sort::sort),
    method("__reversed__", Sig::NoArgs, reversed),
    method("__add__", Sig::One, add),
    method("__iadd__", Sig::One, iadd),
    method("__mul__", Sig::One, mul),
    method("__rmul__", Sig::One, mul),
    method("__imul__", Sig::One, imul),
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
    w::CLASS_GETITEM,
];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a list")
}

impl Cx<'_> {
    /// The items of a list object.
    pub fn list_items(&self, list: ObjId) -> &[Value] {
        match self.vm.heap.get(list) {
            Object::List(items) => items,
            _ => &[],
        }
    }

    /// Changes a list object and accounts for its growth.
    pub fn list_edit<T>(&mut self, list: ObjId, edit: impl FnOnce(&mut Vec<Value>) -> T) -> T {
        let Object::List(items) = self.vm.heap.get_mut(list) else { unreachable!("handle of a list") };
        let before = room(items.len());
        let result = edit(items);
        let after = room(items.len());
        self.vm.heap.resized(before * size_of::<Value>(), after * size_of::<Value>());
        result
    }

    /// Appends items to a list.
    pub fn list_extend(&mut self, list: Value, items: &[Value]) {
        if let Value::Obj(id) = list {
            self.list_edit(id, |list| list.extend_from_slice(items));
        }
    }

    /// The index of an item, or that an item is missing, by `==` on each; the list may change meanwhile.
    fn list_search(&mut self, list: ObjId, x: Value, from: usize, to: usize) -> Result<Option<usize>, Box<Stop>> {
        let mut at = from;
        while at < to.min(self.list_items(list).len()) {
            let item = self.list_items(list)[at];
            if item.is(x) || self.eq(item, x)? {
                return Ok(Some(at));
            }
            at += 1;
        }
        Ok(None)
    }
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.get(0) != Value::Obj(c::LIST) {
        return Ok(cx.new_list(Vec::new()));
    }
    let items = match cx.one_optional(args, "list")? {
        Some(iterable) => cx.iterate(iterable)?,
        None => Vec::new(),
    };
    Ok(cx.new_list(items))
}

fn init(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items = match cx.one_optional(args, "list")? {
        Some(iterable) => cx.iterate(iterable)?,
        None => Vec::new(),
    };
    cx.list_edit(id(args), |list| *list = items);
    Ok(Value::None)
}

fn append(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let item = args.get(1);
    cx.list_edit(id(args), |list| list.push(item));
    Ok(Value::None)
}

fn clear(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.list_edit(id(args), |list| *list = Vec::new());
    Ok(Value::None)
}

fn copy(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items = cx.list_items(id(args)).to_vec();
    cx.reserve(items.len() * size_of::<Value>())?;
    Ok(cx.new_list(items))
}

fn count(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (mut n, mut at) = (0, 0);
    while let Some(item) = cx.list_items(id(args)).get(at).copied() {
        if item.is(args.get(1)) || cx.eq(item, args.get(1))? {
            n += 1;
        }
        at += 1;
    }
    Ok(Value::Int(n))
}

fn extend(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items = cx.iterate(args.get(1))?;
    cx.reserve(items.len() * size_of::<Value>())?;
    cx.list_edit(id(args), |list| list.extend(items));
    Ok(Value::None)
}

fn index(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let list = id(args);
    let start = cx.bound_or(args.given(2), 0)?;
    let stop = cx.bound_or(args.given(3), i64::MAX)?;
    let len = cx.list_items(list).len();
    let (from, to) = (fit(start, len), fit(stop, len));
    match cx.list_search(list, args.get(1), from, to)? {
        Some(at) => Ok(Value::Int(at as i64)),
        None => {
            let shown = cx.repr(args.get(1))?;
            Err(cx.value_error(format!("{shown} is not in list")))
        }
    }
}

/// A bound counted from the end if negative, not below 0; it can be beyond the end.
pub(super) fn fit(bound: i64, len: usize) -> usize {
    if bound < 0 { bound.saturating_add(len as i64).max(0) as usize } else { bound as usize }
}

fn insert(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let index = cx.size_arg(args.get(1))?;
    let item = args.get(2);
    cx.list_edit(id(args), |list| {
        let at = fit(index, list.len()).min(list.len());
        list.insert(at, item);
    });
    Ok(Value::None)
}

fn pop(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let index = match args.given(1) {
        Some(v) => cx.size_arg(v)?,
        None => -1,
    };
    let len = cx.list_items(id(args)).len();
    if len == 0 {
        return Err(cx.index_error("pop from empty list"));
    }
    match item_index(index, len) {
        Some(at) => Ok(cx.list_edit(id(args), |list| list.remove(at))),
        None => Err(cx.index_error("pop index out of range")),
    }
}

fn remove(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match cx.list_search(id(args), args.get(1), 0, usize::MAX)? {
        Some(at) => {
            cx.list_edit(id(args), |list| {
                if at < list.len() {
                    list.remove(at);
                }
            });
            Ok(Value::None)
        }
        None => Err(cx.value_error("list.remove(x): x not in list")),
    }
}

fn reverse(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.list_edit(id(args), |list| list.reverse());
    Ok(Value::None)
}

fn reversed(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let left = cx.list_items(id(args)).len();
    Ok(cx.new_iter(Iter::ListReversed { list: id(args), left }))
}

fn add(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let other = cx.vm.heap.unwrap_payload(args.get(1));
    if !matches!(cx.object(other), Some(Object::List(_))) {
        let kind = cx.type_name(other);
        return Err(cx.type_error(format!("can only concatenate list (not \"{kind}\") to list")));
    }
    cx.binary(BinaryOperator::Add, args.get(0), other)
}

fn iadd(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    extend(cx, args)?;
    Ok(args.get(0))
}

fn mul(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let times = cx.index_value(args.get(1))?;
    cx.binary(BinaryOperator::Multiply, args.get(0), times)
}

fn imul(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let times = cx.index_value(args.get(1))?;
    cx.binary(BinaryOperator::InplaceMultiply, args.get(0), times)
}
