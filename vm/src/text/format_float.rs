//! `format(float, spec)` and `format(complex, spec)`: `e E f F g G n %` and none.
//!
//! Checks in the order of `format_float_internal` and `format_complex_internal` of CPython 3.13; digits from `decimal.rs`.

use super::decimal::{FloatFlags, FloatForm, format_double};
use super::error::{TextError, check_text_size};
use super::float_repr::{complex_repr, float_repr};
use super::format_layout::{NumberParts, push_number, push_padded};
use super::format_spec::{Align, FormatSpec, SignRule, unknown_code};

/// Digits after the point if the spec gives no precision.
const DEFAULT_PRECISION: usize = 6;

/// `format(value, spec)` for a float whose class is `type_name`.
pub fn format_float(value: f64, spec: &str, type_name: &str) -> Result<String, TextError> {
    if spec.is_empty() {
        return Ok(float_repr(value));
    }
    let spec = FormatSpec::parse(spec, type_name, None, Align::Right)?;
    match spec.kind {
        None | Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%') => format_parsed_float(value, &spec),
        Some(code) => Err(unknown_code(code, type_name)),
    }
}

fn check_precision(spec: &FormatSpec) -> Result<(), TextError> {
    match spec.precision {
        Some(precision) if precision > i32::MAX as usize => Err(TextError::value("precision too big")),
        Some(precision) => check_text_size(precision),
        None => Ok(()),
    }
}

/// The digits of `value` as `spec` wants them, before sign rule, padding and grouping.
fn digits_of(value: f64, spec: &FormatSpec, add_dot_0: bool) -> String {
    let mut flags = FloatFlags {
        alternate: spec.alternate,
        no_negative_zero: spec.no_negative_zero,
        upper: matches!(spec.kind, Some('E' | 'F' | 'G')),
        add_dot_0: false,
    };
    let precision = spec.precision.unwrap_or(DEFAULT_PRECISION);
    let form = match (spec.kind, spec.precision) {
        (Some('e' | 'E'), _) => FloatForm::Exponent(precision),
        (Some('f' | 'F' | '%'), _) => FloatForm::Fixed(precision),
        (Some(_), _) => FloatForm::General(precision),
        (None, precision) => {
            flags.add_dot_0 = add_dot_0;
            precision.map_or(FloatForm::Repr, FloatForm::General)
        }
    };
    format_double(value, form, flags)
}

/// Splits `-12.5e+07` into its sign, the digits before the point and the rest.
fn parts_of(text: &str) -> NumberParts<'_> {
    let negative = text.starts_with('-');
    let text = &text[usize::from(negative)..];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    NumberParts { negative, prefix: "", digits: &text[..digits], rest: &text[digits..] }
}

/// `format(value, spec)` for a spec whose type is one of a float's.
pub(super) fn format_parsed_float(value: f64, spec: &FormatSpec) -> Result<String, TextError> {
    check_precision(spec)?;
    let percent = spec.kind == Some('%');
    let mut digits = digits_of(if percent { value * 100.0 } else { value }, spec, true);
    if percent {
        digits.push('%');
    }
    let mut out = String::new();
    push_number(&mut out, parts_of(&digits), spec)?;
    Ok(out)
}

