//! Literals to constants, and what is wrong with those that have none.

use crate::code::Const;
use crate::source::{SourceFile, Span};

use num_bigint::BigInt;
use ruff_python_ast::{self as ast, Expr, Number};

/// CPython's limit on the decimal digits of an integer.
const DECIMAL_DIGITS_MAX: usize = 4300;

/// The value of a literal; `None` for other expressions and for literals that cannot be used.
pub(super) fn literal(expression: &Expr) -> Option<Const> {
    match expression {
        Expr::NumberLiteral(node) => number(&node.value),
        Expr::StringLiteral(node) => Some(Const::Str(node.value.to_str().into())),
        Expr::BytesLiteral(node) => Some(Const::Bytes(node.value.bytes().collect())),
        Expr::BooleanLiteral(node) => Some(Const::Bool(node.value)),
        Expr::NoneLiteral(_) => Some(Const::None),
        Expr::EllipsisLiteral(_) => Some(Const::Ellipsis),
        _ => None,
    }
}

fn number(number: &Number) -> Option<Const> {
    match number {
        Number::Int(value) => match value.as_i64() {
            Some(value) => Some(Const::Int(value)),
            None => integer(&value.to_string()),
        },
        Number::Float(value) => Some(Const::Float(*value)),
        Number::Complex { real, imag } => Some(Const::Complex(*real, *imag)),
    }
}

/// An integer literal of any size.
fn integer(text: &str) -> Option<Const> {
    let text = text.replace('_', "");
    let (digits, radix) = match text.get(..2) {
        Some("0x" | "0X") => (&text[2..], 16),
        Some("0o" | "0O") => (&text[2..], 8),
        Some("0b" | "0B") => (&text[2..], 2),
        _ => (&text[..], 10),
    };
    if radix == 10 && digits.len() > DECIMAL_DIGITS_MAX {
        return None;
    }
    Some(integer_constant(BigInt::parse_bytes(digits.as_bytes(), radix)?))
}

/// The constant for an integer.
pub(super) fn integer_constant(value: BigInt) -> Const {
    match i64::try_from(&value) {
        Ok(small) => Const::Int(small),
        Err(_) => Const::BigInt(value),
    }
}

/// What is wrong with a literal that has no value.
pub(super) fn problem(expression: &Expr) -> String {
    if let Expr::NumberLiteral(ast::ExprNumberLiteral { value: Number::Int(value), .. }) = expression {
        let digits = value.to_string().replace('_', "").len();
        return format!(
            "Exceeds the limit ({DECIMAL_DIGITS_MAX} digits) for integer string conversion: value has {digits} digits; \
             use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals \
             to avoid decimal conversion limits."
        );
    }
    "invalid literal".to_string()
}

/// Whether a string literal was written with an escape for a lone surrogate, which the parser replaces by U+FFFD.
pub(super) fn has_lone_surrogate(source: &SourceFile, span: Span, value: &str) -> bool {
    if !value.contains('\u{fffd}') {
        return false;
    }
    let text = source.slice(span);
    let prefix = text.split(['"', '\'']).next().unwrap_or("");
    if prefix.contains(['r', 'R']) && prefix.len() < 3 {
        return false;
    }
    surrogate_escape(text)
}

/// Whether `\uD800` … `\uDFFF` (or its `\U` form) stands in the text, not after another backslash.
fn surrogate_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let digits = match bytes[at + 1] {
            b'u' => 4,
            b'U' => 8,
            _ => 0,
        };
        let value = text.get(at + 2..at + 2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if digits > 0 && value.is_some_and(|value| (0xD800..0xE000).contains(&value)) {
            return true;
        }
        at += 2;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_any_base() {
        assert_eq!(integer("0x10"), Some(Const::Int(16)));
        assert_eq!(integer("1_000"), Some(Const::Int(1000)));
        assert_eq!(integer("0b1_1"), Some(Const::Int(3)));
        let big = integer("0xFFFF_FFFF_FFFF_FFFF_FFFF").unwrap();
        assert_eq!(big, Const::BigInt((BigInt::from(1) << 80) - 1));
        assert_eq!(integer(&"9".repeat(4301)), None);
        assert!(integer(&"9".repeat(4300)).is_some());
    }

    #[test]
    fn surrogates_are_found_by_their_escapes() {
        assert!(surrogate_escape(r"'\ud800'"));
        assert!(surrogate_escape(r"'\U0000DFFF'"));
        assert!(!surrogate_escape(r"'\\ud800'"));
        assert!(!surrogate_escape(r"'\ue000 �'"));
    }
}
