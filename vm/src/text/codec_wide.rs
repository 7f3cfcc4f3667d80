//! UTF-16 and UTF-32.
//!
//! Ranges and reasons of errors as `PyUnicode_DecodeUTF16Stateful` and `PyUnicode_DecodeUTF32Stateful` of CPython 3.13 on a little endian
//! machine.

use super::codec::{CodecError, UnicodeProblem, Wide, handle_decoding};
use super::int_bytes::ByteOrder;

/// The unit at the start of `data` as a number.
fn read(data: &[u8], order: ByteOrder) -> u32 {
    let join = |value, &byte: &u8| value << 8 | u32::from(byte);
    match order {
        ByteOrder::Big => data.iter().fold(0, join),
        ByteOrder::Little => data.iter().rev().fold(0, join),
    }
}

fn push(out: &mut Vec<u8>, value: u32, wide: Wide) {
    let bytes = value.to_be_bytes();
    let bytes = &bytes[4 - wide.unit..];
    match wide.order {
        Some(ByteOrder::Big) => out.extend_from_slice(bytes),
        Some(ByteOrder::Little) | None => out.extend(bytes.iter().rev()),
    }
}

/// Encodes `text`, with a byte order mark if the order is not named.
pub(super) fn encode_wide(text: &str, wide: Wide) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * wide.unit);
    if wide.order.is_none() {
        push(&mut out, 0xfeff, wide);
    }
    if wide.unit == 4 {
        text.chars().for_each(|c| push(&mut out, c as u32, wide));
    } else {
        text.encode_utf16().for_each(|unit| push(&mut out, u32::from(unit), wide));
    }
    out
}

/// One character, or what is wrong, and how many bytes that takes.
type Decoded = Result<(char, usize), (&'static str, usize)>;

fn decode_32(data: &[u8], order: ByteOrder) -> Decoded {
    let Some(unit) = data.get(..4) else { return Err(("truncated data", data.len())) };
    match read(unit, order) {
        0xd800..0xe000 => Err(("code point in surrogate code point range(0xd800, 0xe000)", 4)),
        code => char::from_u32(code).map(|c| (c, 4)).ok_or(("code point not in range(0x110000)", 4)),
    }
}

fn decode_16(data: &[u8], order: ByteOrder) -> Decoded {
    let Some(unit) = data.get(..2) else { return Err(("truncated data", data.len())) };
    let high = read(unit, order);
    match high {
        0xdc00..0xe000 => Err(("illegal encoding", 2)),
        0xd800..0xdc00 => match data.get(2..4).map(|unit| read(unit, order)) {
            None => Err(("unexpected end of data", data.len())),
            Some(low @ 0xdc00..0xe000) => {
                let code = 0x1_0000 + ((high & 0x3ff) << 10 | low & 0x3ff);
                char::from_u32(code).map(|c| (c, 4)).ok_or(("illegal UTF-16 surrogate", 2))
            }
            Some(_) => Err(("illegal UTF-16 surrogate", 2)),
        },
        code => char::from_u32(code).map(|c| (c, 2)).ok_or(("illegal encoding", 2)),
    }
}

/// The byte order of `data` and the length of its byte order mark, if the order is not named.
fn detect_order(data: &[u8], wide: Wide) -> (ByteOrder, usize) {
    if let Some(order) = wide.order {
        return (order, 0);
    }
    let Some(mark) = data.get(..wide.unit) else { return (ByteOrder::Little, 0) };
    if read(mark, ByteOrder::Little) == 0xfeff {
        (ByteOrder::Little, wide.unit)
    } else if read(mark, ByteOrder::Big) == 0xfeff {
        (ByteOrder::Big, wide.unit)
    } else {
        (ByteOrder::Little, 0)
    }
}

/// Decodes `data`.
pub(super) fn decode_wide(data: &[u8], wide: Wide, errors: &str) -> Result<String, CodecError> {
    let (order, mut position) = detect_order(data, wide);
    let (encoding, decode): (_, fn(&[u8], ByteOrder) -> Decoded) = match (wide.unit, order) {
        (2, ByteOrder::Little) => ("utf-16-le", decode_16),
        (2, ByteOrder::Big) => ("utf-16-be", decode_16),
        (_, ByteOrder::Little) => ("utf-32-le", decode_32),
        (_, ByteOrder::Big) => ("utf-32-be", decode_32),
    };
    let mut out = String::with_capacity(data.len() / wide.unit);
    while position < data.len() {
        match decode(&data[position..], order) {
            Ok((c, len)) => {
                out.push(c);
                position += len;
            }
            Err((reason, len)) => {
                let problem =
                    UnicodeProblem { encoding, object_start: 0, start: position, end: position + len, reason };
                handle_decoding(&mut out, data, problem, errors)?;
                position += len;
            }
        }
    }
    Ok(out)
}