/// `format(complex(re, im), spec)` for a complex whose class is `type_name`.
pub fn format_complex(re: f64, im: f64, spec: &str, type_name: &str) -> Result<String, TextError> {
    if spec.is_empty() {
        return Ok(complex_repr(re, im));
    }
    let spec = FormatSpec::parse(spec, type_name, None, Align::Right)?;
    if let Some(code) = spec.kind.filter(|code| !matches!(code, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n')) {
        return Err(unknown_code(code, type_name));
    }
    check_precision(&spec)?;
    if spec.fill == '0' {
        return Err(TextError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(TextError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    let only_imaginary = spec.kind.is_none() && re == 0.0 && re.is_sign_positive();
    let parenthesised = spec.kind.is_none() && !only_imaginary;
    let mut bare = FormatSpec { width: None, align: Align::Left, fill: ' ', ..spec.clone() };
    let mut text = String::new();
    if parenthesised {
        text.push('(');
    }
    if !only_imaginary {
        push_number(&mut text, parts_of(&digits_of(re, &spec, false)), &bare)?;
        bare.sign = SignRule::Plus;
    }
    push_number(&mut text, parts_of(&digits_of(im, &spec, false)), &bare)?;
    text.push('j');
    if parenthesised {
        text.push(')');
    }
    let mut out = String::new();
    push_padded(&mut out, &text, &spec)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What CPython 3.13 answers.
    #[test]
    fn results_are_cpythons() {
        type Row = (f64, &'static str, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            (2.34567, "", Ok("2.34567")),
            (2.34567, ".2f", Ok("2.35")),
            (2.34567, "10.3f", Ok("     2.346")),
            (2.34567, "<10.3f", Ok("2.346     ")),
            (2.34567, "010.3f", Ok("000002.346")),
            (-2.34567, "010.3f", Ok("-00002.346")),
            (1234567.891, ",.2f", Ok("1,234,567.89")),
            (1234567.891, "_", Ok("1_234_567.891")),
            (0.5, ".0f", Ok("0")),
            (1.5, ".0f", Ok("2")),
            (2.5, ".0f", Ok("2")),
            (1e-05, "g", Ok("1e-05")),
            (123456789.0, "g", Ok("1.23457e+08")),
            (1e+16, "", Ok("1e+16")),
            (1e+16, ".3", Ok("1e+16")),
            (100.0, ".3", Ok("1e+02")),
            (100.0, ".2", Ok("1e+02")),
            (5.0, "", Ok("5.0")),
            (5.0, "<", Ok("5.0")),
            (5.0, "#.0f", Ok("5.")),
            (5.0, "#g", Ok("5.00000")),
            (5.0, "g", Ok("5")),
            (1.25, "e", Ok("1.250000e+00")),
            (1.25, ".0e", Ok("1e+00")),
            (1.25, "E", Ok("1.250000E+00")),
            (0.256, "%", Ok("25.600000%")),
            (0.256, ".1%", Ok("25.6%")),
            (-0.0001, "z.2f", Ok("0.00")),
            (-0.0001, ".2f", Ok("-0.00")),
            (-0.0001, "+.2f", Ok("-0.00")),
            (f64::INFINITY, "", Ok("inf")),
            (f64::INFINITY, "010", Ok("0000000inf")),
            (f64::NAN, "+F", Ok("+NAN")),
            (f64::NEG_INFINITY, "f", Ok("-inf")),
            (2.0, "n", Ok("2")),
            (1e-07, "n", Ok("1e-07")),
            (12345.678, "015,.1f", Ok("0,000,012,345.7")),
            (0.1, ".60f", Ok("0.100000000000000005551115123125782702118158340454101562500000")),
            (0.1, ".30", Ok("0.100000000000000005551115123126")),
            (1.0, "d", Err("Unknown format code 'd' for object of type 'float'")),
            (1.0, "s", Err("Unknown format code 's' for object of type 'float'")),
            (1.0, "x", Err("Unknown format code 'x' for object of type 'float'")),
            (1.0, ",n", Err("Cannot specify ',' with 'n'.")),
            (1.0, ".", Err("Format specifier missing precision")),
            (1.0, "10q", Err("Unknown format code 'q' for object of type 'float'")),
            (1.0, "abc", Err("Invalid format specifier 'abc' for object of type 'float'")),
        ];
        for &(value, spec, expected) in table {
            let result = format_float(value, spec, "float");
            let result = result.as_deref().map_err(|error| &*error.message);
            assert_eq!(result, expected, "{value} {spec}");
        }
    }

    /// What CPython 3.13 answers.
    #[test]
    fn complex_results_are_cpythons() {
        type Row = (f64, f64, &'static str, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            (1.0, 2.0, "", Ok("(1+2j)")),
            (1.0, 2.0, ".2f", Ok("1.00+2.00j")),
            (1.0, -2.0, ">12", Ok("      (1-2j)")),
            (0.0, 2.0, "g", Ok("0+2j")),
            (0.0, 2.0, "<6", Ok("2j    ")),
            (-0.0, 2.0, ".3", Ok("(-0+2j)")),
            (1234.5, 6789.0, ",.1f", Ok("1,234.5+6,789.0j")),
            (1.0, 2.0, "+", Ok("(+1+2j)")),
            (1.0, 2.0, "e", Ok("1.000000e+00+2.000000e+00j")),
            (0.0, 1.0, "*^9", Ok("***1j****")),
            (1.0, 1.0, "09", Err("Zero padding is not allowed in complex format specifier")),
            (1.0, 1.0, "=9", Err("'=' alignment flag is not allowed in complex format specifier")),
            (1.0, 1.0, "%", Err("Unknown format code '%' for object of type 'complex'")),
            (1.0, 1.0, "d", Err("Unknown format code 'd' for object of type 'complex'")),
            (0.0, 1.0, "s", Err("Unknown format code 's' for object of type 'complex'")),
        ];
        for &(re, im, spec, expected) in table {
            let result = format_complex(re, im, spec, "complex");
            let result = result.as_deref().map_err(|error| &*error.message);
            assert_eq!(result, expected, "{re} {im} {spec}");
        }
    }
}
