//! `str % values`: fetches the arguments, formats each piece; parsing and layout are in `crate::text::percent`.

use crate::names::name;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::text::TextError;
use crate::text::int_parse::INT_MAX_STR_DIGITS;
use crate::text::percent::{self, Conversion, Count, FormatKind, Piece, Pieces};
use crate::text::percent_format::{self, Layout};
use crate::value::Value;

/// Where the arguments come from: a tuple one by one, or one value (perhaps a mapping).
struct Given {
    items: Vec<Value>,
    next: usize,
    mapping: Option<Value>,
    is_tuple: bool,
}

/// `str.__mod__`
pub(super) fn modulo(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(format) = cx.as_str(args.get(0)).map(str::to_owned) else { return Ok(Value::NotImplemented) };
    let mut given = given(cx, args.get(1));
    let mut out = String::new();
    for piece in Pieces::of_str(&format, given.mapping.is_some()) {
        match piece.map_err(|e| cx.text_error(e))? {
            Piece::Literal(range) => out.push_str(&format[range]),
            Piece::Conversion(conversion) => {
                let text = convert(cx, &format, &conversion, &mut given)?;
                out.push_str(&text);
            }
        }
    }
    if given.next < given.items.len() && (given.is_tuple || given.mapping.is_none()) {
        return Err(cx.type_error(percent::TOO_MANY));
    }
    Ok(cx.new_str(out))
}

/// `str.__rmod__`
pub(super) fn reflected_modulo(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    modulo(cx, &Args { pos: &[args.get(1), args.get(0)], kw: &[] })
}

fn given(cx: &Cx<'_>, value: Value) -> Given {
    let inner = cx.vm.heap.unwrap_payload(value);
    if let Some(items) = cx.vm.heap.tuple(inner) {
        return Given { items: items.to_vec(), next: 0, mapping: None, is_tuple: true };
    }
    let is_text = cx.as_str(value).is_some();
    let has_items = !is_text && cx.lookup_special(value, name::GETITEM).is_some();
    Given { items: vec![value], next: 0, mapping: has_items.then_some(value), is_tuple: false }
}

fn next_argument(cx: &mut Cx<'_>, given: &mut Given) -> NativeResult {
    match given.items.get(given.next) {
        Some(value) => {
            given.next += 1;
            Ok(*value)
        }
        None => Err(cx.type_error(percent::TOO_FEW)),
    }
}

fn count(cx: &mut Cx<'_>, given: &mut Given, count: Count) -> Result<Option<Value>, Box<Stop>> {
    match count {
        Count::None | Count::Given(_) => Ok(None),
        Count::Argument => {
            let value = next_argument(cx, given)?;
            if cx.int_ref(value).is_none() {
                return Err(cx.type_error(percent::STAR_WANTS_INT));
            }
            Ok(Some(value))
        }
    }
}

fn layout(cx: &mut Cx<'_>, conversion: &Conversion, given: &mut Given) -> Result<Layout, Box<Stop>> {
    let mut flags = conversion.flags;
    let from_argument = count(cx, given, conversion.width)?;
    let width = match (conversion.width, from_argument) {
        (_, Some(value)) => {
            let width = percent::width_argument(cx.int_ref(value).expect("checked"));
            let (width, left) = width.map_err(|e| cx.text_error(e))?;
            flags.left |= left;
            width
        }
        (Count::Given(width), None) => width,
        _ => 0,
    };
    let from_argument = count(cx, given, conversion.precision)?;
    let precision = match (conversion.precision, from_argument) {
        (_, Some(value)) => {
            let precision = percent::precision_argument(cx.int_ref(value).expect("checked"));
            Some(precision.map_err(|e| cx.text_error(e))?)
        }
        (Count::Given(precision), None) => Some(precision),
        _ => None,
    };
    Ok(Layout { flags, width, precision })
}

fn convert(cx: &mut Cx<'_>, format: &str, conversion: &Conversion, given: &mut Given) -> Result<String, Box<Stop>> {
    let keyed = match (&conversion.key, given.mapping) {
        (Some(range), Some(mapping)) => {
            let key = cx.new_str(&format[range.clone()]);
            Some(cx.get_item(mapping, key)?)
        }
        _ => None,
    };
    if keyed.is_some() {
        given.next = given.items.len();
    }
    let layout = layout(cx, conversion, given)?;
    let value = match keyed {
        Some(value) => value,
        None => next_argument(cx, given)?,
    };
    let text = match conversion.kind {
        's' => percent_format::format_text(&cx.str(value)?, layout),
        'r' => percent_format::format_text(&cx.repr(value)?, layout),
        'a' => percent_format::format_text(&cx.ascii(value)?, layout),
        'c' => character(cx, conversion, value)?.and_then(|text| percent_format::format_text(&text, layout)),
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => integer(cx, conversion, value, layout)?,
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let float = match cx.float_or_none(value)? {
                Some(float) => float,
                None => {
                    let message = format!("must be real number, not {}", cx.type_name(value));
                    return Err(cx.type_error(message));
                }
            };
            percent_format::format_float(float, conversion.kind, layout)
        }
        _ => Err(conversion.unsupported(FormatKind::Str)),
    };
    text.map_err(|e| cx.text_error(e))
}

fn character(cx: &mut Cx<'_>, conversion: &Conversion, value: Value) -> Result<Result<String, TextError>, Box<Stop>> {
    if let Some(text) = cx.as_str(value) {
        return Ok(match text.chars().count() {
            1 => Ok(text.to_owned()),
            n => Err(TextError::type_error(format!(
                "%c requires an int or a unicode character, not a string of length {n}"
            ))),
        });
    }
    Ok(match cx.index_or_none(value)? {
        Some(n) => percent_format::character(n.as_ref()).map(String::from),
        None => Err(conversion.wrong_type(FormatKind::Str, &cx.type_name(value))),
    })
}

fn integer(
    cx: &mut Cx<'_>,
    conversion: &Conversion,
    value: Value,
    layout: Layout,
) -> Result<Result<String, TextError>, Box<Stop>> {
    let decimal = matches!(conversion.kind, 'd' | 'i' | 'u');
    let number = match value {
        Value::Float(_) if decimal => {
            let truncate = Value::Obj(crate::object::builtin::class_id::INT);
            let whole = cx.call(truncate, &[value])?;
            cx.index_or_none(whole)?
        }
        _ => cx.index_or_none(value)?,
    };
    Ok(match number {
        Some(n) => percent_format::format_integer(n.as_ref(), conversion.kind, layout, INT_MAX_STR_DIGITS),
        None => Err(conversion.wrong_type(FormatKind::Str, &cx.type_name(value))),
    })
}
