//! Between integers and floats: exact conversions, true division, comparison, rounding.
//!
//! All results are the correctly rounded ones (to nearest, ties to even), as CPython's; comparisons are by exact value.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::decimal::{FloatFlags, FloatForm, format_double};
use super::error::TextError;
use super::int::{Int, IntRef};

/// `float(value)`: the nearest double, ties to even; `OverflowError` beyond the largest.
pub fn int_to_float(value: IntRef<'_>) -> Result<f64, TextError> {
    match value {
        IntRef::Small(small) => Ok(small as f64),
        IntRef::Big(big) => {
            let magnitude = scaled_to_float(big.magnitude(), 0, false);
            let magnitude = magnitude.ok_or_else(|| TextError::overflow("int too large to convert to float"))?;
            Ok(if big.is_negative() { -magnitude } else { magnitude })
        }
    }
}

/// `2^power`, also where it is subnormal; `power` from -1074 to 1023.
fn power_of_two(power: i64) -> f64 {
    if power >= -1022 { f64::from_bits(((power + 1023) as u64) << 52) } else { f64::from_bits(1 << (power + 1074)) }
}

/// `magnitude * 2^exponent` rounded to the nearest double, a little more if `sticky`; `None` if it is too large.
pub(super) fn scaled_to_float(magnitude: &BigUint, exponent: i64, sticky: bool) -> Option<f64> {
    let bits = magnitude.bits() as i64;
    if bits == 0 {
        return Some(0.0);
    }
    if bits + exponent > 1024 {
        return None;
    }
    // The unit of the last place of the result; below it, one bit decides and the rest is sticky.
    let unit = (bits + exponent - 53).max(-1074);
    let shift = unit - exponent;
    let (mut quotient, half, below) = if shift <= 0 {
        (magnitude << -shift, false, sticky)
    } else {
        let shift = shift as u64;
        let half = magnitude.bit(shift - 1);
        let below = sticky || magnitude.trailing_zeros().is_some_and(|zeros| zeros < shift - 1);
        (magnitude >> shift, half, below)
    };
    if half && (below || quotient.is_odd()) {
        quotient += 1u32;
    }
    // At most 2^53, so exact; the product is exact too unless it overflows.
    let result = quotient.to_u64()? as f64 * power_of_two(unit);
    result.is_finite().then_some(result)
}

/// `left / right`
pub fn true_divide(left: IntRef<'_>, right: IntRef<'_>) -> Result<f64, TextError> {
    if right.is_zero() {
        return Err(TextError::zero_division("division by zero"));
    }
    const EXACT: u64 = 1 << 53;
    if let (IntRef::Small(a), IntRef::Small(b)) = (left, right)
        && a.unsigned_abs() <= EXACT
        && b.unsigned_abs() <= EXACT
    {
        return Ok(a as f64 / b as f64);
    }
    let negative = left.is_negative() != right.is_negative();
    let (numerator, denominator) = (left.to_big(), right.to_big());
    let magnitude = divide_magnitudes(numerator.magnitude(), denominator.magnitude())
        .ok_or_else(|| TextError::overflow("integer division result too large for a float"))?;
    Ok(if negative { -magnitude } else { magnitude })
}

fn divide_magnitudes(numerator: &BigUint, denominator: &BigUint) -> Option<f64> {
    // A quotient of 65 bits or more leaves every rounding decision to its bits and to whether the division is exact.
    let difference = numerator.bits() as i64 - denominator.bits() as i64;
    if difference > 1025 {
        return None;
    }
    if difference < -1100 {
        return Some(0.0);
    }
    let shift = 66 - difference;
    let (quotient, remainder) = if shift >= 0 {
        (numerator << shift).div_rem(denominator)
    } else {
        numerator.div_rem(&(denominator << -shift))
    };
    scaled_to_float(&quotient, -shift, !remainder.is_zero())
}

/// A finite double as `mantissa * 2^exponent`.
fn decompose(value: f64) -> (i64, i64) {
    let bits = value.to_bits();
    let biased = (bits >> 52 & 0x7ff) as i64;
    let fraction = (bits & ((1 << 52) - 1)) as i64;
    let (mantissa, exponent) = if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) };
    (if value < 0.0 { -mantissa } else { mantissa }, exponent)
}

/// `value` with its fraction cut off, as an integer; `value` must be finite.
fn truncated(value: f64) -> Int {
    let (mantissa, exponent) = decompose(value.trunc());
    if exponent <= 0 {
        // No fraction is left, so the shift is exact.
        return Int::Small(if exponent < -63 { 0 } else { mantissa >> -exponent });
    }
    Int::from(BigInt::from(mantissa) << exponent)
}

