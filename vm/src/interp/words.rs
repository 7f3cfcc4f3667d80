//! Copying a value word by word: the one place with `unsafe` code.
//!
//! A value is a tag and a payload, and the interpreter's loop has just written both, each with a store of its own. The
//! compiler copies 16 bytes with one load; a processor cannot forward two pending stores to one load that spans them, so
//! it waits until both have reached the cache, some 13 cycles, and every `STORE_FAST` after an arithmetic instruction
//! pays that. Loads of the size of the stores are forwarded at once. Volatile reads are the only way to tell the
//! compiler not to merge them; the loop becomes up to twice as fast by it. The values read are the same.

#![expect(unsafe_code, reason = "the one audited module: two loads that the compiler must not merge")]

use crate::value::Value;
use std::mem::MaybeUninit;

/// Half a value. It may be uninitialised: the payload of `None` is padding.
type Word = MaybeUninit<u64>;

const _: () = assert!(size_of::<Value>() == 2 * size_of::<Word>() && align_of::<Value>() == align_of::<Word>());

/// The value behind a reference, read by two loads of eight bytes.
#[inline(always)]
pub(super) fn read(value: &Value) -> Value {
    let words = std::ptr::from_ref(value).cast::<Word>();
    // SAFETY: `words` points to a live `Value`, which has the size and the alignment of two words (asserted above), for
    // as long as the borrow lasts, and nobody writes it meanwhile; a `Word` may hold any bytes, also uninitialised ones.
    // The two words together are, byte by byte, the `Value` they were read from, hence a valid one, and `Value` is `Copy`.
    unsafe { std::mem::transmute::<[Word; 2], Value>([words.read_volatile(), words.add(1).read_volatile()]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{NativeId, ObjId};

    #[test]
    fn a_value_read_by_words_is_the_value() {
        let values = [
            Value::Unbound,
            Value::None,
            Value::Bool(true),
            Value::Bool(false),
            Value::Int(i64::MIN),
            Value::Int(-1),
            Value::Float(f64::NAN),
            Value::Float(-0.0),
            Value::NotImplemented,
            Value::Ellipsis,
            Value::Native(NativeId(u32::MAX)),
            Value::Obj(ObjId(u32::MAX)),
        ];
        for value in &values {
            assert_eq!(read(value), *value);
        }
        assert_eq!(read(&values.to_vec()[11]), Value::Obj(ObjId(u32::MAX)));
    }
}
