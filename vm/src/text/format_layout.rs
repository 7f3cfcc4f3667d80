//! The format mini-language, second half: sign, prefix, padding and digit groups of a number; padding of a text.
//!
//! Follows `calc_number_widths`, `fill_number` and `_PyUnicode_InsertThousandsGrouping` of CPython 3.13: zeros put in by
//! `0` or `0=` padding are grouped like digits.

use super::error::{TextError, check_text_size};
use super::format_spec::{Align, FormatSpec, Grouping, SignRule};

/// A number taken apart, ready to be laid out.
#[derive(Clone, Copy, Debug)]
pub struct NumberParts<'a> {
    /// Whether it has a minus sign.
    pub negative: bool,
    /// `0x` and the like.
    pub prefix: &'a str,
    /// The digits before the point: what is grouped.
    pub digits: &'a str,
    /// All that follows, from the point on.
    pub rest: &'a str,
}

/// Appends `text` padded with the spec's fill to its width.
pub fn push_padded(out: &mut String, text: &str, spec: &FormatSpec) -> Result<(), TextError> {
    let padding = spec.width.unwrap_or(0).saturating_sub(text.chars().count());
    check_text_size(out.len() + text.len() + padding.saturating_mul(spec.fill.len_utf8()))?;
    let left = match spec.align {
        Align::Left => 0,
        Align::Center => padding / 2,
        Align::Right | Align::AfterSign => padding,
    };
    push_fill(out, spec.fill, left);
    out.push_str(text);
    push_fill(out, spec.fill, padding - left);
    Ok(())
}

fn push_fill(out: &mut String, fill: char, count: usize) {
    out.extend(std::iter::repeat_n(fill, count));
}

/// `digits` with leading zeros up to `min_width` characters, in groups.
fn group_digits(digits: &str, grouping: Grouping, min_width: usize) -> String {
    let (separator, size) = match grouping {
        Grouping::None => {
            let zeros = min_width.saturating_sub(digits.len());
            return "0".repeat(zeros) + digits;
        }
        Grouping::Comma => (',', 3),
        Grouping::Underscore => ('_', 3),
        Grouping::UnderscoreFour => ('_', 4),
    };
    // Built from the right, so the characters come out reversed.
    let mut reversed = String::with_capacity(min_width.max(digits.len() * 3 / 2));
    let mut source = digits.bytes().rev();
    let mut remaining = digits.len();
    let mut wanted = min_width;
    loop {
        let count = size.min(remaining.max(wanted).max(1));
        reversed.extend((0..count).map(|_| char::from(source.next().unwrap_or(b'0'))));
        remaining = remaining.saturating_sub(count);
        wanted = wanted.saturating_sub(count);
        if remaining == 0 && wanted == 0 {
            break;
        }
        reversed.push(separator);
        wanted = wanted.saturating_sub(1);
    }
    reversed.chars().rev().collect()
}

fn sign_text(negative: bool, rule: SignRule) -> &'static str {
    match (negative, rule) {
        (true, _) => "-",
        (false, SignRule::Plus) => "+",
        (false, SignRule::Space) => " ",
        (false, SignRule::Minus | SignRule::Unspecified) => "",
    }
}

/// Appends a number: padding, sign, prefix, grouped digits, rest.
pub fn push_number(out: &mut String, parts: NumberParts<'_>, spec: &FormatSpec) -> Result<(), TextError> {
    let width = spec.width.unwrap_or(0);
    check_text_size(out.len().saturating_add(width.saturating_mul(spec.fill.len_utf8())))?;
    let sign = sign_text(parts.negative, spec.sign);
    let fixed = sign.len() + parts.prefix.len() + parts.rest.chars().count();
    let zero_padded = spec.fill == '0' && spec.align == Align::AfterSign;
    let min_width = if zero_padded { width.saturating_sub(fixed) } else { 0 };
    let grouped =
        if parts.digits.is_empty() { String::new() } else { group_digits(parts.digits, spec.grouping, min_width) };
    let padding = width.saturating_sub(fixed + grouped.len());
    let (left, inner) = match spec.align {
        Align::Left => (0, 0),
        Align::Center => (padding / 2, 0),
        Align::Right => (padding, 0),
        Align::AfterSign => (0, padding),
    };
    push_fill(out, spec.fill, left);
    out.push_str(sign);
    out.push_str(parts.prefix);
    push_fill(out, spec.fill, inner);
    out.push_str(&grouped);
    out.push_str(parts.rest);
    push_fill(out, spec.fill, padding - left - inner);
    Ok(())
}
