//! `gamma` and `lgamma`: the Lanczos approximation with CPython's coefficients (N = 13, g = 6.024680040776729583740234375;
//! they are those of the Boost library, see Modules/mathmodule.c).

use crate::native::{Args, Cx, NativeResult};
use crate::value::Value;
use std::f64::consts::PI;

const LOG_PI: f64 = 1.144_729_885_849_400_2;
const G: f64 = 6.024_680_040_776_73;
const G_MINUS_HALF: f64 = 5.524_680_040_776_73;

const NUMERATOR: [f64; 13] = [
    23_531_376_880.410_76,
    42_919_803_642.649_1,
    35_711_959_237.355_67,
    17_921_034_426.037_21,
    6_039_542_586.352_028,
    1_439_720_407.311_721_6,
    248_874_557.862_054_17,
    31_426_415.585_400_194,
    2_876_370.628_935_372_5,
    186_056.265_395_223_5,
    8_071.672_002_365_816,
    210.824_277_751_579_36,
    2.506_628_274_631_000_2,
];

const DENOMINATOR: [f64; 13] = [
    0.0,
    39_916_800.0,
    120_543_840.0,
    150_917_976.0,
    105_258_076.0,
    45_995_730.0,
    13_339_535.0,
    2_637_558.0,
    357_423.0,
    32_670.0,
    1_925.0,
    66.0,
    1.0,
];

/// Factorials that are exact as floats: `gamma(n)` for n = 1 to 23.
const INTEGRAL: usize = 23;

fn lanczos_sum(x: f64) -> f64 {
    let (mut numerator, mut denominator) = (0.0, 0.0);
    if x < 5.0 {
        for i in (0..13).rev() {
            numerator = numerator * x + NUMERATOR[i];
            denominator = denominator * x + DENOMINATOR[i];
        }
    } else {
        for i in 0..13 {
            numerator = numerator / x + NUMERATOR[i];
            denominator = denominator / x + DENOMINATOR[i];
        }
    }
    numerator / denominator
}

/// sin(pi x), accurate near the integers.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let r = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * r
}

/// How a gamma function can fail.
enum Failure {
    Domain,
    Range,
}

fn gamma_of(x: f64) -> Result<f64, Failure> {
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 { Ok(x) } else { Err(Failure::Domain) };
    }
    if x == 0.0 {
        return Err(Failure::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Failure::Domain);
        }
        if x <= INTEGRAL as f64 {
            return Ok((1..x as u64).map(|i| i as f64).product());
        }
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        let r = 1.0 / x;
        return if r.is_infinite() { Err(Failure::Range) } else { Ok(r) };
    }
    if magnitude > 200.0 {
        return if x < 0.0 { Ok(0.0 / sin_pi(x)) } else { Err(Failure::Range) };
    }
    let y = magnitude + G_MINUS_HALF;
    // What was lost in the addition, to be made good for.
    let z = if magnitude > G_MINUS_HALF { (y - magnitude) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - magnitude };
    let z = z * G / y;
    let r = if x < 0.0 {
        let r = -PI / sin_pi(magnitude) / magnitude * y.exp() / lanczos_sum(magnitude);
        let r = r - z * r;
        if magnitude < 140.0 {
            r / y.powf(magnitude - 0.5)
        } else {
            let root = y.powf(magnitude / 2.0 - 0.25);
            r / root / root
        }
    } else {
        let r = lanczos_sum(magnitude) / y.exp();
        let r = r + z * r;
        if magnitude < 140.0 {
            r * y.powf(magnitude - 0.5)
        } else {
            let root = y.powf(magnitude / 2.0 - 0.25);
            r * root * root
        }
    };
    if r.is_infinite() { Err(Failure::Range) } else { Ok(r) }
}

fn lgamma_of(x: f64) -> Result<f64, Failure> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Failure::Domain) } else { Ok(0.0) };
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        return Ok(-magnitude.ln());
    }
    let mut r = lanczos_sum(magnitude).ln() - G;
    r += (magnitude - 0.5) * ((magnitude + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        r = LOG_PI - sin_pi(magnitude).abs().ln() - magnitude.ln() - r;
    }
    if r.is_infinite() { Err(Failure::Range) } else { Ok(r) }
}

fn value(cx: &mut Cx<'_>, result: Result<f64, Failure>) -> NativeResult {
    match result {
        Ok(r) => Ok(Value::Float(r)),
        Err(Failure::Domain) => Err(cx.domain_error()),
        Err(Failure::Range) => Err(cx.range_error()),
    }
}

/// `math.gamma(x)`
pub(super) fn gamma(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let x = cx.float_of(args.get(0))?;
    value(cx, gamma_of(x))
}

/// `math.lgamma(x)`
pub(super) fn lgamma(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let x = cx.float_of(args.get(0))?;
    value(cx, lgamma_of(x))
}
