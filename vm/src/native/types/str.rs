//! `str`: the constructor, and the table of its methods (`Objects/unicodeobject.c`).

use super::number_methods as n;
use super::str_methods as m;
use super::str_translate as tr;
use super::text_args as t;
use super::wrappers as w;
use super::{str_percent, str_template};
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, constructor, method, static_method};
use crate::object::builtin::class_id as c;
use crate::text::str_case as case;
use crate::text::str_predicates as is;
use crate::value::Value;

/// `str`
pub const TABLE: TypeTable = TypeTable { class: c::STR, methods: METHODS, getsets: &[] };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("encode", Sig::Named(&["encoding", "errors"], 0, 2), encode),
    method("__mod__", Sig::One, str_percent::modulo),
    method("__rmod__", Sig::One, str_percent::reflected_modulo),
    method("format", Sig::Raw, str_template::format),
    method("format_map", Sig::One, str_template::format_map),
    method("replace", Sig::Named(&["", "", "count"], 2, 3), m::replace),
    method("split", Sig::Named(&["sep", "maxsplit"], 0, 2), m::split),
    method("rsplit", Sig::Named(&["sep", "maxsplit"], 0, 2), m::rsplit),
    method("splitlines", Sig::Named(&["keepends"], 0, 1), m::splitlines),
    method("join", Sig::One, m::join),
    method("capitalize", Sig::NoArgs, |cx, a| m::map(cx, a, case::capitalize)),
    method("casefold", Sig::NoArgs, |cx, a| m::map(cx, a, case::casefold)),
    method("lower", Sig::NoArgs, |cx, a| m::map(cx, a, case::lower)),
    method("upper", Sig::NoArgs, |cx, a| m::map(cx, a, case::upper)),
    method("title", Sig::NoArgs, |cx, a| m::map(cx, a, case::title)),
    method("swapcase", Sig::NoArgs, |cx, a| m::map(cx, a, case::swapcase)),
    method("isalpha", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_alpha)),
    method("isalnum", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_alnum)),
    method("isascii", Sig::NoArgs, |cx, a| m::test(cx, a, str::is_ascii)),
    method("isdecimal", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_decimal)),
    method("isdigit", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_digit)),
    method("isidentifier", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_identifier)),
    method("islower", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_lower)),
    method("isnumeric", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_numeric)),
    method("isprintable", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_printable)),
    method("isspace", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_space)),
    method("istitle", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_title)),
    method("isupper", Sig::NoArgs, |cx, a| m::test(cx, a, is::is_upper)),
    method("center", Sig::Positional(1, 2), m::center),
    method("ljust", Sig::Positional(1, 2), m::ljust),
    method("rjust", Sig::Positional(1, 2), m::rjust),
    method("zfill", Sig::One, m::zfill),
    method("expandtabs", Sig::Named(&["tabsize"], 0, 1), m::expandtabs),
    method("strip", Sig::Positional(0, 1), m::strip),
    method("lstrip", Sig::Positional(0, 1), m::lstrip),
    method("rstrip", Sig::Positional(0, 1), m::rstrip),
    method("count", Sig::Positional(1, 3), m::count),
    method("find", Sig::Positional(1, 3), m::find),
    method("rfind", Sig::Positional(1, 3), m::rfind),
    method("index", Sig::Positional(1, 3), m::index),
    method("rindex", Sig::Positional(1, 3), m::rindex),
    method("startswith", Sig::Positional(1, 3), m::startswith),
    method("endswith", Sig::Positional(1, 3), m::endswith),
    method("removeprefix", Sig::One, m::removeprefix),
    method("removesuffix", Sig::One, m::removesuffix),
    method("partition", Sig::One, m::partition),
    method("rpartition", Sig::One, m::rpartition),
    method("translate", Sig::One, tr::translate),
    static_method("maketrans", Sig::Positional(1, 3), tr::maketrans),
    n::FORMAT,
    n::HASH,
    n::REPR,
    method("__str__", Sig::NoArgs, |_, args| Ok(args.get(0))),
    t::ADD,
    t::MUL,
    t::RMUL,
    t::LT,
    t::LE,
    t::EQ,
    t::NE,
    t::GT,
    t::GE,
    t::GETNEWARGS,
    w::LEN,
    w::ITER,
    w::CONTAINS,
    w::GETITEM,
];

/// `str(object='')`, `str(bytes, encoding, errors)`
fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.check_new(c::STR, args.get(0))?;
    let [object, encoding, errors] = arguments(cx, args)?;
    if !encoding.is_bound() && !errors.is_bound() {
        return if object.is_bound() { cx.str_value(object) } else { Ok(cx.new_str("")) };
    }
    let encoding =
        if encoding.is_bound() { cx.str_arg(encoding, "str", "argument 'encoding'")? } else { "utf-8".into() };
    let errors = if errors.is_bound() { cx.str_arg(errors, "str", "argument 'errors'")? } else { "strict".into() };
    if !object.is_bound() {
        return Ok(cx.new_str(""));
    }
    if cx.as_str(object).is_some() {
        return Err(cx.type_error("decoding str is not supported"));
    }
    let Some(bytes) = cx.bytes_ref(object).map(<[u8]>::to_vec) else {
        let kind = cx.type_name(object);
        return Err(cx.type_error(format!("decoding to str: need a bytes-like object, {kind} found")));
    };
    cx.decode(&bytes, &encoding, &errors, object)
}

/// `object`, `encoding`, `errors`; `Unbound` where nothing was given.
fn arguments(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<[Value; 3], Box<crate::native::Stop>> {
    let given = args.len() - 1;
    if given > 3 {
        return Err(cx.type_error(format!("str expected at most 3 arguments, got {given}")));
    }
    let mut values = [args.get(1), args.get(2), args.get(3)];
    for (key, value) in args.kw {
        let key = cx.vm.heap.name(*key).to_owned();
        let Some(at) = ["object", "encoding", "errors"].iter().position(|name| *name == key) else {
            return Err(cx.type_error(format!("str() got an unexpected keyword argument '{key}'")));
        };
        if values[at].is_bound() {
            let message = format!("argument for str() given by name ('{key}') and position ({})", at + 1);
            return Err(cx.type_error(message));
        }
        values[at] = *value;
    }
    Ok(values)
}

fn encode(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let encoding = match args.given(1) {
        Some(encoding) => cx.str_arg(encoding, "encode", "argument 'encoding'")?,
        None => "utf-8".to_owned(),
    };
    let errors = match args.given(2) {
        Some(errors) => cx.str_arg(errors, "encode", "argument 'errors'")?,
        None => "strict".to_owned(),
    };
    cx.encode(args.get(0), &encoding, &errors)
}
