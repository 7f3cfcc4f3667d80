//! Integer arithmetic that is more than a machine instruction: exact conversions to float.

use num_bigint::BigInt;
use num_traits::Signed;

use super::error::TextError;
use super::int::IntRef;

/// `float(value)`: the nearest double, ties to even; `OverflowError` beyond the largest.
pub fn int_to_float(value: IntRef<'_>) -> Result<f64, TextError> {
    match value {
        IntRef::Small(small) => Ok(small as f64),
        IntRef::Big(big) => big_to_float(big),
    }
}

fn big_to_float(value: &BigInt) -> Result<f64, TextError> {
    let magnitude = value.magnitude();
    let bits = magnitude.bits();
    let too_large = || TextError::overflow("int too large to convert to float");
    if bits > 1024 {
        return Err(too_large());
    }
    // The top 64 bits, the lowest of them set if any bit below is: enough to round correctly.
    let shift = bits.saturating_sub(64);
    let mut top = (magnitude >> shift).iter_u64_digits().next().unwrap_or(0);
    if shift > 0 && magnitude.trailing_zeros().unwrap_or(0) < shift {
        top |= 1;
    }
    let scaled = top as f64 * 2f64.powi(shift as i32);
    if scaled.is_infinite() {
        return Err(too_large());
    }
    Ok(if value.is_negative() { -scaled } else { scaled })
}
