//! `format(str, spec)`: width, alignment, fill and precision; everything a number could have is an error.
//!
//! Checks in the order of `format_string_internal` of CPython 3.13.

use super::error::TextError;
use super::format_layout::push_padded;
use super::format_spec::{Align, FormatSpec, SignRule, unknown_code};

fn check(spec: &FormatSpec) -> Result<(), TextError> {
    let problem = match spec {
        FormatSpec { sign: SignRule::Space, .. } => "Space not allowed in string format specifier",
        FormatSpec { sign: SignRule::Plus | SignRule::Minus, .. } => "Sign not allowed in string format specifier",
        FormatSpec { no_negative_zero: true, .. } => {
            "Negative zero coercion (z) not allowed in string format specifier"
        }
        FormatSpec { alternate: true, .. } => "Alternate form (#) not allowed in string format specifier",
        FormatSpec { align: Align::AfterSign, .. } => "'=' alignment not allowed in string format specifier",
        _ => return Ok(()),
    };
    Err(TextError::value(problem))
}

/// `format(value, spec)` for a str whose class is `type_name`.
pub fn format_str(value: &str, spec: &str, type_name: &str) -> Result<String, TextError> {
    if spec.is_empty() {
        return Ok(value.to_owned());
    }
    let spec = FormatSpec::parse(spec, type_name, Some('s'), Align::Left)?;
    if let Some(code) = spec.kind.filter(|&code| code != 's') {
        return Err(unknown_code(code, type_name));
    }
    check(&spec)?;
    let cut = spec.precision.and_then(|count| value.char_indices().nth(count)).map_or(value.len(), |(at, _)| at);
    let mut out = String::with_capacity(cut);
    push_padded(&mut out, &value[..cut], &spec)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What CPython 3.13 answers.
    #[test]
    fn results_are_cpythons() {
        type Row = (&'static str, &'static str, Result<&'static str, &'static str>);
        let table: &[Row] = &[
            ("abc", "", Ok("abc")),
            ("abc", "5", Ok("abc  ")),
            ("abc", ">5", Ok("  abc")),
            ("abc", "^6", Ok(" abc  ")),
            ("abc", "*^7s", Ok("**abc**")),
            ("abc", ".2", Ok("ab")),
            ("漢字", ">4", Ok("  漢字")),
            ("abc", "é<5.1", Ok("aéééé")),
            ("abc", "05", Ok("abc00")),
            ("abc", "0>5", Ok("00abc")),
            ("abc", "=5", Err("'=' alignment not allowed in string format specifier")),
            ("abc", "+", Err("Sign not allowed in string format specifier")),
            ("abc", " ", Err("Space not allowed in string format specifier")),
            ("abc", "z", Err("Negative zero coercion (z) not allowed in string format specifier")),
            ("abc", "#", Err("Alternate form (#) not allowed in string format specifier")),
            ("abc", ",", Err("Cannot specify ',' with 's'.")),
            ("abc", "_s", Err("Cannot specify '_' with 's'.")),
            ("abc", "d", Err("Unknown format code 'd' for object of type 'str'")),
            ("abc", ".", Err("Format specifier missing precision")),
            ("abc", "10x3", Err("Invalid format specifier '10x3' for object of type 'str'")),
        ];
        for &(value, spec, expected) in table {
            let result = format_str(value, spec, "str");
            let result = result.as_deref().map_err(|error| &*error.message);
            assert_eq!(result, expected, "{value} {spec}");
        }
    }
}
