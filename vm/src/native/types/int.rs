//! `int` and `bool` (`Objects/longobject.c`, `boolobject.c`).

use super::number_methods::{self as n, INT};
use crate::names::name;
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Stop, class_method, constructor, method};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::text::bigint::{bit_count, round_to_digits};
use crate::text::int_bytes::{ByteOrder, int_from_bytes, int_to_bytes};
use crate::text::int_float::{float_to_int, int_to_float};
use crate::text::int_parse::{parse_int_bytes, parse_int_str};
use crate::text::{Int, IntRef};
use crate::value::{ObjId, Value};

/// `int`
pub const TABLE: TypeTable = TypeTable { class: c::INT, methods: METHODS, getsets: GETSETS };
/// `bool`
pub const BOOL: TypeTable = TypeTable { class: c::BOOL, methods: BOOL_METHODS, getsets: &[] };

const METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new),
    method("conjugate", Sig::NoArgs, itself),
    method("bit_length", Sig::NoArgs, |cx, args| Ok(Value::Int(this(cx, args).bit_length() as i64))),
    method("bit_count", Sig::NoArgs, |cx, args| Ok(Value::Int(bit_count(this(cx, args)) as i64))),
    method("to_bytes", Sig::Named(&["length", "byteorder", "signed"], 0, 2), to_bytes),
    class_method("from_bytes", Sig::Named(&["bytes", "byteorder", "signed"], 1, 2), from_bytes),
    method("as_integer_ratio", Sig::NoArgs, as_integer_ratio),
    method("is_integer", Sig::NoArgs, |_, _| Ok(Value::Bool(true))),
    method("__trunc__", Sig::NoArgs, itself),
    method("__floor__", Sig::NoArgs, itself),
    method("__ceil__", Sig::NoArgs, itself),
    method("__int__", Sig::NoArgs, itself),
    method("__index__", Sig::NoArgs, itself),
    method("__round__", Sig::Positional(0, 1), round),
    method("__float__", Sig::NoArgs, to_float),
    method("__getnewargs__", Sig::NoArgs, getnewargs),
    n::BOOL,
    n::HASH,
    n::REPR,
    n::FORMAT,
    n::NEG,
    n::POS,
    n::ABS,
    n::INVERT,
    n::add::<INT>(),
    n::radd::<INT>(),
    n::sub::<INT>(),
    n::rsub::<INT>(),
    n::mul::<INT>(),
    n::rmul::<INT>(),
    n::truediv::<INT>(),
    n::rtruediv::<INT>(),
    n::floordiv::<INT>(),
    n::rfloordiv::<INT>(),
    n::modulo::<INT>(),
    n::rmodulo::<INT>(),
    n::div_mod::<INT>(),
    n::rdiv_mod::<INT>(),
    n::pow::<INT>(),
    n::rpow::<INT>(),
    n::lshift::<INT>(),
    n::rlshift::<INT>(),
    n::rshift::<INT>(),
    n::rrshift::<INT>(),
    n::and::<INT>(),
    n::rand::<INT>(),
    n::or::<INT>(),
    n::ror::<INT>(),
    n::xor::<INT>(),
    n::rxor::<INT>(),
    n::lt::<INT>(),
    n::le::<INT>(),
    n::eq::<INT>(),
    n::ne::<INT>(),
    n::gt::<INT>(),
    n::ge::<INT>(),
];

const BOOL_METHODS: &[NativeDef] = &[
    constructor(Sig::Raw, new_bool),
    n::REPR,
    n::INVERT,
    n::and::<INT>(),
    n::rand::<INT>(),
    n::or::<INT>(),
    n::ror::<INT>(),
    n::xor::<INT>(),
    n::rxor::<INT>(),
];

const GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "real", get: itself, set: None },
    GetSetDef { name: "imag", get: |_, _| Ok(Value::Int(0)), set: None },
    GetSetDef { name: "numerator", get: itself, set: None },
    GetSetDef { name: "denominator", get: |_, _| Ok(Value::Int(1)), set: None },
];

fn this<'c>(cx: &'c Cx<'_>, args: &Args<'_>) -> IntRef<'c> {
    cx.int_ref(args.get(0)).unwrap_or(IntRef::Small(0))
}

/// The integer as an `int`, not a `bool` or an instance of a derived class.
fn itself(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let n = this(cx, args).to_int();
    Ok(cx.from_int(n))
}

