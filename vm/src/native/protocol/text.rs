//! `str()`, `ascii()` and `format()`.

use super::numbers::{Number, number};
use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::text::format_float::{format_complex, format_float};
use crate::text::format_int::format_int;
use crate::text::format_str::format_str;
use crate::text::str_repr::escape_non_ascii;
use crate::value::Value;

impl Cx<'_> {
    /// `str(value)`
    ///
    /// # Errors
    /// Those of `__str__` and `__repr__`.
    pub fn str(&mut self, value: Value) -> Result<String, Box<Stop>> {
        if let Some(text) = self.vm.heap.str(value) {
            return Ok(text.to_owned());
        }
        if let Some(Object::MappingProxy(dict)) = self.object(value) {
            let dict = Value::Obj(*dict);
            return self.repr(dict);
        }
        if !self.is_by_class(value) {
            return self.repr_native(value, None);
        }
        let method = self.lookup_special(value, name::STR);
        if let Some(method) = method.filter(|m| Self::is_python_method(*m)) {
            let answer = self.call_found(method, value, &[])?;
            return match self.as_str(answer) {
                Some(text) => Ok(text.to_owned()),
                None => {
                    let message = format!("__str__ returned non-string (type {})", self.type_name(answer));
                    Err(self.type_error(message))
                }
            };
        }
        if let Some(Value::Native(id)) = method
            && crate::native::registry::native(id).def.name != "__str__"
        {
            // Another builtin method under the name `__str__`, as enumerations with a data type have it.
            let answer = self.run_native(id, &[self.vm.heap.unwrap_payload(value)])?;
            return Ok(self.as_str(answer).unwrap_or_default().to_owned());
        }
        if let Some(Object::Exception(_)) = self.object(value) {
            return self.str_of_exception(value);
        }
        match self.as_str(value) {
            Some(text) if !method.is_some_and(Self::is_object_method) => Ok(text.to_owned()),
            _ => self.repr(value),
        }
    }

    /// `str(value)` as a Python string; a string is given back as it is.
    ///
    /// # Errors
    /// Those of `__str__` and `__repr__`.
    pub fn str_value(&mut self, value: Value) -> NativeResult {
        if self.vm.heap.str(value).is_some() {
            return Ok(value);
        }
        let text = self.str(value)?;
        Ok(self.new_str(text))
    }

    /// `ascii(value)`
    ///
    /// # Errors
    /// Those of `__repr__`.
    pub fn ascii(&mut self, value: Value) -> Result<String, Box<Stop>> {
        Ok(escape_non_ascii(&self.repr(value)?))
    }

    /// `format(value, spec)`
    ///
    /// # Errors
    /// ValueError for a format the type does not have, and those of `__format__`.
    pub fn format(&mut self, value: Value, spec: &str) -> Result<String, Box<Stop>> {
        if !self.is_by_class(value) {
            return self.format_native(value, spec);
        }
        let method = self.lookup_special(value, name::FORMAT);
        if let Some(method) = method.filter(|m| Self::is_python_method(*m)) {
            let spec = self.new_str(spec);
            let answer = self.call_found(method, value, &[spec])?;
            return match self.as_str(answer) {
                Some(text) => Ok(text.to_owned()),
                None => {
                    let message = format!("__format__ must return a str, not {}", self.type_name(answer));
                    Err(self.type_error(message))
                }
            };
        }
        self.format_native(value, spec)
    }

    /// The `__format__` of builtin types; instances of derived classes count as what they carry inside.
    ///
    /// # Errors
    /// ValueError for a format the type does not have.
    pub fn format_native(&mut self, value: Value, spec: &str) -> Result<String, Box<Stop>> {
        let inner = self.vm.heap.unwrap_payload(value);
        let is_text = self.vm.heap.str(inner).is_some();
        let kind = number(&self.vm.heap, inner);
        if spec.is_empty() || (kind.is_none() && !is_text) {
            if !spec.is_empty() {
                let kind = self.type_name(value);
                return Err(self.type_error(format!("unsupported format string passed to {kind}.__format__")));
            }
            return self.str(value);
        }
        let kind_name = self.vm.heap.type_name(value);
        let text = match (kind, self.vm.heap.str(inner)) {
            (Some(Number::Int(n)), _) => format_int(n, spec, kind_name, self.int_digits_max()),
            (Some(Number::Float(f)), _) => format_float(f, spec, kind_name),
            (Some(Number::Complex(re, im)), _) => format_complex(re, im, spec, kind_name),
            (None, text) => format_str(text.unwrap_or_default(), spec, kind_name),
        };
        text.map_err(|error| self.text_error(error))
    }
}
