//! `print`, `input`, `open` (Python/bltinmodule.c).
//!
//! `print` writes piece by piece, as CPython does: an argument that contains a newline is on the terminal before the next
//! argument is turned into text, and other threads may run in between.

use crate::effect::Effect;
use crate::names::name;
use crate::native::{Args, Cx, NativeResult, Stop, Then};
use crate::object::Object;
use crate::value::{ObjId, Value};

/// Parameters of `print`.
struct Print {
    sep: Value,
    end: Value,
    file: Value,
    flush: Value,
}

/// `print(*args, sep=' ', end='\n', file=None, flush=False)`
pub(super) fn print(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Print { sep, end, file, flush } = parameters(cx, args)?;
    let flush = cx.truth(flush)?;
    let file = match file {
        Value::None => match cx.sys_attribute("stdout") {
            Some(Value::None) => return Ok(Value::None),
            Some(file) => file,
            None => return Err(cx.runtime_error("lost sys.stdout")),
        },
        file => file,
    };
    match (cx.object(file), file) {
        (Some(Object::TextIo(_)), Value::Obj(stream)) => print_native(cx, args, stream, [sep, end], flush),
        _ => {
            let values = cx.new_tuple(args.pos.to_vec());
            cx.tail_prelude("print_to", &[file, values, sep, end, Value::Bool(flush)])
        }
    }
}

