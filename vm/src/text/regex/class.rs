//! Characters: kinds, members of sets, upper and lower case.

use super::Kind;
use crate::text::unicode;

/// Whether a character is of a kind.
pub(super) fn is_kind(kind: Kind, ascii: bool, code: u32) -> bool {
    let Some(c) = char::from_u32(code) else { return false };
    match (kind, ascii || c.is_ascii()) {
        (Kind::Digit, true) => c.is_ascii_digit(),
        (Kind::Digit, false) => unicode::is_decimal(c),
        (Kind::Space, true) if ascii => matches!(c, ' ' | '\t'..='\r'),
        (Kind::Space, _) => unicode::is_space(c),
        (Kind::Word, true) => c.is_ascii_alphanumeric() || c == '_',
        (Kind::Word, false) => unicode::is_alnum(c),
    }
}

/// The lower-case form, where it is one character.
pub(super) fn lower(code: u32) -> u32 {
    single(code, |c| c.to_lowercase().collect())
}

/// The upper-case form, where it is one character.
pub(super) fn upper(code: u32) -> u32 {
    single(code, |c| c.to_uppercase().collect())
}

fn single(code: u32, change: impl Fn(char) -> Vec<char>) -> u32 {
    if code < 128 {
        let byte = code as u8 as char;
        return match change(byte)[..] {
            [changed] => changed as u32,
            _ => code,
        };
    }
    match char::from_u32(code).map(change).as_deref() {
        Some([changed]) => *changed as u32,
        _ => code,
    }
}

/// Whether two characters are the same but for case.
pub(super) fn same_folded(a: u32, b: u32) -> bool {
    a == b || lower(a) == lower(b) || upper(a) == upper(b)
}
