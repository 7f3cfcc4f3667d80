//! The methods that `bytes` and `bytearray` share. The algorithms are in `crate::text`; here are arguments and results: a
//! method that makes bytes makes an object of the kind it was called on.

use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::Object;
use crate::text::TextError;
use crate::text::bytes_hex::{from_hex, hex_separator, to_hex, to_hex_grouped};
use crate::text::bytes_methods as by;
use crate::text::bytes_search as search;
use crate::text::str_pad::Justify;
use crate::text::str_split::StripSide;
use crate::value::Value;

fn this<'c>(cx: &'c Cx<'_>, args: &Args<'_>) -> &'c [u8] {
    cx.bytes_ref(args.get(0)).unwrap_or_default()
}

impl Cx<'_> {
    /// New bytes of the kind of `like`.
    ///
    /// # Errors
    /// `MemoryError`
    pub fn bytes_like(&mut self, like: Value, bytes: Vec<u8>) -> NativeResult {
        self.reserve(bytes.len())?;
        Ok(match self.object(like) {
            Some(Object::ByteArray(_)) => Value::Obj(self.vm.heap.alloc(Object::ByteArray(bytes))),
            _ => self.new_bytes(bytes),
        })
    }

    /// The bytes of an argument that has to be bytes-like.
    ///
    /// # Errors
    /// `TypeError`
    pub fn bytes_arg(&mut self, value: Value) -> Result<Vec<u8>, Box<Stop>> {
        match self.bytes_ref(value).map(<[u8]>::to_vec) {
            Some(bytes) => Ok(bytes),
            None => {
                let kind = self.type_name(value);
                Err(self.type_error(format!("a bytes-like object is required, not '{kind}'")))
            }
        }
    }

    fn bytes_result(&mut self, like: Value, bytes: Result<Vec<u8>, TextError>) -> NativeResult {
        match bytes {
            Ok(bytes) => self.bytes_like(like, bytes),
            Err(error) => Err(self.text_error(error)),
        }
    }

    fn list_of_bytes(&mut self, like: Value, parts: Vec<Vec<u8>>) -> NativeResult {
        let parts = parts.into_iter().map(|part| self.bytes_like(like, part)).collect::<Result<Vec<_>, _>>()?;
        Ok(self.new_list(parts))
    }
}

fn owned(parts: Vec<&[u8]>) -> Vec<Vec<u8>> {
    parts.into_iter().map(<[u8]>::to_vec).collect()
}

/// A method that makes other bytes.
pub fn map(cx: &mut Cx<'_>, args: &Args<'_>, change: fn(&[u8]) -> Vec<u8>) -> NativeResult {
    let bytes = change(this(cx, args));
    cx.bytes_like(args.get(0), bytes)
}

/// A method that tells something about the bytes.
pub fn test(cx: &mut Cx<'_>, args: &Args<'_>, holds: fn(&[u8]) -> bool) -> NativeResult {
    Ok(Value::Bool(holds(this(cx, args))))
}

/// `decode(encoding='utf-8', errors='strict')`
pub fn decode(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let encoding = match args.given(1) {
        Some(encoding) => cx.str_arg(encoding, "decode", "argument 'encoding'")?,
        None => "utf-8".to_owned(),
    };
    let errors = match args.given(2) {
        Some(errors) => cx.str_arg(errors, "decode", "argument 'errors'")?,
        None => "strict".to_owned(),
    };
    let bytes = this(cx, args).to_vec();
    if bytes.is_empty() {
        // As in CPython, before the names of encoding and handler are looked at.
        return Ok(cx.new_str(""));
    }
    cx.decode(&bytes, &encoding, &errors, args.get(0))
}

/// `hex([sep[, bytes_per_sep]])`, also of memoryviews.
pub fn hex(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(separator) = args.given(1) else {
        let text = to_hex(this(cx, args));
        cx.reserve(text.len())?;
        return Ok(cx.new_str(text));
    };
    let group = match args.given(2) {
        Some(group) => i64::from(cx.int_arg(group)?),
        None => 1,
    };
    let text = match (cx.as_str(separator), cx.bytes_ref(separator)) {
        (Some(text), _) => text.to_owned(),
        (None, Some(bytes)) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        (None, None) => match cx.len(separator) {
            Ok(1) => return Err(cx.type_error("sep must be str or bytes.")),
            Ok(_) => return Err(cx.value_error("sep must be length 1.")),
            Err(stop) => return Err(stop),
        },
    };
    match hex_separator(&text) {
        Ok(separator) => {
            let text = to_hex_grouped(this(cx, args), separator, group);
            cx.reserve(text.len())?;
            Ok(cx.new_str(text))
        }
        Err(error) => Err(cx.text_error(error)),
    }
}

