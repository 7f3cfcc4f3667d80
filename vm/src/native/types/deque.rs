//! `collections.deque` (Modules/_collectionsmodule.c).

use super::wrappers as w;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Stop, constructor, method};
use crate::object::builtin::class_id as c;
use crate::object::deque::Deque;
use crate::object::{Object, room};
use crate::text::slice::item_index;
use crate::value::{ObjId, Value};
use std::collections::VecDeque;

/// `collections.deque`
pub const TABLE: TypeTable = TypeTable { class: c::DEQUE, methods: METHODS, getsets: GETSETS };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("__init__", Sig::Raw, init),
    method("append", Sig::One, append),
    method("appendleft", Sig::One, appendleft),
    method("clear", Sig::NoArgs, clear),
    method("copy", Sig::NoArgs, copy),
    method("__copy__", Sig::NoArgs, copy),
    method("count", Sig::One, count),
    method("extend", Sig::One, extend),
    method("extendleft", Sig::One, extendleft),
    method("index", Sig::Positional(1, 3), index),
    method("insert", Sig::Positional(2, 2), insert),
    method("pop", Sig::NoArgs, pop),
    method("popleft", Sig::NoArgs, popleft),
    method("remove", Sig::One, remove),
    method("reverse", Sig::NoArgs, reverse),
    method("rotate", Sig::Positional(0, 1), rotate),
    method("__reversed__", Sig::NoArgs, reversed),
    method("__reduce__", Sig::NoArgs, reduce),
    method("__getitem__", Sig::One, getitem),
    method("__setitem__", Sig::Positional(2, 2), setitem),
    method("__delitem__", Sig::One, delitem),
    method("__contains__", Sig::One, contains),
    method("__add__", Sig::One, add),
    method("__iadd__", Sig::One, iadd),
    method("__mul__", Sig::One, mul),
    method("__rmul__", Sig::One, mul),
    method("__imul__", Sig::One, imul),
    w::LEN,
    w::ITER,
    w::REPR,
    w::EQ,
    w::NE,
    w::LT,
    w::LE,
    w::GT,
    w::GE,
    w::CLASS_GETITEM,
];

const GETSETS: &[GetSetDef] = &[GetSetDef { name: "maxlen", get: maxlen, set: None }];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a deque")
}

impl Cx<'_> {
    /// The deque behind a handle that is known to be one.
    pub fn deque(&self, id: ObjId) -> &Deque {
        match self.vm.heap.get(id) {
            Object::Deque(deque) => deque,
            _ => unreachable!("handle of a deque"),
        }
    }

    /// Changes a deque: accounts for growth, and lets iterators notice.
    fn deque_edit<T>(&mut self, id: ObjId, edit: impl FnOnce(&mut Deque) -> T) -> T {
        let Object::Deque(deque) = self.vm.heap.get_mut(id) else { unreachable!("handle of a deque") };
        let before = room(deque.items.len());
        deque.version += 1;
        let result = edit(deque);
        let after = room(deque.items.len());
        self.vm.heap.resized(before * size_of::<Value>(), after * size_of::<Value>());
        result
    }

    fn new_deque(&mut self, items: VecDeque<Value>, most: Option<usize>) -> Value {
        Value::Obj(self.vm.heap.alloc(Object::Deque(Box::new(Deque { items, most, version: 0 }))))
    }
}

fn push_right(deque: &mut Deque, item: Value) {
    deque.items.push_back(item);
    if deque.most.is_some_and(|most| deque.items.len() > most) {
        deque.items.pop_front();
    }
}

fn push_left(deque: &mut Deque, item: Value) {
    deque.items.push_front(item);
    if deque.most.is_some_and(|most| deque.items.len() > most) {
        deque.items.pop_back();
    }
}

