//! The reader: takes any bytes and gives what can be known from them.
//!
//! Only three things are errors: no readable header, a higher major version, and a failing read. Everything else ends
//! the recording early and is told by [`Integrity`]: a file without its last line was cut (a run that was killed); a line
//! that breaks the rules, or a wrong checksum, means damage. What was read until there is valid: numbers and times ascend,
//! causes point backwards, every thread, object, file and position was defined. Lines, texts and counts are capped.

use super::decode::{Bare, Raw, RawPlace, kind, name, need};
use super::encode::{highest_thread, object_of};
use super::end::{Ending, RunEnd};
use super::header::{Header, SourceText, hex};
use gilsim_scheduler::event::{Event, EventId, InterpreterId, ObjId, Position, ThreadId};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

/// How much a reader accepts.
#[derive(Clone, Copy, Debug)]
pub struct ReadLimits {
    /// Longest line, in bytes (a header or file definition holds a whole source file).
    pub line_bytes_max: usize,
    /// Most events.
    pub events_max: usize,
    /// Most definitions of one sort.
    pub definitions_max: usize,
    /// Highest interpreter number.
    pub interpreters_max: u32,
}

impl Default for ReadLimits {
    fn default() -> ReadLimits {
        ReadLimits {
            line_bytes_max: 32 << 20,
            events_max: 8_000_000,
            definitions_max: 1_000_000,
            interpreters_max: 4096,
        }
    }
}

/// Whether the file is whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Integrity {
    /// Last line present, checksum right.
    Complete,
    /// The last line is missing: the file was cut.
    Truncated,
    /// A line breaks the rules, or the checksum is wrong.
    Damaged {
        /// Line number, from 1.
        line: u64,
        /// What is wrong.
        problem: String,
    },
}

/// Definition of an object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObjectDef {
    /// Its interpreter.
    pub interpreter: InterpreterId,
    /// Its handle in the run (a handle may be used again after a collection).
    pub handle: u32,
}

/// A recording in memory. Objects in `events` are numbers into `objects`.
#[derive(Clone, PartialEq, Debug)]
pub struct Recording {
    /// What was run and how.
    pub header: Header,
    /// Source files by index: those of the header and those defined later.
    pub files: Vec<SourceText>,
    /// Number of threads defined.
    pub threads: u32,
    /// Objects by number.
    pub objects: Vec<ObjectDef>,
    /// Events in order.
    pub events: Vec<Event>,
    /// How the run ended, if the last line is there.
    pub end: Option<RunEnd>,
    /// Events left out by the writer after its limit.
    pub dropped: u64,
    /// Lines of unknown kinds that were passed over.
    pub unknown_lines: u64,
    /// Whether the file is whole.
    pub integrity: Integrity,
}

/// Why a file cannot be read at all.
#[derive(Debug)]
pub enum ReadError {
    /// The first line is not the header of a trace.
    NotATrace(String),
    /// Made by a newer, incompatible version.
    Version {
        /// Version of the file.
        found: [u32; 2],
    },
    /// Reading failed.
    Io(io::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NotATrace(problem) => write!(f, "not a giltrace file: {problem}"),
            ReadError::Version { found: [major, minor] } => write!(
                f,
                "the trace has format version {major}.{minor}; this gilsim reads versions up to {}.x: use a newer gilsim",
                super::VERSION[0]
            ),
            ReadError::Io(error) => write!(f, "cannot read the trace: {error}"),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> ReadError {
        ReadError::Io(error)
    }
}

#[derive(Deserialize)]
struct HeaderFront {
    k: String,
    format: String,
    version: [u32; 2],
}

/// Reads a recording.
pub fn read(input: &mut impl BufRead, limits: &ReadLimits) -> Result<Recording, ReadError> {
    let mut lines = Lines { input, limits: *limits, line: Vec::new(), number: 0, digest: Sha256::new() };
    let header = read_header(&mut lines)?;
    let mut reader = Reader {
        limits: *limits,
        last_number: None,
        last_time_ns: 0,
        positions: Vec::new(),
        recording: Recording {
            files: header.files.clone(),
            header,
            threads: 0,
            objects: Vec::new(),
            events: Vec::new(),
            end: None,
            dropped: 0,
            unknown_lines: 0,
            integrity: Integrity::Truncated,
        },
    };
    loop {
        let before = lines.digest.clone();
        let step = match lines.next()? {
            Next::End => break,
            // A last line without its line break was cut in the middle.
            Next::Cut => break,
            Next::TooLong => Err(format!("the line is longer than {} bytes", limits.line_bytes_max)),
            Next::Line if reader.recording.end.is_some() => Err("there are lines after the last one".to_owned()),
            Next::Line => reader.line(&lines.line, &before),
        };
        if let Err(problem) = step {
            reader.recording.integrity = Integrity::Damaged { line: lines.number, problem };
            break;
        }
    }
    Ok(reader.recording)
}

fn read_header<R: BufRead>(lines: &mut Lines<'_, R>) -> Result<Header, ReadError> {
    let refuse = |problem: &str| Err(ReadError::NotATrace(problem.to_owned()));
    match lines.next()? {
        Next::End => return refuse("the file is empty"),
        Next::Cut => return refuse("the file ends inside its first line"),
        Next::TooLong => return refuse("the first line is too long"),
        Next::Line => {}
    }
    let Ok(front) = serde_json::from_slice::<HeaderFront>(&lines.line) else {
        return refuse("the first line is not a header");
    };
    if front.k != "header" || front.format != "giltrace" {
        return refuse("the first line is not a header");
    }
    if front.version[0] > super::VERSION[0] {
        return Err(ReadError::Version { found: front.version });
    }
    let header: Header = serde_json::from_slice(&lines.line)
        .map_err(|error| ReadError::NotATrace(format!("the header cannot be read: {error}")))?;
    Ok(header.visible())
}

enum Next {
    Line,
    /// The file ends without a line break.
    Cut,
    TooLong,
    End,
}

struct Lines<'a, R> {
    input: &'a mut R,
    limits: ReadLimits,
    line: Vec<u8>,
    number: u64,
    digest: Sha256,
}

