//! Functions of integers of any size; the arithmetic is in `text::int_math`.

use crate::native::cx::INT_BITS_MAX;
use crate::native::{Args, Cx, NativeResult};
use crate::text::error::TextError;
use crate::text::{Int, int_math};

fn value(cx: &mut Cx<'_>, result: Result<Int, TextError>) -> NativeResult {
    match result {
        Ok(int) => Ok(cx.from_int(int)),
        Err(error) => Err(cx.text_error(error)),
    }
}

/// `math.comb(n, k)`
pub(super) fn comb(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (n, k) = (cx.index(args.get(0))?, cx.index(args.get(1))?);
    value(cx, int_math::combinations(n.as_ref(), k.as_ref(), INT_BITS_MAX))
}

/// `math.perm(n, k=None)`
pub(super) fn perm(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(k) = args.given(1).filter(|k| !k.is_none()) else { return factorial(cx, args) };
    let (n, k) = (cx.index(args.get(0))?, cx.index(k)?);
    value(cx, int_math::permutations(n.as_ref(), k.as_ref(), INT_BITS_MAX))
}

/// `math.factorial(n)`
pub(super) fn factorial(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let n = cx.index(args.get(0))?;
    value(cx, int_math::factorial(n.as_ref(), INT_BITS_MAX))
}

/// `math.isqrt(n)`
pub(super) fn isqrt(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let n = cx.index(args.get(0))?;
    value(cx, int_math::isqrt(n.as_ref()))
}

/// `math.gcd(*integers)`
pub(super) fn gcd(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let mut result = Int::Small(0);
    for v in args.pos {
        let n = cx.index(*v)?;
        result = int_math::gcd(result.as_ref(), n.as_ref());
    }
    Ok(cx.from_int(result))
}

/// `math.lcm(*integers)`
pub(super) fn lcm(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let mut result = Int::Small(1);
    for v in args.pos {
        let n = cx.index(*v)?;
        result = match int_math::lcm(result.as_ref(), n.as_ref(), INT_BITS_MAX) {
            Ok(result) => result,
            Err(error) => return Err(cx.text_error(error)),
        };
    }
    Ok(cx.from_int(result))
}
