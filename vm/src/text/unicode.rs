//! Properties and case mappings of code points as CPython 3.13 sees them (Unicode 15.1.0).
//!
//! Look-ups by binary search in the tables of `unicode_tables.rs` and `unicode_case.rs`. Every answer, for every code
//! point, is checked against CPython's by the checksums in the tests. Lone surrogates do not occur: a `char` is no surrogate.

use super::unicode_case as case;
use super::unicode_ident as ident;
use super::unicode_tables as tables;

/// A run of a case mapping: first code point, how many, their distance, what to add.
pub(super) type MappingRun = (u32, u32, u32, i32);

fn has(table: &[u32], c: char) -> bool {
    table.partition_point(|&bound| bound <= c as u32) % 2 == 1
}

/// Whether `repr` shows `c` as itself.
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() { (' '..='~').contains(&c) } else { has(&tables::PRINTABLE, c) }
}

/// `str.isalpha` of one character.
pub fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { has(&tables::ALPHA, c) }
}

/// `str.isdecimal` of one character.
pub fn is_decimal(c: char) -> bool {
    decimal_value(c).is_some()
}

/// `str.isdigit` of one character.
pub fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { has(&tables::DIGIT, c) }
}

/// `str.isnumeric` of one character.
pub fn is_numeric(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { has(&tables::NUMERIC, c) }
}

/// `str.isalnum` of one character.
pub fn is_alnum(c: char) -> bool {
    is_alpha(c) || is_numeric(c)
}

/// `str.islower` of one character: property Lowercase.
pub fn is_lower(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { has(&tables::LOWER, c) }
}

/// `str.isupper` of one character: property Uppercase.
pub fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { has(&tables::UPPER, c) }
}

/// Whether `c` is a title case letter (category Lt).
pub fn is_title(c: char) -> bool {
    has(&tables::TITLE, c)
}

/// Whether `c` has case at all: what `str.title` and `str.istitle` take for a letter of a word.
pub fn is_cased(c: char) -> bool {
    is_lower(c) || is_upper(c) || is_title(c)
}

/// `str.isspace` of one character.
pub fn is_space(c: char) -> bool {
    match c {
        '\t'..='\r' | '\x1c'..=' ' => true,
        _ if c.is_ascii() => false,
        _ => has(&tables::SPACE, c),
    }
}

/// Whether `str.splitlines` ends a line at `c` (`\r\n` counts once, the caller sees to that).
pub fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether an identifier may start with `c`.
pub fn is_xid_start(c: char) -> bool {
    has(&ident::XID_START, c)
}

/// Whether an identifier may go on with `c`.
pub fn is_xid_continue(c: char) -> bool {
    has(&ident::XID_CONTINUE, c)
}

/// Whether a capital sigma after `c` may be a final one.
pub fn is_cased_stop(c: char) -> bool {
    has(&tables::CASED_STOP, c)
}

/// Whether the context of a capital sigma looks past `c`.
pub fn is_case_ignorable(c: char) -> bool {
    has(&tables::CASE_IGNORABLE, c)
}

/// The value of a decimal digit of any script, as `int()` and `float()` read it.
pub fn decimal_value(c: char) -> Option<u8> {
    let zeros = &tables::DECIMAL_ZEROS;
    let index = zeros.partition_point(|&zero| zero <= c as u32);
    let offset = c as u32 - zeros.get(index.checked_sub(1)?)?;
    (offset < 10).then_some(offset as u8)
}

