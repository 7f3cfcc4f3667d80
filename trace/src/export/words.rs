//! Titles of states and events, shared by the exports.

use crate::fold::{State, StateSpan, Summary, WaitReason};
use crate::recording::{Recording, drop_reason_word, limit_name, stream_name, wake_cause_word};
use crate::text;
use gilsim_scheduler::event::{Event, EventKind, ObjId, Position, ThreadEnd, ThreadId};

/// Longest title of a mark or piece of output, in columns.
const TITLE_COLUMNS_MAX: usize = 80;

/// Names of everything in a recording.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub recording: &'a Recording,
    pub summary: &'a Summary,
}

impl Names<'_> {
    /// A thread.
    pub fn thread(&self, thread: ThreadId) -> String {
        self.summary.thread_name(thread)
    }

    /// An object of an event: in a recording handles are the fold's own numbers.
    pub fn object(&self, object: ObjId) -> String {
        self.summary.object_name(Some(object.0))
    }

    /// `counter.py:7`
    pub fn place(&self, at: &Position) -> String {
        let file = self.recording.files.get(at.file as usize).map_or("", |file| file.name.as_str());
        format!("{}:{}", if file.is_empty() { "?" } else { file }, at.line)
    }

    /// What a thread does in a span: `blocked on lock_a`.
    pub fn state(&self, span: &StateSpan) -> String {
        match span.reason {
            None => span.state.words().to_owned(),
            Some(WaitReason::Lock { object, .. }) => format!("blocked on {}", self.summary.object_name(object)),
            Some(WaitReason::Queue { object }) => format!("waits for {}", self.summary.object_name(object)),
            Some(WaitReason::Join { target }) => format!("joins {}", self.thread(target)),
            Some(WaitReason::JoinAll) => "waits for all threads to end".to_owned(),
            Some(WaitReason::Sleep) => State::Sleeping.words().to_owned(),
            Some(WaitReason::Io { operation }) => operation.to_owned(),
            Some(WaitReason::Native) => State::Native.words().to_owned(),
        }
    }

    /// The title of an event; `None` for those that other tracks show.
    pub fn event(&self, event: &Event) -> Option<String> {
        Some(match &event.kind {
            EventKind::ThreadCreate { child, .. } => format!("create {}", self.thread(*child)),
            EventKind::ThreadBegin => "begin".to_owned(),
            EventKind::ThreadEnd(ThreadEnd::Ok) => "end".to_owned(),
            EventKind::ThreadEnd(ThreadEnd::Exception(class)) => format!("end by {class}"),
            EventKind::ThreadEnd(ThreadEnd::Stopped) => "stopped".to_owned(),
            EventKind::ThreadJoin { target, ended: true } => format!("joined {}", self.thread(*target)),
            EventKind::ThreadJoin { target, ended: false } => format!("gave up joining {}", self.thread(*target)),
            EventKind::GilTimeout { switched_meanwhile: true, .. } => "GIL timeout, switched meanwhile".to_owned(),
            EventKind::GilTimeout { .. } => "GIL timeout".to_owned(),
            EventKind::GilRequest { holder } => format!("drop request to {}", self.thread(*holder)),
            EventKind::GilDrop { reason, .. } => format!("drop GIL: {}", drop_reason_word(*reason)),
            EventKind::GilForcedWait => "forced wait for a switch".to_owned(),
            EventKind::Wake { cause } => format!("woken: {}", wake_cause_word(*cause)),
            EventKind::LockTry { lock, .. } => format!("try {}", self.object(*lock)),
            EventKind::LockAcquire { lock, .. } => format!("acquire {}", self.object(*lock)),
            EventKind::LockRelease { lock, .. } => format!("release {}", self.object(*lock)),
            EventKind::QueuePut { queue, .. } => format!("put into {}", self.object(*queue)),
            EventKind::QueueGet { queue, .. } => format!("get from {}", self.object(*queue)),
            EventKind::Raise { class } => format!("raise {class}"),
            EventKind::Mark(mark) => text::cut(&text::visible(mark, text::Breaks::Escape), TITLE_COLUMNS_MAX, '…'),
            EventKind::Limit(limit) => format!("limit: {}", limit_name(*limit)),
            EventKind::ThreadName { .. }
            | EventKind::GilWant { .. }
            | EventKind::GilCheck
            | EventKind::GilTake { .. }
            | EventKind::CpuRun { .. }
            | EventKind::CpuStop { .. }
            | EventKind::Block { .. }
            | EventKind::ObjectNew { .. }
            | EventKind::Line
            | EventKind::Op { .. }
            | EventKind::Call
            | EventKind::Return
            | EventKind::Output { .. }
            | EventKind::Choice { .. } => return None,
        })
    }

    /// The title of a piece of output: `stdout: hello`.
    pub fn output(&self, event: &Event) -> Option<String> {
        let EventKind::Output { stream, text } = &event.kind else { return None };
        let shown = text::visible(text.trim_end_matches('\n'), text::Breaks::Escape);
        Some(format!("{}: {}", stream_name(*stream), text::cut(&shown, TITLE_COLUMNS_MAX, '…')))
    }

    /// `counter.py  CPython 3.13 …` as a title of the whole; says so if the recording is not whole.
    pub fn title(&self) -> String {
        let header = &self.recording.header;
        let program = header.argv.first().map_or("program", String::as_str);
        let whole = self.summary.known_ns == self.summary.end_ns && self.recording.end.is_some();
        let note = if whole { "" } else { " (recording cut)" };
        format!("{program} on CPython {}, virtual time{note}", header.profile)
    }
}
