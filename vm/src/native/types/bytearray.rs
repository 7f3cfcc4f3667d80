//! The methods that change a `bytearray` (`Objects/bytearrayobject.c`).
//!
//! A bytearray with a `memoryview` on it can be resized here, where CPython raises BufferError.

use super::list::fit;
use crate::code::BinaryOperator;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::{Object, room};
use crate::text::slice::item_index;
use crate::value::{ObjId, Value};

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a bytearray")
}

fn len(cx: &Cx<'_>, args: &Args<'_>) -> usize {
    cx.bytes_ref(args.get(0)).map_or(0, <[u8]>::len)
}

impl Cx<'_> {
    /// Changes the bytearray that is the first argument and accounts for its growth.
    pub fn bytearray_edit<T>(&mut self, args: &Args<'_>, edit: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        let Object::ByteArray(bytes) = self.vm.heap.get_mut(id(args)) else { unreachable!("handle of a bytearray") };
        let before = room(bytes.len());
        let result = edit(bytes);
        let after = room(bytes.len());
        self.vm.heap.resized(before, after);
        result
    }
}

/// `append(item, /)`
pub fn append(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let byte = cx.byte_of(args.get(1))?;
    cx.bytearray_edit(args, |bytes| bytes.push(byte));
    Ok(Value::None)
}

/// `clear()`
pub fn clear(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.bytearray_edit(args, |bytes| *bytes = Vec::new());
    Ok(Value::None)
}

/// `copy()`
pub fn copy(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let bytes = cx.bytes_arg(args.get(0))?;
    cx.bytes_like(args.get(0), bytes)
}

fn extension(cx: &mut Cx<'_>, value: Value) -> Result<Vec<u8>, Box<Stop>> {
    if let Some(bytes) = cx.bytes_ref(value) {
        return Ok(bytes.to_vec());
    }
    let kind = cx.type_name(value);
    if cx.as_str(value).is_some() {
        return Err(cx.type_error(format!("expected iterable of integers; got: '{kind}'")));
    }
    if !cx.is_iterable(value) {
        return Err(cx.type_error(format!("can't extend bytearray with {kind}")));
    }
    cx.bytes_of_iterable(value, "bytearray")
}

/// `extend(iterable_of_ints, /)`
pub fn extend(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let more = extension(cx, args.get(1))?;
    cx.reserve(more.len())?;
    cx.bytearray_edit(args, |bytes| bytes.extend(more));
    Ok(Value::None)
}

/// `insert(index, item, /)`
pub fn insert(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let index = cx.size_arg(args.get(1))?;
    let byte = cx.byte_of(args.get(2))?;
    cx.bytearray_edit(args, |bytes| {
        let at = fit(index, bytes.len()).min(bytes.len());
        bytes.insert(at, byte);
    });
    Ok(Value::None)
}

/// `pop(index=-1, /)`
pub fn pop(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let index = match args.given(1) {
        Some(index) => cx.size_arg(index)?,
        None => -1,
    };
    let len = len(cx, args);
    if len == 0 {
        return Err(cx.index_error("pop from empty bytearray"));
    }
    match item_index(index, len) {
        Some(at) => Ok(Value::Int(i64::from(cx.bytearray_edit(args, |bytes| bytes.remove(at))))),
        None => Err(cx.index_error("pop index out of range")),
    }
}

/// `remove(value, /)`
pub fn remove(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let byte = cx.byte_of(args.get(1))?;
    match cx.bytes_ref(args.get(0)).and_then(|bytes| bytes.iter().position(|own| *own == byte)) {
        Some(at) => {
            cx.bytearray_edit(args, |bytes| bytes.remove(at));
            Ok(Value::None)
        }
        None => Err(cx.value_error("value not found in bytearray")),
    }
}

/// `reverse()`
pub fn reverse(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.bytearray_edit(args, |bytes| bytes.reverse());
    Ok(Value::None)
}

/// `__iadd__`
pub fn iadd(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.sequence_binary(BinaryOperator::Add, true, args.get(0), args.get(1))
}

/// `__imul__`
pub fn imul(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.sequence_binary(BinaryOperator::Multiply, true, args.get(0), args.get(1))
}

/// `__alloc__()`: what CPython allocates at the least, the bytes and a final zero.
pub fn alloc(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let len = len(cx, args);
    Ok(Value::Int(if len == 0 { 0 } else { len as i64 + 1 }))
}
