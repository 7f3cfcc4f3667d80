//! Comparison and membership of dicts, sets and views of dicts (Objects/dictobject.c, setobject.c).

use crate::code::Comparison;
use crate::native::{Cx, Stop};
use crate::object::Object;
use crate::object::dict::{DictView, ViewKind};
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// `type(a).__op__(a, b)` of dicts, sets, views of keys and items; `None` for other types.
    ///
    /// # Errors
    /// Those of comparing items.
    pub fn compare_tables(&mut self, op: Comparison, a: ObjId, b: ObjId) -> Result<Option<Value>, Box<Stop>> {
        let heap = &self.vm.heap;
        match (heap.get(a), heap.get(b)) {
            (Object::Dict(_), Object::Dict(_)) => match op {
                Comparison::Equal | Comparison::NotEqual => {
                    let same = self.nest_while(" in comparison", |cx| cx.dicts_equal(a, b))?;
                    Ok(Some(Value::Bool(same == (op == Comparison::Equal))))
                }
                _ => Ok(Some(Value::NotImplemented)),
            },
            (Object::Set(_) | Object::FrozenSet(_), Object::Set(_) | Object::FrozenSet(_)) => {
                self.compare_sets(op, a, b).map(|answer| Some(Value::Bool(answer)))
            }
            (Object::DictView(view), other) if view.kind != ViewKind::Values => {
                let set_like = match other {
                    Object::Set(_) | Object::FrozenSet(_) => true,
                    Object::DictView(other) => other.kind != ViewKind::Values,
                    _ => false,
                };
                match set_like {
                    true => self.compare_view(op, a, b).map(|answer| Some(Value::Bool(answer))),
                    false => Ok(Some(Value::NotImplemented)),
                }
            }
            _ => Ok(None),
        }
    }

    fn dicts_equal(&mut self, a: ObjId, b: ObjId) -> Result<bool, Box<Stop>> {
        let of = [Value::Obj(a), Value::Obj(b)];
        if a == b {
            return Ok(true);
        }
        if !self.in_loop("dict ==", of) && self.vm.heap.dict(a).len() != self.vm.heap.dict(b).len() {
            return Ok(false);
        }
        let steps = match self.steps("dict ==", of) {
            Ok(steps) => steps,
            Err(known) => return Ok(known == Value::Bool(true)),
        };
        while let Some([place, _]) = self.step(&steps, |cx, i| {
            let dict = cx.vm.heap.dict(a);
            (i < dict.places()).then_some([Value::Int(i as i64), Value::Unbound])
        }) {
            let place = if let Value::Int(place) = place { place as usize } else { 0 };
            if let Some(entry) = self.vm.heap.dict(a).entry_at(place).copied() {
                let found = self.dict_find_hashed(b, entry.hash, entry.key)?;
                let other = found.and_then(|p| self.vm.heap.dict(b).entry_at(p)).map(|e| e.value);
                let same = match other {
                    Some(value) => self.is_or_eq(value, entry.value)?,
                    None => false,
                };
                if !same {
                    self.steps_end(&steps, Value::Bool(false));
                    return Ok(false);
                }
            }
            self.step_done(&steps, None);
        }
        self.steps_end(&steps, Value::Bool(true));
        Ok(true)
    }

    fn compare_sets(&mut self, op: Comparison, a: ObjId, b: ObjId) -> Result<bool, Box<Stop>> {
        let table = |cx: &Self, id| cx.set_table(Value::Obj(id)).cloned().unwrap_or_default();
        let (left, right) = (table(self, a), table(self, b));
        self.by_inclusion(op, left.len(), right.len(), |cx, swapped| match swapped {
            false => cx.set_is_subset(&left, &right),
            true => cx.set_is_subset(&right, &left),
        })
    }

    /// A comparison of sets by size and inclusion; `inclusion(false)` tells whether the left one is in the right one.
    fn by_inclusion(
        &mut self,
        op: Comparison,
        left: usize,
        right: usize,
        inclusion: impl Fn(&mut Self, bool) -> Result<bool, Box<Stop>>,
    ) -> Result<bool, Box<Stop>> {
        match op {
            Comparison::Equal => Ok(left == right && inclusion(self, false)?),
            Comparison::NotEqual => Ok(left != right || !inclusion(self, false)?),
            Comparison::Less => Ok(left < right && inclusion(self, false)?),
            Comparison::LessEqual => Ok(left <= right && inclusion(self, false)?),
            Comparison::Greater => Ok(left > right && inclusion(self, true)?),
            Comparison::GreaterEqual => Ok(left >= right && inclusion(self, true)?),
        }
    }

    fn compare_view(&mut self, op: Comparison, view: ObjId, other: ObjId) -> Result<bool, Box<Stop>> {
        let len = |cx: &Self, id| cx.builtin_len(id).unwrap_or(0);
        self.by_inclusion(op, len(self, view), len(self, other), |cx, swapped| {
            let (inner, outer) = if swapped { (other, view) } else { (view, other) };
            for item in cx.iterate(Value::Obj(inner))? {
                if !cx.table_contains(outer, item)?.unwrap_or(false) {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    /// `item in container` for dicts, sets, views, mapping proxies, ranges and deques; `None` for other types.
    ///
    /// # Errors
    /// Those of the items' `__hash__` and `__eq__`.
    pub fn table_contains(&mut self, container: ObjId, item: Value) -> Result<Option<bool>, Box<Stop>> {
        match self.vm.heap.get(container) {
            Object::Dict(_) => Ok(Some(self.dict_find(container, item)?.is_some())),
            Object::MappingProxy(dict) => {
                let dict = *dict;
                Ok(Some(self.dict_find(dict, item)?.is_some()))
            }
            Object::Set(_) | Object::FrozenSet(_) => self.set_contains(container, item).map(Some),
            Object::DictView(view) => {
                let view = *view;
                self.view_contains(view, item).map(Some)
            }
            Object::Range(..) => self.range_contains(Value::Obj(container), item).map(Some),
            _ => Ok(None),
        }
    }

    fn view_contains(&mut self, view: DictView, item: Value) -> Result<bool, Box<Stop>> {
        match view.kind {
            ViewKind::Keys => Ok(self.dict_find(view.dict, item)?.is_some()),
            ViewKind::Values => {
                let values: Vec<Value> = self.vm.heap.dict(view.dict).iter().map(|e| e.value).collect();
                for value in values {
                    if self.is_or_eq(value, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            ViewKind::Items => {
                let Some([key, value]) = self.vm.heap.tuple(item) else { return Ok(false) };
                let (key, value) = (*key, *value);
                match self.dict_get(view.dict, key)? {
                    Some(found) => self.is_or_eq(found, value),
                    None => Ok(false),
                }
            }
        }
    }

    /// The in-place operators give back the instance of a derived class, not the builtin value inside that they changed.
    pub fn whole_again(&self, whole: Value, result: Value) -> Value {
        if result == self.vm.heap.unwrap_payload(whole) { whole } else { result }
    }
}
