//! `_sre`: what `vm/lib/re.py` needs of `text::regex`.
//!
//! A program is kept as a bytes object. All matches of a text are found by one call, so that a text is prepared once.

use crate::native::registry::ModuleTable;
use crate::native::{Args, Cx, NativeDef, NativeResult, Sig, Stop, function};
use crate::object::Object;
use crate::text::regex::{Matcher, Mode, Subject, compile};
use crate::value::Value;

/// The module.
pub const TABLE: ModuleTable = ModuleTable { name: "_sre", functions: FUNCTIONS, fill: |_, _| {} };

const FUNCTIONS: &[NativeDef] = &[
    function("compile", Sig::Positional(2, 2), compile_pattern),
    function("find", Sig::Positional(6, 6), find),
    function("find_all", Sig::Positional(6, 6), find_all),
];

/// Virtual time of one step of the matcher.
const STEP_NS: u64 = 4;

/// A text of one kind or the other.
enum Text {
    Bytes(Vec<u8>),
    Chars(Vec<char>),
}

impl Text {
    fn subject(&self) -> Subject<'_> {
        match self {
            Text::Bytes(bytes) => Subject::Bytes(bytes),
            Text::Chars(chars) => Subject::Chars(chars),
        }
    }

    fn len(&self) -> usize {
        match self {
            Text::Bytes(bytes) => bytes.len(),
            Text::Chars(chars) => chars.len(),
        }
    }
}

/// The text of a string or bytes-like object, and whether it is a string.
fn text_of(cx: &mut Cx<'_>, value: Value) -> Result<(Text, bool), Box<Stop>> {
    if let Some(text) = cx.as_str(value) {
        let text =
            if text.is_ascii() { Text::Bytes(text.as_bytes().to_vec()) } else { Text::Chars(text.chars().collect()) };
        return Ok((text, true));
    }
    let inner = cx.vm.heap.unwrap_payload(value);
    let bytes = match cx.object(inner) {
        Some(Object::Bytes(bytes)) => Some(bytes.to_vec()),
        Some(Object::ByteArray(bytes)) => Some(bytes.clone()),
        _ => None,
    };
    match bytes {
        Some(bytes) => Ok((Text::Bytes(bytes), false)),
        None => {
            let kind = cx.type_name(value);
            Err(cx.type_error(format!("expected string or bytes-like object, got '{kind}'")))
        }
    }
}

/// `compile(pattern, flags)`: (program, groups, ((name, number), …), flags), or (message, position, kind) of an error.
fn compile_pattern(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let (text, is_str) = match text_of(cx, args.get(0)) {
        Ok(found) => found,
        Err(_) => return Err(cx.type_error("first argument must be string or compiled pattern")),
    };
    let chars: Vec<char> = match text {
        Text::Bytes(bytes) => bytes.into_iter().map(char::from).collect(),
        Text::Chars(chars) => chars,
    };
    let flags = cx.int_arg(args.get(1))?;
    cx.cost_ns += 400 * chars.len() as u64;
    let program = match compile(&chars, flags as u32, is_str) {
        Ok(program) => program,
        Err(error) => {
            let at = error.at.map_or(Value::None, |at| Value::Int(at as i64));
            let message = cx.new_str(error.message);
            return Ok(cx.new_tuple(vec![message, at, Value::Bool(error.overflow)]));
        }
    };
    let words: Vec<u8> = program.words.iter().flat_map(|word| word.to_le_bytes()).collect();
    let words = cx.new_bytes(words);
    let mut names = Vec::new();
    for (name, number) in program.names {
        let name = cx.new_str(name);
        names.push(cx.new_tuple(vec![name, Value::Int(i64::from(number))]));
    }
    let names = cx.new_tuple(names);
    let groups = Value::Int(i64::from(program.groups));
    Ok(cx.new_tuple(vec![words, groups, names, Value::Int(i64::from(program.flags))]))
}

/// What the searching functions are given: program, groups, text, start, end.
struct Job {
    words: Vec<u32>,
    groups: usize,
    text: Text,
    start: usize,
    end: usize,
}

fn job(cx: &mut Cx<'_>, args: &Args<'_>) -> Result<Job, Box<Stop>> {
    let words = match cx.object(args.get(0)) {
        Some(Object::Bytes(bytes)) => {
            bytes.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect()
        }
        _ => return Err(cx.type_error("a program is required")),
    };
    let groups = cx.int_arg(args.get(1))?;
    let (text, _) = text_of(cx, args.get(2))?;
    let (start, end) = (cx.int_arg(args.get(3))?, cx.int_arg(args.get(4))?);
    let end = usize::try_from(end).unwrap_or(0).min(text.len());
    let start = usize::try_from(start).unwrap_or(0);
    Ok(Job { words, groups: usize::try_from(groups).unwrap_or(0), text, start, end })
}

fn spans(cx: &mut Cx<'_>, found: &[i64]) -> Value {
    // The last word is the group closed last.
    let (slots, last) = (&found[..found.len() - 1], found[found.len() - 1]);
    let mut items: Vec<Value> = slots.iter().map(|at| Value::Int(*at)).collect();
    items.push(Value::Int(last));
    cx.new_tuple(items)
}

fn too_many(cx: &mut Cx<'_>) -> Box<Stop> {
    cx.runtime_error("the regular expression takes too many steps on this text")
}

/// `find(program, groups, text, start, end, mode)`: mode 0 match, 1 fullmatch, 2 search.
fn find(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let job = job(cx, args)?;
    let mode = match args.get(5) {
        Value::Int(0) => Mode::Match,
        Value::Int(1) => Mode::Full,
        _ => Mode::Search,
    };
    let mut matcher = Matcher::new(&job.words, job.groups, job.text.subject(), job.end);
    let found = matcher.find(job.start, mode, false);
    cx.cost_ns += STEP_NS * matcher.steps;
    match found {
        Ok(Some(found)) => Ok(spans(cx, &found)),
        Ok(None) => Ok(Value::None),
        Err(_) => Err(too_many(cx)),
    }
}

/// `find_all(program, groups, text, start, end, most)`: all matches that do not overlap, at most so many (0: all).
fn find_all(cx: &mut Cx<'_>, args: &Args<'_>) -> NativeResult {
    let job = job(cx, args)?;
    let most = cx.int_arg(args.get(5))?;
    let mut matcher = Matcher::new(&job.words, job.groups, job.text.subject(), job.end);
    let (mut at, mut not_empty) = (job.start, false);
    let mut all = Vec::new();
    while at <= job.end && (most <= 0 || all.len() < most as usize) {
        let found = match matcher.find(at, Mode::Search, not_empty) {
            Ok(Some(found)) => found,
            Ok(None) => break,
            Err(_) => return Err(too_many(cx)),
        };
        cx.reserve(64 + found.len() * size_of::<Value>())?;
        (at, not_empty) = (found[1] as usize, found[0] == found[1]);
        all.push(spans(cx, &found));
    }
    cx.cost_ns += STEP_NS * matcher.steps;
    Ok(cx.new_list(all))
}