/// `int(value)`, `math.trunc(value)`
pub fn float_to_int(value: f64) -> Result<Int, TextError> {
    if value.is_nan() {
        return Err(TextError::value("cannot convert float NaN to integer"));
    }
    if value.is_infinite() {
        return Err(TextError::overflow("cannot convert float infinity to integer"));
    }
    Ok(truncated(value))
}

/// `float.as_integer_ratio()`
pub fn as_integer_ratio(value: f64) -> Result<(Int, Int), TextError> {
    if value.is_nan() {
        return Err(TextError::value("cannot convert NaN to integer ratio"));
    }
    if value.is_infinite() {
        return Err(TextError::overflow("cannot convert Infinity to integer ratio"));
    }
    let (mut mantissa, mut exponent) = decompose(value);
    if mantissa == 0 {
        return Ok((Int::Small(0), Int::Small(1)));
    }
    let zeros = i64::from(mantissa.trailing_zeros());
    mantissa >>= zeros;
    exponent += zeros;
    let scale = BigInt::from(1) << exponent.unsigned_abs();
    Ok(if exponent >= 0 {
        (Int::from(scale * mantissa), Int::Small(1))
    } else {
        (Int::Small(mantissa), Int::from(scale))
    })
}

/// Compares an integer with a float by exact value; `None` for NaN.
pub fn compare_int_float(left: IntRef<'_>, right: f64) -> Option<Ordering> {
    if right.is_nan() {
        return None;
    }
    if right.is_infinite() {
        return Some(if right > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let whole = truncated(right);
    let order = match (left, &whole) {
        (IntRef::Small(a), Int::Small(b)) => a.cmp(b),
        _ => left.to_big().cmp(&BigInt::from(whole)),
    };
    // Equal whole parts: the fraction decides.
    Some(order.then_with(|| 0.0f64.partial_cmp(&right.fract()).unwrap_or(Ordering::Equal)))
}

/// `round(value)`: the nearest integer, ties to even.
pub fn round_to_int(value: f64) -> Result<Int, TextError> {
    float_to_int(value.round_ties_even())
}

/// `round(value, digits)`: correctly rounded by way of the decimal digits.
pub fn round_to_digits(value: f64, digits: IntRef<'_>) -> Result<f64, TextError> {
    if !value.is_finite() || value == 0.0 {
        return Ok(value);
    }
    // Beyond these, CPython knows the result without looking: all digits are kept, or none.
    let digits = digits.to_i64().unwrap_or(if digits.is_negative() { i64::MIN } else { i64::MAX });
    if digits > 323 {
        return Ok(value);
    }
    if digits < -308 {
        return Ok(0.0f64.copysign(value));
    }
    let rounded = if digits >= 0 {
        format_double(value, FloatForm::Fixed(digits as usize), FloatFlags::default()).parse().unwrap_or(value)
    } else {
        round_to_tens(value, digits.unsigned_abs() as u32)
    };
    if rounded.is_infinite() {
        return Err(TextError::overflow("rounded value too large to represent"));
    }
    Ok(rounded)
}

/// `value` rounded to a multiple of `10^places`, ties to even; infinite if that is too large.
fn round_to_tens(value: f64, places: u32) -> f64 {
    let unit = BigInt::from(10).pow(places);
    let (mantissa, exponent) = decompose(value.abs());
    let (scaled, scale) = if exponent >= 0 {
        (BigInt::from(mantissa) << exponent, unit.clone())
    } else {
        (BigInt::from(mantissa), &unit << -exponent)
    };
    let (quotient, remainder) = scaled.div_mod_floor(&scale);
    let up = match (remainder * 2i32).cmp(&scale) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal => quotient.is_odd(),
    };
    let result = (quotient + i32::from(up)) * unit;
    scaled_to_float(result.magnitude(), 0, false).unwrap_or(f64::INFINITY).copysign(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(text: &str) -> Int {
        Int::from(text.parse::<BigInt>().unwrap())
    }

    fn text(value: Int) -> String {
        BigInt::from(value).to_string()
    }

    fn same(result: Result<f64, TextError>, expected: Result<f64, &str>) -> bool {
        match (result, expected) {
            (Ok(a), Ok(b)) => a.to_bits() == b.to_bits(),
            (Err(a), Err(b)) => a.message == b,
            _ => false,
        }
    }

    /// Integer and what CPython 3.13's `float` answers.
    #[test]
    fn conversions_are_cpythons() {
        type Row = (&'static str, Result<f64, &'static str>);
        let table: &[Row] = &[
            ("1", Ok(1.0)),
            ("-3", Ok(-3.0)),
            ("9007199254740993", Ok(9007199254740992.0)),
            ("9007199254740995", Ok(9007199254740996.0)),
            ("36028797018963969", Ok(3.602879701896397e+16)),
            ("9223372036854775808", Ok(9.223372036854776e+18)),
            ("10000000000000000000000", Ok(1e+22)),
            ("100000000000000000000001", Ok(1.0000000000000001e+23)),
            (
                "100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                Ok(1e+308),
            ),
            (
                "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                Err("int too large to convert to float"),
            ),
            (
                "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792",
                Err("int too large to convert to float"),
            ),
            (
                "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497791",
                Ok(1.7976931348623157e+308),
            ),
            (
                "-179769313486231590772930519078902473361797697894230657273430081157732675805500963132708477322407536021120113879871393357658789768814416622492847430639474124377767893424865485276302219601246094119453082952085005768838150682342462881473913110540827237163350510684586298239947245938479716304835356329624224137216",
                Err("int too large to convert to float"),
            ),
        ];
        for &(value, expected) in table {
            let result = int_to_float(int(value).as_ref());
            assert!(same(result.clone(), expected), "{value} {result:?}");
        }
    }

    /// Operands of `/` and what CPython 3.13 answers.
    #[test]
    fn true_divisions_are_cpythons() {
        type Row = (&'static str, &'static str, Result<f64, &'static str>);
        let table: &[Row] = &[
            ("1", "3", Ok(0.3333333333333333)),
            ("-1", "3", Ok(-0.3333333333333333)),
            ("2", "-3", Ok(-0.6666666666666666)),
            ("0", "-5", Ok(-0.0)),
            ("1", "0", Err("division by zero")),
            ("9007199254740993", "1", Ok(9007199254740992.0)),
            ("9007199254740993", "3", Ok(3002399751580331.0)),
            (
                "10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                Ok(10.0),
            ),
            (
                "10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                "1",
                Err("integer division result too large for a float"),
            ),
            (
                "1",
                "10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                Ok(0.0),
            ),
            (
                "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904174497792",
                "1",
                Err("integer division result too large for a float"),
            ),
            (
                "3",
                "404804506614621236704990693437834614099113299528284236713802716054860679135990693783920767402874248990374155728633623822779617474771586953734026799881477019843034848553132722728933815484186432682479535356945490137124014966849385397236206711298319112681620113024717539104666829230461005064372655017292012526615415482186989568",
                Ok(1e-323),
            ),
            (
                "1",
                "202402253307310618352495346718917307049556649764142118356901358027430339567995346891960383701437124495187077864316811911389808737385793476867013399940738509921517424276566361364466907742093216341239767678472745068562007483424692698618103355649159556340810056512358769552333414615230502532186327508646006263307707741093494784",
                Ok(5e-324),
            ),
            (
                "1",
                "404804506614621236704990693437834614099113299528284236713802716054860679135990693783920767402874248990374155728633623822779617474771586953734026799881477019843034848553132722728933815484186432682479535356945490137124014966849385397236206711298319112681620113024717539104666829230461005064372655017292012526615415482186989568",
                Ok(0.0),
            ),
            (
                "3",
                "809609013229242473409981386875669228198226599056568473427605432109721358271981387567841534805748497980748311457267247645559234949543173907468053599762954039686069697106265445457867630968372865364959070713890980274248029933698770794472413422596638225363240226049435078209333658460922010128745310034584025053230830964373979136",
                Ok(5e-324),
            ),
            (
                "63050394783186937",
                "90676209481675157021917915330074953558201379094335669023891808396288792126461915407598251898243831773843810883213931736302634314348835477636422003173450852444839806075901729891281174668457760920875415919955789790715779352574262328980910303330823481240682905317536728759445369747623265134419474723873410805961853068009885663232",
                Ok(6.953355807835e-310),
            ),
        ];
        for &(left, right, expected) in table {
            let result = true_divide(int(left).as_ref(), int(right).as_ref());
            assert!(same(result.clone(), expected), "{left} / {right} {result:?}");
        }
    }

    /// Arguments of `round` and what CPython 3.13 answers.
    #[test]
    fn roundings_are_cpythons() {
        type Row = (f64, i64, Result<f64, &'static str>);
        let table: &[Row] = &[
            (2.675, 2, Ok(2.67)),
            (0.5, 0, Ok(0.0)),
            (1.5, 0, Ok(2.0)),
            (2.5, 0, Ok(2.0)),
            (-0.5, 0, Ok(-0.0)),
            (1234.5678, -2, Ok(1200.0)),
            (1250.0, -2, Ok(1200.0)),
            (1350.0, -2, Ok(1400.0)),
            (5000000000000000.0, 0, Ok(5000000000000000.0)),
            (1e+308, -308, Ok(1e+308)),
            (1.7e+308, -308, Err("rounded value too large to represent")),
            (5e-324, 323, Ok(0.0)),
            (1.23456789, 400, Ok(1.23456789)),
            (1.23456789, -400, Ok(0.0)),
            (-1.5, -1, Ok(-0.0)),
            (0.15, 1, Ok(0.1)),
            (1e+22, -20, Ok(1e+22)),
            (f64::INFINITY, 2, Ok(f64::INFINITY)),
        ];
        for &(value, digits, expected) in table {
            let result = round_to_digits(value, digits.into());
            assert!(same(result.clone(), expected), "{value} {digits} {result:?}");
        }
    }

    /// Float and what CPython 3.13 answers to `as_integer_ratio`, `int` and `round`.
    #[test]
    fn integers_of_floats_are_cpythons() {
        type Text = Result<&'static str, &'static str>;
        type Row = (f64, Result<(&'static str, &'static str), &'static str>, Text, Text);
        let table: &[Row] = &[
            (0.0, Ok(("0", "1")), Ok("0"), Ok("0")),
            (-0.0, Ok(("0", "1")), Ok("0"), Ok("0")),
            (0.1, Ok(("3602879701896397", "36028797018963968")), Ok("0"), Ok("0")),
            (-2.5, Ok(("-5", "2")), Ok("-2"), Ok("-2")),
            (
                1e+300,
                Ok((
                    "1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160",
                    "1",
                )),
                Ok(
                    "1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160",
                ),
                Ok(
                    "1000000000000000052504760255204420248704468581108159154915854115511802457988908195786371375080447864043704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160",
                ),
            ),
            (
                5e-324,
                Ok((
                    "1",
                    "202402253307310618352495346718917307049556649764142118356901358027430339567995346891960383701437124495187077864316811911389808737385793476867013399940738509921517424276566361364466907742093216341239767678472745068562007483424692698618103355649159556340810056512358769552333414615230502532186327508646006263307707741093494784",
                )),
                Ok("0"),
                Ok("0"),
            ),
            (3.0, Ok(("3", "1")), Ok("3"), Ok("3")),
            (
                f64::INFINITY,
                Err("cannot convert Infinity to integer ratio"),
                Err("cannot convert float infinity to integer"),
                Err("cannot convert float infinity to integer"),
            ),
            (
                f64::NAN,
                Err("cannot convert NaN to integer ratio"),
                Err("cannot convert float NaN to integer"),
                Err("cannot convert float NaN to integer"),
            ),
        ];
        for &(value, ratio, whole, nearest) in table {
            let result = as_integer_ratio(value).map(|(a, b)| (text(a), text(b))).map_err(|e| e.message.into_owned());
            assert_eq!(result, ratio.map(|(a, b)| (a.to_owned(), b.to_owned())).map_err(str::to_owned));
            for (result, expected) in [(float_to_int(value), whole), (round_to_int(value), nearest)] {
                let result = result.map(text).map_err(|error| error.message.into_owned());
                assert_eq!(result, expected.map(str::to_owned).map_err(str::to_owned), "{value}");
            }
        }
    }

    #[test]
    fn comparisons_are_exact() {
        let table: &[(&str, f64, Option<Ordering>)] = &[
            ("1", 1.0, Some(Ordering::Equal)),
            ("1", 1.5, Some(Ordering::Less)),
            ("-1", -1.5, Some(Ordering::Greater)),
            ("9007199254740993", 9007199254740992.0, Some(Ordering::Greater)),
            (
                "10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                1e+308,
                Some(Ordering::Greater),
            ),
            (
                "-10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                f64::NEG_INFINITY,
                Some(Ordering::Greater),
            ),
            (
                "10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                f64::INFINITY,
                Some(Ordering::Less),
            ),
            ("0", -0.0, Some(Ordering::Equal)),
            ("0", 5e-324, Some(Ordering::Less)),
            ("10000000000000000000000", 1e+22, Some(Ordering::Equal)),
            ("100000000000000000000000", 1e+23, Some(Ordering::Greater)),
            ("0", f64::NAN, None),
        ];
        for &(left, right, expected) in table {
            assert_eq!(compare_int_float(int(left).as_ref(), right), expected, "{left} {right}");
        }
    }
}
