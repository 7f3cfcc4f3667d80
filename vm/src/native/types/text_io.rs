//! The standard streams `sys.stdout` and `sys.stderr` (Modules/_io/textio.c).

use crate::effect::{Effect, Stream};
use crate::native::registry::TypeTable;
use crate::native::{Args, Cx, GetSetDef, NativeDef, NativeResult, Sig, Then, method};
use crate::object::builtin::class_id as c;
use crate::object::text_io::{Buffering, TextIo};
use crate::value::{ObjId, Value};

/// `_io.TextIOWrapper`
pub const TABLE: TypeTable = TypeTable { class: c::TEXT_IO, methods: METHODS, getsets: GETSETS };

const METHODS: &[NativeDef] = &[
    method("write", Sig::One, write),
    method("writelines", Sig::One, writelines),
    method("flush", Sig::NoArgs, flush),
    method("close", Sig::NoArgs, close),
    method("isatty", Sig::NoArgs, isatty),
    method("fileno", Sig::NoArgs, |cx, args| Ok(Value::Int(number(cx, args)))),
    method("readable", Sig::NoArgs, |_, _| Ok(Value::Bool(false))),
    method("writable", Sig::NoArgs, |_, _| Ok(Value::Bool(true))),
    method("seekable", Sig::NoArgs, |_, _| Ok(Value::Bool(false))),
    method("reconfigure", Sig::Named(RECONFIGURE, 0, 0), reconfigure),
    method("__enter__", Sig::NoArgs, |_, args| Ok(args.get(0))),
    method("__exit__", Sig::VarArgs, close),
    method("__repr__", Sig::NoArgs, repr),
];

const RECONFIGURE: &[&str] = &["encoding", "errors", "newline", "line_buffering", "write_through"];

const GETSETS: &[GetSetDef] = &[
    GetSetDef { name: "name", get: name, set: None },
    GetSetDef { name: "mode", get: |cx, _| Ok(cx.new_str("w")), set: None },
    GetSetDef { name: "encoding", get: |cx, _| Ok(cx.new_str("utf-8")), set: None },
    GetSetDef { name: "errors", get: errors, set: None },
    GetSetDef { name: "newlines", get: |_, _| Ok(Value::None), set: None },
    GetSetDef { name: "closed", get: |cx, args| Ok(Value::Bool(cx.stream_mut(id(args)).closed)), set: None },
    GetSetDef { name: "line_buffering", get: line_buffering, set: None },
    GetSetDef { name: "write_through", get: |_, _| Ok(Value::Bool(false)), set: None },
];

fn id(args: &Args<'_>) -> ObjId {
    args.get(0).obj().expect("a stream")
}

fn number(cx: &mut Cx<'_>, args: &Args<'_>) -> i64 {
    match cx.stream_mut(id(args)).stream {
        Stream::Stdout => 1,
        Stream::Stderr => 2,
    }
}

fn shown_name(cx: &mut Cx<'_>, args: &Args<'_>) -> &'static str {
    match cx.stream_mut(id(args)).stream {
        Stream::Stdout => "<stdout>",
        Stream::Stderr => "<stderr>",
    }
}

fn name(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = shown_name(cx, args);
    Ok(cx.new_str(text))
}

fn errors(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let text = match cx.stream_mut(id(args)).stream {
        Stream::Stdout => "strict",
        Stream::Stderr => "backslashreplace",
    };
    Ok(cx.new_str(text))
}

fn line_buffering(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    Ok(Value::Bool(cx.stream_mut(id(args)).buffering == Buffering::Line))
}

fn write(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let Some(text) = cx.as_str(args.get(1)).map(str::to_owned) else {
        let kind = cx.type_name(args.get(1));
        return Err(cx.type_error(format!("write() argument must be str, not {kind}")));
    };
    let io = cx.stream_mut(id(args));
    if io.closed {
        return Err(cx.value_error("I/O operation on closed file."));
    }
    let stream = io.stream;
    let count = Value::Int(text.chars().count() as i64);
    match cx.write_to_buffer(id(args), &text) {
        Some(text) => cx.effect(Effect::Write { stream, text }, Then::Return(count)),
        None => Ok(count),
    }
}

fn writelines(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    for line in cx.iterate(args.get(1))? {
        if cx.as_str(line).is_none() {
            let kind = cx.type_name(line);
            return Err(cx.type_error(format!("write() argument must be str, not {kind}")));
        }
        cx.write_stream(id(args), line)?;
    }
    Ok(Value::None)
}

fn flush(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.flush_stream(id(args))?;
    Ok(Value::None)
}

fn close(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    if !cx.stream_mut(id(args)).closed {
        cx.flush_stream(id(args))?;
        cx.stream_mut(id(args)).closed = true;
    }
    Ok(Value::None)
}

/// A terminal, if standard output is one: both streams go to the same place.
fn isatty(cx: &mut Cx<'_>, _args: &Args<'_>) -> NativeResult {
    Ok(Value::Bool(cx.vm.config.stdout == Buffering::Line))
}

fn reconfigure(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    cx.flush_stream(id(args))?;
    if let Some(v) = args.given(4).filter(|v| !v.is_none()) {
        let buffering = if cx.truth(v)? { Buffering::Line } else { Buffering::Block };
        cx.stream_mut(id(args)).buffering = buffering;
    }
    Ok(Value::None)
}

fn repr(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let name = shown_name(cx, args);
    Ok(cx.new_str(format!("<_io.TextIOWrapper name='{name}' mode='w' encoding='utf-8'>")))
}

impl Cx<'_> {
    /// Writes text to a stream of the `sys` module, whatever the program put there; `None` if there is nothing to write to.
    /// The whole rest of a native function, which then returns None.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn write_to_sys(&mut self, stream: &str, text: &str) -> NativeResult {
        match self.sys_attribute(stream) {
            None | Some(Value::None) => Ok(Value::None),
            Some(file) => {
                let empty = self.vm.short_str("");
                let text = self.new_str(text);
                let pieces = self.new_tuple(vec![text]);
                self.tail_prelude("print_to", &[file, pieces, empty, empty, Value::Bool(false)])
            }
        }
    }
}

impl TextIo {
    /// A standard stream at the start of the program.
    pub fn standard(stream: Stream, buffering: Buffering) -> TextIo {
        TextIo { stream, buffering, pending: String::new(), closed: false }
    }
}
