//! Arguments of the methods of `str`, `bytes` and `bytearray`, with CPython's messages, and the methods that all three
//! have in the same form.

use crate::code::{BinaryOperator, Comparison};
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, method};
use crate::text::TextError;
use crate::value::Value;

impl Cx<'_> {
    /// An argument that has to be a string: "replace() argument 1 must be str, not int". `which` is `argument 1`, `argument`
    /// or `argument 'encoding'`.
    ///
    /// # Errors
    /// `TypeError`
    pub fn str_arg(&mut self, value: Value, shown: &str, which: &str) -> Result<String, Box<Stop>> {
        match self.as_str(value) {
            Some(text) => Ok(text.to_owned()),
            None => {
                let kind = if value.is_none() { "None".to_owned() } else { self.type_name(value) };
                Err(self.type_error(format!("{shown}() {which} must be str, not {kind}")))
            }
        }
    }

    /// An optional bound of a search.
    ///
    /// # Errors
    /// TypeError for what is no integer, and those of `__index__`.
    pub fn bounds_args(&mut self, args: &Args<'_>, first: usize) -> Result<(Option<i64>, Option<i64>), Box<Stop>> {
        let start = self.slice_index(args.get(first))?;
        let end = self.slice_index(args.get(first + 1))?;
        Ok((start, end))
    }

    /// An optional count.
    ///
    /// # Errors
    /// As [`Cx::size_arg`].
    pub fn count_arg(&mut self, value: Option<Value>, default: i64) -> Result<i64, Box<Stop>> {
        value.map_or(Ok(default), |value| self.size_arg(value))
    }

    /// A computed string as a value, or its error raised.
    ///
    /// # Errors
    /// That of the computation.
    pub fn text_result(&mut self, text: Result<String, TextError>) -> NativeResult {
        match text {
            Ok(text) => {
                self.reserve(text.len())?;
                Ok(self.new_str(text))
            }
            Err(error) => Err(self.text_error(error)),
        }
    }

    /// Strings as a list.
    pub fn list_of_strs(&mut self, parts: Vec<String>) -> Value {
        let parts = parts.into_iter().map(|part| self.new_str(part)).collect();
        self.new_list(parts)
    }
}

/// `__add__`
pub const ADD: NativeDef =
    method("__add__", Sig::One, |cx, args| cx.sequence_binary(BinaryOperator::Add, false, args.get(0), args.get(1)));
/// `__mul__`
pub const MUL: NativeDef = method("__mul__", Sig::One, repeat);
/// `__rmul__`
pub const RMUL: NativeDef = method("__rmul__", Sig::One, repeat);
/// `__getnewargs__`
pub const GETNEWARGS: NativeDef = method("__getnewargs__", Sig::NoArgs, |cx, args| Ok(cx.new_tuple(vec![args.get(0)])));

fn repeat(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let count = cx.size_arg(args.get(1))?;
    let sequence = args.get(0);
    match sequence {
        Value::Obj(id) => cx.repeat_times(sequence, id, usize::try_from(count).unwrap_or(0), false),
        _ => Ok(Value::NotImplemented),
    }
}

fn compare<const OP: u8>(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let op = Comparison::from_number(u32::from(OP)).expect("a comparison");
    cx.compare_native(op, args.get(0), args.get(1))
}

macro_rules! comparisons {
    ($($constant:ident $op:ident $name:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub const $constant: NativeDef = method($name, Sig::One, compare::<{ Comparison::$op as u8 }>);
        )+
    };
}

comparisons! {
    LT Less "__lt__";
    LE LessEqual "__le__";
    EQ Equal "__eq__";
    NE NotEqual "__ne__";
    GT Greater "__gt__";
    GE GreaterEqual "__ge__";
}