impl<R: BufRead> Lines<'_, R> {
    /// Reads the next line into `self.line`, without its line break.
    fn next(&mut self) -> io::Result<Next> {
        self.line.clear();
        let limit = self.limits.line_bytes_max as u64 + 1;
        self.input.by_ref().take(limit).read_until(b'\n', &mut self.line)?;
        self.number += 1;
        self.digest.update(&self.line);
        match self.line.last() {
            None => Ok(Next::End),
            Some(b'\n') => {
                self.line.pop();
                Ok(Next::Line)
            }
            Some(_) if self.line.len() as u64 >= limit => Ok(Next::TooLong),
            Some(_) => Ok(Next::Cut),
        }
    }
}

struct Reader {
    limits: ReadLimits,
    last_number: Option<u64>,
    last_time_ns: u64,
    positions: Vec<Position>,
    recording: Recording,
}

type Step = Result<(), String>;

impl Reader {
    fn line(&mut self, line: &[u8], digest_before: &Sha256) -> Step {
        let raw: Raw = match serde_json::from_slice(line) {
            Ok(raw) => raw,
            Err(error) => return self.unreadable(line, &error),
        };
        match &*raw.k {
            "def" => self.definition(&raw),
            "end" => self.end(line, digest_before),
            _ => self.event(&raw),
        }
    }

    /// A line of an unknown kind may give other types to known field names; it is passed over.
    fn unreadable(&mut self, line: &[u8], error: &serde_json::Error) -> Step {
        match serde_json::from_slice::<Bare>(line) {
            Ok(bare) if !is_known(&bare.k) => {
                self.recording.unknown_lines += 1;
                match (bare.s, bare.t) {
                    (Some(s), Some(t)) => self.advance(s, t),
                    _ => Ok(()),
                }
            }
            _ => Err(format!("not a line of a trace: {error}")),
        }
    }

    fn advance(&mut self, number: u64, time_ns: u64) -> Step {
        let expected = self.last_number.map_or(0, |last| last.saturating_add(1));
        if number != expected {
            return Err(format!("event {number} where event {expected} is due"));
        }
        if time_ns < self.last_time_ns {
            return Err("time runs backwards".to_owned());
        }
        self.last_number = Some(number);
        self.last_time_ns = time_ns;
        Ok(())
    }

    fn definition(&mut self, raw: &Raw) -> Step {
        let id = need(raw.id, "id")? as usize;
        match need(raw.def.as_deref(), "def")? {
            "thread" => {
                self.check_next(id, self.recording.threads as usize)?;
                self.recording.threads += 1;
            }
            "object" => {
                self.check_next(id, self.recording.objects.len())?;
                let interpreter = self.interpreter(raw)?;
                self.recording.objects.push(ObjectDef { interpreter, handle: need(raw.handle, "handle")? });
            }
            "pos" => {
                self.check_next(id, self.positions.len())?;
                let place = need(raw.at.as_ref(), "at")?;
                let position = self.position(place)?;
                self.positions.push(position);
            }
            "file" => self.define_file(id, raw)?,
            _ => self.recording.unknown_lines += 1,
        }
        Ok(())
    }

    fn define_file(&mut self, id: usize, raw: &Raw) -> Step {
        let file = SourceText {
            name: raw.name.as_deref().map(name).unwrap_or_default(),
            text: raw.text.as_deref().map(str::to_owned),
            sha256: raw.sha256.as_deref().map(name),
        };
        match self.recording.files.get_mut(id) {
            Some(known) if known.name.is_empty() => *known = file,
            Some(_) => return Err("a file is defined twice".to_owned()),
            None => {
                self.check_next(id, self.recording.files.len())?;
                self.recording.files.push(file);
            }
        }
        Ok(())
    }