fn parameters(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<Print, Box<Stop>> {
    let mut print = Print { sep: Value::None, end: Value::None, file: Value::None, flush: Value::Bool(false) };
    for (keyword, value) in args.kw {
        match cx.vm.heap.name(*keyword) {
            "sep" => print.sep = *value,
            "end" => print.end = *value,
            "file" => print.file = *value,
            "flush" => print.flush = *value,
            other => {
                let text = format!("print() got an unexpected keyword argument '{other}'");
                return Err(cx.type_error(text));
            }
        }
    }
    for (what, value, default) in [("sep", &mut print.sep, " "), ("end", &mut print.end, "\n")] {
        if value.is_none() {
            *value = cx.vm.short_str(default);
        } else if cx.as_str(*value).is_none() {
            let kind = cx.type_name(*value);
            return Err(cx.type_error(format!("{what} must be None or a string, not {kind}")));
        }
    }
    Ok(print)
}

fn print_native(cx: &mut Cx<'_>, args: &Args<'_>, stream: ObjId, [sep, end]: [Value; 2], flush: bool) -> NativeResult {
    if cx.memo.is_empty()
        && !cx.vm.config.rules.prints_in_pieces
        && let Some(result) = print_at_once(cx, args, stream, [sep, end], flush)
    {
        return result;
    }
    for (i, value) in args.pos.iter().enumerate() {
        if i > 0 {
            write_piece(cx, stream, sep)?;
        }
        let text = cx.str(*value)?;
        let text = cx.new_str(text);
        write_piece(cx, stream, text)?;
    }
    write_piece(cx, stream, end)?;
    if flush {
        cx.flush_stream(stream)?;
    }
    Ok(Value::None)
}

/// The common case: no argument needs Python code, and nothing but the last piece is due for writing.
fn print_at_once(
    cx: &mut Cx<'_>,
    args: &Args<'_>,
    stream: ObjId,
    [sep, end]: [Value; 2],
    flush: bool,
) -> Option<NativeResult> {
    let mut text = String::new();
    for (i, value) in args.pos.iter().enumerate() {
        if i > 0 {
            text.push_str(cx.as_str(sep)?);
        }
        match cx.as_str(*value) {
            Some(s) if cx.vm.heap.payload(value.obj()?).is_none() => text.push_str(s),
            _ => match cx.str(*value) {
                Ok(s) => text.push_str(&s),
                Err(_) => {
                    cx.memo.clear();
                    cx.memo_used = 0;
                    return None;
                }
            },
        }
    }
    let Object::TextIo(io) = cx.vm.heap.get(stream) else { return None };
    if io.closed || text.contains(['\n', '\r']) || io.is_nearly_full(text.len()) {
        return None;
    }
    text.push_str(cx.as_str(end)?);
    let Object::TextIo(io) = cx.vm.heap.get_mut(stream) else { return None };
    let due = match (io.write(&text), flush) {
        (Some(due), _) => Some(due),
        (None, true) => io.flush(),
        (None, false) => None,
    };
    let target = io.stream;
    Some(match due {
        Some(text) => cx.effect(Effect::Write { stream: target, text }, Then::Return(Value::None)),
        None => Ok(Value::None),
    })
}

/// Gives a piece of text to a stream and waits until what became due is written.
fn write_piece(cx: &mut Cx<'_>, stream: ObjId, text: Value) -> Result<(), Box<Stop>> {
    cx.write_stream(stream, text).map(|_| ())
}

impl Cx<'_> {
    /// A name of the `sys` module.
    pub fn sys_attribute(&mut self, text: &str) -> Option<Value> {
        let Some(Object::Module(namespace)) = self.vm.module("sys").and_then(|m| self.object(m)) else { return None };
        let namespace = *namespace;
        let key = self.vm.heap.intern(text);
        self.vm.heap.dict_get_name(namespace, key)
    }

    /// Writes a string to a standard stream, in the middle of a native function.
    ///
    /// # Errors
    /// `ValueError` for a closed stream; the effect the first time.
    pub fn write_stream(&mut self, stream: ObjId, text: Value) -> Result<(), Box<Stop>> {
        self.check_open(stream)?;
        let due = self.once(|cx| {
            let text = cx.as_str(text).unwrap_or_default().to_owned();
            let due = cx.write_to_buffer(stream, &text);
            Ok(due.map_or(Value::None, |due| cx.new_str(due)))
        })?;
        self.write_due(stream, due)
    }

    /// Flushes a standard stream, in the middle of a native function.
    ///
    /// # Errors
    /// `ValueError` for a closed stream; the effect the first time.
    pub fn flush_stream(&mut self, stream: ObjId) -> Result<(), Box<Stop>> {
        self.check_open(stream)?;
        let due = self.once(|cx| {
            let due = cx.stream_mut(stream).flush();
            Ok(due.map_or(Value::None, |due| cx.new_str(due)))
        })?;
        self.write_due(stream, due)
    }

    /// Puts text into a stream's buffer; gives what is to be written now. On 2.7 every write leaves Python for the C
    /// library, without the GIL, even if that only puts it into its buffer.
    pub fn write_to_buffer(&mut self, stream: ObjId, text: &str) -> Option<String> {
        let due = self.stream_mut(stream).write(text);
        if self.vm.config.rules.prints_in_pieces { Some(due.unwrap_or_default()) } else { due }
    }

    fn write_due(&mut self, stream: ObjId, due: Value) -> Result<(), Box<Stop>> {
        if let Some(text) = self.as_str(due).map(str::to_owned) {
            let stream = self.stream_mut(stream).stream;
            self.ask(Effect::Write { stream, text })?;
        }
        Ok(())
    }

    fn check_open(&mut self, stream: ObjId) -> Result<(), Box<Stop>> {
        if self.stream_mut(stream).closed {
            return Err(self.value_error("I/O operation on closed file."));
        }
        Ok(())
    }

    /// The stream behind a handle that is known to be one.
    pub fn stream_mut(&mut self, stream: ObjId) -> &mut crate::object::text_io::TextIo {
        match self.vm.heap.get_mut(stream) {
            Object::TextIo(io) => io,
            _ => unreachable!("handle of a stream"),
        }
    }
}

/// `input(prompt='')`
pub(super) fn input(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.tail_library("_stdin", "read_line", args.pos)
}

/// `open(file, mode='r', …)`, with what is left out as its default.
pub(super) fn open(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let mode = cx.new_str("r");
    let [none, yes] = [Value::None, Value::Bool(true)];
    let mut values = [args.get(0), mode, Value::Int(-1), none, none, none, yes, none];
    for (at, value) in values.iter_mut().enumerate() {
        *value = args.given(at).unwrap_or(*value);
    }
    cx.tail_library("_fileio", "open", &values)
}

impl Cx<'_> {
    /// An `OSError` with number, text and perhaps a file name.
    pub fn os_error(&mut self, class: ObjId, number: i64, text: &str, filename: Option<Value>) -> Box<Stop> {
        let text = self.new_str(text);
        let exception = self.vm.new_exception(class, vec![Value::Int(number), text]);
        self.vm.set_exception_field(exception, name::ERRNO, Value::Int(number));
        self.vm.set_exception_field(exception, name::STRERROR, text);
        self.vm.set_exception_field(exception, name::FILENAME, filename.unwrap_or(Value::None));
        self.vm.set_exception_field(exception, name::FILENAME2, Value::None);
        Box::new(Stop::Raise(exception))
    }
}
