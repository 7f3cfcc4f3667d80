//! Chrome's trace event format, as JSON, for chrome://tracing, ui.perfetto.dev and speedscope.
//!
//! The format cannot name tracks freely and wants slices of one thread to nest, hence pseudo-processes: 1 is the program
//! (states of threads), 2 the GIL and the locks, 3 the code of each thread. Only `X`, `i`, `C`, `M` and `s`/`f` with
//! `bp:"e"` are used. `ts` and `dur` are microseconds with three digits, made by whole-number division.

use super::code::{self, Slice};
use super::words::Names;
use super::{ExportOptions, Exporter, Input};
use crate::fold::{State, Summary};
use crate::recording::drop_reason_word;
use gilsim_scheduler::event::{Event, EventId, EventKind, Position, ThreadId};
use serde_json::{Map, Value};
use std::io::{self, Write};

const PROGRAM: u32 = 1;
const LOCKS: u32 = 2;
const CODE: u32 = 3;
/// Locks with a row of their own.
const LOCKS_MAX: usize = 200;

/// `--to chrome`
pub(super) struct Chrome;

impl Exporter for Chrome {
    fn name(&self) -> &'static str {
        "chrome"
    }
    fn extension(&self) -> &'static str {
        "json"
    }
    fn about(&self) -> &'static str {
        "Chrome trace events as JSON, for chrome://tracing and others"
    }
    fn write(&self, input: &Input, _options: &ExportOptions, out: &mut dyn Write) -> io::Result<()> {
        let names = Names { recording: input.recording, summary: input.summary };
        let mut rows = Rows { input, names, lines: Vec::new() };
        rows.metadata();
        rows.states();
        rows.gil();
        rows.locks();
        rows.code();
        rows.instants();
        rows.flows();
        rows.lines.sort_by_key(|(key, _)| *key);
        out.write_all(b"{\"displayTimeUnit\":\"ns\",\"otherData\":")?;
        let title = serde_json::to_string(&names.title()).map_err(io::Error::other)?;
        write!(out, "{{\"title\":{title}}},\"traceEvents\":[")?;
        for (index, (_, line)) in rows.lines.iter().enumerate() {
            out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            out.write_all(line.as_bytes())?;
        }
        out.write_all(b"\n]}\n")
    }
}

/// Nanoseconds as microseconds with three digits.
fn micros(ns: u64) -> String {
    format!("{}.{:03}", ns / 1000, ns % 1000)
}

/// Order in the file: metadata, then by time; at one time slices from the outermost to the innermost, then what is bound
/// to them.
type Key = (bool, u64, u8, std::cmp::Reverse<u64>, usize);

struct Rows<'a> {
    input: &'a Input<'a>,
    names: Names<'a>,
    lines: Vec<(Key, String)>,
}

/// One event of the format.
struct Row<'a> {
    phase: &'static str,
    name: &'a str,
    process: u32,
    row: u32,
    time_ns: u64,
    /// Number of slices around it.
    depth: usize,
}

