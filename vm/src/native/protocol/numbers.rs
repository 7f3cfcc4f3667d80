//! Values as numbers: integers of any size, `__index__`, `__float__`.

use crate::heap::Heap;
use crate::names::name;
use crate::native::{Cx, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::text::int_float::int_to_float;
use crate::text::{Int, IntRef};
use crate::value::Value;
use num_bigint::BigInt;

/// A number of a builtin type.
#[derive(Clone, Copy, Debug)]
pub enum Number<'h> {
    /// `int` or `bool`
    Int(IntRef<'h>),
    /// `float`
    Float(f64),
    /// `complex`: real and imaginary part
    Complex(f64, f64),
}

/// The number behind a value of a builtin number type (not looking into instances of derived classes).
#[inline]
pub fn number(heap: &Heap, value: Value) -> Option<Number<'_>> {
    match value {
        Value::Int(i) => Some(Number::Int(IntRef::Small(i))),
        Value::Float(f) => Some(Number::Float(f)),
        Value::Bool(b) => Some(Number::Int(IntRef::Small(i64::from(b)))),
        Value::Obj(id) => match heap.get(id) {
            Object::BigInt(n) => Some(Number::Int(IntRef::Big(n))),
            Object::Complex(re, im) => Some(Number::Complex(re.0, im.0)),
            _ => None,
        },
        _ => None,
    }
}

/// The integer behind an `int`, `bool` or instance of a class derived from `int`.
#[inline]
pub fn int_of(heap: &Heap, value: Value) -> Option<IntRef<'_>> {
    match value {
        Value::Int(i) => Some(IntRef::Small(i)),
        _ => match number(heap, heap.unwrap_payload(value)) {
            Some(Number::Int(n)) => Some(n),
            _ => None,
        },
    }
}

