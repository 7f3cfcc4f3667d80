//! `str()` of exceptions (`Objects/exceptions.c`).

use crate::names::name;
use crate::native::{Cx, Stop};
use crate::object::builtin::class_id as c;
use crate::text::str_repr::push_code_escape;
use crate::value::{ObjId, Value};

impl Cx<'_> {
    /// `str()` of an exception by the rules of its builtin class.
    ///
    /// # Errors
    /// Those of `__str__` and `__repr__` of its arguments.
    pub fn str_of_exception(&mut self, exception: Value) -> Result<String, Box<Stop>> {
        let class = self.vm.heap.class_of(exception);
        let is = |cx: &Self, base| cx.vm.heap.is_subclass(class, base);
        if is(self, c::KEY_ERROR) {
            if let Some([key]) = self.vm.heap.tuple(self.vm.exception(exception).args) {
                let key = *key;
                return self.repr(key);
            }
        } else if is(self, c::OS_ERROR) {
            return self.str_of_os_error(exception);
        } else if is(self, c::IMPORT_ERROR) {
            if let Some(text) = self.vm.heap.str(self.field(exception, name::MSG)) {
                return Ok(text.to_owned());
            }
        } else if is(self, c::SYNTAX_ERROR) {
            return self.str_of_syntax_error(exception);
        } else if is(self, c::UNICODE_ERROR) {
            return self.str_of_unicode_error(exception);
        } else if is(self, c::BASE_EXCEPTION_GROUP) {
            return self.str_of_group(exception);
        }
        self.str_of_args(exception)
    }

    /// `BaseException.__str__`
    ///
    /// # Errors
    /// Those of `__str__` and `__repr__` of its arguments.
    pub fn str_of_args(&mut self, exception: Value) -> Result<String, Box<Stop>> {
        let args = self.vm.exception(exception).args;
        match self.vm.heap.tuple(args) {
            Some([]) => Ok(String::new()),
            Some([only]) => {
                let only = *only;
                self.str(only)
            }
            _ => self.repr(args),
        }
    }

    /// A field of a builtin exception class; `Unbound` if it was never set.
    fn field(&self, exception: Value, field: ObjId) -> Value {
        exception.obj().and_then(|id| self.vm.get_slot(id, field)).unwrap_or_default()
    }

    fn given_field(&self, exception: Value, field: ObjId) -> Option<Value> {
        Some(self.field(exception, field)).filter(|value| value.is_bound() && !value.is_none())
    }

    fn str_of_os_error(&mut self, exception: Value) -> Result<String, Box<Stop>> {
        let (errno, strerror) = (self.field(exception, name::ERRNO), self.field(exception, name::STRERROR));
        if let Some(filename) = self.given_field(exception, name::FILENAME) {
            let shown = [errno, strerror].map(|v| if v.is_bound() { v } else { Value::None });
            let mut text = format!("[Errno {}] {}: {}", self.str(shown[0])?, self.str(shown[1])?, self.repr(filename)?);
            if let Some(second) = self.given_field(exception, name::FILENAME2) {
                text.push_str(" -> ");
                text.push_str(&self.repr(second)?);
            }
            return Ok(text);
        }
        if errno.is_bound() && strerror.is_bound() && !(errno.is_none() && strerror.is_none()) {
            return Ok(format!("[Errno {}] {}", self.str(errno)?, self.str(strerror)?));
        }
        self.str_of_args(exception)
    }

    fn str_of_syntax_error(&mut self, exception: Value) -> Result<String, Box<Stop>> {
        let msg = self.given_field(exception, name::MSG).unwrap_or(Value::None);
        let message = self.str(msg)?;
        let file = self.vm.heap.str(self.field(exception, name::FILENAME));
        let file = file.map(|path| path.rsplit('/').next().unwrap_or(path));
        let line = self.int_ref(self.field(exception, name::LINENO)).and_then(|line| line.to_i64());
        Ok(match (file, line) {
            (Some(file), Some(line)) => format!("{message} ({file}, line {line})"),
            (Some(file), None) => format!("{message} ({file})"),
            (None, Some(line)) => format!("{message} (line {line})"),
            (None, None) => message,
        })
    }

    fn str_of_unicode_error(&mut self, exception: Value) -> Result<String, Box<Stop>> {
        let object = self.field(exception, name::OBJECT);
        let number = |cx: &Self, field| cx.int_ref(cx.field(exception, field)).and_then(|n| n.to_i64());
        let (Some(start), Some(end)) = (number(self, name::START), number(self, name::END)) else {
            return self.str_of_args(exception);
        };
        let reason = self.field(exception, name::REASON);
        let reason = self.str(reason)?;
        let encoding = self.field(exception, name::ENCODING);
        let codec = if encoding.is_bound() { format!("'{}' codec ", self.str(encoding)?) } else { String::new() };
        let at = usize::try_from(start).unwrap_or(0);
        let (verb, what) = match (self.as_str(object), object.obj().and_then(|id| self.vm.heap.bytes(id))) {
            (_, Some(bytes)) => match bytes.get(at) {
                Some(byte) if end == start + 1 => ("decode", format!("byte {byte:#04x}")),
                _ => ("decode", "bytes".to_owned()),
            },
            (Some(text), None) => match text.chars().nth(at) {
                Some(ch) if end == start + 1 => (encode_verb(&codec), format!("character '{}'", escaped(ch))),
                _ => (encode_verb(&codec), "characters".to_owned()),
            },
            (None, None) => return self.str_of_args(exception),
        };
        let place = if end == start + 1 { format!("{start}") } else { format!("{start}-{}", end - 1) };
        Ok(format!("{codec}can't {verb} {what} in position {place}: {reason}"))
    }

    fn str_of_group(&mut self, exception: Value) -> Result<String, Box<Stop>> {
        let message = self.field(exception, name::MESSAGE);
        let members = self.field(exception, name::EXCEPTIONS);
        let Some(count) = self.vm.heap.tuple(members).map(<[Value]>::len) else {
            return self.str_of_args(exception);
        };
        let plural = if count == 1 { "" } else { "s" };
        Ok(format!("{} ({count} sub-exception{plural})", self.str(message)?))
    }
}

fn encode_verb(codec: &str) -> &'static str {
    if codec.is_empty() { "translate" } else { "encode" }
}

fn escaped(ch: char) -> String {
    let mut text = String::new();
    push_code_escape(&mut text, u32::from(ch));
    text
}
