//! `bytes` and `bytearray`: constructors and tables (`Objects/bytesobject.c`, `Objects/bytearrayobject.c`).
//!
//! The methods that both have are in `bytes_methods`, those that change a bytearray in `bytearray`.

use super::bytearray as b;
use super::bytes_methods as m;
use super::bytes_percent as percent;
use super::number_methods as n;
use super::text_args as t;
use super::wrappers as w;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, class_method, constructor, method, static_method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::text::Int;
use crate::text::bytes_methods as by;
use crate::text::bytes_search as search;
use crate::text::str_split::StripSide;
use crate::value::{ObjId, Value};

/// `bytes`
pub const TABLE: TypeTable = TypeTable { class: c::BYTES, methods: BYTES_METHODS, getsets: &[] };
/// `bytearray`
pub const BYTEARRAY: TypeTable = TypeTable { class: c::BYTEARRAY, methods: BYTEARRAY_METHODS, getsets: &[] };

macro_rules! methods {
    ($($name:ident [$($extra:expr),* $(,)?];)+) => {
        $(const $name: &[NativeDef] = &[
            $($extra,)*
            method("decode", Sig::Named(&["encoding", "errors"], 0, 2), m::decode),
            method("hex", Sig::Named(&["sep", "bytes_per_sep"], 0, 2), m::hex),
            method("replace", Sig::Positional(2, 3), m::replace),
            method("split", Sig::Named(&["sep", "maxsplit"], 0, 2), m::split),
            method("rsplit", Sig::Named(&["sep", "maxsplit"], 0, 2), m::rsplit),
            method("splitlines", Sig::Named(&["keepends"], 0, 1), m::splitlines),
            method("join", Sig::One, m::join),
            method("capitalize", Sig::NoArgs, |cx, a| m::map(cx, a, by::capitalize)),
            method("lower", Sig::NoArgs, |cx, a| m::map(cx, a, <[u8]>::to_ascii_lowercase)),
            method("upper", Sig::NoArgs, |cx, a| m::map(cx, a, <[u8]>::to_ascii_uppercase)),
            method("title", Sig::NoArgs, |cx, a| m::map(cx, a, by::title)),
            method("swapcase", Sig::NoArgs, |cx, a| m::map(cx, a, by::swapcase)),
            method("isalpha", Sig::NoArgs, |cx, a| m::test(cx, a, by::is_alpha)),
            method("isalnum", Sig::NoArgs, |cx, a| m::test(cx, a, by::is_alnum)),
            method("isascii", Sig::NoArgs, |cx, a| m::test(cx, a, <[u8]>::is_ascii)),
            method("isdigit", Sig::NoArgs, |cx, a| m::test(cx, a, by::is_digit)),
            method("islower", Sig::NoArgs, |cx, a| m::test(cx, a, by::is_lower)),
            method("isspace", Sig::NoArgs, |cx, a| m::test(cx, a, by::is_space)),
            method("istitle", Sig::NoArgs, |cx, a| m::test(cx, a, by::is_title)),
            method("isupper", Sig::NoArgs, |cx, a| m::test(cx, a, by::is_upper)),
            method("center", Sig::Positional(1, 2), m::center),
            method("ljust", Sig::Positional(1, 2), m::ljust),
            method("rjust", Sig::Positional(1, 2), m::rjust),
            method("zfill", Sig::One, m::zfill),
            method("expandtabs", Sig::Named(&["tabsize"], 0, 1), m::expandtabs),
            method("strip", Sig::Positional(0, 1), |cx, a| m::strip(cx, a, StripSide::Both)),
            method("lstrip", Sig::Positional(0, 1), |cx, a| m::strip(cx, a, StripSide::Left)),
            method("rstrip", Sig::Positional(0, 1), |cx, a| m::strip(cx, a, StripSide::Right)),
            method("count", Sig::Positional(1, 3), m::count),
            method("find", Sig::Positional(1, 3), |cx, a| m::find(cx, a, search::find)),
            method("rfind", Sig::Positional(1, 3), |cx, a| m::find(cx, a, search::rfind)),
            method("index", Sig::Positional(1, 3), |cx, a| m::index(cx, a, search::find)),
            method("rindex", Sig::Positional(1, 3), |cx, a| m::index(cx, a, search::rfind)),
            method("startswith", Sig::Positional(1, 3), |cx, a| m::ends(cx, a, "startswith", search::starts_with)),
            method("endswith", Sig::Positional(1, 3), |cx, a| m::ends(cx, a, "endswith", search::ends_with)),
            method("removeprefix", Sig::One, m::removeprefix),
            method("removesuffix", Sig::One, m::removesuffix),
            method("partition", Sig::One, |cx, a| m::partition(cx, a, search::partition)),
            method("rpartition", Sig::One, |cx, a| m::partition(cx, a, search::rpartition)),
            method("translate", Sig::Named(&["", "delete"], 1, 2), m::translate),
            static_method("maketrans", Sig::Positional(2, 2), m::maketrans),
            method("__mod__", Sig::One, percent::modulo),
            method("__rmod__", Sig::One, percent::reflected_modulo),
            n::REPR,
            t::ADD,
            t::MUL,
            t::RMUL,
            t::LT,
            t::LE,
            t::EQ,
            t::NE,
            t::GT,
            t::GE,
            w::LEN,
            w::ITER,
            w::CONTAINS,
            w::GETITEM,
        ];)+
    };
}

