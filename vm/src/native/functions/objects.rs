//! Builtin functions about single objects and numbers: `abs`, `ascii`, `bin`, `callable`, `chr`, `format`, `hash`, `hex`, `id`,
//! `oct`, `ord`, `repr`, `round` (Python/bltinmodule.c).

use crate::names::name;
use crate::native::protocol::unary::UnaryOperator;
use crate::native::{Args, Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::value::Value;

/// `abs(x)`
pub(super) fn abs(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.unary(UnaryOperator::Abs, args.get(0))
}

/// `pow(base, exp, mod=None)`
pub(super) fn pow(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.power_modulo(args.get(0), args.get(1), args.given(2).unwrap_or(Value::None))
}

/// `exit(code=None)` and `quit(code=None)` of the `site` module.
pub(super) fn exit(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let code = args.given(0).unwrap_or(Value::None);
    Err(cx.system_exit(code))
}

impl Cx<'_> {
    /// `SystemExit(code)`
    pub fn system_exit(&mut self, code: Value) -> Box<Stop> {
        self.raise_with(c::SYSTEM_EXIT, vec![code])
    }
}

/// `repr(obj)`
pub(super) fn repr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = cx.repr(args.get(0))?;
    Ok(cx.new_str(text))
}

/// `ascii(obj)`
pub(super) fn ascii(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = cx.ascii(args.get(0))?;
    Ok(cx.new_str(text))
}

/// `format(value, format_spec='')`
pub(super) fn format(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let spec = match args.given(1) {
        Some(spec) => match cx.as_str(spec) {
            Some(spec) => spec.to_owned(),
            None => {
                let kind = cx.type_name(spec);
                return Err(cx.type_error(format!("format() argument 2 must be str, not {kind}")));
            }
        },
        None => String::new(),
    };
    let text = cx.format(args.get(0), &spec)?;
    Ok(cx.new_str(text))
}

/// `hash(obj)`
pub(super) fn hash(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Int(cx.hash(args.get(0))?))
}

/// `id(obj)`
pub(super) fn id(_cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Int(identity(args.get(0))))
}

/// The address of an object; values stored in place get one that depends on the value alone, outside the heap's range.
pub fn identity(v: Value) -> i64 {
    /// Addresses of the values in place: one stretch for each kind.
    const CONSTANTS: i64 = 0x5500_0000_0000;
    const INTS: i64 = 0x5600_0000_0000;
    const FLOATS: i64 = 0x5700_0000_0000;
    const NATIVES: i64 = 0x5800_0000_0000;
    const MASK: i64 = 0xff_ffff_ffff;
    match v {
        Value::Obj(id) => id.address() as i64,
        Value::Unbound => CONSTANTS,
        Value::None => CONSTANTS + 0x20,
        Value::Bool(false) => CONSTANTS + 0x40,
        Value::Bool(true) => CONSTANTS + 0x60,
        Value::NotImplemented => CONSTANTS + 0x80,
        Value::Ellipsis => CONSTANTS + 0xa0,
        Value::Int(i) => INTS + (i.wrapping_mul(32) & MASK),
        Value::Float(f) => FLOATS + ((f.to_bits().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) as i64 & MASK & !0xf),
        Value::Native(n) => NATIVES + 32 * i64::from(n.0),
    }
}

/// `callable(obj)`
pub(super) fn callable(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Bool(cx.is_callable(args.get(0))))
}

impl Cx<'_> {
    /// Whether a value can be called.
    pub fn is_callable(&self, v: Value) -> bool {
        match v {
            Value::Native(_) => true,
            _ => match self.object(v) {
                Some(
                    Object::Function(_)
                    | Object::BoundMethod(..)
                    | Object::Class(_)
                    | Object::StaticMethod(_)
                    | Object::GenericAlias(..),
                ) => true,
                _ => self.lookup_special(v, name::CALL).is_some(),
            },
        }
    }
}

/// `bin(x)`
pub(super) fn bin(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    in_base(cx, args, "0b", 2)
}

/// `oct(x)`
pub(super) fn oct(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    in_base(cx, args, "0o", 8)
}

/// `hex(x)`
pub(super) fn hex(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    in_base(cx, args, "0x", 16)
}

fn in_base(cx: &mut Cx<'_>, args: &Args<'_>, prefix: &str, radix: u32) -> NativeResult {
    let n = cx.index(args.get(0))?;
    let sign = if n.as_ref().is_negative() { "-" } else { "" };
    let text = format!("{sign}{prefix}{}", n.as_ref().magnitude_digits(radix));
    Ok(cx.new_str(text))
}

/// `chr(i)`
pub(super) fn chr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let code = cx.index(args.get(0))?;
    let code = code.as_ref().to_i64().and_then(|i| u32::try_from(i).ok()).filter(|code| *code < 0x11_0000);
    match code.map(char::from_u32) {
        Some(Some(ch)) => Ok(cx.vm.char_str(ch)),
        Some(None) => Err(cx.value_error("chr() of a lone surrogate is not supported")),
        None => Err(cx.value_error("chr() arg not in range(0x110000)")),
    }
}

/// `ord(c)`
pub(super) fn ord(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let inner = cx.vm.heap.unwrap_payload(args.get(0));
    let (code, len) = match cx.object(inner) {
        Some(Object::Str(s)) => (s.text.chars().next().map(u32::from), s.len()),
        Some(Object::Bytes(_) | Object::ByteArray(_)) => {
            let bytes = inner.obj().and_then(|id| cx.vm.heap.bytes(id)).unwrap_or_default();
            (bytes.first().copied().map(u32::from), bytes.len())
        }
        _ => {
            let kind = cx.type_name(args.get(0));
            return Err(cx.type_error(format!("ord() expected string of length 1, but {kind} found")));
        }
    };
    match (code, len) {
        (Some(code), 1) => Ok(Value::Int(i64::from(code))),
        _ => Err(cx.type_error(format!("ord() expected a character, but string of length {len} found"))),
    }
}

/// `round(number, ndigits=None)`
pub(super) fn round(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let digits = args.given(1).filter(|d| !d.is_none());
    let given: Vec<Value> = digits.into_iter().collect();
    match cx.call_special(args.get(0), name::ROUND, &given)? {
        Some(result) => Ok(result),
        None => {
            let kind = cx.type_name(args.get(0));
            Err(cx.type_error(format!("type {kind} doesn't define __round__ method")))
        }
    }
}