fn new(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.check_new(c::INT, args.get(0))?;
    let [x, base] = int_arguments(cx, args)?;
    if !base.is_bound() {
        return if x.is_bound() { cx.to_int(x) } else { Ok(Value::Int(0)) };
    }
    if !x.is_bound() {
        return Err(cx.type_error("int() missing string argument"));
    }
    let base = match cx.index(base)? {
        Int::Small(base) if base == 0 || (2..=36).contains(&base) => base as u32,
        _ => return Err(cx.value_error("int() base must be >= 2 and <= 36, or 0")),
    };
    match cx.parse_int(x, base) {
        Some(parsed) => parsed,
        None => Err(cx.type_error("int() can't convert non-string with explicit base")),
    }
}

/// `x` and `base`; `Unbound` where nothing was given.
fn int_arguments(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<[Value; 2], Box<Stop>> {
    let given = args.len() - 1;
    if given + args.kw.len() > 2 && given > 2 {
        return Err(cx.type_error(format!("int expected at most 2 arguments, got {given}")));
    }
    let mut base = args.get(2);
    for (key, value) in args.kw {
        let key = cx.vm.heap.name(*key).to_owned();
        if key != "base" {
            return Err(cx.type_error(format!("int() got an unexpected keyword argument '{key}'")));
        }
        if base.is_bound() {
            return Err(cx.type_error("argument for int() given by name ('base') and position (2)"));
        }
        base = *value;
    }
    Ok([args.get(1), base])
}

fn new_bool(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.check_new(c::BOOL, args.get(0))?;
    match cx.only_argument(args, "bool")? {
        Some(value) => Ok(Value::Bool(cx.truth(value)?)),
        None => Ok(Value::Bool(false)),
    }
}

impl Cx<'_> {
    /// Checks the class that `__new__` of a builtin class was called with.
    ///
    /// # Errors
    /// TypeError if it is no class derived from the builtin one.
    pub fn check_new(&mut self, builtin: ObjId, class: Value) -> Result<(), Box<Stop>> {
        let own = self.vm.heap.class(builtin).name.clone();
        let Some(given) = self.vm.as_class(class) else {
            let kind = self.type_name(class);
            return Err(self.type_error(format!("{own}.__new__(X): X is not a type object ({kind})")));
        };
        if !self.vm.heap.is_subclass(given, builtin) {
            let given = self.vm.heap.class(given).name.clone();
            return Err(self.type_error(format!("{own}.__new__({given}): {given} is not a subtype of {own}")));
        }
        if builtin == c::INT && self.vm.heap.is_subclass(given, c::BOOL) {
            return Err(self.type_error("int.__new__(bool) is not safe, use bool.__new__()"));
        }
        Ok(())
    }

    /// The only argument of a constructor, the class aside.
    ///
    /// # Errors
    /// TypeError for keywords and for more than one.
    pub fn only_argument(&mut self, args: &Args<'_>, shown: &str) -> Result<Option<Value>, Box<Stop>> {
        if !args.kw.is_empty() {
            return Err(self.type_error(format!("{shown}() takes no keyword arguments")));
        }
        if args.len() > 2 {
            let given = args.len() - 1;
            return Err(self.type_error(format!("{shown} expected at most 1 argument, got {given}")));
        }
        Ok(args.given(1))
    }

    /// `int(value)`
    ///
    /// # Errors
    /// TypeError, ValueError and OverflowError as the value has it, and those of `__int__`, `__index__`, `__trunc__`.
    pub fn to_int(&mut self, value: Value) -> NativeResult {
        if let Value::Int(_) = value {
            return Ok(value);
        }
        if let Value::Float(f) = value {
            let n = float_to_int(f).map_err(|error| self.text_error(error))?;
            return Ok(self.from_int(n));
        }
        if let Some(method) = self.lookup_special(value, name::INT) {
            let answer = self.call_found(method, value, &[])?;
            return self.int_answer(answer, "__int__");
        }
        if let Some(n) = self.index_or_none(value)? {
            return Ok(self.from_int(n));
        }
        if let Some(method) = self.lookup_special(value, name::TRUNC) {
            let answer = self.call_found(method, value, &[])?;
            return match self.index_or_none(answer)? {
                Some(n) => Ok(self.from_int(n)),
                None => {
                    let kind = self.type_name(answer);
                    Err(self.type_error(format!("__trunc__ returned non-Integral (type {kind})")))
                }
            };
        }
        match self.parse_int(value, 10) {
            Some(parsed) => parsed,
            None => {
                let kind = self.type_name(value);
                let wanted = "a string, a bytes-like object or a real number";
                Err(self.type_error(format!("int() argument must be {wanted}, not '{kind}'")))
            }
        }
    }

    fn int_answer(&mut self, answer: Value, method: &str) -> NativeResult {
        match self.int_ref(answer).map(IntRef::to_int) {
            Some(n) => Ok(self.from_int(n)),
            None => {
                let kind = self.type_name(answer);
                Err(self.type_error(format!("{method} returned non-int (type {kind})")))
            }
        }
    }

    /// The integer that a string or bytes-like object spells; `None` for other values.
    fn parse_int(&mut self, value: Value, base: u32) -> Option<NativeResult> {
        let most = self.int_digits_max();
        let parsed = match (self.as_str(value), self.bytes_ref(value)) {
            (Some(text), _) => parse_int_str(text, base, most),
            (None, Some(bytes)) => parse_int_bytes(bytes, base, most),
            (None, None) => return None,
        };
        Some(match parsed {
            Ok(n) => Ok(self.from_int(n)),
            Err(error) => Err(self.text_error(error)),
        })
    }

    /// The byte order that an argument names.
    fn byte_order(&mut self, value: Option<Value>, shown: &str) -> Result<ByteOrder, Box<Stop>> {
        let Some(value) = value else { return Ok(ByteOrder::Big) };
        match self.as_str(value) {
            Some("little") => Ok(ByteOrder::Little),
            Some("big") => Ok(ByteOrder::Big),
            Some(_) => Err(self.value_error("byteorder must be either 'little' or 'big'")),
            None => {
                let kind = self.type_name(value);
                Err(self.type_error(format!("{shown}() argument 'byteorder' must be str, not {kind}")))
            }
        }
    }

    /// The bytes of a bytes-like object, of an object with `__bytes__`, or of an iterable of integers.
    ///
    /// # Errors
    /// TypeError for other objects, ValueError for integers that are no bytes.
    pub fn bytes_from_object(&mut self, value: Value) -> Result<Vec<u8>, Box<Stop>> {
        if let Some(method) = self.lookup_special(value, name::BYTES).filter(|m| Self::is_python_method(*m)) {
            let answer = self.call_found(method, value, &[])?;
            return match (self.object(self.vm.heap.unwrap_payload(answer)), self.bytes_ref(answer)) {
                (Some(Object::Bytes(_)), Some(bytes)) => Ok(bytes.to_vec()),
                _ => {
                    let kind = self.type_name(answer);
                    Err(self.type_error(format!("__bytes__ returned non-bytes (type {kind})")))
                }
            };
        }
        if let Some(bytes) = self.bytes_ref(value) {
            return Ok(bytes.to_vec());
        }
        if self.as_str(value).is_some() {
            let kind = self.type_name(value);
            return Err(self.type_error(format!("cannot convert '{kind}' object to bytes")));
        }
        self.bytes_of_iterable(value, "bytes")
    }
}

