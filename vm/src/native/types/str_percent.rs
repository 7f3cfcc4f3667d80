//! `str % values`: fetches the arguments, formats each piece; parsing and layout are in `crate::text::percent`.

use super::percent_args::{Given, float, integer};
use crate::heap::Heap;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::text::TextError;
use crate::text::percent::{Conversion, FormatKind, Piece, Pieces};
use crate::text::percent_format;
use crate::value::Value;

/// `str.__mod__`
pub(super) fn modulo(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(format) = cx.as_str(args.get(0)).map(str::to_owned) else { return Ok(Value::NotImplemented) };
    let mut given = Given::new(cx, args.get(1), FormatKind::Str);
    let mut out = String::with_capacity(format.len());
    for piece in Pieces::of_str(&format, given.mapping.is_some()) {
        match piece.map_err(|e| cx.text_error(e))? {
            Piece::Literal(range) => out.push_str(&format[range]),
            Piece::Conversion(conversion)
                if plain(&cx.vm.heap, &conversion, given.items.get(given.next).copied(), &mut out) =>
            {
                given.next += 1;
            }
            Piece::Conversion(conversion) => {
                let text = convert(cx, &format, &conversion, &mut given)?;
                cx.reserve(text.len())?;
                out.push_str(&text);
            }
        }
    }
    given.finish(cx)?;
    Ok(cx.new_str(out))
}

/// `str.__rmod__`
pub(super) fn reflected_modulo(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    modulo(cx, &Args { pos: &[args.get(1), args.get(0)], kw: &[] })
}

/// `format % values` in the usual case: a format of `%d` and `%s` only, and integers and texts that suit it. `None` otherwise:
/// then the operator goes the long way, through the methods of both types.
pub(crate) fn usual(heap: &Heap, format: Value, values: Value) -> Option<String> {
    let format = heap.str(format)?;
    let items = match values {
        Value::Obj(_) => heap.tuple(values).unwrap_or(std::slice::from_ref(&values)),
        _ => std::slice::from_ref(&values),
    };
    let mut items = items.iter();
    let mut out = String::with_capacity(format.len() + 8);
    for piece in Pieces::of_str(format, false) {
        match piece.ok()? {
            Piece::Literal(range) => out.push_str(&format[range]),
            Piece::Conversion(conversion) if plain(heap, &conversion, items.next().copied(), &mut out) => {}
            Piece::Conversion(_) => return None,
        }
    }
    items.next().is_none().then_some(out)
}

/// `%d` and `%s` of a number or text, and nothing more: writes it if there is room, and returns true.
fn plain(heap: &Heap, conversion: &Conversion, value: Option<Value>, out: &mut String) -> bool {
    if !conversion.is_bare() {
        return false;
    }
    match (conversion.kind, value) {
        ('d' | 'i' | 'u' | 's', Some(Value::Int(n))) => out.push_str(itoa::Buffer::new().format(n)),
        ('s', Some(value)) => match heap.str(value) {
            // Of exactly this type: a derived one may have a `__str__` of its own.
            Some(text) if !heap.would_exceed(out.len() + text.len()) => out.push_str(text),
            _ => return false,
        },
        _ => return false,
    }
    true
}

fn convert(cx: &mut Cx<'_>, format: &str, conversion: &Conversion, given: &mut Given) -> Result<String, Box<Stop>> {
    let keyed = match (&conversion.key, given.mapping) {
        (Some(range), Some(mapping)) => {
            let key = cx.new_str(&format[range.clone()]);
            Some(given.by_key(cx, mapping, key)?)
        }
        _ => None,
    };
    let layout = given.layout(cx, conversion)?;
    let value = match keyed {
        Some(value) => value,
        None => given.next_argument(cx)?,
    };
    let text = match conversion.kind {
        's' => percent_format::format_text(&cx.str(value)?, layout),
        'r' => percent_format::format_text(&cx.repr(value)?, layout),
        'a' => percent_format::format_text(&cx.ascii(value)?, layout),
        'c' => character(cx, conversion, value)?.and_then(|text| percent_format::format_text(&text, layout)),
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => integer(cx, conversion, value, layout, FormatKind::Str)?,
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => float(cx, conversion, value, layout, FormatKind::Str)?,
        _ => Err(conversion.unsupported(FormatKind::Str)),
    };
    text.map_err(|e| cx.text_error(e))
}

fn character(cx: &mut Cx<'_>, conversion: &Conversion, value: Value) -> Result<Result<String, TextError>, Box<Stop>> {
    if let Some(text) = cx.as_str(value) {
        return Ok(match text.chars().count() {
            1 => Ok(text.to_owned()),
            _ => Err(conversion.wrong_type(FormatKind::Str, "str")),
        });
    }
    Ok(match cx.index_or_none(value)? {
        Some(n) => percent_format::character(n.as_ref()).map(String::from),
        None => Err(conversion.wrong_type(FormatKind::Str, &cx.type_name(value))),
    })
}
