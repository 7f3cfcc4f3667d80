//! The `str.is…` methods.
//!
//! All but `isascii` and `isprintable` are false for an empty text. Unicode 15.1, see `unicode.rs`.

use super::unicode as u;

fn all(text: &str, property: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(property)
}

/// `text.isalpha()`
pub fn is_alpha(text: &str) -> bool {
    all(text, u::is_alpha)
}

/// `text.isdecimal()`
pub fn is_decimal(text: &str) -> bool {
    all(text, u::is_decimal)
}

/// `text.isdigit()`
pub fn is_digit(text: &str) -> bool {
    all(text, u::is_digit)
}

/// `text.isnumeric()`
pub fn is_numeric(text: &str) -> bool {
    all(text, u::is_numeric)
}

/// `text.isalnum()`
pub fn is_alnum(text: &str) -> bool {
    all(text, |c| u::is_alnum(c) || u::is_digit(c) || u::is_decimal(c))
}

/// `text.isspace()`
pub fn is_space(text: &str) -> bool {
    all(text, u::is_space)
}

/// `text.isprintable()`
pub fn is_printable(text: &str) -> bool {
    text.chars().all(u::is_printable)
}

/// `text.isidentifier()`
pub fn is_identifier(text: &str) -> bool {
    text.chars().next().is_some_and(u::is_xid_start) && text.chars().skip(1).all(u::is_xid_continue)
}

/// `text.islower()`: some letter is lower case and none is upper or title case.
pub fn is_lower(text: &str) -> bool {
    text.chars().any(u::is_lower) && !text.chars().any(|c| u::is_upper(c) || u::is_title(c))
}

/// `text.isupper()`: some letter is upper case and none is lower or title case.
pub fn is_upper(text: &str) -> bool {
    text.chars().any(u::is_upper) && !text.chars().any(|c| u::is_lower(c) || u::is_title(c))
}

/// `text.istitle()`: words begin with upper or title case and go on in lower case.
pub fn is_title(text: &str) -> bool {
    let mut in_word = false;
    let mut any = false;
    for c in text.chars() {
        if u::is_upper(c) || u::is_title(c) {
            if in_word {
                return false;
            }
            (in_word, any) = (true, true);
        } else if u::is_lower(c) {
            if !in_word {
                return false;
            }
        } else {
            in_word = false;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text and the methods that are true of it in CPython 3.13.
    #[test]
    fn answers_are_cpythons() {
        type Method = (&'static str, fn(&str) -> bool);
        let methods: [Method; 11] = [
            ("isalpha", is_alpha),
            ("isdecimal", is_decimal),
            ("isdigit", is_digit),
            ("isnumeric", is_numeric),
            ("isalnum", is_alnum),
            ("isspace", is_space),
            ("isprintable", is_printable),
            ("isidentifier", is_identifier),
            ("islower", is_lower),
            ("isupper", is_upper),
            ("istitle", is_title),
        ];
        let table = [
            ("", "isprintable"),
            ("abc", "isalpha isalnum isprintable isidentifier islower"),
            ("Abc", "isalpha isalnum isprintable isidentifier istitle"),
            ("ABC", "isalpha isalnum isprintable isidentifier isupper"),
            ("aB", "isalpha isalnum isprintable isidentifier"),
            ("Hello World", "isprintable istitle"),
            ("Hello world", "isprintable"),
            ("123", "isdecimal isdigit isnumeric isalnum isprintable"),
            ("٣", "isdecimal isdigit isnumeric isalnum isprintable"),
            ("²", "isdigit isnumeric isalnum isprintable"),
            ("½", "isnumeric isalnum isprintable"),
            ("一", "isalpha isnumeric isalnum isprintable isidentifier"),
            ("12a", "isalnum isprintable islower"),
            (" \t\n", "isspace"),
            ("\u{1c}", "isspace"),
            ("a b", "isprintable islower"),
            ("a_1", "isprintable isidentifier islower"),
            ("_x", "isprintable isidentifier islower"),
            ("1x", "isalnum isprintable islower"),
            ("été", "isalpha isalnum isprintable isidentifier islower"),
            ("漢字", "isalpha isalnum isprintable isidentifier"),
            ("ª", "isalpha isalnum isprintable isidentifier islower"),
            ("ⅷ", "isnumeric isalnum isprintable isidentifier islower"),
            ("ǅ", "isalpha isalnum isprintable isidentifier istitle"),
            ("ǅa", "isalpha isalnum isprintable isidentifier istitle"),
            ("A1b", "isalnum isprintable isidentifier"),
            ("a\u{0}", "islower"),
            ("\u{a0}", "isspace"),
            ("ℼ", "isalpha isalnum isprintable isidentifier islower"),
            ("℘", "isprintable isidentifier"),
            ("a·", "isprintable isidentifier islower"),
            ("'Tis It'S", "isprintable istitle"),
            ("😀", "isprintable"),
        ];
        for (text, expected) in table {
            let holds: Vec<&str> = methods.iter().filter(|method| method.1(text)).map(|method| method.0).collect();
            assert_eq!(holds.join(" "), expected, "{text:?}");
        }
    }
}
