//! `float` and `complex` (`Objects/floatobject.c`, `complexobject.c`).

use super::number_methods::{self as n, COMPLEX, FLOAT};
use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Stop, class_method, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::text::TextError;
use crate::text::float_parse::{float_from_hex, parse_complex_str, parse_float_bytes, parse_float_str};
use crate::text::float_repr::float_hex;
use crate::text::int_float::{as_integer_ratio, float_to_int, round_to_digits, round_to_int};
use crate::value::Value;

/// `float`
pub const TABLE: TypeTable = TypeTable { class: c::FLOAT, methods: METHODS, getsets: GETSETS };
/// `complex`
pub const COMPLEX_TABLE: TypeTable =
    TypeTable { class: c::COMPLEX, methods: COMPLEX_METHODS, getsets: COMPLEX_GETSETS };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    class_method("fromhex", Sig::One, fromhex),
    method("hex", Sig::NoArgs, hex),
    method("conjugate", Sig::NoArgs, itself),
    method("as_integer_ratio", Sig::NoArgs, ratio),
    method("is_integer", Sig::NoArgs, |_, args| Ok(Value::Bool(this(args).is_finite() && this(args).fract() == 0.0))),
    method("__float__", Sig::NoArgs, itself),
    method("__int__", Sig::NoArgs, |cx, args| whole(cx, this(args))),
    method("__trunc__", Sig::NoArgs, |cx, args| whole(cx, this(args))),
    method("__floor__", Sig::NoArgs, |cx, args| whole(cx, this(args).floor())),
    method("__ceil__", Sig::NoArgs, |cx, args| whole(cx, this(args).ceil())),
    method("__round__", Sig::Positional(0, 1), round),
    method("__getnewargs__", Sig::NoArgs, |cx, args| Ok(cx.new_tuple(vec![Value::Float(this(args))]))),
    n::BOOL,
    n::HASH,
    n::REPR,
    n::FORMAT,
    n::NEG,
    n::POS,
    n::ABS,
    n::add::<FLOAT>(),
    n::radd::<FLOAT>(),
    n::sub::<FLOAT>(),
    n::rsub::<FLOAT>(),
    n::mul::<FLOAT>(),
    n::rmul::<FLOAT>(),
    n::truediv::<FLOAT>(),
    n::rtruediv::<FLOAT>(),
    n::floordiv::<FLOAT>(),
    n::rfloordiv::<FLOAT>(),
    n::modulo::<FLOAT>(),
    n::rmodulo::<FLOAT>(),
    n::div_mod::<FLOAT>(),
    n::rdiv_mod::<FLOAT>(),
    n::pow::<FLOAT>(),
    n::rpow::<FLOAT>(),
    n::lt::<FLOAT>(),
    n::le::<FLOAT>(),
    n::eq::<FLOAT>(),
    n::ne::<FLOAT>(),
    n::gt::<FLOAT>(),
    n::ge::<FLOAT>(),
];

const GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "real", get: itself, set: None },
    GetSetDef { name: "imag", get: |_, _| Ok(Value::Float(0.0)), set: None },
];

const COMPLEX_METHODS: &[NativeDef] = &[
    constructor(Sig::Named(&["real", "imag"], 0, 2), new_complex),
    method("conjugate", Sig::NoArgs, |cx, args| {
        let (re, im) = parts(cx, args.get(0));
        Ok(cx.vm.heap.new_complex(re, -im))
    }),
    method("__complex__", Sig::NoArgs, |_, args| Ok(args.get(0))),
    method("__getnewargs__", Sig::NoArgs, |cx, args| {
        let (re, im) = parts(cx, args.get(0));
        Ok(cx.new_tuple(vec![Value::Float(re), Value::Float(im)]))
    }),
    n::BOOL,
    n::HASH,
    n::REPR,
    n::FORMAT,
    n::NEG,
    n::POS,
    n::ABS,
    n::add::<COMPLEX>(),
    n::radd::<COMPLEX>(),
    n::sub::<COMPLEX>(),
    n::rsub::<COMPLEX>(),
    n::mul::<COMPLEX>(),
    n::rmul::<COMPLEX>(),
    n::truediv::<COMPLEX>(),
    n::rtruediv::<COMPLEX>(),
    n::pow::<COMPLEX>(),
    n::rpow::<COMPLEX>(),
    n::lt::<COMPLEX>(),
    n::le::<COMPLEX>(),
    n::eq::<COMPLEX>(),
    n::ne::<COMPLEX>(),
    n::gt::<COMPLEX>(),
    n::ge::<COMPLEX>(),
];

const COMPLEX_GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "real", get: |cx, args| Ok(Value::Float(parts(cx, args.get(0)).0)), set: None },
    GetSetDef { name: "imag", get: |cx, args| Ok(Value::Float(parts(cx, args.get(0)).1)), set: None },
];

fn this(args: &Args<'_>) -> f64 {
    match args.get(0) {
        Value::Float(f) => f,
        _ => 0.0,
    }
}

fn itself(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(cx.vm.heap.unwrap_payload(args.get(0)))
}

fn whole(cx: &mut Cx<'_>, f: f64) -> NativeResult {
    match float_to_int(f) {
        Ok(n) => Ok(cx.from_int(n)),
        Err(error) => Err(cx.text_error(error)),
    }
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.check_new(c::FLOAT, args.get(0))?;
    match cx.only_argument(args, "float")? {
        Some(value) => cx.to_float(value),
        None => Ok(Value::Float(0.0)),
    }
}