    fn check_next(&self, id: usize, count: usize) -> Step {
        match id {
            _ if id != count => Err(format!("definition {id} where {count} is due")),
            _ if count >= self.limits.definitions_max => Err("too many definitions".to_owned()),
            _ => Ok(()),
        }
    }

    fn interpreter(&self, raw: &Raw) -> Result<InterpreterId, String> {
        let number = raw.interpreter.unwrap_or(0);
        match number > self.limits.interpreters_max {
            true => Err("interpreter number too high".to_owned()),
            false => Ok(InterpreterId(number)),
        }
    }

    fn position(&self, place: &RawPlace) -> Result<Position, String> {
        let position = match place {
            RawPlace::Number(number) => {
                return self.positions.get(*number as usize).cloned().ok_or("position not defined".to_owned());
            }
            RawPlace::Written(file, line, column, end_column, code, instruction) => Position {
                file: *file,
                line: *line,
                column: *column,
                end_column: *end_column,
                code: Arc::from(name(code)),
                instruction: *instruction,
            },
        };
        match (position.file as usize) < self.recording.files.len() {
            true => Ok(position),
            false => Err("file not defined".to_owned()),
        }
    }

    fn event(&mut self, raw: &Raw) -> Step {
        let (number, time_ns) = (need(raw.s, "s")?, need(raw.t, "t")?);
        self.advance(number, time_ns)?;
        let Some(kind) = kind(raw)? else {
            self.recording.unknown_lines += 1;
            return Ok(());
        };
        let thread = self.thread(need(raw.th, "th")?)?;
        if highest_thread(&kind).is_some_and(|thread| thread.0 >= self.recording.threads) {
            return Err("a thread is used before its definition".to_owned());
        }
        if object_of(&kind).is_some_and(|ObjId(number)| number as usize >= self.recording.objects.len()) {
            return Err("an object is used before its definition".to_owned());
        }
        if raw.by.is_some_and(|by| by >= number) {
            return Err("an event is caused by a later one".to_owned());
        }
        if self.recording.events.len() >= self.limits.events_max {
            return Err(format!("more than {} events", self.limits.events_max));
        }
        let at = raw.at.as_ref().map(|place| self.position(place)).transpose()?;
        let interpreter = self.interpreter(raw)?;
        let by = raw.by.map(EventId);
        self.recording.events.push(Event { id: EventId(number), time_ns, interpreter, thread, kind, at, by });
        Ok(())
    }

    fn thread(&self, number: i64) -> Result<Option<ThreadId>, String> {
        match u32::try_from(number) {
            _ if number == -1 => Ok(None),
            Ok(number) if number < self.recording.threads => Ok(Some(ThreadId(number))),
            _ => Err("a thread is used before its definition".to_owned()),
        }
    }

    fn end(&mut self, line: &[u8], digest_before: &Sha256) -> Step {
        let totals: Totals =
            serde_json::from_slice(line).map_err(|error| format!("the last line cannot be read: {error}"))?;
        if totals.sha256 != hex(&digest_before.clone().finalize()) {
            return Err("the checksum is wrong: the file was changed".to_owned());
        }
        if totals.events != self.last_number.map_or(0, |last| last + 1) {
            return Err("the number of events is wrong".to_owned());
        }
        if totals.t < self.last_time_ns {
            return Err("time runs backwards".to_owned());
        }
        self.recording.end = Some(RunEnd { time_ns: totals.t, ending: totals.ending });
        self.recording.dropped = totals.dropped;
        self.recording.integrity = Integrity::Complete;
        Ok(())
    }
}

#[derive(Deserialize)]
struct Totals {
    t: u64,
    events: u64,
    #[serde(default)]
    dropped: u64,
    #[serde(flatten)]
    ending: Ending,
    sha256: String,
}

/// Kinds of lines whose fields must be right.
fn is_known(kind: &str) -> bool {
    const KNOWN: [&str; 33] = [
        "def",
        "end",
        "th.create",
        "th.begin",
        "th.end",
        "th.name",
        "th.join",
        "gil.want",
        "gil.timeout",
        "gil.request",
        "gil.check",
        "gil.drop",
        "gil.forced_wait",
        "gil.take",
        "cpu.run",
        "cpu.stop",
        "block",
        "wake",
        "obj.new",
        "lock.try",
        "lock.acq",
        "lock.rel",
        "queue.put",
        "queue.get",
        "line",
        "op",
        "call",
        "ret",
        "raise",
        "out",
        "choice",
        "limit",
        "mark",
    ];
    KNOWN.contains(&kind)
}