enum Mapped {
    No,
    One(char),
    Many(&'static str),
}

fn map(runs: &[MappingRun], multi: &[(u32, &'static str)], c: char) -> Mapped {
    let code = c as u32;
    if let Ok(index) = multi.binary_search_by_key(&code, |entry| entry.0) {
        return Mapped::Many(multi[index].1);
    }
    let index = runs.partition_point(|run| run.0 <= code);
    let Some(&(first, count, stride, delta)) = index.checked_sub(1).and_then(|i| runs.get(i)) else {
        return Mapped::No;
    };
    let offset = code - first;
    if !offset.is_multiple_of(stride) || offset / stride >= count {
        return Mapped::No;
    }
    code.checked_add_signed(delta).and_then(char::from_u32).map_or(Mapped::No, Mapped::One)
}

fn push_mapped(out: &mut String, mapped: Mapped, otherwise: impl FnOnce(&mut String)) {
    match mapped {
        Mapped::No => otherwise(out),
        Mapped::One(c) => out.push(c),
        Mapped::Many(s) => out.push_str(s),
    }
}

/// Appends the full upper case mapping of `c`.
pub fn push_upper(out: &mut String, c: char) {
    if c.is_ascii() {
        return out.push(c.to_ascii_uppercase());
    }
    push_mapped(out, map(&case::TO_UPPER, &case::TO_UPPER_MULTI, c), |out| out.push(c));
}

/// Appends the full lower case mapping of `c`, without regard to its context.
pub fn push_lower(out: &mut String, c: char) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    push_mapped(out, map(&case::TO_LOWER, &case::TO_LOWER_MULTI, c), |out| out.push(c));
}

/// Appends the full title case mapping of `c`.
pub fn push_title(out: &mut String, c: char) {
    push_mapped(out, map(&case::TO_TITLE, &case::TO_TITLE_MULTI, c), |out| push_upper(out, c));
}

/// Appends the full case folding of `c`.
pub fn push_fold(out: &mut String, c: char) {
    push_mapped(out, map(&case::TO_FOLD, &case::TO_FOLD_MULTI, c), |out| push_lower(out, c));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CRC-32 (IEEE), bit by bit.
    fn crc32(bytes: impl Iterator<Item = u8>) -> u32 {
        !bytes.fold(!0, |crc, byte| {
            (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
        })
    }

    fn all() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    /// Checksums of CPython 3.13's answers for all code points in order, surrogates left out.
    #[test]
    fn properties_are_cpythons() {
        type Row = (&'static str, fn(char) -> bool, u32);
        let table: [Row; 12] = [
            ("printable", is_printable, 0xb995_686f),
            ("alpha", is_alpha, 0xb342_d313),
            ("digit", is_digit, 0x769e_9ea0),
            ("numeric", is_numeric, 0xc5b0_a8f7),
            ("lower", is_lower, 0x80df_e7f8),
            ("upper", is_upper, 0x6c10_fecf),
            ("title", is_title, 0xa9c5_97fb),
            ("space", is_space, 0x1d3b_6ab0),
            ("xid start", is_xid_start, 0x92ea_61e5),
            ("xid continue", is_xid_continue, 0x9d68_65e1),
            ("cased stop", is_cased_stop, 0x7119_d380),
            ("case ignorable", is_case_ignorable, 0x2121_ed7c),
        ];
        for (name, property, crc) in table {
            assert_eq!(crc32(all().map(|c| u8::from(property(c)))), crc, "{name}");
        }
    }

    /// Checksums of CPython 3.13's `upper`, `lower`, `title`, `casefold` of each code point, each followed by a newline.
    #[test]
    fn mappings_are_cpythons() {
        type Row = (&'static str, fn(&mut String, char), u32);
        let table: [Row; 4] = [
            ("upper", push_upper, 0x5d7d_f117),
            ("lower", push_lower, 0x5ba0_7120),
            ("title", push_title, 0x526a_5201),
            ("fold", push_fold, 0xc005_a602),
        ];
        for (name, push, crc) in table {
            let mut text = String::new();
            for c in all() {
                push(&mut text, c);
                text.push('\n');
            }
            assert_eq!(crc32(text.bytes()), crc, "{name}");
        }
    }

    #[test]
    fn decimal_digits_of_any_script() {
        assert_eq!(all().filter(|&c| is_decimal(c)).count(), 680);
        assert_eq!(decimal_value('٣'), Some(3));
        assert_eq!(decimal_value('𝟗'), Some(9));
        assert_eq!(decimal_value('²'), None);
        assert_eq!(decimal_value('/'), None);
    }
}
