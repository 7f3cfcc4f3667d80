//! `int("…", base)` and `str(int)` with CPython's limit on the number of decimal digits.
//!
//! The grammar is `PyLong_FromString`'s: white space around, a sign, a prefix that fits the base (base 0 reads it), single
//! underscores between digits; decimal digits of any script count. Messages are CPython 3.13's. Conversions to and from
//! decimal are refused beyond the limit, so they stay cheap; with the limit switched off they take quadratic time.

use num_bigint::BigInt;
use num_traits::Num;

use super::error::TextError;
use super::int::{Int, IntRef};
use super::str_repr::{bytes_repr, str_repr};
use super::unicode;

/// The limit of a fresh interpreter, `sys.int_info.default_max_str_digits`.
pub const INT_MAX_STR_DIGITS: usize = 4300;

/// Up to this many digits no limit counts (`sys.int_info.str_digits_check_threshold`).
pub const STR_DIGITS_CHECK_THRESHOLD: usize = 640;

/// What is wrong with the text of an integer.
enum Problem {
    Invalid,
    TooLong(usize),
}

/// `int(text, base)`; `max_str_digits` as of `sys.set_int_max_str_digits`, 0 for none.
pub fn parse_int_str(text: &str, base: u32, max_str_digits: usize) -> Result<Int, TextError> {
    let parsed = if text.is_ascii() {
        parse_ascii(text.as_bytes(), base, max_str_digits)?
    } else {
        parse_ascii(to_ascii_digits(text).as_bytes(), base, max_str_digits)?
    };
    parsed.map_err(|problem| problem_error(problem, base, max_str_digits, || str_repr(text)))
}

/// `int(text, base)` for bytes; as [`parse_int_str`].
pub fn parse_int_bytes(text: &[u8], base: u32, max_str_digits: usize) -> Result<Int, TextError> {
    let parsed = parse_ascii(text, base, max_str_digits)?;
    parsed.map_err(|problem| problem_error(problem, base, max_str_digits, || bytes_repr(text)))
}

fn problem_error(problem: Problem, base: u32, limit: usize, repr: impl FnOnce() -> String) -> TextError {
    match problem {
        Problem::Invalid => {
            let shown: String = repr().chars().take(200).collect();
            TextError::value(format!("invalid literal for int() with base {base}: {shown}"))
        }
        Problem::TooLong(digits) => TextError::value(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        )),
    }
}

/// Decimal digits of any script as ASCII, white space as spaces; the first other character ends the text as `?`.
pub(super) fn to_ascii_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() && c != '\x7f' {
            out.push(c);
        } else if unicode::is_space(c) {
            out.push(' ');
        } else if let Some(digit) = unicode::decimal_value(c) {
            out.push(char::from(b'0' + digit));
        } else {
            out.push('?');
            break;
        }
    }
    out
}

/// C's `isspace`.
pub(super) fn is_c_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

fn prefix_base(text: &[u8]) -> Option<u32> {
    match text {
        [b'0', b'x' | b'X', ..] => Some(16),
        [b'0', b'o' | b'O', ..] => Some(8),
        [b'0', b'b' | b'B', ..] => Some(2),
        _ => None,
    }
}

/// The digits at the start of `text` without underscores, and what follows them; `None` if underscores are misplaced.
fn scan_digits(text: &[u8], base: u32) -> Option<(String, &[u8])> {
    let mut digits = String::new();
    let mut previous = 0;
    let mut index = 0;
    while index < text.len() && (text[index] == b'_' || char::from(text[index]).is_digit(base)) {
        if text[index] == b'_' {
            if previous == b'_' {
                return None;
            }
        } else {
            digits.push(char::from(text[index]));
        }
        previous = text[index];
        index += 1;
    }
    (previous != b'_').then(|| (digits, &text[index..]))
}

fn parse_ascii(text: &[u8], base: u32, limit: usize) -> Result<Result<Int, Problem>, TextError> {
    if base == 1 || base > 36 {
        return Err(TextError::value("int() base must be >= 2 and <= 36, or 0"));
    }
    Ok(parse_trimmed(text, base, limit))
}