methods! {
    BYTES_METHODS [
        constructor(Sig::Raw, new_bytes),
        class_method("fromhex", Sig::One, fromhex),
        method("__bytes__", Sig::NoArgs, |cx, args| {
            let bytes = cx.bytes_arg(args.get(0))?;
            Ok(cx.new_bytes(bytes))
        }),
        t::GETNEWARGS,
        n::HASH,
    ];
    BYTEARRAY_METHODS [
        constructor(Sig::Raw, new_bytearray),
        method("__init__", Sig::Raw, init_bytearray),
        class_method("fromhex", Sig::One, fromhex),
        method("append", Sig::One, b::append),
        method("clear", Sig::NoArgs, b::clear),
        method("copy", Sig::NoArgs, b::copy),
        method("extend", Sig::One, b::extend),
        method("insert", Sig::Positional(2, 2), b::insert),
        method("pop", Sig::Positional(0, 1), b::pop),
        method("remove", Sig::One, b::remove),
        method("reverse", Sig::NoArgs, b::reverse),
        method("__iadd__", Sig::One, b::iadd),
        method("__imul__", Sig::One, b::imul),
        method("__alloc__", Sig::NoArgs, b::alloc),
        w::SETITEM,
        w::DELITEM,
    ];
}

const PARAMETERS: [&str; 3] = ["source", "encoding", "errors"];

/// `source`, `encoding`, `errors`; `Unbound` where nothing was given.
fn arguments(cx: &mut Cx<'_>, args: &Args<'_>, shown: &str) -> Result<[Value; 3], Box<Stop>> {
    let given = args.len() - 1 + args.kw.len();
    if given > 3 {
        return Err(cx.type_error(format!("{shown}() takes at most 3 arguments ({given} given)")));
    }
    let mut values = [args.get(1), args.get(2), args.get(3)];
    for (key, value) in args.kw {
        let key = cx.vm.heap.name(*key).to_owned();
        let Some(at) = PARAMETERS.iter().position(|name| *name == key) else {
            return Err(cx.type_error(format!("{shown}() got an unexpected keyword argument '{key}'")));
        };
        if values[at].is_bound() {
            let message = format!("argument for {shown}() given by name ('{key}') and position ({})", at + 1);
            return Err(cx.type_error(message));
        }
        values[at] = *value;
    }
    Ok(values)
}