impl Cx<'_> {
    /// The integer behind an `int`, `bool` or instance of a class derived from `int`.
    pub fn int_ref(&self, value: Value) -> Option<IntRef<'_>> {
        int_of(&self.vm.heap, value)
    }

    /// An integer value.
    pub fn from_int(&mut self, n: Int) -> Value {
        match n {
            Int::Small(i) => Value::Int(i),
            Int::Big(n) => Value::Obj(self.vm.heap.alloc(Object::BigInt(Box::new(n)))),
        }
    }

    /// An integer value, unless it would be larger than the simulator computes with.
    ///
    /// # Errors
    /// `MemoryError`
    pub fn from_big(&mut self, n: BigInt) -> Result<Value, Box<Stop>> {
        self.check_bits(n.bits())?;
        Ok(self.new_int(n))
    }

    /// Refuses integers of so many bits if that is beyond what the simulator computes with.
    ///
    /// # Errors
    /// `MemoryError`
    pub fn check_bits(&mut self, bits: u64) -> Result<(), Box<Stop>> {
        if bits > crate::native::cx::INT_BITS_MAX {
            return Err(self.raise_with(c::MEMORY_ERROR, Vec::new()));
        }
        self.reserve((bits / 8) as usize)
    }

    /// Python's `operator.index(value)`.
    ///
    /// # Errors
    /// TypeError "'str' object cannot be interpreted as an integer", and those of `__index__`.
    pub fn index(&mut self, value: Value) -> Result<Int, Box<Stop>> {
        match self.index_or_none(value)? {
            Some(n) => Ok(n),
            None => {
                let message = format!("'{}' object cannot be interpreted as an integer", self.type_name(value));
                Err(self.type_error(message))
            }
        }
    }

    /// As [`Cx::index`]; `None` for values that are no integers in any sense.
    ///
    /// # Errors
    /// Those of `__index__`.
    pub fn index_or_none(&mut self, value: Value) -> Result<Option<Int>, Box<Stop>> {
        if let Value::Int(i) = value {
            return Ok(Some(Int::Small(i)));
        }
        if let Some(n) = self.int_ref(value) {
            return Ok(Some(n.to_int()));
        }
        let Some(answer) = self.call_special(value, name::INDEX, &[])? else { return Ok(None) };
        match self.int_ref(answer) {
            Some(n) => Ok(Some(n.to_int())),
            None => {
                let message = format!("__index__ returned non-int (type {})", self.type_name(answer));
                Err(self.type_error(message))
            }
        }
    }

    /// Whether `operator.index` would accept the value.
    pub fn has_index(&self, value: Value) -> bool {
        self.int_ref(value).is_some() || self.lookup_special(value, name::INDEX).is_some()
    }

    /// An index into a sequence.
    ///
    /// # Errors
    /// IndexError when it does not fit in 64 bits, and those of [`Cx::index`].
    pub fn index_i64(&mut self, value: Value) -> Result<i64, Box<Stop>> {
        match self.index(value)? {
            Int::Small(i) => Ok(i),
            Int::Big(_) => {
                let message = format!("cannot fit '{}' into an index-sized integer", self.type_name(value));
                Err(self.index_error(message))
            }
        }
    }

    /// A count, as an argument of a native function (`Py_ssize_t`).
    ///
    /// # Errors
    /// OverflowError when it does not fit in 64 bits, and those of [`Cx::index`].
    pub fn size_arg(&mut self, value: Value) -> Result<i64, Box<Stop>> {
        match self.index(value)? {
            Int::Small(i) => Ok(i),
            Int::Big(_) => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }

    /// A small number, as an argument of a native function (`int` in C).
    ///
    /// # Errors
    /// OverflowError when it does not fit in 32 bits, and those of [`Cx::index`].
    pub fn int_arg(&mut self, value: Value) -> Result<i32, Box<Stop>> {
        let n = self.index(value)?;
        let small = n.as_ref().to_i64().and_then(|n| i32::try_from(n).ok());
        small.ok_or_else(|| self.overflow_error("Python int too large to convert to C int"))
    }

    /// The value as a float, as functions of real numbers take it.
    ///
    /// # Errors
    /// TypeError "must be real number, not str", OverflowError for huge integers, and those of `__float__`.
    pub fn float_of(&mut self, value: Value) -> Result<f64, Box<Stop>> {
        match self.float_or_none(value)? {
            Some(f) => Ok(f),
            None => {
                let message = format!("must be real number, not {}", self.type_name(value));
                Err(self.type_error(message))
            }
        }
    }

    /// As [`Cx::float_of`]; `None` for values that are no real numbers.
    ///
    /// # Errors
    /// OverflowError for huge integers, and those of `__float__` and `__index__`.
    pub fn float_or_none(&mut self, value: Value) -> Result<Option<f64>, Box<Stop>> {
        let inner = self.vm.heap.unwrap_payload(value);
        match number(&self.vm.heap, inner) {
            Some(Number::Float(f)) => return Ok(Some(f)),
            Some(Number::Int(n)) if inner == value => {
                let f = int_to_float(n);
                return f.map(Some).map_err(|e| self.text_error(e));
            }
            _ => {}
        }
        match self.lookup_special(value, name::FLOAT) {
            Some(method) if Self::is_python_method(method) => {
                let answer = self.call_found(method, value, &[])?;
                self.float_answer(value, answer).map(Some)
            }
            _ => match self.index_or_none(value)? {
                Some(n) => int_to_float(n.as_ref()).map(Some).map_err(|e| self.text_error(e)),
                None => Ok(None),
            },
        }
    }

    fn float_answer(&mut self, value: Value, answer: Value) -> Result<f64, Box<Stop>> {
        match self.vm.heap.unwrap_payload(answer) {
            Value::Float(f) => Ok(f),
            _ => {
                let (of, got) = (self.type_name(value), self.type_name(answer));
                Err(self.type_error(format!("{of}.__float__ returned non-float (type {got})")))
            }
        }
    }
}
