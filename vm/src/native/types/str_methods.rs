//! The methods of `str`. The algorithms are in `crate::text`; here are arguments and results.

use crate::native::{Args, Cx, NativeResult, Stop};
use crate::text::str_pad::{self, Justify};
use crate::text::str_search as search;
use crate::text::str_split::{self as cut, StripSide};
use crate::value::Value;

fn this<'c>(cx: &'c Cx<'_>, args: &Args<'_>) -> &'c str {
    cx.as_str(args.get(0)).unwrap_or_default()
}

/// A method that makes another string.
pub fn map(cx: &mut Cx<'_>, args: &Args<'_>, change: fn(&str) -> String) -> NativeResult {
    let text = change(this(cx, args));
    cx.reserve(text.len())?;
    Ok(cx.new_str(text))
}

/// A method that tells something about the string.
pub fn test(cx: &mut Cx<'_>, args: &Args<'_>, holds: fn(&str) -> bool) -> NativeResult {
    Ok(Value::Bool(holds(this(cx, args))))
}

/// `replace(old, new, /, count=-1)`
pub fn replace(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let old = cx.str_arg(args.get(1), "replace", "argument 1")?;
    let new = cx.str_arg(args.get(2), "replace", "argument 2")?;
    let count = cx.count_arg(args.given(3), -1)?;
    let text = search::replace(this(cx, args), &old, &new, count);
    cx.text_result(text)
}

/// `split(sep=None, maxsplit=-1)`
pub fn split(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    split_with(cx, args, cut::split_whitespace, cut::split)
}

/// `rsplit(sep=None, maxsplit=-1)`
pub fn rsplit(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    split_with(cx, args, cut::rsplit_whitespace, cut::rsplit)
}

fn split_with(
    cx: &mut Cx<'_>,
    args: &Args<'_>,
    at_spaces: fn(&str, i64) -> Vec<&str>,
    at_separator: for<'t> fn(&'t str, &str, i64) -> Result<Vec<&'t str>, crate::text::TextError>,
) -> NativeResult {
    let most = cx.count_arg(args.given(2), -1)?;
    let owned = |parts: Vec<&str>| parts.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let parts = match args.given(1).filter(|separator| !separator.is_none()) {
        None => Ok(owned(at_spaces(this(cx, args), most))),
        Some(separator) => match cx.as_str(separator) {
            Some(separator) => at_separator(this(cx, args), separator, most).map(owned),
            None => {
                let kind = cx.type_name(separator);
                return Err(cx.type_error(format!("must be str or None, not {kind}")));
            }
        },
    };
    match parts {
        Ok(parts) => Ok(cx.list_of_strs(parts)),
        Err(error) => Err(cx.text_error(error)),
    }
}

/// `splitlines(keepends=False)`
pub fn splitlines(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let keep = match args.given(1) {
        Some(keep) => cx.truth(keep)?,
        None => false,
    };
    let lines = cut::split_lines(this(cx, args), keep).into_iter().map(str::to_owned).collect();
    Ok(cx.list_of_strs(lines))
}

/// `join(iterable)`
pub fn join(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if !cx.is_iterable(args.get(1)) {
        return Err(cx.type_error("can only join an iterable"));
    }
    let items = cx.iterate(args.get(1))?;
    if let ([only], Some(_)) = (&items[..], items.first().and_then(|item| cx.vm.heap.str(*item))) {
        return Ok(*only);
    }
    let mut bytes = this(cx, args).len().saturating_mul(items.len().saturating_sub(1));
    for (i, item) in items.iter().enumerate() {
        match cx.as_str(*item) {
            Some(text) => bytes = bytes.saturating_add(text.len()),
            None => {
                let kind = cx.type_name(*item);
                let message = format!("sequence item {i}: expected str instance, {kind} found");
                return Err(cx.type_error(message));
            }
        }
    }
    cx.reserve(bytes)?;
    let mut joined = String::with_capacity(bytes);
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            joined.push_str(this(cx, args));
        }
        joined.push_str(cx.as_str(*item).unwrap_or_default());
    }
    Ok(cx.new_str(joined))
}

fn justify(cx: &mut Cx<'_>, args: &Args<'_>, how: Justify) -> NativeResult {
    let width = cx.size_arg(args.get(1))?;
    let fill = match args.given(2) {
        None => ' ',
        Some(fill) => match cx.as_str(fill).map(|text| (text.chars().next(), text.chars().count())) {
            Some((Some(fill), 1)) => fill,
            Some(_) => return Err(cx.type_error("The fill character must be exactly one character long")),
            None => {
                let kind = cx.type_name(fill);
                return Err(cx.type_error(format!("The fill character must be a unicode character, not {kind}")));
            }
        },
    };
    let text = str_pad::justify(this(cx, args), width, fill, how);
    cx.text_result(text)
}

/// `center(width, fillchar=' ', /)`
pub fn center(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    justify(cx, args, Justify::Center)
}

/// `ljust(width, fillchar=' ', /)`
pub fn ljust(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    justify(cx, args, Justify::Left)
}

/// `rjust(width, fillchar=' ', /)`
pub fn rjust(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    justify(cx, args, Justify::Right)
}

/// `zfill(width, /)`
pub fn zfill(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let width = cx.size_arg(args.get(1))?;
    let text = str_pad::zfill(this(cx, args), width);
    cx.text_result(text)
}

/// `expandtabs(tabsize=8)`
pub fn expandtabs(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let size = match args.given(1) {
        Some(size) => i64::from(cx.int_arg(size)?),
        None => 8,
    };
    let text = str_pad::expand_tabs(this(cx, args), size);
    cx.text_result(text)
}