fn to_bytes(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let length = match args.given(1) {
        Some(length) => cx.size_arg(length)?,
        None => 1,
    };
    let order = cx.byte_order(args.given(2), "to_bytes")?;
    let signed = match args.given(3) {
        Some(signed) => cx.truth(signed)?,
        None => false,
    };
    cx.reserve(usize::try_from(length).unwrap_or(0))?;
    match int_to_bytes(this(cx, args), length, order, signed) {
        Ok(bytes) => Ok(cx.new_bytes(bytes)),
        Err(error) => Err(cx.text_error(error)),
    }
}

fn from_bytes(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let order = cx.byte_order(args.given(2), "from_bytes")?;
    let signed = match args.given(3) {
        Some(signed) => cx.truth(signed)?,
        None => false,
    };
    let bytes = cx.bytes_from_object(args.get(1))?;
    let n = cx.from_int(int_from_bytes(&bytes, order, signed));
    match args.get(0) {
        Value::Obj(c::INT) => Ok(n),
        class => cx.tail_call(class, &[n]),
    }
}

fn as_integer_ratio(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let n = itself(cx, args)?;
    Ok(cx.new_tuple(vec![n, Value::Int(1)]))
}

fn getnewargs(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let n = itself(cx, args)?;
    Ok(cx.new_tuple(vec![n]))
}

fn to_float(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let float = int_to_float(this(cx, args));
    float.map(Value::Float).map_err(|error| cx.text_error(error))
}

fn round(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(digits) = args.given(1).filter(|digits| !digits.is_none()) else { return itself(cx, args) };
    let digits = cx.index(digits)?;
    match round_to_digits(this(cx, args), digits.as_ref()) {
        Ok(n) => Ok(cx.from_int(n)),
        Err(error) => Err(cx.text_error(error)),
    }
}
