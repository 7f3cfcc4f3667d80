//! Concatenation and repetition of sequences: `+`, `*` and their in-place forms.

use crate::code::BinaryOperator;
use crate::native::{Cx, NativeResult};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::object::deque::Deque;
use crate::text::Int;
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// `a + b` or `a * b` where one is a builtin sequence; `NotImplemented` where none is, and for other operators.
    ///
    /// # Errors
    /// TypeError for operands that do not fit, MemoryError for results that are too long.
    pub fn sequence_binary(&mut self, op: BinaryOperator, in_place: bool, a: Value, b: Value) -> NativeResult {
        match op {
            BinaryOperator::Add => self.concat(a, b, in_place),
            BinaryOperator::Multiply => {
                let (inner_a, inner_b) = (self.vm.heap.unwrap_payload(a), self.vm.heap.unwrap_payload(b));
                if let Some(id) = self.sequence_id(inner_a) {
                    self.repeat(a, id, b, in_place)
                } else if let Some(id) = self.sequence_id(inner_b) {
                    self.repeat(b, id, a, false)
                } else {
                    Ok(Value::NotImplemented)
                }
            }
            _ => Ok(Value::NotImplemented),
        }
    }

    fn sequence_id(&self, value: Value) -> Option<ObjId> {
        let id = value.obj()?;
        matches!(
            self.vm.heap.get(id),
            Object::Str(_)
                | Object::List(_)
                | Object::Tuple(_)
                | Object::Bytes(_)
                | Object::ByteArray(_)
                | Object::Deque(_)
        )
        .then_some(id)
    }

    fn concat(&mut self, a: Value, b: Value, in_place: bool) -> NativeResult {
        let (left, right) = (self.vm.heap.unwrap_payload(a), self.vm.heap.unwrap_payload(b));
        let Some(id) = self.sequence_id(left) else { return Ok(Value::NotImplemented) };
        match (self.vm.heap.get(id), self.object(right)) {
            (Object::Str(s), Some(Object::Str(t))) => {
                let (s, t) = (&s.text, &t.text);
                if s.is_empty() && right == b {
                    return Ok(b);
                }
                let text = join_two(s, t);
                self.reserve(text.len())?;
                Ok(self.new_str(text))
            }
            (Object::List(_), _) if in_place => self.extend_list(a, id, b),
            (Object::Deque(_), _) if in_place => self.extend_deque(a, id, b),
            (Object::List(s), Some(Object::List(t))) => {
                let items = [&s[..], &t[..]].concat();
                self.reserve(items.len() * size_of::<Value>())?;
                Ok(self.new_list(items))
            }
            (Object::Tuple(s), Some(Object::Tuple(t))) => {
                let items = [&s[..], &t[..]].concat();
                self.reserve(items.len() * size_of::<Value>())?;
                Ok(self.new_tuple(items))
            }
            (Object::Deque(s), Some(Object::Deque(t))) => {
                let mut deque = Deque { items: s.items.clone(), most: s.most, version: 0 };
                deque.items.extend(t.items.iter());
                cut_left(&mut deque);
                self.reserve(deque.items.len() * size_of::<Value>())?;
                Ok(Value::Obj(self.vm.heap.alloc(Object::Deque(Box::new(deque)))))
            }
            (Object::Bytes(_) | Object::ByteArray(_), _) => self.concat_bytes(a, id, b, in_place),
            _ => {
                let (own, other) = (self.kind_name(id), self.type_name(b));
                Err(self.type_error(format!("can only concatenate {own} (not \"{other}\") to {own}")))
            }
        }
    }

    /// The plain name of a builtin object's type.
    fn kind_name(&self, id: ObjId) -> String {
        self.vm.heap.class(self.vm.heap.class_of_object(id)).name.to_string()
    }

    fn concat_bytes(&mut self, a: Value, id: ObjId, b: Value, in_place: bool) -> NativeResult {
        let other = self.vm.heap.unwrap_payload(b).obj().and_then(|other| self.vm.heap.bytes(other));
        let Some(other) = other else {
            let (own, other) = (self.type_name(a), self.type_name(b));
            return Err(self.type_error(format!("can't concat {other} to {own}")));
        };
        let other = other.to_vec();
        self.reserve(other.len())?;
        if in_place && let Object::ByteArray(bytes) = self.vm.heap.get_mut(id) {
            bytes.extend_from_slice(&other);
            self.vm.heap.grew(other.len());
            return Ok(a);
        }
        let joined = [self.vm.heap.bytes(id).unwrap_or_default(), &other].concat();
        Ok(match self.vm.heap.get(id) {
            Object::ByteArray(_) => Value::Obj(self.vm.heap.alloc(Object::ByteArray(joined))),
            _ => self.new_bytes(joined),
        })
    }

    fn extend_list(&mut self, whole: Value, id: ObjId, b: Value) -> NativeResult {
        let items = self.iterate(b)?;
        self.reserve(items.len() * size_of::<Value>())?;
        self.list_extend(Value::Obj(id), &items);
        Ok(whole)
    }

    fn extend_deque(&mut self, whole: Value, id: ObjId, b: Value) -> NativeResult {
        let items = self.iterate(b)?;
        self.reserve(items.len() * size_of::<Value>())?;
        if let Object::Deque(deque) = self.vm.heap.get_mut(id) {
            if !items.is_empty() {
                deque.version += 1;
            }
            deque.items.extend(&items);
            cut_left(deque);
            self.vm.heap.grew(items.len() * size_of::<Value>());
        }
        Ok(whole)
    }

    /// `whole * count`, where `id` is the builtin sequence in `whole`.
    fn repeat(&mut self, whole: Value, id: ObjId, count: Value, in_place: bool) -> NativeResult {
        let Some(n) = self.index_or_none(count)? else {
            let other = self.type_name(count);
            return Err(self.type_error(format!("can't multiply sequence by non-int of type '{other}'")));
        };
        let n = match n {
            Int::Small(n) => usize::try_from(n).unwrap_or(0),
            Int::Big(_) => {
                let message = format!("cannot fit '{}' into an index-sized integer", self.type_name(count));
                return Err(self.overflow_error(message));
            }
        };
        self.repeat_times(whole, id, n, in_place)
    }

    /// A builtin sequence repeated `n` times.
    ///
    /// # Errors
    /// `MemoryError`
    pub fn repeat_times(&mut self, whole: Value, id: ObjId, n: usize, in_place: bool) -> NativeResult {
        let (len, unit) = match self.vm.heap.get(id) {
            Object::Str(s) => (s.text.len(), 1),
            Object::Bytes(b) => (b.len(), 1),
            Object::ByteArray(b) => (b.len(), 1),
            Object::List(items) => (items.len(), size_of::<Value>()),
            Object::Tuple(items) => (items.len(), size_of::<Value>()),
            Object::Deque(deque) => (deque.items.len().min(deque.most.unwrap_or(usize::MAX)), size_of::<Value>()),
            _ => return Ok(Value::NotImplemented),
        };
        let bounded = matches!(self.vm.heap.get(id), Object::Deque(d) if d.most.is_some());
        if !bounded {
            let bytes = len.saturating_mul(unit).saturating_mul(n);
            if bytes > isize::MAX as usize {
                return Err(self.raise_with(c::MEMORY_ERROR, Vec::new()));
            }
            self.reserve(bytes)?;
        }
        if in_place && self.repeat_in_place(id, n) {
            return Ok(whole);
        }
        let unchanged = n == 1 && Value::Obj(id) == whole;
        Ok(match self.vm.heap.get(id) {
            Object::Str(_) | Object::Bytes(_) | Object::Tuple(_) if unchanged => whole,
            Object::Str(s) => {
                let text = s.text.repeat(n);
                self.new_str(text)
            }
            Object::Bytes(b) => {
                let bytes = b.repeat(n);
                self.new_bytes(bytes)
            }
            Object::ByteArray(b) => {
                let bytes = b.repeat(n);
                Value::Obj(self.vm.heap.alloc(Object::ByteArray(bytes)))
            }
            Object::Tuple(items) => {
                let items = items.repeat(n);
                self.new_tuple(items)
            }
            Object::List(items) => {
                let items = items.repeat(n);
                self.new_list(items)
            }
            Object::Deque(deque) => {
                let mut copy = (**deque).clone();
                repeat_deque(&mut copy, n);
                Value::Obj(self.vm.heap.alloc(Object::Deque(Box::new(copy))))
            }
            _ => Value::NotImplemented,
        })
    }

    fn repeat_in_place(&mut self, id: ObjId, n: usize) -> bool {
        let grown = match self.vm.heap.get_mut(id) {
            Object::List(items) => {
                let repeated = items.repeat(n);
                let grown = repeated.len().saturating_sub(items.len()) * size_of::<Value>();
                *items = repeated;
                grown
            }
            Object::ByteArray(bytes) => {
                let repeated = bytes.repeat(n);
                let grown = repeated.len().saturating_sub(bytes.len());
                *bytes = repeated;
                grown
            }
            Object::Deque(deque) => {
                let before = deque.items.len();
                repeat_deque(deque, n);
                deque.version += 1;
                deque.items.len().saturating_sub(before) * size_of::<Value>()
            }
            _ => return false,
        };
        self.vm.heap.grew(grown);
        true
    }
}

/// Repeats the items of a deque; a bounded one keeps the last of them.
fn repeat_deque(deque: &mut Deque, n: usize) {
    let items: Vec<Value> = deque.items.iter().copied().collect();
    if items.is_empty() || n == 0 {
        deque.items.clear();
        return;
    }
    let wanted = items.len().saturating_mul(n);
    let keep = wanted.min(deque.most.unwrap_or(usize::MAX));
    let start = (wanted - keep) % items.len();
    deque.items = items.iter().copied().cycle().skip(start).take(keep).collect();
}

fn cut_left(deque: &mut Deque) {
    if let Some(most) = deque.most {
        let extra = deque.items.len().saturating_sub(most);
        deque.items.drain(..extra);
    }
}

pub(crate) fn join_two(a: &str, b: &str) -> Box<str> {
    let mut text = String::with_capacity(a.len() + b.len());
    text.push_str(a);
    text.push_str(b);
    text.into_boxed_str()
}
