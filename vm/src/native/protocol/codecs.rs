//! `str.encode` and `bytes.decode`: the algorithms of `crate::text::codec` with their errors as exceptions.

use crate::names::name;
use crate::native::{Cx, NativeResult, Stop};
use crate::object::Object;
use crate::object::builtin::class_id as c;
use crate::text::codec::{self, CodecError, Encoding, UnicodeProblem};
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// `text.encode(encoding, errors)`
    ///
    /// # Errors
    /// LookupError for unknown encodings and error handlers, UnicodeEncodeError.
    pub fn encode(&mut self, text: Value, encoding: &str, errors: &str) -> NativeResult {
        let encoding = Encoding::lookup(encoding).map_err(|error| self.text_error(error))?;
        match codec::encode(self.as_str(text).unwrap_or_default(), encoding, errors) {
            Ok(bytes) => {
                self.reserve(bytes.len())?;
                Ok(self.new_bytes(bytes))
            }
            Err(CodecError::Unicode(problem)) => Err(self.unicode_error(&problem, c::UNICODE_ENCODE_ERROR, text)),
            Err(CodecError::Other(error)) => Err(self.text_error(error)),
        }
    }

    /// `bytes.decode(encoding, errors)`; `object` is shown in the exception.
    ///
    /// # Errors
    /// LookupError for unknown encodings and error handlers, UnicodeDecodeError.
    pub fn decode(&mut self, bytes: &[u8], encoding: &str, errors: &str, object: Value) -> NativeResult {
        self.reserve(bytes.len())?;
        let encoding = Encoding::lookup(encoding).map_err(|error| self.text_error(error))?;
        match codec::decode(bytes, encoding, errors) {
            Ok(text) => Ok(self.new_str(text)),
            Err(CodecError::Unicode(problem)) => {
                let whole = problem.object_start == 0 && matches!(self.object(object), Some(Object::Bytes(_)));
                let shown = if whole { object } else { self.new_bytes(&bytes[problem.object_start..]) };
                Err(self.unicode_error(&problem, c::UNICODE_DECODE_ERROR, shown))
            }
            Err(CodecError::Other(error)) => Err(self.text_error(error)),
        }
    }

    fn unicode_error(&mut self, problem: &UnicodeProblem, class: ObjId, object: Value) -> Box<Stop> {
        let encoding = self.vm.heap.new_str(problem.encoding);
        let reason = self.vm.heap.new_str(problem.reason);
        let (start, end) = (Value::Int(problem.start as i64), Value::Int(problem.end as i64));
        let exception = self.vm.new_exception(class, vec![encoding, object, start, end, reason]);
        let fields = [
            (name::ENCODING, encoding),
            (name::OBJECT, object),
            (name::START, start),
            (name::END, end),
            (name::REASON, reason),
        ];
        for (field, value) in fields {
            self.vm.set_exception_field(exception, field, value);
        }
        Box::new(Stop::Raise(exception))
    }
}
