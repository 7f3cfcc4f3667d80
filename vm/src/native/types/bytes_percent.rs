//! `bytes % values` and `bytearray % values`: the counterpart of `str_percent` (`_PyBytes_FormatEx` of CPython).

use super::percent_args::{Given, float, integer};
use crate::names::name;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::Object;
use crate::text::TextError;
use crate::text::percent::{Conversion, FormatKind, Piece, Pieces};
use crate::text::percent_format;
use crate::value::Value;

/// `bytes.__mod__`
pub(super) fn modulo(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let is_format = matches!(cx.object(args.get(0)), Some(Object::Bytes(_) | Object::ByteArray(_)));
    let Some(format) = cx.bytes_ref(args.get(0)).filter(|_| is_format).map(<[u8]>::to_vec) else {
        return Ok(Value::NotImplemented);
    };
    let mut given = Given::new(cx, args.get(1), FormatKind::Bytes);
    let mut out = Vec::new();
    for piece in Pieces::of_bytes(&format, given.mapping.is_some()) {
        match piece.map_err(|e| cx.text_error(e))? {
            Piece::Literal(range) => out.extend_from_slice(&format[range]),
            Piece::Conversion(conversion) => {
                let bytes = convert(cx, &format, &conversion, &mut given)?;
                cx.reserve(bytes.len())?;
                out.extend(bytes);
            }
        }
    }
    given.finish(cx)?;
    cx.bytes_like(args.get(0), out)
}

/// `bytes.__rmod__`
pub(super) fn reflected_modulo(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let format = cx.vm.heap.unwrap_payload(args.get(1));
    modulo(cx, &Args { pos: &[format, args.get(0)], kw: &[] })
}

fn convert(cx: &mut Cx<'_>, format: &[u8], conversion: &Conversion, given: &mut Given) -> Result<Vec<u8>, Box<Stop>> {
    let keyed = match (&conversion.key, given.mapping) {
        (Some(range), Some(mapping)) => {
            let key = cx.new_bytes(&format[range.clone()]);
            Some(given.by_key(cx, mapping, key)?)
        }
        _ => None,
    };
    let layout = given.layout(cx, conversion)?;
    let value = match keyed {
        Some(value) => value,
        None => given.next_argument(cx)?,
    };
    let bytes = match conversion.kind {
        's' | 'b' => {
            let bytes = bytes_of(cx, conversion, value)?;
            percent_format::format_bytes(&bytes, layout)
        }
        'r' | 'a' => percent_format::format_text(&cx.ascii(value)?, layout).map(String::into_bytes),
        'c' => byte(cx, conversion, value)?.and_then(|byte| percent_format::format_bytes(&[byte], layout)),
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
            integer(cx, conversion, value, layout, FormatKind::Bytes)?.map(String::into_bytes)
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            float(cx, conversion, value, layout, FormatKind::Bytes)?.map(String::into_bytes)
        }
        _ => Err(conversion.unsupported(FormatKind::Bytes)),
    };
    bytes.map_err(|e| cx.text_error(e))
}

/// What `%s` and `%b` take: bytes-like objects and what has `__bytes__`.
fn bytes_of(cx: &mut Cx<'_>, conversion: &Conversion, value: Value) -> Result<Vec<u8>, Box<Stop>> {
    if cx.bytes_ref(value).is_some() || cx.lookup_special(value, name::BYTES).is_some() {
        return cx.bytes_from_object(value);
    }
    let error = conversion.wrong_type(FormatKind::Bytes, &cx.type_name(value));
    Err(cx.text_error(error))
}

fn byte(cx: &mut Cx<'_>, conversion: &Conversion, value: Value) -> Result<Result<u8, TextError>, Box<Stop>> {
    let is_bytes = matches!(cx.object(cx.vm.heap.unwrap_payload(value)), Some(Object::Bytes(_) | Object::ByteArray(_)));
    if let (true, Some([byte])) = (is_bytes, cx.bytes_ref(value)) {
        return Ok(Ok(*byte));
    }
    Ok(match cx.index_or_none(value)? {
        Some(n) => percent_format::byte(n.as_ref()),
        None => Err(conversion.wrong_type(FormatKind::Bytes, &cx.type_name(value))),
    })
}