fn strip_side(cx: &mut Cx<'_>, args: &Args<'_>, side: StripSide) -> NativeResult {
    let chars = match args.given(1).filter(|chars| !chars.is_none()) {
        None => None,
        Some(chars) => match cx.as_str(chars) {
            Some(chars) => Some(chars.to_owned()),
            None => {
                let name = match side {
                    StripSide::Both => "strip",
                    StripSide::Left => "lstrip",
                    StripSide::Right => "rstrip",
                };
                return Err(cx.type_error(format!("{name} arg must be None or str")));
            }
        },
    };
    let whole = this(cx, args);
    let text = cut::strip(whole, chars.as_deref(), side);
    if text.len() == whole.len() {
        return Ok(args.get(0));
    }
    let text = text.to_owned();
    Ok(cx.new_str(text))
}

/// `strip(chars=None, /)`
pub fn strip(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    strip_side(cx, args, StripSide::Both)
}

/// `lstrip(chars=None, /)`
pub fn lstrip(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    strip_side(cx, args, StripSide::Left)
}

/// `rstrip(chars=None, /)`
pub fn rstrip(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    strip_side(cx, args, StripSide::Right)
}

/// `count(sub[, start[, end]])`
pub fn count(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let needle = cx.str_arg(args.get(1), "count", "argument 1")?;
    let (start, end) = cx.bounds_args(args, 2)?;
    Ok(Value::Int(search::count(this(cx, args), &needle, start, end) as i64))
}

type Search = fn(&str, &str, Option<i64>, Option<i64>) -> Option<usize>;

fn found(cx: &mut Cx<'_>, args: &Args<'_>, shown: &str, search: Search) -> Result<Option<Value>, Box<Stop>> {
    let needle = cx.str_arg(args.get(1), shown, "argument 1")?;
    let (start, end) = cx.bounds_args(args, 2)?;
    Ok(search(this(cx, args), &needle, start, end).map(|at| Value::Int(at as i64)))
}

/// `find(sub[, start[, end]])`
pub fn find(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(found(cx, args, "find", search::find)?.unwrap_or(Value::Int(-1)))
}

/// `rfind(sub[, start[, end]])`
pub fn rfind(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(found(cx, args, "rfind", search::rfind)?.unwrap_or(Value::Int(-1)))
}

/// `index(sub[, start[, end]])`
pub fn index(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let at = found(cx, args, "index", search::find)?;
    at.ok_or_else(|| cx.value_error("substring not found"))
}

/// `rindex(sub[, start[, end]])`
pub fn rindex(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let at = found(cx, args, "rindex", search::rfind)?;
    at.ok_or_else(|| cx.value_error("substring not found"))
}

type End = fn(&str, &str, Option<i64>, Option<i64>) -> bool;

fn ends(cx: &mut Cx<'_>, args: &Args<'_>, shown: &str, holds: End) -> NativeResult {
    let (start, end) = cx.bounds_args(args, 2)?;
    let part = args.get(1);
    let candidates = match cx.vm.heap.tuple(cx.vm.heap.unwrap_payload(part)) {
        Some(items) => items.to_vec(),
        None => vec![part],
    };
    let is_tuple = candidates[..] != [part];
    for candidate in candidates {
        match cx.as_str(candidate) {
            Some(text) if holds(this(cx, args), text, start, end) => return Ok(Value::Bool(true)),
            Some(_) => {}
            None => {
                let kind = cx.type_name(candidate);
                return Err(cx.type_error(match is_tuple {
                    true => format!("tuple for {shown} must only contain str, not {kind}"),
                    false => format!("{shown} first arg must be str or a tuple of str, not {kind}"),
                }));
            }
        }
    }
    Ok(Value::Bool(false))
}

/// `startswith(prefix[, start[, end]])`
pub fn startswith(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    ends(cx, args, "startswith", search::starts_with)
}

/// `endswith(suffix[, start[, end]])`
pub fn endswith(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    ends(cx, args, "endswith", search::ends_with)
}

/// `removeprefix(prefix, /)`
pub fn removeprefix(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let prefix = cx.str_arg(args.get(1), "removeprefix", "argument")?;
    let rest = this(cx, args).strip_prefix(prefix.as_str()).map(str::to_owned);
    Ok(rest.map_or(args.get(0), |rest| cx.new_str(rest)))
}

/// `removesuffix(suffix, /)`
pub fn removesuffix(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let suffix = cx.str_arg(args.get(1), "removesuffix", "argument")?;
    let rest = this(cx, args).strip_suffix(suffix.as_str()).map(str::to_owned);
    Ok(rest.map_or(args.get(0), |rest| cx.new_str(rest)))
}

type Partition = for<'t> fn(&'t str, &'t str) -> Result<[&'t str; 3], crate::text::TextError>;

fn parts(cx: &mut Cx<'_>, args: &Args<'_>, partition: Partition) -> NativeResult {
    let Some(separator) = cx.as_str(args.get(1)) else {
        let kind = cx.type_name(args.get(1));
        return Err(cx.type_error(format!("must be str, not {kind}")));
    };
    match partition(this(cx, args), separator).map(|parts| parts.map(str::to_owned)) {
        Ok(parts) => {
            let parts = parts.map(|part| cx.new_str(part));
            Ok(cx.new_tuple(parts.to_vec()))
        }
        Err(error) => Err(cx.text_error(error)),
    }
}

/// `partition(sep, /)`
pub fn partition(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    parts(cx, args, search::partition)
}

/// `rpartition(sep, /)`
pub fn rpartition(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    parts(cx, args, search::rpartition)
}