impl Cx<'_> {
    /// `float(value)`
    ///
    /// # Errors
    /// TypeError and ValueError as the value has it, OverflowError for huge integers, and those of `__float__`.
    pub fn to_float(&mut self, value: Value) -> NativeResult {
        let parsed = match (self.as_str(value), self.bytes_ref(value)) {
            (Some(text), _) => Some(parse_float_str(text)),
            (None, Some(bytes)) => Some(parse_float_bytes(bytes)),
            (None, None) => None,
        };
        match parsed {
            Some(Some(parsed)) => return Ok(Value::Float(parsed)),
            Some(None) => {
                // As the object shows itself, which `repr` of the text alone would miss for a `bytearray`.
                let shown = self.repr(value)?;
                return Err(self.value_error(format!("could not convert string to float: {shown}")));
            }
            None => {}
        }
        match self.float_or_none(value)? {
            Some(f) => Ok(Value::Float(f)),
            None => {
                let kind = self.type_name(value);
                Err(self.type_error(format!("float() argument must be a string or a real number, not '{kind}'")))
            }
        }
    }

    /// A value as a complex number by `__complex__`, or by `__float__` with imaginary part 0; `None` for other values.
    /// The flag tells whether it was complex.
    fn complex_or_none(&mut self, value: Value) -> Result<Option<(f64, f64, bool)>, Box<Stop>> {
        if let Some(Object::Complex(re, im)) = self.object(self.vm.heap.unwrap_payload(value)) {
            return Ok(Some((re.0, im.0, true)));
        }
        if let Some(method) = self.lookup_special(value, name::COMPLEX) {
            let answer = self.call_found(method, value, &[])?;
            return match self.object(self.vm.heap.unwrap_payload(answer)) {
                Some(Object::Complex(re, im)) => Ok(Some((re.0, im.0, true))),
                _ => {
                    let got = self.type_name(answer);
                    Err(self.type_error(format!("__complex__ returned non-complex (type {got})")))
                }
            };
        }
        Ok(self.float_or_none(value)?.map(|f| (f, 0.0, false)))
    }
}

fn new_complex(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.check_new(c::COMPLEX, args.get(0))?;
    let (real, imag) = (args.given(1), args.given(2));
    if let (Some(only), None) = (real, imag)
        && matches!(cx.object(only), Some(Object::Complex(..)))
    {
        return Ok(only);
    }
    if let Some(text) = real.and_then(|real| cx.as_str(real)) {
        if imag.is_some() {
            return Err(cx.type_error("complex() can't take second arg if first is a string"));
        }
        return match parse_complex_str(text) {
            Ok((re, im)) => Ok(cx.vm.heap.new_complex(re, im)),
            Err(error) => Err(cx.text_error(error)),
        };
    }
    if imag.is_some_and(|imag| cx.as_str(imag).is_some()) {
        return Err(cx.type_error("complex() second arg can't be a string"));
    }
    let (re, re_im, _) = complex_argument(cx, real, "first argument must be a string or a number")?;
    let (im, im_im, im_complex) = complex_argument(cx, imag, "second argument must be a number")?;
    // complex(a, b) is a + b·j, where only parts that are there are added, to keep the signs of zeros.
    let re = if im_complex { re - im_im } else { re };
    let im = if imag.is_none() {
        re_im
    } else if re_im != 0.0 {
        im + re_im
    } else {
        im
    };
    Ok(cx.vm.heap.new_complex(re, im))
}

fn complex_argument(cx: &mut Cx<'_>, value: Option<Value>, wanted: &str) -> Result<(f64, f64, bool), Box<Stop>> {
    let Some(value) = value else { return Ok((0.0, 0.0, false)) };
    match cx.complex_or_none(value)? {
        Some(parts) => Ok(parts),
        None => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!("complex() {wanted}, not '{kind}'")))
        }
    }
}

fn parts(cx: &Cx<'_>, value: Value) -> (f64, f64) {
    match cx.object(cx.vm.heap.unwrap_payload(value)) {
        Some(Object::Complex(re, im)) => (re.0, im.0),
        _ => (0.0, 0.0),
    }
}

fn fromhex(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let parsed: Result<f64, TextError> = match cx.as_str(args.get(1)) {
        Some(text) => float_from_hex(text),
        None => Err(TextError::type_error("bad argument type for built-in operation")),
    };
    let value = parsed.map(Value::Float).map_err(|error| cx.text_error(error))?;
    match args.get(0) {
        Value::Obj(c::FLOAT) => Ok(value),
        class => cx.tail_call(class, &[value]),
    }
}

fn hex(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(cx.new_str(float_hex(this(args))))
}

fn ratio(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    match as_integer_ratio(this(args)) {
        Ok((numerator, denominator)) => {
            let pair = vec![cx.from_int(numerator), cx.from_int(denominator)];
            Ok(cx.new_tuple(pair))
        }
        Err(error) => Err(cx.text_error(error)),
    }
}

fn round(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let rounded = match args.given(1).filter(|digits| !digits.is_none()) {
        Some(digits) => {
            let digits = cx.index(digits)?;
            round_to_digits(this(args), digits.as_ref()).map(Value::Float)
        }
        None => round_to_int(this(args)).map(|n| cx.from_int(n)),
    };
    rounded.map_err(|error| cx.text_error(error))
}