fn parse_trimmed(text: &[u8], base: u32, limit: usize) -> Result<Int, Problem> {
    let start = text.iter().position(|&b| !is_c_space(b)).ok_or(Problem::Invalid)?;
    let end = text.iter().rposition(|&b| !is_c_space(b)).map_or(0, |i| i + 1);
    let (negative, mut rest) = match &text[start..end] {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let mut radix = base;
    let mut only_zero = false;
    if base == 0 {
        radix = prefix_base(rest).unwrap_or(10);
        only_zero = radix == 10 && rest.first() == Some(&b'0');
    }
    if prefix_base(rest) == Some(radix) {
        rest = &rest[2..];
        if rest.first() == Some(&b'_') {
            rest = &rest[1..];
        }
    }
    if rest.first() == Some(&b'_') {
        return Err(Problem::Invalid);
    }
    let (digits, after) = scan_digits(rest, radix).ok_or(Problem::Invalid)?;
    let count = digits.len();
    if digits.is_empty() || !after.is_empty() {
        return Err(Problem::Invalid);
    }
    if !radix.is_power_of_two() && count > STR_DIGITS_CHECK_THRESHOLD && limit > 0 && count > limit {
        return Err(Problem::TooLong(count));
    }
    if only_zero && digits.bytes().any(|d| d != b'0') {
        return Err(Problem::Invalid);
    }
    to_int(&digits, radix, negative)
}

fn to_int(digits: &str, radix: u32, negative: bool) -> Result<Int, Problem> {
    if let Ok(small) = i64::from_str_radix(digits, radix) {
        return Ok(Int::Small(if negative { -small } else { small }));
    }
    let big = BigInt::from_str_radix(digits, radix).map_err(|_| Problem::Invalid)?;
    Ok(Int::from(if negative { -big } else { big }))
}

/// The error of an integer with too many digits to be written in decimal.
fn too_long_to_write(limit: usize) -> TextError {
    TextError::value(format!(
        "Exceeds the limit ({limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
    ))
}

/// Decimal digits of `|value|`, refused beyond `max_str_digits` (0: never).
pub fn decimal_magnitude(value: IntRef<'_>, max_str_digits: usize) -> Result<String, TextError> {
    // 2^bits has more than bits * 0.301 digits, so what is far too long is refused before it is converted.
    let digits_at_least = value.bit_length().saturating_sub(1) as f64 * 0.301;
    if max_str_digits > 0 && digits_at_least > max_str_digits as f64 {
        return Err(too_long_to_write(max_str_digits));
    }
    let digits = value.magnitude_digits(10);
    if max_str_digits > 0 && digits.len() > STR_DIGITS_CHECK_THRESHOLD && digits.len() > max_str_digits {
        return Err(too_long_to_write(max_str_digits));
    }
    Ok(digits)
}

/// `str(value)` of an int; `max_str_digits` as of `sys.set_int_max_str_digits`, 0 for none.
pub fn int_to_str(value: IntRef<'_>, max_str_digits: usize) -> Result<String, TextError> {
    if let IntRef::Small(small) = value {
        return Ok(small.to_string());
    }
    let digits = decimal_magnitude(value, max_str_digits)?;
    Ok(if value.is_negative() { format!("-{digits}") } else { digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What CPython 3.13 answers.
    #[test]
    fn results_are_cpythons() {
        type Row = (&'static str, u32, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            ("0", 10, Ok("0")),
            (" -12\n", 10, Ok("-12")),
            ("+1_000", 10, Ok("1000")),
            ("1__0", 10, Err("invalid literal for int() with base 10: '1__0'")),
            ("_1", 10, Err("invalid literal for int() with base 10: '_1'")),
            ("1_", 10, Err("invalid literal for int() with base 10: '1_'")),
            ("", 10, Err("invalid literal for int() with base 10: ''")),
            (" ", 10, Err("invalid literal for int() with base 10: ' '")),
            ("- 1", 10, Err("invalid literal for int() with base 10: '- 1'")),
            ("0x1f", 16, Ok("31")),
            ("0x1f", 0, Ok("31")),
            ("0X_1F", 0, Ok("31")),
            ("0o17", 0, Ok("15")),
            ("0b101", 0, Ok("5")),
            ("010", 0, Err("invalid literal for int() with base 0: '010'")),
            ("00", 0, Ok("0")),
            ("0_0", 0, Ok("0")),
            ("08", 10, Ok("8")),
            ("z", 36, Ok("35")),
            ("2", 2, Err("invalid literal for int() with base 2: '2'")),
            ("12a", 10, Err("invalid literal for int() with base 10: '12a'")),
            ("٣٤", 10, Ok("34")),
            ("\u{2003}1\u{2003}", 10, Ok("1")),
            ("½", 10, Err("invalid literal for int() with base 10: '½'")),
            ("it's", 10, Err("invalid literal for int() with base 10: \"it's\"")),
            ("1", 1, Err("int() base must be >= 2 and <= 36, or 0")),
            ("1", 37, Err("int() base must be >= 2 and <= 36, or 0")),
            ("9223372036854775807", 10, Ok("9223372036854775807")),
            ("-9223372036854775808", 10, Ok("-9223372036854775808")),
        ];
        for &(text, base, expected) in table {
            let result = parse_int_str(text, base, 4300).and_then(|value| int_to_str(value.as_ref(), 4300));
            let result = result.as_deref().map_err(|error| &*error.message);
            assert_eq!(result, expected, "{text} {base}");
        }
    }

    #[test]
    fn the_digit_limit_is_cpythons() {
        let at_limit = "9".repeat(4300);
        let value = parse_int_str(&at_limit, 10, INT_MAX_STR_DIGITS).unwrap();
        assert_eq!(int_to_str(value.as_ref(), INT_MAX_STR_DIGITS).unwrap(), at_limit);
        let beyond = "9".repeat(4301);
        let error = parse_int_str(&beyond, 10, INT_MAX_STR_DIGITS).unwrap_err();
        assert_eq!(
            error.message,
            "Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit"
        );
        let value = parse_int_str(&beyond, 10, 0).unwrap();
        let error = int_to_str(value.as_ref(), INT_MAX_STR_DIGITS).unwrap_err();
        assert_eq!(
            error.message,
            "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
        );
        assert_eq!(int_to_str(value.as_ref(), 0).unwrap(), beyond);
        assert!(parse_int_str(&"f".repeat(9000), 16, INT_MAX_STR_DIGITS).is_ok());
    }
}
