//! Operators of sets, dicts and their views: `|`, `&`, `-`, `^` and their in-place forms.
//!
//! Sets insist on sets on both sides; a view of keys or items takes any iterable on the other side, and the result is a
//! plain set (Objects/setobject.c, dictobject.c). What does not apply is NotImplemented, for the caller to go on with.

use super::sets::SetOp;
use crate::code::BinaryOperator;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::dict::ViewKind;
use crate::object::set::Set;
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// The operator between builtin containers (or instances of derived classes, which count as what they carry inside).
    ///
    /// # Errors
    /// Those of the items' `__hash__` and `__eq__`.
    pub fn container_operator(&mut self, op: BinaryOperator, a: Value, b: Value) -> NativeResult {
        let (left, right) = (self.vm.heap.unwrap_payload(a), self.vm.heap.unwrap_payload(b));
        let (plain, in_place) = op.plain();
        let is_dict = |cx: &Cx<'_>, v| matches!(cx.object(v), Some(Object::Dict(_) | Object::MappingProxy(_)));
        if plain == BinaryOperator::Or && (is_dict(self, left) || is_dict(self, right)) {
            return if in_place { self.dict_or_in_place(a, left, right) } else { self.dict_or(left, right) };
        }
        let Some(set_op) = set_op(plain) else { return Ok(Value::NotImplemented) };
        if self.is_set_view(left) || self.is_set_view(right) {
            return self.view_operator(set_op, left, right);
        }
        let (Some(table), Some(_)) = (self.set_table(left).cloned(), self.set_table(right)) else {
            return Ok(Value::NotImplemented);
        };
        match self.object(left) {
            Some(Object::Set(_)) if in_place => {
                self.set_apply(set_op, left.obj().expect("a set"), right)?;
                Ok(a)
            }
            Some(Object::Set(_)) => self.set_combine(set_op, &table, right).map(|result| self.new_set(result)),
            _ => self.set_combine(set_op, &table, right).map(|result| self.new_frozenset(result)),
        }
    }

    /// An in-place operation of a set on the heap with any iterable.
    ///
    /// # Errors
    /// Those of iterating, and of the items' `__hash__` and `__eq__`.
    pub fn set_apply(&mut self, op: SetOp, set: ObjId, right: Value) -> Result<(), Box<Stop>> {
        if self.set_apply_natively(op, set, right) {
            return Ok(());
        }
        let table = self.set_table(Value::Obj(set)).cloned().unwrap_or_default();
        let result = self.set_changed(op, &table, right)?;
        self.set_replace(set, result);
        Ok(())
    }

    fn set_changed(&mut self, op: SetOp, table: &Set, right: Value) -> Result<Set, Box<Stop>> {
        match op {
            SetOp::Union => self.set_joined(table, right),
            SetOp::Intersection => self.set_combine(op, table, right),
            SetOp::Difference => self.set_minus(table, right),
            SetOp::SymmetricDifference => self.set_toggle(table, right),
        }
    }

    /// Whether a value is a view that acts as a set: of keys or items.
    pub fn is_set_view(&self, v: Value) -> bool {
        matches!(self.object(v), Some(Object::DictView(view)) if view.kind != ViewKind::Values)
    }

    fn view_operator(&mut self, op: SetOp, left: Value, right: Value) -> NativeResult {
        let table = match op {
            SetOp::Intersection => self.view_intersection(left, right)?,
            _ => {
                let start = self.set_of(left)?;
                self.set_changed(op, &start, right)?
            }
        };
        Ok(self.new_set(table))
    }

    /// `_PyDictView_Intersect`: walks the operand that CPython walks, because the order of the result depends on it.
    fn view_intersection(&mut self, left: Value, right: Value) -> Result<Set, Box<Stop>> {
        let (mut view, mut other) = if self.is_set_view(left) { (left, right) } else { (right, left) };
        let size = |cx: &Cx<'_>, v| match cx.object(v) {
            Some(Object::DictView(view)) => Some(cx.vm.heap.dict(view.dict).len()),
            _ => None,
        };
        if let (Some(Object::Set(set)), Some(len)) = (self.object(other), size(self, view))
            && len <= set.len()
        {
            let set = (**set).clone();
            return self.set_combine(SetOp::Intersection, &set, view);
        }
        if self.is_set_view(other) && size(self, other) > size(self, view) {
            std::mem::swap(&mut view, &mut other);
        }
        let items = self.iterate(other)?;
        let mut kept = Vec::new();
        for item in items {
            if self.contains(view, item)? {
                kept.push(item);
            }
        }
        self.make_set(&kept)
    }

    fn dict_or(&mut self, left: Value, right: Value) -> NativeResult {
        let (Some(a), Some(b)) = (self.dict_inside(left), self.dict_inside(right)) else {
            return Ok(Value::NotImplemented);
        };
        let copy = self.once(|cx| Ok(Value::Obj(cx.dict_copy(a))))?;
        self.dict_fill(copy.obj().expect("a dict"), Value::Obj(b))?;
        Ok(copy)
    }

    fn dict_inside(&self, v: Value) -> Option<ObjId> {
        match self.object(v)? {
            Object::Dict(_) => v.obj(),
            Object::MappingProxy(dict) => Some(*dict),
            _ => None,
        }
    }

    fn dict_or_in_place(&mut self, whole: Value, left: Value, right: Value) -> NativeResult {
        match self.object(left) {
            Some(Object::Dict(_)) => {
                self.dict_fill(left.obj().expect("a dict"), right)?;
                Ok(whole)
            }
            Some(Object::MappingProxy(_)) => {
                Err(self.type_error("'|=' is not supported by mappingproxy; use '|' instead"))
            }
            _ => Ok(Value::NotImplemented),
        }
    }
}

fn set_op(op: BinaryOperator) -> Option<SetOp> {
    Some(match op {
        BinaryOperator::Or => SetOp::Union,
        BinaryOperator::And => SetOp::Intersection,
        BinaryOperator::Subtract => SetOp::Difference,
        BinaryOperator::Xor => SetOp::SymmetricDifference,
        _ => return None,
    })
}
