//! Decimal digits of a binary double: shortest (as `repr` wants) or correctly rounded to any count (as `%e` and `%f` want).
//!
//! The digits come from the standard library's exact conversions (Grisu with Dragon as the way out), which with ties settled to even
//! give the digits of David Gay's `dtoa`, CPython's source of them. What is written from the digits, and when an
//! exponent is used, follows `PyOS_double_to_string` (modes `r`, `e`, `f`, `g`).

/// How many significant or fractional digits are asked of the exact conversion at most; a double has no more than 1074
/// fractional digits and 767 significant ones, so what follows is zeros.
const DIGITS_EXACT_MAX: usize = 1100;

/// Digits `d1 d2 … dn` of a finite number: `0.d1d2…dn * 10^point`, without trailing zeros (zero itself: `0`, point 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    /// ASCII digits, most significant first.
    pub digits: Vec<u8>,
    /// Position of the decimal point relative to the first digit.
    pub point: i32,
}

impl Digits {
    fn reads_back(&self, value: f64) -> bool {
        let text: String = self.digits.iter().map(|&digit| char::from(digit)).collect();
        let exponent = self.point - self.digits.len() as i32;
        format!("{text}e{exponent}").parse() == Ok(value.abs())
    }
}

/// Splits text like `1.25e-7` into digits and point.
fn from_scientific(text: &str) -> Digits {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    while digits.len() > 1 && digits.last() == Some(&b'0') {
        digits.pop();
    }
    let exponent: i32 = exponent.parse().unwrap_or(0);
    Digits { digits, point: exponent + 1 }
}

/// The shortest digits that read back as `|value|` (finite), the nearest to it among those, on a tie the even ones.
pub fn shortest_digits(value: f64) -> Digits {
    let shortest = from_scientific(&format!("{:e}", value.abs()));
    // The standard library does not settle ties to even. A tie needs an exact decimal one digit longer than the shortest, and
    // up to 15 digits every decimal is the shortest of its double: hence the limits.
    let count = shortest.digits.len();
    if count < 15 || shortest.digits[count - 1].is_multiple_of(2) {
        return shortest;
    }
    let rounded = significant_digits(value, count);
    if rounded.reads_back(value) { rounded } else { shortest }
}

/// `|value|` (finite) rounded half to even to `count` significant digits (`count` is at least 1).
pub fn significant_digits(value: f64, count: usize) -> Digits {
    let after_first = count.saturating_sub(1).min(DIGITS_EXACT_MAX);
    from_scientific(&format!("{:.*e}", after_first, value.abs()))
}

/// `|value|` (finite) rounded half to even to `count` digits after the point.
pub fn fractional_digits(value: f64, count: usize) -> Digits {
    let text = format!("{:.*}", count.min(DIGITS_EXACT_MAX), value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let zeros = all.iter().take_while(|&&d| d == b'0').count();
    if zeros == all.len() {
        return Digits { digits: vec![b'0'], point: 1 };
    }
    let mut digits = all[zeros..].to_vec();
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    Digits { digits, point: whole.len() as i32 - zeros as i32 }
}

/// Form of a number's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatForm {
    /// Shortest digits that read back the same; an exponent below 1e-4 and from 1e16 on.
    Repr,
    /// `d.ddde±dd` with this many digits after the point.
    Exponent(usize),
    /// `ddd.ddd` with this many digits after the point.
    Fixed(usize),
    /// At most this many significant digits, exponent if it is below -4 or not below the precision.
    General(usize),
}

/// Variations of a number's text; names as CPython's `Py_DTSF_*` flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FloatFlags {
    /// Keep the point and (for `General`) trailing zeros.
    pub alternate: bool,
    /// Append `.0` to what would look like an integer.
    pub add_dot_0: bool,
    /// Write a negative zero (after rounding) without sign.
    pub no_negative_zero: bool,
    /// `E`, `INF`, `NAN` instead of `e`, `inf`, `nan`.
    pub upper: bool,
}

/// What is known about a number before its digits are written.
struct Layout {
    digits: Digits,
    exponent: Option<i32>,
    /// Index after the last digit to write (zeros beyond the known digits).
    end: i64,
}

fn layout(value: f64, form: FloatForm, flags: FloatFlags) -> Layout {
    let (digits, use_exponent, end) = match form {
        FloatForm::Repr => {
            let digits = shortest_digits(value);
            let use_exponent = digits.point <= -4 || digits.point > 16;
            let end = digits.digits.len() as i64;
            (digits, use_exponent, end)
        }
        FloatForm::Exponent(precision) => (significant_digits(value, precision + 1), true, precision as i64 + 1),
        FloatForm::Fixed(precision) => {
            let digits = fractional_digits(value, precision);
            let end = i64::from(digits.point) + precision as i64;
            (digits, false, end)
        }
        FloatForm::General(precision) => {
            let precision = precision.max(1);
            let digits = significant_digits(value, precision);
            let largest = precision as i64 - i64::from(flags.add_dot_0);
            let use_exponent = digits.point <= -4 || i64::from(digits.point) > largest;
            let end = if flags.alternate { precision as i64 } else { digits.digits.len() as i64 };
            (digits, use_exponent, end)
        }
    };
    let mut layout = Layout { exponent: use_exponent.then_some(digits.point - 1), digits, end };
    if use_exponent {
        layout.digits.point = 1;
    }
    let point = i64::from(layout.digits.point);
    layout.end = layout.end.max(if !use_exponent && flags.add_dot_0 { point + 1 } else { point });
    layout
}

fn write_digits(out: &mut String, layout: &Layout, alternate: bool) {
    let Layout { digits: Digits { digits, point }, end, .. } = layout;
    let point = i64::from(*point);
    let start = if point <= 0 { point - 1 } else { 0 };
    let known = digits.len() as i64;
    let mut index = start;
    while index < *end {
        if index == point {
            out.push('.');
        }
        if index < 0 || index >= known {
            out.push('0');
        } else {
            out.push(char::from(digits[index as usize]));
        }
        index += 1;
    }
    if *end == point && alternate {
        out.push('.');
    }
}

/// The text of `value`: sign only if negative, `inf` and `nan` for those. The caller bounds the precision.
pub fn format_double(value: f64, form: FloatForm, flags: FloatFlags) -> String {
    if !value.is_finite() {
        let text = match (value.is_nan(), value < 0.0) {
            (true, _) => "nan",
            (_, true) => "-inf",
            _ => "inf",
        };
        return if flags.upper { text.to_ascii_uppercase() } else { text.to_owned() };
    }
    let layout = layout(value, form, flags);
    let zero = layout.digits.digits.iter().all(|&d| d == b'0');
    let mut out = String::with_capacity(24);
    if value.is_sign_negative() && !(flags.no_negative_zero && zero) {
        out.push('-');
    }
    write_digits(&mut out, &layout, flags.alternate);
    if let Some(exponent) = layout.exponent {
        let sign = if exponent < 0 { '-' } else { '+' };
        out.push(if flags.upper { 'E' } else { 'e' });
        out.push_str(&format!("{sign}{:02}", exponent.unsigned_abs()));
    }
    out
}