/// `fromhex(string, /)`: the bytes; the caller makes the object of the class.
///
/// # Errors
/// TypeError for what is no string, ValueError for what is not hexadecimal.
pub fn bytes_from_hex(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<Vec<u8>, Box<Stop>> {
    let text = cx.str_arg(args.get(1), "fromhex", "argument")?;
    from_hex(&text).map_err(|error| cx.text_error(error))
}

/// `replace(old, new, count=-1, /)`
pub fn replace(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let old = cx.bytes_arg(args.get(1))?;
    let new = cx.bytes_arg(args.get(2))?;
    let count = cx.count_arg(args.given(3), -1)?;
    let bytes = search::replace(this(cx, args), &old, &new, count);
    cx.bytes_result(args.get(0), bytes)
}

type AtSpaces = fn(&[u8], i64) -> Vec<&[u8]>;
type AtSeparator = for<'t> fn(&'t [u8], &[u8], i64) -> Result<Vec<&'t [u8]>, TextError>;

fn split_with(cx: &mut Cx<'_>, args: &Args<'_>, at_spaces: AtSpaces, at_separator: AtSeparator) -> NativeResult {
    let most = cx.count_arg(args.given(2), -1)?;
    let parts = match args.given(1).filter(|separator| !separator.is_none()) {
        None => Ok(owned(at_spaces(this(cx, args), most))),
        Some(separator) => {
            let separator = cx.bytes_arg(separator)?;
            at_separator(this(cx, args), &separator, most).map(owned)
        }
    };
    match parts {
        Ok(parts) => cx.list_of_bytes(args.get(0), parts),
        Err(error) => Err(cx.text_error(error)),
    }
}

/// `split(sep=None, maxsplit=-1)`
pub fn split(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    split_with(cx, args, by::split_whitespace, search::split)
}

/// `rsplit(sep=None, maxsplit=-1)`
pub fn rsplit(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    split_with(cx, args, by::rsplit_whitespace, search::rsplit)
}

/// `splitlines(keepends=False)`
pub fn splitlines(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let keep = match args.given(1) {
        Some(keep) => cx.truth(keep)?,
        None => false,
    };
    let lines = owned(by::split_lines(this(cx, args), keep));
    cx.list_of_bytes(args.get(0), lines)
}

/// `join(iterable_of_bytes, /)`
pub fn join(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if !cx.is_iterable(args.get(1)) {
        return Err(cx.type_error("can only join an iterable"));
    }
    let items = cx.iterate(args.get(1))?;
    if let [only] = items[..]
        && let (Some(Object::Bytes(_)), Some(Object::Bytes(_))) = (cx.object(only), cx.object(args.get(0)))
    {
        return Ok(only);
    }
    let mut size = this(cx, args).len().saturating_mul(items.len().saturating_sub(1));
    for (i, item) in items.iter().enumerate() {
        match cx.bytes_ref(*item) {
            Some(bytes) => size = size.saturating_add(bytes.len()),
            None => {
                let kind = cx.type_name(*item);
                let message = format!("sequence item {i}: expected a bytes-like object, {kind} found");
                return Err(cx.type_error(message));
            }
        }
    }
    cx.reserve(size)?;
    let parts: Vec<&[u8]> = items.iter().map(|item| cx.bytes_ref(*item).unwrap_or_default()).collect();
    let joined = parts.join(this(cx, args));
    cx.bytes_like(args.get(0), joined)
}

fn justify(cx: &mut Cx<'_>, args: &Args<'_>, shown: &str, how: Justify) -> NativeResult {
    let width = cx.size_arg(args.get(1))?;
    let fill = match args.given(2) {
        None => b' ',
        Some(fill) => match (cx.object(cx.vm.heap.unwrap_payload(fill)), cx.bytes_ref(fill)) {
            (Some(Object::Bytes(_) | Object::ByteArray(_)), Some([fill])) => *fill,
            _ => {
                let kind = cx.type_name(fill);
                let message = format!("{shown}() argument 2 must be a byte string of length 1, not {kind}");
                return Err(cx.type_error(message));
            }
        },
    };
    let bytes = by::justify(this(cx, args), width, fill, how);
    cx.bytes_result(args.get(0), bytes)
}

/// `center(width, fillchar=b' ', /)`
pub fn center(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    justify(cx, args, "center", Justify::Center)
}

/// `ljust(width, fillchar=b' ', /)`
pub fn ljust(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    justify(cx, args, "ljust", Justify::Left)
}

/// `rjust(width, fillchar=b' ', /)`
pub fn rjust(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    justify(cx, args, "rjust", Justify::Right)
}

/// `zfill(width, /)`
pub fn zfill(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let width = cx.size_arg(args.get(1))?;
    let bytes = by::zfill(this(cx, args), width);
    cx.bytes_result(args.get(0), bytes)
}

/// `expandtabs(tabsize=8)`
pub fn expandtabs(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let size = match args.given(1) {
        Some(size) => i64::from(cx.int_arg(size)?),
        None => 8,
    };
    let bytes = by::expand_tabs(this(cx, args), size);
    cx.bytes_result(args.get(0), bytes)
}

/// `strip(bytes=None, /)` and its two halves.
pub fn strip(cx: &mut Cx<'_>, args: &Args<'_>, side: StripSide) -> NativeResult {
    let chars = match args.given(1).filter(|chars| !chars.is_none()) {
        None => None,
        Some(chars) => Some(cx.bytes_arg(chars)?),
    };
    let bytes = by::strip(this(cx, args), chars.as_deref(), side).to_vec();
    cx.bytes_like(args.get(0), bytes)
}

