//! `format(int, spec)`, bool included: `b c d o x X n`, and the float types by way of `float(int)`.
//!
//! Checks in the order of `format_long_internal` of CPython 3.13.

use num_traits::ToPrimitive;

use super::error::TextError;
use super::format_float::format_parsed_float;
use super::format_layout::{NumberParts, push_number};
use super::format_spec::{Align, FormatSpec, SignRule, unknown_code};
use super::int::IntRef;
use super::int_float::int_to_float;
use super::int_parse::{decimal_magnitude, int_to_str};

/// `format(value, spec)` for an int whose class is `type_name`; `max_str_digits` as of `sys.set_int_max_str_digits`.
/// An empty spec gives `str(int)`: for a bool the caller gives `str(bool)` instead.
pub fn format_int(value: IntRef<'_>, spec: &str, type_name: &str, max_str_digits: usize) -> Result<String, TextError> {
    if spec.is_empty() {
        return int_to_str(value, max_str_digits);
    }
    let spec = FormatSpec::parse(spec, type_name, Some('d'), Align::Right)?;
    match spec.kind {
        Some('b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n') => format_integer(value, &spec, max_str_digits),
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => format_parsed_float(int_to_float(value)?, &spec),
        Some(code) => Err(unknown_code(code, type_name)),
        None => format_integer(value, &spec, max_str_digits),
    }
}

fn format_integer(value: IntRef<'_>, spec: &FormatSpec, max_str_digits: usize) -> Result<String, TextError> {
    if spec.precision.is_some() {
        return Err(TextError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(TextError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    let mut out = String::new();
    if spec.kind == Some('c') {
        let character = format_character(value, spec)?.to_string();
        let parts = NumberParts { negative: false, prefix: "", digits: "", rest: &character };
        push_number(&mut out, parts, spec)?;
        return Ok(out);
    }
    let (radix, prefix) = match spec.kind {
        Some('b') => (2, "0b"),
        Some('o') => (8, "0o"),
        Some('x') => (16, "0x"),
        Some('X') => (16, "0X"),
        _ => (10, ""),
    };
    let mut digits =
        if radix == 10 { decimal_magnitude(value, max_str_digits)? } else { value.magnitude_digits(radix) };
    if spec.kind == Some('X') {
        digits.make_ascii_uppercase();
    }
    let prefix = if spec.alternate { prefix } else { "" };
    push_number(&mut out, NumberParts { negative: value.is_negative(), prefix, digits: &digits, rest: "" }, spec)?;
    Ok(out)
}

/// The character of `c`. Surrogates have no `char`; they are refused like numbers that are no code points.
fn format_character(value: IntRef<'_>, spec: &FormatSpec) -> Result<char, TextError> {
    if spec.sign != SignRule::Unspecified {
        return Err(TextError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(TextError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let code = value.to_i64().ok_or_else(|| TextError::overflow("Python int too large to convert to C long"))?;
    code.to_u32().and_then(char::from_u32).ok_or_else(|| TextError::overflow("%c arg not in range(0x110000)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What CPython 3.13 answers.
    #[test]
    fn results_are_cpythons() {
        type Row = (i64, &'static str, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            (42, "d", Ok("42")),
            (42, "", Ok("42")),
            (-42, "+", Ok("-42")),
            (42, "+d", Ok("+42")),
            (42, " ", Ok(" 42")),
            (255, "#x", Ok("0xff")),
            (255, "#X", Ok("0XFF")),
            (255, "#o", Ok("0o377")),
            (5, "#b", Ok("0b101")),
            (255, "08x", Ok("000000ff")),
            (-255, "#010x", Ok("-0x00000ff")),
            (1234567, ",", Ok("1,234,567")),
            (1234567, "_", Ok("1_234_567")),
            (65535, "_x", Ok("ffff")),
            (65535, "_b", Ok("1111_1111_1111_1111")),
            (1234, "010,", Ok("00,001,234")),
            (1234, "0=+12,", Ok("+000,001,234")),
            (42, "*^9", Ok("***42****")),
            (42, "<6", Ok("42    ")),
            (42, "^7d", Ok("  42   ")),
            (97, "c", Ok("a")),
            (97, "5c", Ok("    a")),
            (128512, "*>3c", Ok("**😀")),
            (10, "n", Ok("10")),
            (3, ".2f", Ok("3.00")),
            (3, "e", Ok("3.000000e+00")),
            (1, "%", Ok("100.000000%")),
            (1, "s", Err("Unknown format code 's' for object of type 'int'")),
            (1, ".2", Err("Precision not allowed in integer format specifier")),
            (1, ".2d", Err("Precision not allowed in integer format specifier")),
            (1, "z", Err("Negative zero coercion (z) not allowed in integer format specifier")),
            (97, "+c", Err("Sign not allowed with integer format specifier 'c'")),
            (97, "#c", Err("Alternate form (#) not allowed with integer format specifier 'c'")),
            (-1, "c", Err("%c arg not in range(0x110000)")),
            (1114112, "c", Err("%c arg not in range(0x110000)")),
            (1, ",c", Err("Cannot specify ',' with 'c'.")),
            (1, ",x", Err("Cannot specify ',' with 'x'.")),
            (1, ",_", Err("Cannot specify both ',' and '_'.")),
            (1, "_,", Err("Cannot specify both ',' and '_'.")),
            (1, ".", Err("Format specifier missing precision")),
            (1, "10.f", Err("Format specifier missing precision")),
            (1, "5 d", Err("Invalid format specifier '5 d' for object of type 'int'")),
            (1, "99999999999999999999", Err("Too many decimal digits in format string")),
            (1, "é", Err("Unknown format code '\\xe9' for object of type 'int'")),
            (1, "\u{80}", Err("Unknown format code '\\x80' for object of type 'int'")),
            (1, ",n", Err("Cannot specify ',' with 'n'.")),
        ];
        for &(value, spec, expected) in table {
            let result = format_int(value.into(), spec, "int", 4300);
            let result = result.as_deref().map_err(|error| &*error.message);
            assert_eq!(result, expected, "{value} {spec}");
        }
    }
}
