//! Formatting of one argument by a `%` conversion.
//!
//! Follows `mainformatlong`, `formatfloat` and `unicode_format_arg_output` of CPython 3.13; str and bytes formats give the same
//! characters. The caller has fetched and converted the argument: `str()`, `repr()` or `ascii()` of it for `%s %r %a`, the int for
//! `%d %i %u` (floats truncated), the float for `%e %f %g`.

use super::decimal::{FloatFlags, FloatForm, format_double};
use super::error::{TextError, check_text_size};
use super::int::IntRef;
use super::int_parse::decimal_magnitude;
use super::percent::Flags;
use super::slice::{byte_offset, char_len};

/// Flags, width and precision of a conversion with its `*` filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Flags; a negative width from `*` sets `left`.
    pub flags: Flags,
    /// Least width, 0 if none.
    pub width: usize,
    /// Precision.
    pub precision: Option<usize>,
}

/// Digits after the point if no precision is given.
const DEFAULT_PRECISION: usize = 6;

fn spaces(count: usize) -> impl Iterator<Item = char> {
    std::iter::repeat_n(' ', count)
}

/// `%s`, `%r`, `%a` and `%c` (with the precision taken out): `text` cut to the precision and padded.
pub fn format_text(text: &str, layout: Layout) -> Result<String, TextError> {
    let cut = layout.precision.map_or(text.len(), |precision| byte_offset(text, precision));
    let text = &text[..cut];
    let padding = layout.width.saturating_sub(char_len(text));
    check_text_size(text.len().saturating_add(padding))?;
    let mut out = String::with_capacity(text.len() + padding);
    if !layout.flags.left {
        out.extend(spaces(padding));
    }
    out.push_str(text);
    if layout.flags.left {
        out.extend(spaces(padding));
    }
    Ok(out)
}

/// `%b` and `%s` of a bytes format: `bytes` cut to the precision and padded.
pub fn format_bytes(bytes: &[u8], layout: Layout) -> Result<Vec<u8>, TextError> {
    let bytes = &bytes[..layout.precision.map_or(bytes.len(), |precision| precision.min(bytes.len()))];
    let padding = layout.width.saturating_sub(bytes.len());
    check_text_size(bytes.len().saturating_add(padding))?;
    let padding = vec![b' '; padding];
    Ok(if layout.flags.left { [bytes, &padding].concat() } else { [&padding, bytes].concat() })
}

