//! `time.strftime` in the C locale and UTC.
//!
//! All directives of glibc, with its flags `_ - 0 ^ #`, widths and the modifiers `E` and `O` (which change nothing in the C locale); what is
//! no directive stands for itself, as in glibc, to which CPython 3.13 on Linux passes the format on.

use super::calendar::{DAYS, MONTHS, TimeFields, c_mktime, days_from_date};
use super::error::{TextError, check_text_size};
use super::unicode::push_upper;

/// Flags and width of a directive.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    /// `_`, `-` or `0`.
    pad: Option<char>,
    upper: bool,
    change_case: bool,
    width: usize,
}

/// What changes the case of a directive's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// `^` makes it upper case.
    Plain,
    /// `#` makes it upper case, too.
    HashUpper,
    /// `#` makes it lower case.
    HashLower,
    /// Lower case whatever the flags.
    Lower,
}

/// What a directive stands for.
enum Output {
    /// A number of at least so many digits, padded with the character unless a flag says otherwise.
    Number(i64, usize, char),
    /// A text.
    Text(&'static str, Case),
    /// A format of its own.
    Nested(&'static str),
    /// The time zone's offset.
    Offset,
    /// Seconds since 1970: a number that is padded like a text.
    Seconds,
}

/// Year and week of ISO 8601, by glibc's formula from the fields as they are.
fn iso_week(fields: &TimeFields) -> (i64, i64) {
    let sunday_based = (fields.weekday + 1) % 7;
    let days_of_week_1 = |yearday: i64| yearday - (yearday - sunday_based + 382) % 7 + 3;
    let days_in = |year: i64| days_from_date(year + 1, 1, 1) - days_from_date(year, 1, 1);
    let yearday = fields.yearday - 1;
    let days = days_of_week_1(yearday);
    if days < 0 {
        return (fields.year - 1, days_of_week_1(yearday + days_in(fields.year - 1)) / 7 + 1);
    }
    let next = days_of_week_1(yearday - days_in(fields.year));
    if next >= 0 { (fields.year + 1, next / 7 + 1) } else { (fields.year, days / 7 + 1) }
}

/// What C's `mktime` makes of the fields.
fn seconds(fields: &TimeFields) -> i64 {
    c_mktime(fields).unwrap_or(-1)
}

fn number_of(directive: char, fields: &TimeFields) -> Option<Output> {
    let hour_12 = (fields.hour + 11) % 12 + 1;
    let sunday_based = (fields.weekday + 1) % 7;
    let (value, digits, pad) = match directive {
        'C' => (fields.year.div_euclid(100), 1, '0'),
        'd' => (fields.day, 2, '0'),
        'e' => (fields.day, 2, '_'),
        'g' => (iso_week(fields).0.rem_euclid(100), 2, '0'),
        'G' => (iso_week(fields).0, 1, '0'),
        'H' => (fields.hour, 2, '0'),
        'I' => (hour_12, 2, '0'),
        'j' => (fields.yearday, 3, '0'),
        'k' => (fields.hour, 2, '_'),
        'l' => (hour_12, 2, '_'),
        'm' => (fields.month, 2, '0'),
        'M' => (fields.minute, 2, '0'),
        'S' => (fields.second, 2, '0'),
        'u' => (fields.weekday + 1, 1, '0'),
        'U' => ((fields.yearday - 1 - sunday_based + 7) / 7, 2, '0'),
        'V' => (iso_week(fields).1, 2, '0'),
        'w' => (sunday_based, 1, '0'),
        'W' => ((fields.yearday - 1 - fields.weekday + 7) / 7, 2, '0'),
        'y' => (fields.year.rem_euclid(100), 2, '0'),
        'Y' => (fields.year, 1, '0'),
        _ => return None,
    };
    Some(Output::Number(value, digits, pad))
}

fn text_of(directive: char, fields: &TimeFields) -> Option<Output> {
    let weekday = DAYS[fields.weekday.rem_euclid(7) as usize];
    let month = MONTHS[(fields.month - 1).rem_euclid(12) as usize];
    let noon = fields.hour >= 12;
    let (text, case) = match directive {
        '%' => ("%", Case::Plain),
        'n' => ("\n", Case::Plain),
        't' => ("\t", Case::Plain),
        'a' => (&weekday[..3], Case::HashUpper),
        'A' => (weekday, Case::HashUpper),
        'b' | 'h' => (&month[..3], Case::HashUpper),
        'B' => (month, Case::HashUpper),
        'p' => (if noon { "PM" } else { "AM" }, Case::HashLower),
        'P' => (if noon { "PM" } else { "AM" }, Case::Lower),
        'Z' => (if fields.is_dst < 0 { "" } else { "UTC" }, Case::HashLower),
        _ => return None,
    };
    Some(Output::Text(text, case))
}

fn output_of(directive: char, fields: &TimeFields) -> Option<Output> {
    let nested = match directive {
        'c' => "%a %b %e %H:%M:%S %Y",
        'D' | 'x' => "%m/%d/%y",
        'F' => "%Y-%m-%d",
        'r' => "%I:%M:%S %p",
        'R' => "%H:%M",
        'T' | 'X' => "%H:%M:%S",
        'z' => return Some(Output::Offset),
        's' => return Some(Output::Seconds),
        _ => return number_of(directive, fields).or_else(|| text_of(directive, fields)),
    };
    Some(Output::Nested(nested))
}

/// Whether a directive may carry the modifier: `E` no number but years, `O` no date, time or name but months.
fn allows_modifier(directive: char, modifier: char) -> bool {
    let refused = if modifier == 'E' { "aAbBdDeFgGhHIjklmMSUVwW" } else { "aAcDFxXY" };
    !refused.contains(directive)
}

/// C's `towupper`: what maps to several characters stays.
fn push_simple_upper(out: &mut String, c: char) {
    let mut upper = String::new();
    push_upper(&mut upper, c);
    let mut chars = upper.chars();
    out.push(chars.next().filter(|_| chars.next().is_none()).unwrap_or(c));
}

/// Appends `text` padded on the left to the width.
fn push_text(out: &mut String, text: &str, style: Style) -> Result<(), TextError> {
    let padding = style.width.saturating_sub(text.chars().count());
    check_text_size(out.len().saturating_add(padding).saturating_add(text.len()))?;
    let pad = if style.pad == Some('0') { '0' } else { ' ' };
    out.extend(std::iter::repeat_n(pad, padding));
    if style.upper {
        text.chars().for_each(|c| push_simple_upper(out, c));
    } else {
        out.push_str(text);
    }
    Ok(())
}

fn push_number(out: &mut String, value: i64, digits: usize, pad: char, style: Style) -> Result<(), TextError> {
    let digits = digits.max(style.width);
    check_text_size(out.len().saturating_add(digits))?;
    let sign = if value < 0 { "-" } else { "" };
    let magnitude = value.unsigned_abs().to_string();
    let padding = digits.saturating_sub(sign.len() + magnitude.len());
    let text = match style.pad.unwrap_or(pad) {
        '-' => format!("{sign}{magnitude}"),
        '_' => format!("{}{sign}{magnitude}", " ".repeat(padding)),
        _ => format!("{sign}{}{magnitude}", "0".repeat(padding)),
    };
    push_text(out, &text, style)
}

fn push_output(out: &mut String, output: Output, fields: &TimeFields, style: Style) -> Result<(), TextError> {
    match output {
        Output::Number(value, digits, pad) => push_number(out, value, digits, pad, style),
        Output::Text(text, case) => {
            let (lower, upper) = match case {
                Case::Plain => (false, style.upper),
                Case::HashUpper => (false, style.upper || style.change_case),
                Case::HashLower => (style.change_case, style.upper && !style.change_case),
                Case::Lower => (true, false),
            };
            let text = if lower { text.to_ascii_lowercase() } else { text.to_owned() };
            push_text(out, &text, Style { upper, ..style })
        }
        Output::Seconds => push_text(out, &seconds(fields).to_string(), style),
        Output::Nested(format) => push_text(out, &strftime(format, fields)?, style),
        // C knows no offset where it does not know whether daylight saving time is on.
        Output::Offset if fields.is_dst < 0 => Ok(()),
        Output::Offset => {
            push_text(out, "+", style)?;
            push_number(out, 0, 4, '0', style)
        }
    }
}

/// Flags, width, modifier and directive at the start of `text`, which follows a `%`; how many bytes they take.
fn parse_directive(text: &str) -> (Style, Option<char>, Option<char>, usize) {
    let mut style = Style::default();
    let mut chars = text.char_indices().peekable();
    while let Some((_, flag)) = chars.next_if(|(_, c)| matches!(c, '_' | '-' | '0' | '^' | '#')) {
        match flag {
            '^' => style.upper = true,
            '#' => style.change_case = true,
            pad => style.pad = Some(pad),
        }
    }
    while let Some((_, digit)) = chars.next_if(|(_, c)| c.is_ascii_digit()) {
        let digit = digit as usize - '0' as usize;
        style.width = style.width.saturating_mul(10).saturating_add(digit).min(i32::MAX as usize);
    }
    let modifier = chars.next_if(|(_, c)| matches!(c, 'E' | 'O')).map(|(_, c)| c);
    let directive = chars.next().map(|(_, c)| c);
    (style, modifier, directive, chars.peek().map_or(text.len(), |&(offset, _)| offset))
}

/// `time.strftime(format, fields)` of checked fields.
pub fn strftime(format: &str, fields: &TimeFields) -> Result<String, TextError> {
    let mut out = String::with_capacity(format.len() * 2);
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let body = &rest[at + 1..];
        let (style, modifier, directive, len) = parse_directive(body);
        let known = directive.filter(|&c| modifier.is_none_or(|modifier| allows_modifier(c, modifier)));
        match known.and_then(|c| output_of(c, fields)) {
            Some(output) => push_output(&mut out, output, fields, style)?,
            None => {
                let upper = style.upper || style.change_case && directive.is_some_and(|c| "AbBh".contains(c));
                push_text(&mut out, &rest[at..at + 1 + len], Style { upper, ..style })?;
            }
        }
        rest = &body[len..];
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Int;

    const TIMES: [[i64; 9]; 4] = [
        [2024, 2, 9, 4, 5, 6, 4, 40, 0],
        [1999, 12, 31, 13, 59, 60, 4, 365, 0],
        [2021, 1, 3, 0, 0, 0, 6, 3, -1],
        [99, 7, 4, 12, 30, 0, 0, 185, 0],
    ];

    /// Format, which of the times, and what CPython 3.13's `strftime` answers.
    #[test]
    fn texts_are_cpythons() {
        let table = [
            ("%Y-%m-%d %H:%M:%S", 0, "2024-02-09 04:05:06"),
            ("%Y-%m-%d %H:%M:%S", 1, "1999-12-31 13:59:60"),
            ("%Y-%m-%d %H:%M:%S", 2, "2021-01-03 00:00:00"),
            ("%Y-%m-%d %H:%M:%S", 3, "99-07-04 12:30:00"),
            ("%a %A %b %B %h %c", 0, "Fri Friday Feb February Feb Fri Feb  9 04:05:06 2024"),
            ("%a %A %b %B %h %c", 1, "Fri Friday Dec December Dec Fri Dec 31 13:59:60 1999"),
            ("%a %A %b %B %h %c", 2, "Sun Sunday Jan January Jan Sun Jan  3 00:00:00 2021"),
            ("%a %A %b %B %h %c", 3, "Mon Monday Jul July Jul Mon Jul  4 12:30:00 99"),
            ("%x|%X|%p|%P|%I|%l|%k|%e", 0, "02/09/24|04:05:06|AM|am|04| 4| 4| 9"),
            ("%x|%X|%p|%P|%I|%l|%k|%e", 1, "12/31/99|13:59:60|PM|pm|01| 1|13|31"),
            ("%x|%X|%p|%P|%I|%l|%k|%e", 2, "01/03/21|00:00:00|AM|am|12|12| 0| 3"),
            ("%x|%X|%p|%P|%I|%l|%k|%e", 3, "07/04/99|12:30:00|PM|pm|12|12|12| 4"),
            ("%j %U %W %V %G %g %u %w", 0, "040 05 06 06 2024 24 5 5"),
            ("%j %U %W %V %G %g %u %w", 1, "365 52 52 52 1999 99 5 5"),
            ("%j %U %W %V %G %g %u %w", 2, "003 01 00 53 2020 20 7 0"),
            ("%j %U %W %V %G %g %u %w", 3, "185 27 27 27 99 99 1 1"),
            ("%C %y %D %F %T %R %r", 0, "20 24 02/09/24 2024-02-09 04:05:06 04:05 04:05:06 AM"),
            ("%C %y %D %F %T %R %r", 1, "19 99 12/31/99 1999-12-31 13:59:60 13:59 01:59:60 PM"),
            ("%C %y %D %F %T %R %r", 2, "20 21 01/03/21 2021-01-03 00:00:00 00:00 12:00:00 AM"),
            ("%C %y %D %F %T %R %r", 3, "0 99 07/04/99 99-07-04 12:30:00 12:30 12:30:00 PM"),
            ("%s %z %Z %n%t%%", 0, "1707451506 +0000 UTC \n\t%"),
            ("%s %z %Z %n%t%%", 1, "946648800 +0000 UTC \n\t%"),
            ("%s %z %Z %n%t%%", 2, "1609632000   \n\t%"),
            ("%s %z %Z %n%t%%", 3, "-59027052600 +0000 UTC \n\t%"),
            ("%-d|%_d|%05d|%-5d|%^a|%#a|%#p|%^P|%#Z", 0, "9| 9|00009|    9|FRI|FRI|am|am|utc"),
            ("%-d|%_d|%05d|%-5d|%^a|%#a|%#p|%^P|%#Z", 1, "31|31|00031|   31|FRI|FRI|pm|pm|utc"),
            ("%-d|%_d|%05d|%-5d|%^a|%#a|%#p|%^P|%#Z", 2, "3| 3|00003|    3|SUN|SUN|am|am|"),
            ("%-d|%_d|%05d|%-5d|%^a|%#a|%#p|%^P|%#Z", 3, "4| 4|00004|    4|MON|MON|pm|pm|utc"),
            (
                "%10a|%010a|%5D|%_15F|%6Y|%_6Y|%5z",
                0,
                "       Fri|0000000Fri|02/09/24|     2024-02-09|002024|  2024|    +00000",
            ),
            (
                "%10a|%010a|%5D|%_15F|%6Y|%_6Y|%5z",
                1,
                "       Fri|0000000Fri|12/31/99|     1999-12-31|001999|  1999|    +00000",
            ),
            ("%10a|%010a|%5D|%_15F|%6Y|%_6Y|%5z", 2, "       Sun|0000000Sun|01/03/21|     2021-01-03|002021|  2021|"),
            (
                "%10a|%010a|%5D|%_15F|%6Y|%_6Y|%5z",
                3,
                "       Mon|0000000Mon|07/04/99|       99-07-04|000099|    99|    +00000",
            ),
            ("%Ey %Od %EY %OY %Ed %EQ", 0, "24 09 2024 %OY %Ed %EQ"),
            ("%Ey %Od %EY %OY %Ed %EQ", 1, "99 31 1999 %OY %Ed %EQ"),
            ("%Ey %Od %EY %OY %Ed %EQ", 2, "21 03 2021 %OY %Ed %EQ"),
            ("%Ey %Od %EY %OY %Ed %EQ", 3, "99 04 99 %OY %Ed %EQ"),
            ("%Q %f % %é %10% %", 0, "%Q %f % %é          % %"),
            ("%Q %f % %é %10% %", 1, "%Q %f % %é          % %"),
            ("%Q %f % %é %10% %", 2, "%Q %f % %é          % %"),
            ("%Q %f % %é %10% %", 3, "%Q %f % %é          % %"),
        ];
        for (format, time, expected) in table {
            let fields = TimeFields::from_ints(TIMES[time].map(Int::Small).each_ref()).unwrap().checked().unwrap();
            assert_eq!(strftime(format, &fields).unwrap(), expected, "{format:?}");
        }
        let fields = TimeFields::from_ints(TIMES[0].map(Int::Small).each_ref()).unwrap();
        assert_eq!(strftime("%2000000000d", &fields), Err(TextError::memory()));
    }
}
