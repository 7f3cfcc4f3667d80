//! `math` (Modules/mathmodule.c).
//!
//! Elementary functions come from the platform's C library through std, as in CPython, and from the `libm` crate where std has
//! its own formulas (the inverse hyperbolic ones) or none (`erf`). Gamma functions, sums and norms are CPython's algorithms.

mod gamma;
mod integers;
mod real;
mod sums;

use crate::interp::Vm;
use crate::native::registry::ModuleTable;
use crate::native::{NativeDef, Sig, function};
use crate::value::{ObjId, Value};

/// The module.
pub const TABLE: ModuleTable = ModuleTable { name: "math", functions: FUNCTIONS, fill };

const FUNCTIONS: &[NativeDef] = &[
    function("acos", Sig::One, |cx, a| real::one(cx, a, f64::acos, false)),
    function("acosh", Sig::One, |cx, a| real::one(cx, a, libm::acosh, false)),
    function("asin", Sig::One, |cx, a| real::one(cx, a, f64::asin, false)),
    function("asinh", Sig::One, |cx, a| real::one(cx, a, libm::asinh, false)),
    function("atan", Sig::One, |cx, a| real::one(cx, a, f64::atan, false)),
    function("atan2", Sig::Positional(2, 2), |cx, a| real::two(cx, a, f64::atan2)),
    function("atanh", Sig::One, |cx, a| real::one(cx, a, libm::atanh, false)),
    function("cbrt", Sig::One, |cx, a| real::one(cx, a, f64::cbrt, false)),
    function("ceil", Sig::One, real::ceil),
    function("comb", Sig::Positional(2, 2), integers::comb),
    function("copysign", Sig::Positional(2, 2), |cx, a| real::two(cx, a, f64::copysign)),
    function("cos", Sig::One, |cx, a| real::one(cx, a, f64::cos, false)),
    function("cosh", Sig::One, |cx, a| real::one(cx, a, f64::cosh, true)),
    function("degrees", Sig::One, |cx, a| real::plain(cx, a, |x| x * (180.0 / std::f64::consts::PI))),
    function("dist", Sig::Positional(2, 2), sums::dist),
    function("erf", Sig::One, |cx, a| real::one(cx, a, libm::erf, false)),
    function("erfc", Sig::One, |cx, a| real::one(cx, a, libm::erfc, false)),
    function("exp", Sig::One, |cx, a| real::one(cx, a, f64::exp, true)),
    function("exp2", Sig::One, |cx, a| real::one(cx, a, f64::exp2, true)),
    function("expm1", Sig::One, |cx, a| real::one(cx, a, f64::exp_m1, true)),
    function("fabs", Sig::One, |cx, a| real::one(cx, a, f64::abs, false)),
    function("factorial", Sig::One, integers::factorial),
    function("floor", Sig::One, real::floor),
    function("fma", Sig::Positional(3, 3), real::fma),
    function("fmod", Sig::Positional(2, 2), |cx, a| real::two(cx, a, real::c_fmod)),
    function("frexp", Sig::One, real::frexp),
    function("fsum", Sig::One, sums::fsum),
    function("gamma", Sig::One, gamma::gamma),
    function("gcd", Sig::VarArgs, integers::gcd),
    function("hypot", Sig::VarArgs, sums::hypot),
    function("isclose", Sig::Named(&["a", "b", "rel_tol", "abs_tol"], 2, 2), real::isclose),
    function("isfinite", Sig::One, |cx, a| real::test(cx, a, f64::is_finite)),
    function("isinf", Sig::One, |cx, a| real::test(cx, a, f64::is_infinite)),
    function("isnan", Sig::One, |cx, a| real::test(cx, a, f64::is_nan)),
    function("isqrt", Sig::One, integers::isqrt),
    function("lcm", Sig::VarArgs, integers::lcm),
    function("ldexp", Sig::Positional(2, 2), real::ldexp),
    function("lgamma", Sig::One, gamma::lgamma),
    function("log", Sig::Positional(1, 2), real::log),
    function("log10", Sig::One, |cx, a| real::logarithm(cx, a.get(0), f64::log10)),
    function("log1p", Sig::One, |cx, a| real::one(cx, a, f64::ln_1p, false)),
    function("log2", Sig::One, |cx, a| real::logarithm(cx, a.get(0), f64::log2)),
    function("modf", Sig::One, real::modf),
    function("nextafter", Sig::Raw, real::nextafter),
    function("perm", Sig::Positional(1, 2), integers::perm),
    function("pow", Sig::Positional(2, 2), real::pow),
    function("prod", Sig::Raw, sums::prod),
    function("radians", Sig::One, |cx, a| real::plain(cx, a, |x| x * (std::f64::consts::PI / 180.0))),
    function("remainder", Sig::Positional(2, 2), |cx, a| real::two(cx, a, real::c_remainder)),
    function("sin", Sig::One, |cx, a| real::one(cx, a, f64::sin, false)),
    function("sinh", Sig::One, |cx, a| real::one(cx, a, f64::sinh, true)),
    function("sqrt", Sig::One, |cx, a| real::one(cx, a, f64::sqrt, false)),
    function("sumprod", Sig::Positional(2, 2), sums::sumprod),
    function("tan", Sig::One, |cx, a| real::one(cx, a, f64::tan, false)),
    function("tanh", Sig::One, |cx, a| real::one(cx, a, f64::tanh, false)),
    function("trunc", Sig::One, real::trunc),
    function("ulp", Sig::One, |cx, a| real::plain(cx, a, real::ulp_of)),
];

fn fill(vm: &mut Vm, namespace: ObjId) {
    use std::f64::consts;
    let constants =
        [("pi", consts::PI), ("e", consts::E), ("tau", consts::TAU), ("inf", f64::INFINITY), ("nan", f64::NAN)];
    for (text, number) in constants {
        let name = vm.heap.intern(text);
        vm.heap.dict_set_name(namespace, name, Value::Float(number));
    }
}