/// What is searched for: bytes, or one byte given as an integer.
fn needle(cx: &mut Cx<'_>, value: Value) -> Result<Vec<u8>, Box<Stop>> {
    if let Some(bytes) = cx.bytes_ref(value) {
        return Ok(bytes.to_vec());
    }
    if cx.has_index(value) {
        return Ok(vec![cx.byte_of(value)?]);
    }
    let kind = cx.type_name(value);
    Err(cx.type_error(format!("argument should be integer or bytes-like object, not '{kind}'")))
}

/// `count(sub[, start[, end]])`
pub fn count(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let needle = needle(cx, args.get(1))?;
    let (start, end) = cx.bounds_args(args, 2)?;
    Ok(Value::Int(search::count(this(cx, args), &needle, start, end) as i64))
}

type Search = fn(&[u8], &[u8], Option<i64>, Option<i64>) -> Option<usize>;

/// `find(sub[, start[, end]])` and `rfind`
pub fn find(cx: &mut Cx<'_>, args: &Args<'_>, search: Search) -> NativeResult {
    let needle = needle(cx, args.get(1))?;
    let (start, end) = cx.bounds_args(args, 2)?;
    Ok(Value::Int(search(this(cx, args), &needle, start, end).map_or(-1, |at| at as i64)))
}

/// `index(sub[, start[, end]])` and `rindex`
pub fn index(cx: &mut Cx<'_>, args: &Args<'_>, search: Search) -> NativeResult {
    match find(cx, args, search)? {
        Value::Int(-1) => Err(cx.value_error("subsection not found")),
        at => Ok(at),
    }
}

type End = fn(&[u8], &[u8], Option<i64>, Option<i64>) -> bool;

/// `startswith(prefix[, start[, end]])` and `endswith`
pub fn ends(cx: &mut Cx<'_>, args: &Args<'_>, shown: &str, holds: End) -> NativeResult {
    let (start, end) = cx.bounds_args(args, 2)?;
    let part = args.get(1);
    if let Some(items) = cx.vm.heap.tuple(cx.vm.heap.unwrap_payload(part)).map(<[Value]>::to_vec) {
        for item in items {
            let bytes = cx.bytes_arg(item)?;
            if holds(this(cx, args), &bytes, start, end) {
                return Ok(Value::Bool(true));
            }
        }
        return Ok(Value::Bool(false));
    }
    match cx.bytes_ref(part) {
        Some(bytes) => Ok(Value::Bool(holds(this(cx, args), bytes, start, end))),
        None => {
            let kind = cx.type_name(part);
            let message = format!("{shown} first arg must be bytes or a tuple of bytes, not {kind}");
            Err(cx.type_error(message))
        }
    }
}

/// `removeprefix(prefix, /)`
pub fn removeprefix(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let prefix = cx.bytes_arg(args.get(1))?;
    let whole = this(cx, args);
    let rest = whole.strip_prefix(&prefix[..]).unwrap_or(whole).to_vec();
    cx.bytes_like(args.get(0), rest)
}

/// `removesuffix(suffix, /)`
pub fn removesuffix(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let suffix = cx.bytes_arg(args.get(1))?;
    let whole = this(cx, args);
    let rest = whole.strip_suffix(&suffix[..]).unwrap_or(whole).to_vec();
    cx.bytes_like(args.get(0), rest)
}

type Partition = for<'t> fn(&'t [u8], &'t [u8]) -> Result<[&'t [u8]; 3], TextError>;

/// `partition(sep, /)` and `rpartition`
pub fn partition(cx: &mut Cx<'_>, args: &Args<'_>, partition: Partition) -> NativeResult {
    let separator = cx.bytes_arg(args.get(1))?;
    match partition(this(cx, args), &separator).map(|parts| parts.map(<[u8]>::to_vec)) {
        Ok(parts) => {
            let parts =
                parts.into_iter().map(|part| cx.bytes_like(args.get(0), part)).collect::<Result<Vec<_>, _>>()?;
            Ok(cx.new_tuple(parts))
        }
        Err(error) => Err(cx.text_error(error)),
    }
}

/// `translate(table, /, delete=b'')`
pub fn translate(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let table = match args.get(1) {
        Value::None => None,
        table => Some(cx.bytes_arg(table)?),
    };
    let delete = match args.given(2) {
        Some(delete) => cx.bytes_arg(delete)?,
        None => Vec::new(),
    };
    let bytes = by::translate(this(cx, args), table.as_deref(), &delete);
    cx.bytes_result(args.get(0), bytes)
}

/// `maketrans(frm, to, /)`
pub fn maketrans(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let from = cx.bytes_arg(args.get(0))?;
    let to = cx.bytes_arg(args.get(1))?;
    match by::make_translation(&from, &to) {
        Ok(table) => Ok(cx.new_bytes(table)),
        Err(error) => Err(cx.text_error(error)),
    }
}
