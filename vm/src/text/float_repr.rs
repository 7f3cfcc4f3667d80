//! `repr` of float and complex, and `float.hex`.
//!
//! `repr(float)` is the shortest text that reads back the same, with an exponent below 1e-4 and from 1e16 on; complex follows
//! `complex_repr`. Exact for every value.

use super::decimal::{FloatFlags, FloatForm, format_double};

/// `repr(value)` of a float: `1.0`, `1e+16`, `-0.0`, `inf`, `nan`.
pub fn float_repr(value: f64) -> String {
    format_double(value, FloatForm::Repr, FloatFlags { add_dot_0: true, ..FloatFlags::default() })
}

/// `repr` of a part of a complex: as a float's, but without `.0`.
fn part_repr(value: f64) -> String {
    format_double(value, FloatForm::Repr, FloatFlags::default())
}

/// `repr(complex(re, im))`: `1j`, `(1+2j)`, `(-0+1j)`, `(nan-infj)`.
pub fn complex_repr(re: f64, im: f64) -> String {
    let imaginary = part_repr(im);
    if re == 0.0 && re.is_sign_positive() {
        return format!("{imaginary}j");
    }
    let sign = if imaginary.starts_with('-') { "" } else { "+" };
    format!("({}{sign}{imaginary}j)", part_repr(re))
}

/// `float.hex()`: `0x1.8000000000000p+1`, `-0x0.0p+0`, `inf`, `nan`.
pub fn float_hex(value: f64) -> String {
    if !value.is_finite() {
        return float_repr(value);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let biased = ((bits >> 52) & 0x7ff) as i32;
    let (lead, exponent) = if biased == 0 { (0, -1022) } else { (1, biased - 1023) };
    let exponent_sign = if exponent < 0 { '-' } else { '+' };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent_sign}{}", exponent.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reprs_are_cpythons() {
        let table = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e15, "1000000000000000.0"),
            (9999999999999998.0, "9999999999999998.0"),
            (1e16, "1e+16"),
            (1.5e16, "1.5e+16"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.25e-7, "1.25e-07"),
            (1e22, "1e+22"),
            (1e23, "1e+23"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (123456789.12345679, "123456789.12345679"),
            (2355355477099789.0 / 4.0, "588838869274947.2"),
            (2f64.powi(-25), "2.9802322387695312e-08"),
            (1e100, "1e+100"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
            (-f64::NAN, "nan"),
        ];
        for (value, text) in table {
            assert_eq!(float_repr(value), text);
        }
    }

    #[test]
    fn complex_reprs_are_cpythons() {
        let table = [
            (0.0, 1.0, "1j"),
            (-0.0, 1.0, "(-0+1j)"),
            (1.0, -2.5, "(1-2.5j)"),
            (f64::NAN, f64::NEG_INFINITY, "(nan-infj)"),
            (1.0, f64::NAN, "(1+nanj)"),
            (0.0, -0.0, "-0j"),
            (1e16, 1e-5, "(1e+16+1e-05j)"),
        ];
        for (re, im, text) in table {
            assert_eq!(complex_repr(re, im), text);
        }
    }

    #[test]
    fn hex_is_cpythons() {
        let table = [
            (0.0, "0x0.0p+0"),
            (-0.0, "-0x0.0p+0"),
            (1.0, "0x1.0000000000000p+0"),
            (-0.1, "-0x1.999999999999ap-4"),
            (3.0, "0x1.8000000000000p+1"),
            (5e-324, "0x0.0000000000001p-1022"),
            (f64::MAX, "0x1.fffffffffffffp+1023"),
            (f64::INFINITY, "inf"),
            (f64::NAN, "nan"),
        ];
        for (value, text) in table {
            assert_eq!(float_hex(value), text);
        }
    }
}
