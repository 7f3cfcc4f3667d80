//! What each thread executes, as nested slices: calls, the lines inside them, and instructions.

use crate::recording::Recording;
use gilsim_scheduler::event::{EventId, EventKind, Position, ThreadId};
use std::collections::BTreeMap;

/// The beginning or end of a slice, in an order that nests.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Edge<'a> {
    pub time_ns: u64,
    /// The event that made it; none at the end of the recording.
    pub event: Option<EventId>,
    pub what: Slice<'a>,
}

/// What begins or ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Slice<'a> {
    /// A call of the code object of the position begins.
    Call(Option<&'a Position>),
    /// A line is reached.
    Line(&'a Position),
    /// The innermost slice ends.
    End,
}

/// Calls and lines per thread.
pub(super) fn edges(recording: &Recording) -> BTreeMap<ThreadId, Vec<Edge<'_>>> {
    let mut threads: BTreeMap<ThreadId, Stack> = BTreeMap::new();
    for event in &recording.events {
        let Some(thread) = event.thread else { continue };
        let now = (event.time_ns, Some(event.id));
        match (&event.kind, event.at.as_ref()) {
            (EventKind::Call, at) => threads.entry(thread).or_default().call(now, at),
            (EventKind::Return, _) => threads.entry(thread).or_default().end_call(now),
            (EventKind::Line, Some(at)) => threads.entry(thread).or_default().line(now, at),
            (EventKind::ThreadEnd(_), _) => {
                if let Some(stack) = threads.get_mut(&thread) {
                    stack.end_all(now);
                }
            }
            _ => {}
        }
    }
    let end_ns = recording.events.last().map_or(0, |event| event.time_ns);
    threads.values_mut().for_each(|stack| stack.end_all((end_ns, None)));
    threads.into_iter().map(|(thread, stack)| (thread, stack.edges)).collect()
}

/// Time and event.
type Now = (u64, Option<EventId>);

/// Open calls of a thread; true where a line is open inside. The first entry stands for code outside any call.
#[derive(Debug)]
struct Stack<'a> {
    edges: Vec<Edge<'a>>,
    open_lines: Vec<bool>,
}

impl Default for Stack<'_> {
    fn default() -> Self {
        Stack { edges: Vec::new(), open_lines: vec![false] }
    }
}

impl<'a> Stack<'a> {
    fn push(&mut self, (time_ns, event): Now, what: Slice<'a>) {
        self.edges.push(Edge { time_ns, event, what });
    }

    fn call(&mut self, now: Now, at: Option<&'a Position>) {
        self.push(now, Slice::Call(at));
        self.open_lines.push(false);
    }

    fn line(&mut self, now: Now, at: &'a Position) {
        self.end_line(now);
        self.push(now, Slice::Line(at));
        if let Some(open) = self.open_lines.last_mut() {
            *open = true;
        }
    }

    fn end_line(&mut self, now: Now) {
        if let Some(open) = self.open_lines.last_mut()
            && std::mem::take(open)
        {
            self.push(now, Slice::End);
        }
    }

    fn end_call(&mut self, now: Now) {
        self.end_line(now);
        // The beginning of a recording can lie inside a call.
        if self.open_lines.len() > 1 {
            self.open_lines.pop();
            self.push(now, Slice::End);
        }
    }

    fn end_all(&mut self, now: Now) {
        while self.open_lines.len() > 1 {
            self.end_call(now);
        }
        self.end_line(now);
    }
}

/// One executed instruction.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Instruction<'a> {
    pub name: &'static str,
    pub event: EventId,
    pub start_ns: u64,
    pub end_ns: u64,
    pub at: Option<&'a Position>,
}

/// Instructions per thread, without overlap: an instruction is told when it has been executed, and a preempted thread's
/// clock stands still.
pub(super) fn instructions(recording: &Recording) -> BTreeMap<ThreadId, Vec<Instruction<'_>>> {
    let mut threads: BTreeMap<ThreadId, Vec<Instruction>> = BTreeMap::new();
    for event in &recording.events {
        if let (Some(thread), EventKind::Op { name, cost_ns }) = (event.thread, &event.kind) {
            let list = threads.entry(thread).or_default();
            let before = list.last().map_or(0, |last| last.end_ns);
            let start_ns = event.time_ns.saturating_sub(*cost_ns).max(before);
            list.push(Instruction { name, event: event.id, start_ns, end_ns: event.time_ns, at: event.at.as_ref() });
        }
    }
    threads
}