impl Rows<'_> {
    /// Adds an event; `more` is further fields, ready-made.
    fn push(&mut self, row: &Row, rank: u8, duration_ns: u64, more: &str) {
        let name = Value::from(row.name);
        let Row { phase, process, row: tid, time_ns, .. } = row;
        let ts = micros(*time_ns);
        let line = format!("{{\"ph\":\"{phase}\",\"name\":{name},\"pid\":{process},\"tid\":{tid},\"ts\":{ts}{more}}}");
        self.lines.push(((true, *time_ns, rank, std::cmp::Reverse(duration_ns), row.depth), line));
    }

    fn slice(&mut self, row: Row, end_ns: u64, category: &str, args: Map<String, Value>) {
        let duration_ns = end_ns.saturating_sub(row.time_ns);
        let args = Value::Object(args);
        let more = format!(",\"dur\":{},\"cat\":\"{category}\",\"args\":{args}", micros(duration_ns));
        self.push(&row, 0, duration_ns, &more);
    }

    fn counter(&mut self, name: &str, time_ns: u64, count: u32) {
        let row = Row { phase: "C", name, process: LOCKS, row: 0, time_ns, depth: 0 };
        self.push(&row, 1, 0, &format!(",\"args\":{{\"threads\":{count}}}"));
    }

    fn name(&mut self, what: &str, process: u32, row: u32, key: &str, value: Value) {
        let mut args = Map::new();
        args.insert(key.to_owned(), value);
        let args = Value::Object(args);
        let line = format!("{{\"ph\":\"M\",\"name\":\"{what}\",\"pid\":{process},\"tid\":{row},\"args\":{args}}}");
        self.lines.push(((false, 0, 0, std::cmp::Reverse(0), 0), line));
    }

    fn row_name(&mut self, process: u32, row: u32, name: &str) {
        self.name("thread_name", process, row, "name", Value::from(name));
        self.name("thread_sort_index", process, row, "sort_index", Value::from(row));
    }

    fn metadata(&mut self) {
        for (process, name) in [(PROGRAM, self.names.title()), (LOCKS, "GIL and locks".into()), (CODE, "code".into())] {
            self.name("process_name", process, 0, "name", Value::from(name));
            self.name("process_sort_index", process, 0, "sort_index", Value::from(process));
        }
        for thread in &self.input.summary.threads {
            self.row_name(PROGRAM, thread.thread.0, &thread.name);
            self.row_name(CODE, thread.thread.0, &thread.name);
        }
    }

    fn place(&self, args: &mut Map<String, Value>, at: Option<&Position>) {
        if let Some(at) = at {
            args.insert("at".to_owned(), Value::from(self.names.place(at)));
            args.insert("in".to_owned(), Value::from(&*at.code));
        }
    }

    fn states(&mut self) {
        for span in self.input.timeline.states.iter().filter(|span| span.state != State::Done) {
            let title = self.names.state(span);
            let mut args = Map::new();
            self.place(&mut args, span.at.as_ref());
            let row = Row {
                phase: "X",
                name: &title,
                process: PROGRAM,
                row: span.thread.0,
                time_ns: span.start_ns,
                depth: 0,
            };
            self.slice(row, span.end_ns, "state", args);
        }
    }

    fn gil(&mut self) {
        for gil in &self.input.summary.gils {
            let name = if gil.interpreter == 0 { "GIL".to_owned() } else { format!("GIL {}", gil.interpreter) };
            self.row_name(LOCKS, gil.interpreter, &name);
        }
        for span in &self.input.timeline.gil {
            let mut args = Map::new();
            args.insert("waited_ns".to_owned(), Value::from(span.waited_ns));
            args.insert("switch_number".to_owned(), Value::from(span.switch_number));
            args.insert("instructions".to_owned(), Value::from(span.instructions));
            args.insert("dropped".to_owned(), Value::from(span.reason.map(drop_reason_word)));
            let title = self.names.thread(span.thread);
            let row = Row {
                phase: "X",
                name: &title,
                process: LOCKS,
                row: span.interpreter,
                time_ns: span.start_ns,
                depth: 0,
            };
            self.slice(row, span.end_ns, "gil", args);
        }
        for (interpreter, time_ns, count) in &self.input.timeline.gil_waiters {
            let name = if *interpreter == 0 { "GIL waiters".to_owned() } else { format!("GIL {interpreter} waiters") };
            self.counter(&name, *time_ns, *count);
        }
    }

    fn locks(&mut self) {
        let base = first_lock_row(self.input.summary);
        let locks = self.input.summary.locks.iter();
        let shown: Vec<u32> = locks
            .filter(|lock| lock.acquisitions + lock.waits > 0 && (lock.name.is_some() || lock.waits > 0))
            .take(LOCKS_MAX)
            .map(|lock| lock.object)
            .collect();
        for object in &shown {
            self.row_name(LOCKS, base + object, &self.input.summary.object_name(Some(*object)));
        }
        for span in self.input.timeline.locks.iter().filter(|span| shown.binary_search(&span.object).is_ok()) {
            let mut args = Map::new();
            args.insert("waited_ns".to_owned(), Value::from(span.waited_ns));
            self.place(&mut args, span.at.as_ref());
            let title = self.names.thread(span.thread);
            let row = Row {
                phase: "X",
                name: &title,
                process: LOCKS,
                row: base + span.object,
                time_ns: span.start_ns,
                depth: 0,
            };
            self.slice(row, span.end_ns, "lock", args);
        }
        for (object, time_ns, count) in &self.input.timeline.lock_waiters {
            if shown.binary_search(object).is_ok() {
                let name = format!("{} waiters", self.input.summary.object_name(Some(*object)));
                self.counter(&name, *time_ns, *count);
            }
        }
    }

    fn code(&mut self) {
        for (thread, edges) in code::edges(self.input.recording) {
            let mut open: Vec<(u64, String, Option<&Position>)> = Vec::new();
            for edge in edges {
                let time_ns = edge.time_ns;
                match edge.what {
                    Slice::Call(at) => {
                        let name = at.map_or_else(|| "?".to_owned(), |at| at.code.to_string());
                        open.push((time_ns, name, at));
                    }
                    Slice::Line(at) => open.push((time_ns, self.names.place(at), None)),
                    Slice::End => {
                        let Some((start_ns, name, at)) = open.pop() else { continue };
                        let mut args = Map::new();
                        self.place(&mut args, at);
                        let row = Row {
                            phase: "X",
                            name: &name,
                            process: CODE,
                            row: thread.0,
                            time_ns: start_ns,
                            depth: open.len(),
                        };
                        self.slice(row, time_ns, "code", args);
                    }
                }
            }
        }
    }

    fn instants(&mut self) {
        for event in &self.input.recording.events {
            let title = match event.kind {
                EventKind::Output { .. } => self.names.output(event),
                EventKind::Mark(_) | EventKind::Limit(_) => self.names.event(event),
                _ => None,
            };
            if let Some(title) = title {
                let thread = event.thread.unwrap_or(ThreadId(0)).0;
                let row =
                    Row { phase: "i", name: &title, process: PROGRAM, row: thread, time_ns: event.time_ns, depth: 0 };
                self.push(&row, 2, 0, ",\"s\":\"t\"");
            }
        }
    }

    /// An arrow for each cause and effect on different threads, between the states they fall into.
    fn flows(&mut self) {
        let events = &self.input.recording.events;
        let find = |id: EventId| events.binary_search_by_key(&id, |event| event.id).ok().map(|index| &events[index]);
        for event in events {
            let Some(cause) = event.by.and_then(find) else { continue };
            let (Some(from), Some(to)) = (cause.thread, event.thread) else { continue };
            let Some(name) = flow_name(cause, event).filter(|_| from != to) else { continue };
            let id = event.id.0;
            let start = Row { phase: "s", name, process: PROGRAM, row: from.0, time_ns: cause.time_ns, depth: 0 };
            self.push(&start, 3, 0, &format!(",\"cat\":\"flow\",\"id\":{id}"));
            let end = Row { phase: "f", name, process: PROGRAM, row: to.0, time_ns: event.time_ns, depth: 0 };
            self.push(&end, 4, 0, &format!(",\"cat\":\"flow\",\"id\":{id},\"bp\":\"e\""));
        }
    }
}

fn flow_name(cause: &Event, event: &Event) -> Option<&'static str> {
    match (&cause.kind, &event.kind) {
        (EventKind::ThreadCreate { .. }, EventKind::ThreadBegin) => Some("create"),
        (EventKind::ThreadEnd(_), EventKind::Wake { .. } | EventKind::ThreadJoin { .. }) => Some("join"),
        (EventKind::LockRelease { .. }, EventKind::Wake { .. } | EventKind::LockAcquire { .. }) => Some("release"),
        (EventKind::QueuePut { .. }, EventKind::Wake { .. } | EventKind::QueueGet { .. }) => Some("put"),
        (EventKind::GilRequest { .. }, EventKind::GilDrop { .. }) => Some("drop request"),
        (EventKind::GilDrop { .. }, EventKind::GilTake { .. }) => Some("GIL hand-over"),
        _ => None,
    }
}

/// Rows of the pseudo-process of locks: the GILs, then a row per object.
fn first_lock_row(summary: &Summary) -> u32 {
    summary.gils.iter().map(|gil| gil.interpreter + 1).max().unwrap_or(0)
}
