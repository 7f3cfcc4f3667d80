//! Arguments of native functions as Rust numbers: indices, bounds of slices, seconds.
//!
//! Ranges, rounding and messages are those of CPython's converters (Objects/longobject.c, Python/ceval.c `_PyEval_SliceIndex`,
//! Python/pytime.c).

use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::value::Value;
use num_bigint::Sign;

/// How seconds become nanoseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
    /// Towards positive infinity for positive, negative infinity for negative times (`_PyTime_ROUND_UP`, timeouts).
    Up,
    /// To the nearest, ties to even.
    HalfEven,
}

impl Cx<'_> {
    /// Ends the function: its result is that of a function of a library module in Python.
    ///
    /// # Errors
    /// Always stops.
    pub fn tail_library(&mut self, module: &str, function: &str, args: &[Value]) -> NativeResult {
        let mut call = vec![self.new_str(module), self.new_str(function)];
        call.extend_from_slice(args);
        self.tail_prelude("call_library", &call)
    }

    /// The text of an exception, by a function of the library's `traceback`.
    ///
    /// # Errors
    /// `Stop::Call` the first time.
    pub fn exception_text(&mut self, function: &str, exception: Value) -> NativeResult {
        let (module, function) = (self.new_str("traceback"), self.new_str(function));
        let caller = self.vm.prelude("call_library");
        self.call(caller, &[module, function, exception])
    }

    /// `operator.index(v)` as an integer value.
    ///
    /// # Errors
    /// `TypeError` "'X' object cannot be interpreted as an integer".
    pub fn index_value(&mut self, v: Value) -> NativeResult {
        if let Some(int) = self.as_int_value(v) {
            return Ok(int);
        }
        let int = self.index(v)?;
        Ok(self.from_int(int))
    }

    /// The integer that a value is (also a bool, or an instance of a class derived from `int`).
    pub fn as_int_value(&self, v: Value) -> Option<Value> {
        match self.vm.heap.unwrap_payload(v) {
            Value::Int(i) => Some(Value::Int(i)),
            Value::Bool(b) => Some(Value::Int(i64::from(b))),
            big => matches!(self.object(big), Some(Object::BigInt(_))).then_some(big),
        }
    }

    /// A bound of a slice or of a search: anything out of range goes to the end of the range.
    ///
    /// # Errors
    /// `TypeError` "slice indices must be integers or have an __index__ method".
    pub fn bound_or(&mut self, v: Option<Value>, default: i64) -> Result<i64, Box<Stop>> {
        let Some(v) = v else { return Ok(default) };
        if !self.has_index(v) {
            return Err(self.type_error("slice indices must be integers or have an __index__ method"));
        }
        let int = self.index_value(v)?;
        Ok(self.clamped(int))
    }

    /// An integer value moved into 64 bits.
    pub fn clamped(&self, int: Value) -> i64 {
        match int {
            Value::Int(i) => i,
            other => match self.object(other) {
                Some(Object::BigInt(n)) if n.sign() == Sign::Minus => i64::MIN,
                _ => i64::MAX,
            },
        }
    }

    /// Seconds (an int or a float) as nanoseconds (`_PyTime_FromSecondsObject`).
    ///
    /// # Errors
    /// `ValueError` for NaN, `OverflowError`, `TypeError`.
    pub fn nanoseconds(&mut self, seconds: Value, rounding: Rounding) -> Result<i64, Box<Stop>> {
        if let Value::Float(f) = self.vm.heap.unwrap_payload(seconds) {
            if f.is_nan() {
                return Err(self.value_error("Invalid value NaN (not a number)"));
            }
            let ns = round(f * 1e9, rounding);
            if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&ns) {
                return Ok(ns as i64);
            }
            return Err(self.overflow_error("timestamp out of range for platform time_t"));
        }
        let whole = match self.index_value(seconds)? {
            Value::Int(i) => i.checked_mul(1_000_000_000),
            _ => None,
        };
        whole.ok_or_else(|| self.overflow_error("timestamp too large to convert to C PyTime_t"))
    }
}

fn round(x: f64, rounding: Rounding) -> f64 {
    match rounding {
        Rounding::Up if x >= 0.0 => x.ceil(),
        Rounding::Up => x.floor(),
        Rounding::HalfEven => x.round_ties_even(),
    }
}
