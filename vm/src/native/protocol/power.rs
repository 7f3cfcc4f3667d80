//! `pow()` and `divmod()`: the operators that are functions.

use super::arithmetic::Computed;
use super::numbers::{Number, number};
use crate::code::BinaryOperator;
use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::text::{TextError, bigint, float_ops};
use crate::value::Value;

impl Cx<'_> {
    /// `pow(base, exponent, modulus)` with a modulus.
    ///
    /// # Errors
    /// TypeError when no type supports it, and those of the power.
    pub fn power_modulo(&mut self, base: Value, exponent: Value, modulus: Value) -> NativeResult {
        if modulus.is_none() {
            return self.binary(BinaryOperator::Power, base, exponent);
        }
        let method = self.lookup_special(base, name::POW);
        if let Some(method) = method.filter(|m| Self::is_python_method(*m)) {
            let answer = self.call_found(method, base, &[exponent, modulus])?;
            if answer != Value::NotImplemented {
                return Ok(answer);
            }
        } else if let Some(answer) = self.power_modulo_native(base, exponent, modulus)? {
            return Ok(answer);
        }
        let names = [base, exponent, modulus].map(|v| format!("'{}'", self.type_name(v)));
        Err(self.type_error(format!("unsupported operand type(s) for ** or pow(): {}", names.join(", "))))
    }

    /// `pow(base, exponent, modulus)` of builtin numbers; `None` if one is something else.
    ///
    /// # Errors
    /// Those of the power.
    pub fn power_modulo_native(
        &mut self,
        base: Value,
        exponent: Value,
        modulus: Value,
    ) -> Result<Option<Value>, Box<Stop>> {
        let heap = &self.vm.heap;
        let [a, b, c] = [base, exponent, modulus].map(|v| heap.unwrap_payload(v));
        match (number(heap, a), number(heap, b), number(heap, c)) {
            (Some(Number::Int(a)), Some(Number::Int(b)), Some(Number::Int(c))) => {
                let power = bigint::power_modulo(a, b, c);
                match power {
                    Ok(n) => Ok(Some(self.from_int(n))),
                    Err(error) => Err(self.text_error(error)),
                }
            }
            (Some(Number::Complex(..)), _, _) | (_, Some(Number::Complex(..)), _) => {
                Err(self.value_error("complex modulo"))
            }
            (Some(Number::Float(_)), Some(_), _) | (Some(_), Some(Number::Float(_)), _) => {
                Err(self.type_error("pow() 3rd argument not allowed unless all arguments are integers"))
            }
            _ => Ok(None),
        }
    }

    /// `divmod(a, b)`
    ///
    /// # Errors
    /// TypeError when no type supports it, and those of the division.
    pub fn divmod(&mut self, a: Value, b: Value) -> NativeResult {
        let answer = self.binary_by_slots((name::DIVMOD, name::RDIVMOD), a, b, |cx, a, b| cx.divmod_native(a, b))?;
        if answer != Value::NotImplemented {
            return Ok(answer);
        }
        let (left, right) = (self.type_name(a), self.type_name(b));
        Err(self.type_error(format!("unsupported operand type(s) for divmod(): '{left}' and '{right}'")))
    }

    /// `divmod(a, b)` of builtin numbers; `NotImplemented` for others.
    ///
    /// # Errors
    /// Those of the division.
    pub fn divmod_native(&mut self, a: Value, b: Value) -> NativeResult {
        let heap = &self.vm.heap;
        let pair = match (number(heap, a), number(heap, b)) {
            (Some(Number::Int(a)), Some(Number::Int(b))) => {
                bigint::divide_modulo(a, b).map(|(q, r)| [Computed::Int(q), Computed::Int(r)])
            }
            (Some(Number::Complex(..)), _) | (_, Some(Number::Complex(..))) | (None, _) | (_, None) => {
                return Ok(Value::NotImplemented);
            }
            (Some(a), Some(b)) => divmod_floats(a, b),
        };
        match pair {
            Ok([quotient, rest]) => {
                let items = vec![self.make(quotient), self.make(rest)];
                Ok(self.new_tuple(items))
            }
            Err(error) => Err(self.math_error(error)),
        }
    }
}

fn divmod_floats(a: Number<'_>, b: Number<'_>) -> Result<[Computed; 2], TextError> {
    let (quotient, rest) = float_ops::divide_modulo(a.to_float()?, b.to_float()?)?;
    Ok([Computed::Float(quotient), Computed::Float(rest)])
}