/// `deque([iterable[, maxlen]])`: the iterable and the bound.
fn parameters(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<(Option<Value>, Option<usize>), Box<Stop>> {
    let total = args.len() - 1 + args.kw.len();
    if total > 2 {
        return Err(cx.type_error(format!("deque() takes at most 2 arguments ({total} given)")));
    }
    let (mut iterable, mut most) = (args.given(1), args.given(2));
    for (name, value) in args.kw {
        match cx.vm.heap.name(*name) {
            "iterable" if iterable.is_none() => iterable = Some(*value),
            "maxlen" if most.is_none() => most = Some(*value),
            other => {
                let text = match other {
                    "iterable" => "argument for deque() given by name ('iterable') and position (1)".to_owned(),
                    "maxlen" => "argument for deque() given by name ('maxlen') and position (2)".to_owned(),
                    _ => format!("deque() got an unexpected keyword argument '{other}'"),
                };
                return Err(cx.type_error(text));
            }
        }
    }
    let most = match most {
        None | Some(Value::None) => None,
        Some(v) => match cx.as_int_value(v) {
            None => return Err(cx.type_error("an integer is required")),
            Some(Value::Int(n)) if n >= 0 => Some(n as usize),
            Some(Value::Int(_)) => return Err(cx.value_error("maxlen must be non-negative")),
            Some(_) => return Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
        },
    };
    Ok((iterable, most))
}

fn filled(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<(VecDeque<Value>, Option<usize>), Box<Stop>> {
    let (iterable, most) = parameters(cx, args)?;
    let mut items: VecDeque<Value> = match iterable {
        Some(iterable) => cx.iterate(iterable)?.into(),
        None => VecDeque::new(),
    };
    if let Some(most) = most {
        items.drain(..items.len().saturating_sub(most));
    }
    Ok((items, most))
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if args.get(0) != Value::Obj(c::DEQUE) {
        return Ok(cx.new_deque(VecDeque::new(), None));
    }
    let (items, most) = filled(cx, args)?;
    Ok(cx.new_deque(items, most))
}

fn init(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (items, most) = filled(cx, args)?;
    cx.deque_edit(id(args), |deque| {
        deque.items = items;
        deque.most = most;
    });
    Ok(Value::None)
}

fn maxlen(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(cx.deque(id(args)).most.map_or(Value::None, |most| Value::Int(most as i64)))
}

fn append(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let item = args.get(1);
    cx.deque_edit(id(args), |deque| push_right(deque, item));
    Ok(Value::None)
}

fn appendleft(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let item = args.get(1);
    cx.deque_edit(id(args), |deque| push_left(deque, item));
    Ok(Value::None)
}

fn clear(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.deque_edit(id(args), |deque| deque.items = VecDeque::new());
    Ok(Value::None)
}

fn copy(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (items, most) = (cx.deque(id(args)).items.clone(), cx.deque(id(args)).most);
    Ok(cx.new_deque(items, most))
}

/// The error when a comparison changed the deque.
fn check_version(cx: &mut Cx<'_>, args: &Args<'_>, version: u64) -> Result<(), Box<Stop>> {
    if cx.deque(id(args)).version != version {
        return Err(cx.runtime_error("deque mutated during iteration"));
    }
    Ok(())
}

/// The positions of the items that are equal to `x`, from `from` to `to`; at most `most` of them.
fn search(
    cx: &mut Cx<'_>,
    args: &Args<'_>,
    x: Value,
    (from, to): (usize, usize),
    most: usize,
) -> Result<Vec<usize>, Box<Stop>> {
    let version = cx.once(|cx| Ok(Value::Int(cx.deque(id(args)).version as i64)))?;
    let version = if let Value::Int(version) = version { version as u64 } else { 0 };
    let mut found = Vec::new();
    for at in from..to {
        check_version(cx, args, version)?;
        let Some(item) = cx.deque(id(args)).items.get(at).copied() else { break };
        if item.is(x) || cx.eq(item, x)? {
            found.push(at);
            if found.len() == most {
                break;
            }
        }
    }
    check_version(cx, args, version)?;
    Ok(found)
}

fn contains(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let len = cx.deque(id(args)).items.len();
    Ok(Value::Bool(!search(cx, args, args.get(1), (0, len), 1)?.is_empty()))
}

fn count(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let len = cx.deque(id(args)).items.len();
    Ok(Value::Int(search(cx, args, args.get(1), (0, len), usize::MAX)?.len() as i64))
}

fn index(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let start = cx.bound_or(args.given(2), 0)?;
    let stop = cx.bound_or(args.given(3), i64::MAX)?;
    let len = cx.deque(id(args)).items.len();
    let (from, to) = (super::list::fit(start, len), super::list::fit(stop, len).min(len));
    match search(cx, args, args.get(1), (from.min(to), to), 1)?.first() {
        Some(at) => Ok(Value::Int(*at as i64)),
        None => Err(not_in_deque(cx, args.get(1))?),
    }
}

fn not_in_deque(cx: &mut Cx<'_>, x: Value) -> Result<Box<Stop>, Box<Stop>> {
    let shown = cx.repr(x)?;
    Ok(cx.value_error(format!("{shown} is not in deque")))
}

fn remove(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let len = cx.deque(id(args)).items.len();
    match search(cx, args, args.get(1), (0, len), 1)?.first() {
        Some(at) => {
            cx.deque_edit(id(args), |deque| deque.items.remove(*at));
            Ok(Value::None)
        }
        None => Err(not_in_deque(cx, args.get(1))?),
    }
}

fn extend(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items = cx.iterate(args.get(1))?;
    cx.reserve(items.len() * size_of::<Value>())?;
    cx.deque_edit(id(args), |deque| items.into_iter().for_each(|item| push_right(deque, item)));
    Ok(Value::None)
}

fn extendleft(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items = cx.iterate(args.get(1))?;
    cx.reserve(items.len() * size_of::<Value>())?;
    cx.deque_edit(id(args), |deque| items.into_iter().for_each(|item| push_left(deque, item)));
    Ok(Value::None)
}

fn insert(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let at = cx.size_arg(args.get(1))?;
    let deque = cx.deque(id(args));
    if deque.most == Some(deque.items.len()) {
        return Err(cx.index_error("deque already at its maximum size"));
    }
    let at = super::list::fit(at, deque.items.len()).min(deque.items.len());
    let item = args.get(2);
    cx.deque_edit(id(args), |deque| deque.items.insert(at, item));
    Ok(Value::None)
}

fn pop(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if cx.deque(id(args)).items.is_empty() {
        return Err(cx.index_error("pop from an empty deque"));
    }
    Ok(cx.deque_edit(id(args), |deque| deque.items.pop_back()).unwrap_or_default())
}

fn popleft(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if cx.deque(id(args)).items.is_empty() {
        return Err(cx.index_error("pop from an empty deque"));
    }
    Ok(cx.deque_edit(id(args), |deque| deque.items.pop_front()).unwrap_or_default())
}

fn reverse(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Object::Deque(deque) = cx.vm.heap.get_mut(id(args)) else { return Ok(Value::None) };
    deque.items.make_contiguous().reverse();
    Ok(Value::None)
}

fn rotate(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let steps = match args.given(1) {
        Some(v) => cx.size_arg(v)?,
        None => 1,
    };
    let len = cx.deque(id(args)).items.len() as i64;
    if len > 1 {
        let steps = steps.rem_euclid(len) as usize;
        cx.deque_edit(id(args), |deque| deque.items.rotate_right(steps));
    }
    Ok(Value::None)
}

fn reversed(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.native_reversed(args.get(0)).map(Option::unwrap_or_default)
}

fn reduce(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let iterator = cx.iter(args.get(0))?;
    let most = maxlen(cx, args)?;
    let empty = cx.vm.empty_tuple;
    let parameters = match most {
        Value::None => empty,
        most => cx.new_tuple(vec![empty, most]),
    };
    Ok(cx.new_tuple(vec![Value::Obj(c::DEQUE), parameters, Value::None, iterator]))
}

/// The position that an index means.
fn position(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<usize, Box<Stop>> {
    let index = args.get(1);
    if !cx.has_index(index) {
        let kind = cx.type_name(index);
        return Err(cx.type_error(format!("sequence index must be integer, not '{kind}'")));
    }
    let index = cx.index_i64(index)?;
    let len = cx.deque(id(args)).items.len();
    item_index(index, len).ok_or_else(|| cx.index_error("deque index out of range"))
}

fn getitem(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let at = position(cx, args)?;
    Ok(cx.deque(id(args)).items[at])
}

fn setitem(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let at = position(cx, args)?;
    if let Object::Deque(deque) = cx.vm.heap.get_mut(id(args)) {
        deque.items[at] = args.get(2);
    }
    Ok(Value::None)
}

fn delitem(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let at = position(cx, args)?;
    cx.deque_edit(id(args), |deque| deque.items.remove(at));
    Ok(Value::None)
}

fn add(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let other = cx.vm.heap.unwrap_payload(args.get(1));
    let Some(Object::Deque(right)) = cx.object(other) else {
        let kind = cx.type_name(args.get(1));
        return Err(cx.type_error(format!("can only concatenate deque (not \"{kind}\") to deque")));
    };
    let right = right.items.clone();
    let mut sum = Deque { items: cx.deque(id(args)).items.clone(), most: cx.deque(id(args)).most, version: 0 };
    right.into_iter().for_each(|item| push_right(&mut sum, item));
    Ok(cx.new_deque(sum.items, sum.most))
}

fn iadd(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    extend(cx, args)?;
    Ok(args.get(0))
}

/// The items repeated, cut to the bound.
fn repeated(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<VecDeque<Value>, Box<Stop>> {
    let times = usize::try_from(cx.size_arg(args.get(1))?).unwrap_or(0);
    let deque = cx.deque(id(args));
    let (items, most) = (deque.items.clone(), deque.most.unwrap_or(usize::MAX));
    let total = items.len().saturating_mul(times);
    let kept = total.min(most);
    cx.reserve(kept.saturating_mul(size_of::<Value>()))?;
    let skipped = total - kept;
    Ok((skipped..total).map(|i| items[i % items.len()]).collect())
}

fn mul(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items = repeated(cx, args)?;
    let most = cx.deque(id(args)).most;
    Ok(cx.new_deque(items, most))
}

fn imul(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let items = repeated(cx, args)?;
    cx.deque_edit(id(args), |deque| deque.items = items);
    Ok(args.get(0))
}
