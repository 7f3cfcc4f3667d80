//! `str.lower`, `upper`, `title`, `capitalize`, `swapcase`, `casefold`: Unicode's full case mappings as CPython applies them.
//!
//! One character can become several. A capital sigma becomes a final one at the end of a word; no other mapping looks at its
//! context, and none at the locale.

use super::unicode::{
    is_case_ignorable, is_cased, is_cased_stop, is_lower, is_upper, push_fold, push_lower, push_title, push_upper,
};

const CAPITAL_SIGMA: char = 'Σ';

/// The small sigma for a capital one between `before` and `after`.
fn small_sigma(before: &str, after: &str) -> char {
    let is_context = |c: &char| !is_case_ignorable(*c);
    let follows_letter = before.chars().rev().find(is_context).is_some_and(is_cased_stop);
    let precedes_letter = after.chars().find(is_context).is_some_and(is_cased_stop);
    if follows_letter && !precedes_letter { 'ς' } else { 'σ' }
}

/// Appends the lower case of `c`, which stands in `text` at byte `offset`.
fn push_lower_at(out: &mut String, text: &str, offset: usize, c: char) {
    if c == CAPITAL_SIGMA {
        out.push(small_sigma(&text[..offset], &text[offset + c.len_utf8()..]));
    } else {
        push_lower(out, c);
    }
}

/// `text.lower()`
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    text.char_indices().for_each(|(offset, c)| push_lower_at(&mut out, text, offset, c));
    out
}

/// `text.upper()`
pub fn upper(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_upper(&mut out, c));
    out
}

/// `text.casefold()`
pub fn casefold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_fold(&mut out, c));
    out
}

/// `text.capitalize()`
pub fn capitalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (offset, c) in text.char_indices() {
        if offset == 0 {
            push_title(&mut out, c);
        } else {
            push_lower_at(&mut out, text, offset, c);
        }
    }
    out
}

/// `text.title()`
pub fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_word = false;
    for (offset, c) in text.char_indices() {
        if in_word {
            push_lower_at(&mut out, text, offset, c);
        } else {
            push_title(&mut out, c);
        }
        in_word = is_cased(c);
    }
    out
}

/// `text.swapcase()`
pub fn swapcase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (offset, c) in text.char_indices() {
        if is_upper(c) {
            push_lower_at(&mut out, text, offset, c);
        } else if is_lower(c) {
            push_upper(&mut out, c);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text; what CPython 3.13 answers to lower, upper, title, capitalize, swapcase and casefold.
    #[test]
    fn cases_are_cpythons() {
        let table = [
            ["Hello wORLD", "hello world", "HELLO WORLD", "Hello World", "Hello world", "hELLO World", "hello world"],
            [
                "they're bill's",
                "they're bill's",
                "THEY'RE BILL'S",
                "They'Re Bill'S",
                "They're bill's",
                "THEY'RE BILL'S",
                "they're bill's",
            ],
            ["straße", "straße", "STRASSE", "Straße", "Straße", "STRASSE", "strasse"],
            ["ǆ ǅ Ǆ", "ǆ ǆ ǆ", "Ǆ Ǆ Ǆ", "ǅ ǅ ǅ", "ǅ ǆ ǆ", "Ǆ ǅ ǆ", "ǆ ǆ ǆ"],
            ["ΑΣ", "ας", "ΑΣ", "Ας", "Ας", "ας", "ασ"],
            ["ΑΣ Σ ΑΣΑ", "ας σ ασα", "ΑΣ Σ ΑΣΑ", "Ας Σ Ασα", "Ας σ ασα", "ας σ ασα", "ασ σ ασα"],
            ["Α.Σ'Σ", "α.σ'ς", "Α.Σ'Σ", "Α.Σ'Σ", "Α.σ'ς", "α.σ'ς", "α.σ'σ"],
            ["İı", "i̇ı", "İI", "İı", "İı", "i̇I", "i̇ı"],
            ["ŉ ﬁ ΐ", "ŉ ﬁ ΐ", "ʼN FI Ϊ́", "ʼN Fi Ϊ́", "ʼN ﬁ ΐ", "ʼN FI Ϊ́", "ʼn fi ΐ"],
            ["ᾳ ᾼ", "ᾳ ᾳ", "ΑΙ ΑΙ", "ᾼ ᾼ", "ᾼ ᾳ", "ΑΙ ᾼ", "αι αι"],
            ["2nd äÖ", "2nd äö", "2ND ÄÖ", "2Nd Äö", "2nd äö", "2ND Äö", "2nd äö"],
            ["ꭰᏸ", "ꭰᏸ", "ᎠᏰ", "Ꭰᏸ", "Ꭰᏸ", "ᎠᏰ", "ᎠᏰ"],
            ["ͅa", "ͅa", "ΙA", "Ιa", "Ιa", "ΙA", "ιa"],
            ["", "", "", "", "", "", ""],
        ];
        for [text, expected @ ..] in table {
            let results = [lower(text), upper(text), title(text), capitalize(text), swapcase(text), casefold(text)];
            assert_eq!(results, expected, "{text}");
        }
    }
}
