//! The operators of `int`, `float` and `complex` as methods (`int.__add__`, `float.__rsub__`, …).
//!
//! They get the builtin number itself as first argument (the machinery unwraps instances of derived classes) and compute;
//! operands that the type does not take give NotImplemented, so that nothing comes back here.

use crate::code::{BinaryOperator, Comparison};
use crate::native::protocol::numbers::{Number, number};
use crate::native::protocol::unary::UnaryOperator;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, method};
use crate::value::Value;

/// The operands that a type takes: `int` takes ints, `float` ints and floats, `complex` all numbers.
pub const INT: u8 = 0;
/// See [`INT`].
pub const FLOAT: u8 = 1;
/// See [`INT`].
pub const COMPLEX: u8 = 2;

fn rank(cx: &Cx<'_>, value: Value) -> Option<u8> {
    Some(match number(&cx.vm.heap, value)? {
        Number::Int(_) => INT,
        Number::Float(_) => FLOAT,
        Number::Complex(..) => COMPLEX,
    })
}

fn operand<const RANK: u8>(cx: &Cx<'_>, value: Value) -> Option<Value> {
    let inner = cx.vm.heap.unwrap_payload(value);
    rank(cx, inner).filter(|rank| *rank <= RANK).map(|_| inner)
}

fn forward<const RANK: u8, const OP: u8>(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(other) = operand::<RANK>(cx, args.get(1)) else { return Ok(Value::NotImplemented) };
    let op = BinaryOperator::from_number(u32::from(OP)).expect("an operator");
    cx.number_binary(op, args.get(0), other)
}

fn reflected<const RANK: u8, const OP: u8>(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(other) = operand::<RANK>(cx, args.get(1)) else { return Ok(Value::NotImplemented) };
    let op = BinaryOperator::from_number(u32::from(OP)).expect("an operator");
    cx.number_binary(op, other, args.get(0))
}

fn comparison<const RANK: u8, const OP: u8>(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(other) = operand::<RANK>(cx, args.get(1)) else { return Ok(Value::NotImplemented) };
    let op = Comparison::from_number(u32::from(OP)).expect("a comparison");
    cx.compare_native(op, args.get(0), other)
}

fn power<const RANK: u8>(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(modulus) = args.given(2).filter(|m| !m.is_none()) else {
        return forward::<RANK, { BinaryOperator::Power as u8 }>(cx, args);
    };
    let answer = cx.power_modulo_native(args.get(0), args.get(1), modulus)?;
    Ok(answer.unwrap_or(Value::NotImplemented))
}

fn reflected_power<const RANK: u8>(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    reflected::<RANK, { BinaryOperator::Power as u8 }>(cx, args)
}

fn divmod<const RANK: u8>(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match operand::<RANK>(cx, args.get(1)) {
        Some(other) => cx.divmod_native(args.get(0), other),
        None => Ok(Value::NotImplemented),
    }
}

fn reflected_divmod<const RANK: u8>(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match operand::<RANK>(cx, args.get(1)) {
        Some(other) => cx.divmod_native(other, args.get(0)),
        None => Ok(Value::NotImplemented),
    }
}

fn unary(cx: &mut Cx<'_>, args: &Args<'_>, op: UnaryOperator) -> NativeResult {
    let answer = cx.unary_native(op, args.get(0))?;
    Ok(answer.unwrap_or(Value::NotImplemented))
}

/// `__bool__`
pub const BOOL: NativeDef = method("__bool__", Sig::NoArgs, |cx, args| Ok(Value::Bool(cx.truth(args.get(0))?)));
/// `__hash__`
pub const HASH: NativeDef = method("__hash__", Sig::NoArgs, |cx, args| Ok(Value::Int(cx.hash(args.get(0))?)));
/// `__repr__`
pub const REPR: NativeDef = method("__repr__", Sig::NoArgs, |cx, args| cx.repr_value(args.get(0)));
/// `__format__`
pub const FORMAT: NativeDef = method("__format__", Sig::One, |cx, args| {
    let Some(spec) = cx.as_str(args.get(1)).map(str::to_owned) else {
        let kind = cx.type_name(args.get(1));
        return Err(cx.type_error(format!("__format__() argument must be str, not {kind}")));
    };
    let text = cx.format_native(args.get(0), &spec)?;
    Ok(cx.new_str(text))
});
/// `__neg__`
pub const NEG: NativeDef = method("__neg__", Sig::NoArgs, |cx, args| unary(cx, args, UnaryOperator::Negative));
/// `__pos__`
pub const POS: NativeDef = method("__pos__", Sig::NoArgs, |cx, args| unary(cx, args, UnaryOperator::Positive));
/// `__abs__`
pub const ABS: NativeDef = method("__abs__", Sig::NoArgs, |cx, args| unary(cx, args, UnaryOperator::Abs));
/// `__invert__`
pub const INVERT: NativeDef = method("__invert__", Sig::NoArgs, |cx, args| unary(cx, args, UnaryOperator::Invert));

macro_rules! operators {
    ($($constant:ident $reflected_constant:ident $op:ident $name:literal $reflected_name:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub const fn $constant<const RANK: u8>() -> NativeDef {
                method($name, Sig::One, forward::<RANK, { BinaryOperator::$op as u8 }>)
            }
            #[doc = concat!("`", $reflected_name, "`")]
            pub const fn $reflected_constant<const RANK: u8>() -> NativeDef {
                method($reflected_name, Sig::One, reflected::<RANK, { BinaryOperator::$op as u8 }>)
            }
        )+
    };
}

operators! {
    add radd Add "__add__" "__radd__";
    sub rsub Subtract "__sub__" "__rsub__";
    mul rmul Multiply "__mul__" "__rmul__";
    truediv rtruediv TrueDivide "__truediv__" "__rtruediv__";
    floordiv rfloordiv FloorDivide "__floordiv__" "__rfloordiv__";
    modulo rmodulo Remainder "__mod__" "__rmod__";
    lshift rlshift Lshift "__lshift__" "__rlshift__";
    rshift rrshift Rshift "__rshift__" "__rrshift__";
    and rand And "__and__" "__rand__";
    or ror Or "__or__" "__ror__";
    xor rxor Xor "__xor__" "__rxor__";
}

macro_rules! comparisons {
    ($($constant:ident $op:ident $name:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub const fn $constant<const RANK: u8>() -> NativeDef {
                method($name, Sig::One, comparison::<RANK, { Comparison::$op as u8 }>)
            }
        )+
    };
}

comparisons! {
    lt Less "__lt__";
    le LessEqual "__le__";
    eq Equal "__eq__";
    ne NotEqual "__ne__";
    gt Greater "__gt__";
    ge GreaterEqual "__ge__";
}

/// `__pow__`
pub const fn pow<const RANK: u8>() -> NativeDef {
    method("__pow__", Sig::Positional(1, 2), power::<RANK>)
}

/// `__rpow__`
pub const fn rpow<const RANK: u8>() -> NativeDef {
    method("__rpow__", Sig::Positional(1, 2), reflected_power::<RANK>)
}

/// `__divmod__`
pub const fn div_mod<const RANK: u8>() -> NativeDef {
    method("__divmod__", Sig::One, divmod::<RANK>)
}

/// `__rdivmod__`
pub const fn rdiv_mod<const RANK: u8>() -> NativeDef {
    method("__rdivmod__", Sig::One, reflected_divmod::<RANK>)
}