/// `%d %i %u %o %x %X` of an int; `kind` is one of these characters.
pub fn format_integer(
    value: IntRef<'_>,
    kind: char,
    layout: Layout,
    max_str_digits: usize,
) -> Result<String, TextError> {
    let (radix, prefix) = match kind {
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut digits =
        if radix == 10 { decimal_magnitude(value, max_str_digits)? } else { value.magnitude_digits(radix) };
    if kind == 'X' {
        digits.make_ascii_uppercase();
    }
    let zeros = layout.precision.unwrap_or(0).saturating_sub(digits.len());
    check_text_size(zeros)?;
    if zeros > 0 {
        digits.insert_str(0, &"0".repeat(zeros));
    }
    let prefix = if layout.flags.alternate { prefix } else { "" };
    lay_out_number(value.is_negative(), prefix, &digits, layout)
}

/// `%e %E %f %F %g %G` of a float; `kind` is one of these characters.
pub fn format_float(value: f64, kind: char, layout: Layout) -> Result<String, TextError> {
    let precision = layout.precision.unwrap_or(DEFAULT_PRECISION);
    check_text_size(precision)?;
    let form = match kind {
        'e' | 'E' => FloatForm::Exponent(precision),
        'f' | 'F' => FloatForm::Fixed(precision),
        _ => FloatForm::General(precision),
    };
    let flags =
        FloatFlags { alternate: layout.flags.alternate, upper: kind.is_ascii_uppercase(), ..FloatFlags::default() };
    let text = format_double(value, form, flags);
    let digits = text.strip_prefix('-');
    lay_out_number(digits.is_some(), "", digits.unwrap_or(&text), layout)
}

/// Sign, prefix and digits padded to the width: with zeros after the prefix, or with spaces outside.
fn lay_out_number(negative: bool, prefix: &str, digits: &str, layout: Layout) -> Result<String, TextError> {
    let Layout { flags, width, .. } = layout;
    let sign = match flags {
        _ if negative => "-",
        Flags { plus: true, .. } => "+",
        Flags { space: true, .. } => " ",
        _ => "",
    };
    let len = sign.len() + prefix.len() + digits.len();
    let padding = width.saturating_sub(len);
    check_text_size(len.saturating_add(padding))?;
    let mut out = String::with_capacity(len + padding);
    let zero_padded = flags.zero && !flags.left;
    if !flags.left && !zero_padded {
        out.extend(spaces(padding));
    }
    out.push_str(sign);
    out.push_str(prefix);
    if zero_padded {
        out.extend(std::iter::repeat_n('0', padding));
    }
    out.push_str(digits);
    if flags.left {
        out.extend(spaces(padding));
    }
    Ok(out)
}

/// The character of `%c` for an int in a str format. Surrogates have no `char`; they are refused like numbers that are no code
/// points.
pub fn character(value: IntRef<'_>) -> Result<char, TextError> {
    let code = value.to_i64().and_then(|code| u32::try_from(code).ok());
    code.and_then(char::from_u32).ok_or_else(|| TextError::overflow("%c arg not in range(0x110000)"))
}

/// The byte of `%c` for an int in a bytes format.
pub fn byte(value: IntRef<'_>) -> Result<u8, TextError> {
    let code = value.to_i64().and_then(|code| u8::try_from(code).ok());
    code.ok_or_else(|| TextError::overflow("%c arg not in range(256)"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::percent::{Conversion, Count, FormatKind, Piece, Pieces};

    fn layout_of(conversion: &Conversion) -> Layout {
        let given = |count| match count {
            Count::Given(value) => Some(value),
            Count::None | Count::Argument => None,
        };
        Layout {
            flags: conversion.flags,
            width: given(conversion.width).unwrap_or(0),
            precision: given(conversion.precision),
        }
    }

    /// Formats with the same argument for every conversion.
    fn format(template: &str, apply: impl Fn(&Conversion) -> Result<String, TextError>) -> Result<String, String> {
        let mut out = String::new();
        for piece in Pieces::of_str(template, true) {
            let text = match piece {
                Ok(Piece::Literal(range)) => Ok(template[range].to_owned()),
                Ok(Piece::Conversion(conversion)) => apply(&conversion),
                Err(error) => Err(error),
            };
            out.push_str(&text.map_err(|error| error.message.into_owned())?);
        }
        Ok(out)
    }

    /// Format and what CPython 3.13 makes of it and as many arguments -42 as it has conversions.
    #[test]
    fn integers_are_cpythons() {
        type Row = (&'static str, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            ("a%%b", Ok("a%b")),
            ("%d", Ok("-42")),
            ("%5d|%-5d|%05d|%+d|% d|%.3d", Ok("  -42|-42  |-0042|-42|-42|-042")),
            ("%x %X %o %i %u", Ok("-2a -2A -52 -42 -42")),
            ("%#x %#X %#o", Ok("-0x2a -0X2A -0o52")),
            ("%-#8x|%#08x|%+#8X|", Ok("-0x2a   |-0x0002a|   -0X2A|")),
            ("%010.5d", Ok("-000000042")),
            ("%-05d|", Ok("-42  |")),
            ("%hd %ld %Ld", Ok("-42 -42 -42")),
            ("%", Err("incomplete format")),
            ("%5", Err("incomplete format")),
            ("%.", Err("incomplete format")),
            ("%lld", Err("unsupported format character 'l' (0x6c) at index 2")),
            ("%y", Err("unsupported format character 'y' (0x79) at index 1")),
            ("%é", Err("unsupported format character '?' (0xe9) at index 1")),
            ("é%\u{1f}", Err("unsupported format character '\u{1f}' (0x1f) at index 2")),
            ("%5%", Err("unsupported format character '%' (0x25) at index 2")),
            ("%99999999999999999999d", Err("width too big")),
            ("%.9999999999d", Err("precision too big")),
            ("%(a", Err("incomplete format key")),
            ("%-", Err("incomplete format")),
            ("%h", Err("incomplete format")),
        ];
        for &(template, expected) in table {
            let result = format(template, |conversion| match conversion.kind {
                'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
                    format_integer((-42).into(), conversion.kind, layout_of(conversion), 4300)
                }
                _ => Err(conversion.unsupported(FormatKind::Str)),
            });
            assert_eq!(result, expected.map(str::to_owned).map_err(str::to_owned), "{template}");
        }
    }

    /// Format, float and what CPython 3.13 makes of them.
    #[test]
    fn floats_are_cpythons() {
        let table = [
            ("%f", 2.5, "2.500000"),
            ("%f", -1e-07, "-0.000000"),
            ("%.0f", 2.5, "2"),
            ("%.0f", -1e-07, "-0"),
            ("%.2f", 2.5, "2.50"),
            ("%.2f", -1e-07, "-0.00"),
            ("%10.3e|", 2.5, " 2.500e+00|"),
            ("%10.3e|", -1e-07, "-1.000e-07|"),
            ("%-12.1E|", 2.5, "2.5E+00     |"),
            ("%-12.1E|", -1e-07, "-1.0E-07    |"),
            ("%g", 2.5, "2.5"),
            ("%g", -1e-07, "-1e-07"),
            ("%#g", 2.5, "2.50000"),
            ("%#g", -1e-07, "-1.00000e-07"),
            ("%G", 2.5, "2.5"),
            ("%G", -1e-07, "-1E-07"),
            ("%+g", 2.5, "+2.5"),
            ("%+g", -1e-07, "-1e-07"),
            ("% f", 2.5, " 2.500000"),
            ("% f", -1e-07, "-0.000000"),
            ("%012.2f", 2.5, "000000002.50"),
            ("%012.2f", -1e-07, "-00000000.00"),
            ("%-012.2f|", 2.5, "2.50        |"),
            ("%-012.2f|", -1e-07, "-0.00       |"),
            ("%#.0f", 2.5, "2."),
            ("%#.0f", -1e-07, "-0."),
            ("%.60f", 2.5, "2.500000000000000000000000000000000000000000000000000000000000"),
            ("%.60f", -1e-07, "-0.000000099999999999999995474811182588625868561393872369080782"),
            ("%05f", f64::INFINITY, "00inf"),
            ("%+f", f64::NAN, "+nan"),
            ("%F", f64::NEG_INFINITY, "-INF"),
        ];
        for (template, value, expected) in table {
            let result = format(template, |conversion| format_float(value, conversion.kind, layout_of(conversion)));
            assert_eq!(result.as_deref(), Ok(expected), "{template}");
        }
    }

    /// Format, text and what CPython 3.13 makes of them.
    #[test]
    fn texts_are_cpythons() {
        let table = [
            ("%s", "abc", "abc"),
            ("%5s|", "ab", "   ab|"),
            ("%-5s|", "ab", "ab   |"),
            ("%.2s|", "abc", "ab|"),
            ("%5.1s|", "漢字", "    漢|"),
            ("%05s|", "ab", "   ab|"),
            ("%+s", "ab", "ab"),
        ];
        for (template, value, expected) in table {
            let result = format(template, |conversion| format_text(value, layout_of(conversion)));
            assert_eq!(result.as_deref(), Ok(expected), "{template}");
        }
        let layout = Layout { width: 4, precision: Some(2), ..Layout::default() };
        assert_eq!(format_bytes(b"abc", layout).unwrap(), b"  ab");
        assert_eq!(format_text("", Layout { width: usize::MAX, ..layout }), Err(TextError::memory()));
        assert_eq!(byte(256.into()).unwrap_err().message, "%c arg not in range(256)");
        assert_eq!(character((-1).into()).unwrap_err().message, "%c arg not in range(0x110000)");
    }
}
