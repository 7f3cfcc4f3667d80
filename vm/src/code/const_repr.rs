//! `repr` of constants, for listings and messages.

use super::Const;
use crate::text::{IntRef, float_repr, int_parse, str_repr};

/// Python's `repr` of a constant. A code object is shown without its address.
pub fn constant_repr(constant: &Const) -> String {
    match constant {
        Const::None => "None".into(),
        Const::Ellipsis => "Ellipsis".into(),
        Const::Bool(value) => if *value { "True" } else { "False" }.into(),
        Const::Int(value) => value.to_string(),
        Const::BigInt(value) => {
            let too_long = |_| format!("{value:#x}");
            int_parse::int_to_str(IntRef::Big(value), 0).unwrap_or_else(too_long)
        }
        Const::Float(value) => float_repr::float_repr(*value),
        Const::Complex(real, imaginary) => float_repr::complex_repr(*real, *imaginary),
        Const::Str(text) => str_repr::str_repr(text),
        Const::Bytes(bytes) => str_repr::bytes_repr(bytes),
        Const::Tuple(items) => match &items[..] {
            [only] => format!("({},)", constant_repr(only)),
            _ => format!("({})", join(items)),
        },
        Const::FrozenSet(items) if items.is_empty() => "frozenset()".into(),
        Const::FrozenSet(items) => format!("frozenset({{{}}})", join(items)),
        Const::Code(code) => {
            format!("<code object {}, file \"{}\", line {}>", code.name, code.file.path, code.first_line)
        }
    }
}

fn join(items: &[Const]) -> String {
    items.iter().map(constant_repr).collect::<Vec<_>>().join(", ")
}
