//! `str.format` and `str.format_map`: fetches the fields; the template is parsed in `crate::text::str_format`.

use crate::native::{Args, Cx, NativeResult, Stop};
use crate::text::TextError;
use crate::text::str_format::{self, FirstKey, Numbering, Segments, Step};
use crate::value::{ObjId, Value};

/// Templates inside specs inside templates: CPython allows two levels.
const LEVELS_MAX: u32 = 2;

/// What the fields refer to.
#[derive(Clone, Copy)]
struct Source<'a> {
    pos: &'a [Value],
    kw: &'a [(ObjId, Value)],
    mapping: Option<Value>,
}

/// `str.format(*args, **kwargs)`
pub(super) fn format(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let source = Source { pos: &args.pos[1..], kw: args.kw, mapping: None };
    expand_all(cx, args.get(0), source)
}

/// `str.format_map(mapping)`
pub(super) fn format_map(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let source = Source { pos: &[], kw: &[], mapping: Some(args.get(1)) };
    expand_all(cx, args.get(0), source)
}

fn expand_all(cx: &mut Cx<'_>, template: Value, source: Source<'_>) -> NativeResult {
    let template = cx.as_str(template).unwrap_or_default().to_owned();
    let text = expand(cx, &template, source, &mut Numbering::default(), LEVELS_MAX)?;
    Ok(cx.new_str(text))
}

fn expand(
    cx: &mut Cx<'_>,
    template: &str,
    source: Source<'_>,
    numbering: &mut Numbering,
    levels: u32,
) -> Result<String, Box<Stop>> {
    if levels == 0 {
        return Err(cx.value_error("Max string recursion exceeded"));
    }
    let mut out = String::new();
    for segment in Segments::new(template) {
        let segment = segment.map_err(|e| cx.text_error(e))?;
        out.push_str(segment.literal);
        let Some(field) = segment.field else { continue };
        let value = field_value(cx, field.name, source, numbering)?;
        let spec = match field.spec_is_template {
            true => expand(cx, field.spec, source, numbering, levels - 1)?,
            false => field.spec.to_owned(),
        };
        let value = match field.conversion {
            None => value,
            Some(conversion) => {
                let text = match conversion {
                    'r' => cx.repr(value)?,
                    's' => cx.str(value)?,
                    'a' => cx.ascii(value)?,
                    other => return Err(cx.text_error(str_format::unknown_conversion(other))),
                };
                cx.new_str(text)
            }
        };
        out.push_str(&cx.format(value, &spec)?);
    }
    Ok(out)
}

fn field_value(cx: &mut Cx<'_>, field: &str, source: Source<'_>, numbering: &mut Numbering) -> NativeResult {
    let (first, path) = str_format::split_name(field, numbering).map_err(|e| cx.text_error(e))?;
    let mut value = match first {
        FirstKey::Index(_) if source.mapping.is_some() => {
            return Err(cx.value_error("Format string contains positional fields"));
        }
        FirstKey::Index(index) => match source.pos.get(index) {
            Some(value) => *value,
            None => return Err(cx.text_error(str_format::index_error(index))),
        },
        FirstKey::Name(name) => named(cx, name, source)?,
    };
    for step in path {
        value = match step.map_err(|e: TextError| cx.text_error(e))? {
            Step::Attribute(name) => {
                let name = cx.vm.heap.intern(name);
                cx.getattr(value, name)?
            }
            Step::Index(index) => cx.get_item(value, Value::Int(index as i64))?,
            Step::Item(text) => {
                let key = cx.new_str(text);
                cx.get_item(value, key)?
            }
        };
    }
    Ok(value)
}

fn named(cx: &mut Cx<'_>, name: &str, source: Source<'_>) -> NativeResult {
    let key = cx.new_str(name);
    if let Some(mapping) = source.mapping {
        return cx.get_item(mapping, key);
    }
    let found = source.kw.iter().find(|(keyword, _)| cx.vm.heap.name(*keyword) == name).map(|(_, value)| *value);
    found.ok_or_else(|| cx.key_error(key))
}