/// The bytes that the arguments of a constructor describe.
fn content(cx: &mut Cx<'_>, args: &Args<'_>, kind: &str) -> Result<Vec<u8>, Box<Stop>> {
    let [source, encoding, errors] = arguments(cx, args, kind)?;
    let encoding = match encoding.is_bound() {
        true => Some(cx.str_arg(encoding, kind, "argument 'encoding'")?),
        false => None,
    };
    let errors = match errors.is_bound() {
        true => Some(cx.str_arg(errors, kind, "argument 'errors'")?),
        false => None,
    };
    if source.is_bound() && cx.as_str(source).is_some() {
        let Some(encoding) = encoding else { return Err(cx.type_error("string argument without an encoding")) };
        let encoded = cx.encode(source, &encoding, errors.as_deref().unwrap_or("strict"))?;
        return cx.bytes_arg(encoded);
    }
    match (encoding, errors) {
        (Some(_), _) => return Err(cx.type_error("encoding without a string argument")),
        (None, Some(_)) => return Err(cx.type_error("errors without a string argument")),
        (None, None) => {}
    }
    if !source.is_bound() {
        return Ok(Vec::new());
    }
    let has_bytes = kind == "bytes" && cx.lookup_special(source, crate::names::name::BYTES).is_some();
    if has_bytes || cx.bytes_ref(source).is_some() {
        return cx.bytes_from_object(source);
    }
    if let Some(count) = cx.index_or_none(source)? {
        return zeros(cx, source, &count);
    }
    cx.bytes_of_iterable(source, kind)
}

/// That many zero bytes.
fn zeros(cx: &mut Cx<'_>, source: Value, count: &Int) -> Result<Vec<u8>, Box<Stop>> {
    let Int::Small(count) = count else {
        let kind = cx.type_name(source);
        return Err(cx.overflow_error(format!("cannot fit '{kind}' into an index-sized integer")));
    };
    let Ok(count) = usize::try_from(*count) else { return Err(cx.value_error("negative count")) };
    if count > isize::MAX as usize / 2 {
        return Err(cx.raise_with(c::MEMORY_ERROR, Vec::new()));
    }
    cx.reserve(count)?;
    Ok(vec![0; count])
}

fn new_bytes(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.check_new(c::BYTES, args.get(0))?;
    if let ([_, only], []) = (args.pos, args.kw)
        && matches!(cx.object(*only), Some(Object::Bytes(_)))
    {
        return Ok(*only);
    }
    let bytes = content(cx, args, "bytes")?;
    Ok(cx.new_bytes(bytes))
}

fn new_bytearray(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.check_new(c::BYTEARRAY, args.get(0))?;
    let bytes = if args.get(0) == Value::Obj(c::BYTEARRAY) { content(cx, args, "bytearray")? } else { Vec::new() };
    cx.reserve(bytes.len())?;
    Ok(Value::Obj(cx.vm.heap.alloc(Object::ByteArray(bytes))))
}

fn init_bytearray(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let bytes = content(cx, args, "bytearray")?;
    cx.bytearray_edit(args, |own| *own = bytes);
    Ok(Value::None)
}

/// `bytes.fromhex(string, /)`, `bytearray.fromhex`; a derived class is called with the bytes.
fn fromhex(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let bytes = m::bytes_from_hex(cx, args)?;
    let class = args.get(0);
    let is_bytearray = class.obj().is_some_and(|class| derives(cx, class, c::BYTEARRAY));
    let value = match is_bytearray {
        true => Value::Obj(cx.vm.heap.alloc(Object::ByteArray(bytes))),
        false => cx.new_bytes(bytes),
    };
    match class {
        Value::Obj(c::BYTES | c::BYTEARRAY) => Ok(value),
        class => cx.tail_call(class, &[value]),
    }
}

fn derives(cx: &Cx<'_>, class: ObjId, base: ObjId) -> bool {
    cx.vm.heap.class(class).mro.contains(&base)
}
