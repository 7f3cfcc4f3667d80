//! `repr` of constants, for listings and messages.

use super::Const;
use crate::text::set_order::SetTable;
use crate::text::{IntRef, float_repr, hash, int_parse, str_repr};

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
        Const::FrozenSet(items) => format!("frozenset({{{}}})", join(&in_set_order(items))),
        Const::Code(code) => {
            format!("<code object {}, file \"{}\", line {}>", code.name, code.file.path, code.first_line)
        }
    }
}

/// The items in the order in which the set iterates; as written if an item's hash is not fixed.
fn in_set_order(items: &[Const]) -> Vec<Const> {
    let mut table = SetTable::new();
    for (index, item) in items.iter().enumerate() {
        let Some(hash) = hash_of(item) else { return items.to_vec() };
        table.add(hash, index, |a, b| items[a] == items[b]);
    }
    table.iter().map(|(_, index)| items[index].clone()).collect()
}

/// Python's hash of a constant, where it does not depend on an address.
fn hash_of(constant: &Const) -> Option<i64> {
    Some(match constant {
        Const::None => hash::HASH_NONE,
        Const::Bool(value) => hash::hash_i64(i64::from(*value)),
        Const::Int(value) => hash::hash_i64(*value),
        Const::BigInt(value) => hash::hash_int(IntRef::Big(value)),
        Const::Float(value) if !value.is_nan() => hash::hash_float(*value, 0),
        Const::Complex(real, imaginary) if !real.is_nan() && !imaginary.is_nan() => {
            hash::hash_complex(*real, *imaginary, 0)
        }
        Const::Str(text) => hash::hash_str(text),
        Const::Bytes(bytes) => hash::hash_bytes(bytes),
        Const::Tuple(items) => hash::hash_tuple(items.iter().map(hash_of).collect::<Option<Vec<_>>>()?),
        _ => return None,
    })
}

fn join(items: &[Const]) -> String {
    items.iter().map(constant_repr).collect::<Vec<_>>().join(", ")
}
