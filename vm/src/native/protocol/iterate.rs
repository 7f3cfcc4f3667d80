//! Iteration: `iter()`, `next()`, and all items of an iterable at once.
//!
//! Builtin containers have native iterators ([`Iter`]) that run no Python code; their rules about changes during the
//! iteration are CPython's (Objects/dictobject.c, setobject.c, listobject.c, Modules/_collectionsmodule.c). Everything else
//! goes through `__iter__` and `__next__`.

use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::compare::range_len;
use crate::object::dict::ViewKind;
use crate::object::iter::Iter;
use crate::value::{ObjId, Value};

/// Virtual time that native code takes for one item of a loop, in nanoseconds.
pub const ITEM_COST_NS: u64 = 8;

/// Items after which a loop of unknown length asks whether the heap can take more.
const RESERVE_EVERY: usize = 1 << 12;

/// What one step of a native iterator gives.
type Item = Result<Option<Value>, Box<Stop>>;

impl Cx<'_> {
    /// `iter(v)`
    ///
    /// # Errors
    /// `TypeError` if it is not iterable; those of `__iter__`.
    pub fn iter(&mut self, v: Value) -> NativeResult {
        if let Some(iterator) = self.native_iter(v) {
            return Ok(iterator);
        }
        match self.lookup_special(v, name::ITER) {
            Some(Value::None) => Err(self.not_iterable(v)),
            Some(function) => {
                let iterator = self.call_found(function, v, &[])?;
                if self.has_next(iterator) {
                    return Ok(iterator);
                }
                let kind = self.type_name(iterator);
                Err(self.type_error(format!("iter() returned non-iterator of type '{kind}'")))
            }
            None if self.lookup_special(v, name::GETITEM).is_some() => {
                let make = self.vm.prelude("seq_iter");
                self.call(make, &[v])
            }
            None => Err(self.not_iterable(v)),
        }
    }

    /// "'X' object is not iterable"
    pub fn not_iterable(&mut self, v: Value) -> Box<Stop> {
        let kind = self.type_name(v);
        self.type_error(format!("'{kind}' object is not iterable"))
    }

    /// Whether `iter(v)` can work.
    pub fn is_iterable(&self, v: Value) -> bool {
        if matches!(self.object(v), Some(Object::Generator(_))) || self.native_iterable(v).is_some() {
            return true;
        }
        match self.lookup_special(v, name::ITER) {
            Some(function) => !function.is_none(),
            None => self.lookup_special(v, name::GETITEM).is_some(),
        }
    }

    /// Whether `next()` can be called on a value.
    pub fn has_next(&self, v: Value) -> bool {
        match self.object(v) {
            Some(Object::Iter(_) | Object::Generator(_)) => true,
            _ => self.lookup_special(v, name::NEXT).is_some_and(|f| !f.is_none()),
        }
    }

    /// The builtin container whose own iteration a value uses: itself, or the one inside an instance of a derived class
    /// that does not define `__iter__`.
    pub fn native_iterable(&self, v: Value) -> Option<ObjId> {
        let id = v.obj()?;
        match self.vm.heap.get(id) {
            Object::List(_)
            | Object::Tuple(_)
            | Object::Str(_)
            | Object::Bytes(_)
            | Object::ByteArray(_)
            | Object::MemoryView(_)
            | Object::Range(..)
            | Object::Dict(_)
            | Object::DictView(_)
            | Object::MappingProxy(_)
            | Object::Set(_)
            | Object::FrozenSet(_)
            | Object::Deque(_)
            | Object::Iter(_) => Some(id),
            Object::Instance(_) => {
                let inner = self.vm.heap.payload(id)?;
                let class = self.vm.heap.class_of(v);
                match self.vm.heap.lookup(class, name::ITER) {
                    Some(Value::Native(_)) => self.native_iterable(inner),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// `iter(v)` where that needs no Python code: builtin containers, iterators, generators.
    pub fn native_iter(&mut self, v: Value) -> Option<Value> {
        if let Some(Object::Generator(_)) = self.object(v) {
            return Some(v);
        }
        let id = self.native_iterable(v)?;
        let iterator = match self.vm.heap.get(id) {
            Object::Iter(_) => return Some(Value::Obj(id)),
            Object::List(_) => Iter::List { list: id, at: 0 },
            Object::Tuple(_) => Iter::Tuple { tuple: id, at: 0 },
            Object::Str(_) => Iter::Str { string: id, byte: 0 },
            Object::Bytes(_) | Object::ByteArray(_) | Object::MemoryView(_) => Iter::Bytes { bytes: id, at: 0 },
            Object::Range(start, stop, step) => {
                Iter::Range { next: *start, step: *step, left: range_len(*start, *stop, *step) }
            }
            Object::Dict(_) => self.dict_iter(id, ViewKind::Keys, false),
            Object::DictView(view) => self.dict_iter(view.dict, view.kind, false),
            Object::MappingProxy(dict) => return self.native_iter(Value::Obj(*dict)),
            Object::Set(set) | Object::FrozenSet(set) => Iter::Set { set: id, place: 0, len: set.len() },
            Object::Deque(deque) => Iter::Deque { deque: id, at: 0, version: deque.version, reversed: false },
            _ => return None,
        };
        Some(self.new_iter(iterator))
    }

    /// The iterator of a dict.
    pub fn dict_iter(&self, dict: ObjId, kind: ViewKind, reversed: bool) -> Iter {
        let table = self.vm.heap.dict(dict);
        let place = if reversed { table.places() } else { 0 };
        Iter::Dict { dict, kind, place, len: table.len(), left: table.len(), reversed }
    }

    /// Puts an iterator on the heap.
    pub fn new_iter(&mut self, iterator: Iter) -> Value {
        Value::Obj(self.vm.heap.alloc(Object::Iter(Box::new(iterator))))
    }

    /// The next item of a native iterator; `None` at its end.
    ///
    /// # Errors
    /// `RuntimeError` when the container changed; `ValueError` of a strict `zip`.
    pub fn next_native(&mut self, iterator: ObjId) -> Item {
        let Object::Iter(state) = self.vm.heap.get(iterator) else { return Ok(None) };
        match **state {
            Iter::Range { left: 0, .. } | Iter::Done { .. } => Ok(None),
            Iter::Range { next, step, left } => {
                self.set_iter(iterator, Iter::Range { next: next.wrapping_add(step), step, left: left - 1 });
                Ok(Some(Value::Int(next)))
            }
            Iter::List { list, at } => Ok(self.next_of_list(iterator, list, at)),
            Iter::ListReversed { list, left } => Ok(self.next_of_list_reversed(iterator, list, left)),
            Iter::Tuple { tuple, at } => {
                let item = self.vm.heap.tuple(Value::Obj(tuple)).and_then(|items| items.get(at).copied());
                if item.is_some() {
                    self.set_iter(iterator, Iter::Tuple { tuple, at: at + 1 });
                }
                Ok(item)
            }
            Iter::Str { string, byte } => Ok(self.next_of_str(iterator, string, byte)),
            Iter::Bytes { bytes, at } => {
                let item = self.vm.heap.bytes(bytes).and_then(|b| b.get(at).copied());
                match item {
                    Some(_) => self.set_iter(iterator, Iter::Bytes { bytes, at: at + 1 }),
                    None => self.finish_iter(iterator),
                }
                Ok(item.map(|b| Value::Int(i64::from(b))))
            }
            Iter::Dict { .. } => self.next_of_dict(iterator),
            Iter::Set { set, place, len } => self.next_of_set(iterator, set, place, len),
            Iter::Deque { deque, at, version, reversed } => self.next_of_deque(iterator, deque, at, version, reversed),
            Iter::Enumerate { inner, next } => self.next_of_enumerate(iterator, inner, next),
            Iter::Zip { ref inner, strict } => {
                let inner = inner.clone();
                self.next_of_zip(&inner, strict)
            }
            Iter::Chain { first: Some(first), rest } => {
                self.set_iter(iterator, Iter::Chain { first: None, rest });
                Ok(Some(first))
            }
            Iter::Chain { first: None, rest } => self.next_native(rest),
            Iter::Items { ref items, at, .. } => {
                let item = items.get(at).copied();
                match self.vm.heap.get_mut(iterator) {
                    Object::Iter(state) if item.is_some() => {
                        if let Iter::Items { at, .. } = &mut **state {
                            *at += 1;
                        }
                    }
                    _ => self.finish_iter(iterator),
                }
                Ok(item)
            }
        }
    }

    fn set_iter(&mut self, iterator: ObjId, state: Iter) {
        if let Object::Iter(place) = self.vm.heap.get_mut(iterator) {
            **place = state;
        }
    }

    /// Ends an iterator for good.
    fn finish_iter(&mut self, iterator: ObjId) {
        let class = self.vm.heap.class_of_object(iterator);
        self.set_iter(iterator, Iter::Done { class });
    }

    fn next_of_list(&mut self, iterator: ObjId, list: ObjId, at: usize) -> Option<Value> {
        let item = match self.vm.heap.get(list) {
            Object::List(items) => items.get(at).copied(),
            _ => None,
        };
        match item {
            Some(_) => self.set_iter(iterator, Iter::List { list, at: at + 1 }),
            None => self.finish_iter(iterator),
        }
        item
    }

    fn next_of_list_reversed(&mut self, iterator: ObjId, list: ObjId, left: usize) -> Option<Value> {
        let item = match self.vm.heap.get(list) {
            Object::List(items) => left.checked_sub(1).and_then(|at| items.get(at).copied()),
            _ => None,
        };
        match item {
            Some(_) => self.set_iter(iterator, Iter::ListReversed { list, left: left - 1 }),
            None => self.finish_iter(iterator),
        }
        item
    }

    fn next_of_str(&mut self, iterator: ObjId, string: ObjId, byte: usize) -> Option<Value> {
        let ch = self.vm.heap.str_of(string)?[byte..].chars().next()?;
        self.set_iter(iterator, Iter::Str { string, byte: byte + ch.len_utf8() });
        Some(self.vm.char_str(ch))
    }

    fn next_of_dict(&mut self, iterator: ObjId) -> Item {
        let Object::Iter(state) = self.vm.heap.get(iterator) else { return Ok(None) };
        let Iter::Dict { dict, kind, place, len, left, reversed } = **state else { return Ok(None) };
        let table = self.vm.heap.dict(dict);
        if table.len() != len {
            self.set_iter(iterator, Iter::Dict { dict, kind, place, len: usize::MAX, left, reversed });
            return Err(self.runtime_error("dictionary changed size during iteration"));
        }
        let found = if reversed {
            (0..place.min(table.places())).rev().find(|p| table.entry_at(*p).is_some())
        } else {
            (place..table.places()).find(|p| table.entry_at(*p).is_some())
        };
        let Some(entry) = found.and_then(|p| table.entry_at(p)).copied() else {
            self.finish_iter(iterator);
            return Ok(None);
        };
        if left == 0 && !reversed {
            self.finish_iter(iterator);
            return Err(self.runtime_error("dictionary keys changed during iteration"));
        }
        let at = found.unwrap_or(0);
        let place = if reversed { at } else { at + 1 };
        self.set_iter(iterator, Iter::Dict { dict, kind, place, len, left: left.saturating_sub(1), reversed });
        Ok(Some(self.view_item(kind, entry.key, entry.value)))
    }

    /// What a view of this kind gives for an entry.
    pub fn view_item(&mut self, kind: ViewKind, key: Value, value: Value) -> Value {
        match kind {
            ViewKind::Keys => key,
            ViewKind::Values => value,
            ViewKind::Items => self.new_tuple(vec![key, value]),
        }
    }

    fn next_of_set(&mut self, iterator: ObjId, set: ObjId, place: usize, len: usize) -> Item {
        let table = match self.vm.heap.get(set) {
            Object::Set(table) | Object::FrozenSet(table) => table,
            _ => return Ok(None),
        };
        if table.len() != len {
            self.set_iter(iterator, Iter::Set { set, place, len: usize::MAX });
            return Err(self.runtime_error("Set changed size during iteration"));
        }
        match table.next_from(place) {
            Some((place, item)) => {
                self.set_iter(iterator, Iter::Set { set, place, len });
                Ok(Some(item))
            }
            None => {
                self.finish_iter(iterator);
                Ok(None)
            }
        }
    }

    fn next_of_deque(&mut self, iterator: ObjId, deque: ObjId, at: usize, version: u64, reversed: bool) -> Item {
        let Object::Deque(items) = self.vm.heap.get(deque) else { return Ok(None) };
        if items.version != version {
            return Err(self.runtime_error("deque mutated during iteration"));
        }
        let len = items.items.len();
        let item = items.items.get(if reversed { len.wrapping_sub(at + 1) } else { at }).copied();
        if item.is_some() {
            self.set_iter(iterator, Iter::Deque { deque, at: at + 1, version, reversed });
        }
        Ok(item)
    }

    fn next_of_enumerate(&mut self, iterator: ObjId, inner: ObjId, next: i64) -> Item {
        let Some(item) = self.next_native(inner)? else { return Ok(None) };
        self.set_iter(iterator, Iter::Enumerate { inner, next: next + 1 });
        Ok(Some(self.new_tuple(vec![Value::Int(next), item])))
    }

    fn next_of_zip(&mut self, inner: &[ObjId], strict: bool) -> Item {
        if inner.is_empty() {
            return Ok(None);
        }
        let mut items = Vec::with_capacity(inner.len());
        for (i, iterator) in inner.iter().enumerate() {
            match self.next_native(*iterator)? {
                Some(item) => items.push(item),
                None if strict => return self.check_strict_zip(inner, i),
                None => return Ok(None),
            }
        }
        Ok(Some(self.new_tuple(items)))
    }

    /// Argument number `ended` of a strict zip is exhausted: an error unless all are.
    fn check_strict_zip(&mut self, inner: &[ObjId], ended: usize) -> Item {
        let before = |n: usize| if n == 1 { "argument 1".to_owned() } else { format!("arguments 1-{n}") };
        if ended > 0 {
            let text = format!("zip() argument {} is shorter than {}", ended + 1, before(ended));
            return Err(self.value_error(text));
        }
        for (i, iterator) in inner.iter().enumerate().skip(1) {
            if self.next_native(*iterator)?.is_some() {
                let text = format!("zip() argument {} is longer than {}", i + 1, before(i));
                return Err(self.value_error(text));
            }
        }
        Ok(None)
    }

    /// `next(v)` in the middle of a native function: the item, or `None` at the end.
    ///
    /// # Errors
    /// Those of the iterator; `TypeError` if it is none.
    pub fn next(&mut self, v: Value) -> Item {
        let item = match self.object(v) {
            Some(Object::Iter(_)) => {
                let id = v.obj().expect("an object");
                self.once(|cx| Ok(cx.next_native(id)?.unwrap_or_default()))?
            }
            _ => match self.lookup_special(v, name::NEXT) {
                Some(function) => self.call_catching(function, &[v], c::STOP_ITERATION)?.unwrap_or_default(),
                None => {
                    let kind = self.type_name(v);
                    return Err(self.type_error(format!("'{kind}' object is not an iterator")));
                }
            },
        };
        Ok(Some(item).filter(|v| v.is_bound()))
    }

    /// All items of an iterable.
    ///
    /// # Errors
    /// `TypeError` if it is not iterable; those of its iterator; `MemoryError`.
    pub fn iterate(&mut self, v: Value) -> Result<Vec<Value>, Box<Stop>> {
        if let Some(items) = self.container_items(v)? {
            self.cost_ns += items.len() as u64 * ITEM_COST_NS;
            return Ok(items);
        }
        let list = match self.native_iterable(v) {
            Some(id) => self.once(|cx| {
                let items = cx.drain(id)?;
                Ok(cx.new_list(items))
            })?,
            None => {
                let collect = self.vm.prelude("collect");
                self.call(collect, &[v])?
            }
        };
        match self.object(list) {
            Some(Object::List(items)) => {
                let items = items.clone();
                self.cost_ns += items.len() as u64 * ITEM_COST_NS;
                Ok(items)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// All items of a builtin container (not of an iterator).
    ///
    /// # Errors
    /// `MemoryError`
    pub fn container_items(&mut self, v: Value) -> Result<Option<Vec<Value>>, Box<Stop>> {
        let Some(id) = self.native_iterable(v) else { return Ok(None) };
        let heap = &self.vm.heap;
        Ok(Some(match heap.get(id) {
            Object::List(items) => items.clone(),
            Object::Tuple(items) => items.to_vec(),
            Object::Bytes(_) | Object::ByteArray(_) | Object::MemoryView(_) => {
                heap.bytes(id).unwrap_or_default().iter().map(|b| Value::Int(i64::from(*b))).collect()
            }
            Object::Str(text) => {
                let chars: Vec<char> = text.text.chars().collect();
                chars.into_iter().map(|ch| self.vm.char_str(ch)).collect()
            }
            Object::Range(start, stop, step) => {
                let (start, step, len) = (*start, *step, range_len(*start, *stop, *step));
                self.reserve(usize::try_from(len).unwrap_or(usize::MAX).saturating_mul(size_of::<Value>()))?;
                (0..len as i64).map(|i| Value::Int(start + i * step)).collect()
            }
            Object::Dict(dict) => dict.iter().map(|e| e.key).collect(),
            Object::MappingProxy(dict) => return self.container_items(Value::Obj(*dict)),
            Object::DictView(view) => {
                let (dict, kind) = (view.dict, view.kind);
                let pairs: Vec<_> = heap.dict(dict).iter().map(|e| (e.key, e.value)).collect();
                pairs.into_iter().map(|(k, v)| self.view_item(kind, k, v)).collect()
            }
            Object::Set(set) | Object::FrozenSet(set) => set.iter().map(|(_, item)| item).collect(),
            Object::Deque(deque) => deque.items.iter().copied().collect(),
            _ => return Ok(None),
        }))
    }

    /// Everything that a native iterator still has.
    pub(crate) fn drain(&mut self, iterator: ObjId) -> Result<Vec<Value>, Box<Stop>> {
        let expected = self.length_hint(iterator);
        self.reserve(expected.saturating_mul(size_of::<Value>()))?;
        let mut items = Vec::with_capacity(expected.min(RESERVE_EVERY));
        while let Some(item) = self.next_native(iterator)? {
            items.push(item);
            if items.len() % RESERVE_EVERY == 0 {
                self.reserve(items.len() * size_of::<Value>())?;
            }
        }
        Ok(items)
    }

    /// How many items a native iterator still has if nothing changes (`__length_hint__`); 0 where unknown.
    pub fn length_hint(&self, iterator: ObjId) -> usize {
        let heap = &self.vm.heap;
        let Object::Iter(state) = heap.get(iterator) else { return 0 };
        match &**state {
            Iter::List { list, at } => match heap.get(*list) {
                Object::List(items) => items.len().saturating_sub(*at),
                _ => 0,
            },
            Iter::ListReversed { list, left } => match heap.get(*list) {
                Object::List(items) if items.len() >= *left => *left,
                _ => 0,
            },
            Iter::Tuple { tuple, at } => heap.tuple(Value::Obj(*tuple)).map_or(0, |t| t.len().saturating_sub(*at)),
            Iter::Str { string, byte } => heap.str_of(*string).map_or(0, |s| s[*byte..].chars().count()),
            Iter::Bytes { bytes, at } => heap.bytes(*bytes).map_or(0, |b| b.len().saturating_sub(*at)),
            Iter::Range { left, .. } => usize::try_from(*left).unwrap_or(usize::MAX),
            Iter::Dict { dict, len, left, .. } => {
                if heap.dict(*dict).len() == *len {
                    *left
                } else {
                    0
                }
            }
            Iter::Set { set, place, len } => match heap.get(*set) {
                Object::Set(s) | Object::FrozenSet(s) if s.len() == *len => {
                    std::iter::successors(s.next_from(*place), |(next, _)| s.next_from(*next)).count()
                }
                _ => 0,
            },
            Iter::Deque { deque, at, .. } => match heap.get(*deque) {
                Object::Deque(d) => d.items.len().saturating_sub(*at),
                _ => 0,
            },
            Iter::Chain { first, rest } => usize::from(first.is_some()) + self.length_hint(*rest),
            Iter::Items { items, at, .. } => items.len() - at,
            Iter::Enumerate { inner, .. } => self.length_hint(*inner),
            Iter::Zip { inner, .. } => inner.iter().map(|i| self.length_hint(*i)).min().unwrap_or(0),
            Iter::Done { .. } => 0,
        }
    }
}
