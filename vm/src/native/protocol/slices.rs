//! Slices: their bounds, and what they take out of and put into sequences.

use crate::native::{Cx, NativeResult, Stop};
use crate::object::room;
use crate::object::{MemoryView, Object};
use crate::text::Int;
use crate::text::slice::{SliceIndices, slice_indices, slice_text};
use crate::value::{ObjId, Value};

/// The bounds of a slice as written: `None` where they were left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceBounds {
    /// First index.
    pub start: Option<i64>,
    /// Bound that is not reached.
    pub stop: Option<i64>,
    /// Distance, not zero.
    pub step: i64,
}

impl SliceBounds {
    /// The bounds fitted to a sequence of `len` items.
    pub fn fit(self, len: usize) -> SliceIndices {
        slice_indices(self.start, self.stop, self.step, len)
    }
}

impl SliceIndices {
    /// The indices in order.
    pub fn indices(self) -> impl Iterator<Item = usize> {
        (0..self.count as i64).map(move |i| (self.start + i * self.step) as usize)
    }

    /// The indices in ascending order.
    pub fn ascending(self) -> Vec<usize> {
        let mut all: Vec<usize> = self.indices().collect();
        if self.step < 0 {
            all.reverse();
        }
        all
    }
}

impl Cx<'_> {
    /// The parts of a slice object.
    pub fn slice_parts(&self, value: Value) -> Option<[Value; 3]> {
        match self.object(value) {
            Some(Object::Slice(parts)) => Some(**parts),
            _ => None,
        }
    }

    /// The bounds of a slice object.
    ///
    /// # Errors
    /// TypeError for parts that are no integers, ValueError for step 0, and those of `__index__`.
    pub fn slice_bounds(&mut self, [start, stop, step]: [Value; 3]) -> Result<SliceBounds, Box<Stop>> {
        let step = self.slice_index(step)?.unwrap_or(1);
        if step == 0 {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let start = self.slice_index(start)?;
        let stop = self.slice_index(stop)?;
        Ok(SliceBounds { start, stop, step: step.max(-i64::MAX) })
    }

    /// One bound: an integer moved into 64 bits, or `None`.
    ///
    /// # Errors
    /// TypeError for what is no integer, and those of `__index__`.
    pub fn slice_index(&mut self, value: Value) -> Result<Option<i64>, Box<Stop>> {
        if value.is_none() || !value.is_bound() {
            return Ok(None);
        }
        match self.index_or_none(value)? {
            Some(Int::Small(i)) => Ok(Some(i)),
            Some(big) => Ok(Some(if big.as_ref().is_negative() { i64::MIN } else { i64::MAX })),
            None => Err(self.type_error("slice indices must be integers or None or have an __index__ method")),
        }
    }

    /// `sequence[slice]` of a builtin sequence.
    ///
    /// # Errors
    /// As [`Cx::slice_bounds`]; MemoryError.
    pub fn get_slice(&mut self, id: ObjId, parts: [Value; 3]) -> NativeResult {
        let bounds = self.slice_bounds(parts)?;
        let len = self.builtin_len(id).unwrap_or(0);
        let at = bounds.fit(len);
        let whole = at.step == 1 && at.count == len;
        match self.vm.heap.get(id) {
            Object::Str(_) | Object::Bytes(_) | Object::Tuple(_) if whole => Ok(Value::Obj(id)),
            Object::Str(s) if at.step == 1 && s.is_ascii() => {
                let text: Box<str> = s.text[at.start as usize..at.start as usize + at.count].into();
                self.reserve(text.len())?;
                Ok(self.new_str(text))
            }
            Object::Str(s) => {
                let text = slice_text(&s.text, at);
                self.reserve(text.len())?;
                Ok(self.new_str(text))
            }
            Object::List(items) => {
                let items = pick(items, at);
                self.reserve(items.len() * size_of::<Value>())?;
                Ok(self.new_list(items))
            }
            Object::Tuple(items) => {
                let items = pick(items, at);
                self.reserve(items.len() * size_of::<Value>())?;
                Ok(self.new_tuple(items))
            }
            Object::Bytes(bytes) => {
                let bytes = pick(bytes, at);
                self.reserve(bytes.len())?;
                Ok(self.new_bytes(bytes))
            }
            Object::ByteArray(bytes) => {
                let bytes = pick(bytes, at);
                self.reserve(bytes.len())?;
                Ok(Value::Obj(self.vm.heap.alloc(Object::ByteArray(bytes))))
            }
            Object::Range(start, _, step) => Ok(self.slice_of_range(*start, *step, at)),
            Object::MemoryView(view) => {
                let view = (**view).clone();
                self.slice_of_memory(view, at)
            }
            _ => Ok(Value::NotImplemented),
        }
    }

    fn slice_of_range(&mut self, start: i64, step: i64, at: SliceIndices) -> Value {
        let item = |index: i64| i128::from(start) + i128::from(index) * i128::from(step);
        let clamp = |n: i128| n.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
        let new_step = i128::from(step) * i128::from(at.step);
        let range = Object::Range(clamp(item(at.start)), clamp(item(at.stop)), clamp(new_step));
        Value::Obj(self.vm.heap.alloc(range))
    }

    fn slice_of_memory(&mut self, view: MemoryView, at: SliceIndices) -> NativeResult {
        if view.released {
            return Err(self.value_error("operation forbidden on released memoryview object"));
        }
        if at.step != 1 {
            return Err(self.raise(
                crate::object::builtin::class_id::NOT_IMPLEMENTED_ERROR,
                "gilsim: a memoryview slice with a step is not supported",
            ));
        }
        let part = MemoryView { start: view.start + at.start as usize, len: at.count, ..view };
        Ok(Value::Obj(self.vm.heap.alloc(Object::MemoryView(Box::new(part)))))
    }

    /// `list[slice] = items`, or `del list[slice]` without items.
    ///
    /// # Errors
    /// ValueError when the number of items does not fit an extended slice; MemoryError.
    pub fn set_list_slice(
        &mut self,
        id: ObjId,
        bounds: SliceBounds,
        items: Option<Vec<Value>>,
    ) -> Result<(), Box<Stop>> {
        let at = bounds.fit(self.builtin_len(id).unwrap_or(0));
        let given = items.as_ref().map_or(0, Vec::len);
        if items.is_some() && at.step != 1 && given != at.count {
            return Err(self.wrong_slice_size("sequence", given, at.count));
        }
        self.reserve(given * size_of::<Value>())?;
        if let Object::List(list) = self.vm.heap.get_mut(id) {
            let before = room(list.len());
            replace(list, at, items);
            let after = room(list.len());
            self.vm.heap.resized(before * size_of::<Value>(), after * size_of::<Value>());
        }
        Ok(())
    }

    /// `bytearray[slice] = bytes`, or `del bytearray[slice]` without bytes.
    ///
    /// # Errors
    /// ValueError when the number of bytes does not fit an extended slice; MemoryError.
    pub fn set_bytes_slice(&mut self, id: ObjId, bounds: SliceBounds, bytes: Option<Vec<u8>>) -> Result<(), Box<Stop>> {
        let at = bounds.fit(self.builtin_len(id).unwrap_or(0));
        let given = bytes.as_ref().map_or(0, Vec::len);
        if bytes.is_some() && at.step != 1 && given != at.count {
            return Err(self.wrong_slice_size("bytes", given, at.count));
        }
        self.reserve(given)?;
        if let Object::ByteArray(own) = self.vm.heap.get_mut(id) {
            let before = room(own.len());
            replace(own, at, bytes);
            let after = room(own.len());
            self.vm.heap.resized(before, after);
        }
        Ok(())
    }

    fn wrong_slice_size(&mut self, what: &str, given: usize, wanted: usize) -> Box<Stop> {
        self.value_error(format!("attempt to assign {what} of size {given} to extended slice of size {wanted}"))
    }
}

fn pick<T: Copy>(items: &[T], at: SliceIndices) -> Vec<T> {
    match at.step {
        1 => items[at.start as usize..at.start as usize + at.count].to_vec(),
        _ => at.indices().map(|i| items[i]).collect(),
    }
}

/// Puts `new` in the place of a slice, or takes the slice out. With a step other than 1, `new` is as long as the slice.
fn replace<T: Copy>(items: &mut Vec<T>, at: SliceIndices, new: Option<Vec<T>>) {
    match new {
        _ if at.step == 1 => {
            let start = at.start as usize;
            items.splice(start..start + at.count, new.unwrap_or_default());
        }
        Some(new) => at.indices().zip(new).for_each(|(i, item)| items[i] = item),
        None => {
            let mut gone = at.ascending().into_iter().peekable();
            let mut i = 0;
            items.retain(|_| {
                let drop = gone.next_if_eq(&i).is_some();
                i += 1;
                !drop
            });
        }
    }
}
