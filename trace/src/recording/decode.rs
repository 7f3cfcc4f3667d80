//! From a line to an event, trusting nothing. The mirror image of `encode`.
//!
//! A known kind with a missing or wrong field is a fault of the file; an unknown kind is not, because a higher minor
//! version may add some.

use super::end::LimitName;
use super::words;
use crate::text::{Breaks, visible};
use gilsim_scheduler::event::{BlockReason, EventKind, ObjId, Stream, ThreadEnd, ThreadId};
use serde::Deserialize;
use std::borrow::Cow;

/// Every field that any kind of line may have. Unknown fields are ignored.
#[derive(Debug, Deserialize)]
pub(super) struct Raw<'a> {
    #[serde(borrow)]
    pub k: Cow<'a, str>,
    pub s: Option<u64>,
    pub t: Option<u64>,
    pub th: Option<i64>,
    #[serde(rename = "in")]
    pub interpreter: Option<u32>,
    pub at: Option<RawPlace<'a>>,
    pub by: Option<u64>,
    // definitions
    #[serde(borrow)]
    pub def: Option<Cow<'a, str>>,
    pub id: Option<u32>,
    pub handle: Option<u32>,
    #[serde(borrow)]
    pub name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub sha256: Option<Cow<'a, str>>,
    // fields of kinds
    #[serde(borrow)]
    why: Option<Cow<'a, str>>,
    child: Option<u32>,
    daemon: Option<bool>,
    #[serde(borrow)]
    outcome: Option<Cow<'a, str>>,
    #[serde(borrow)]
    class: Option<Cow<'a, str>>,
    target: Option<u32>,
    ended: Option<bool>,
    holder: Option<u32>,
    queue: Option<u32>,
    interval_ns: Option<u64>,
    switched: Option<bool>,
    held_ns: Option<u64>,
    instructions: Option<u64>,
    waited_ns: Option<u64>,
    from: Option<u32>,
    switch: Option<u64>,
    forced: Option<bool>,
    core: Option<u32>,
    deadline_ns: Option<u64>,
    obj: Option<u32>,
    owner: Option<u32>,
    #[serde(borrow)]
    operation: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    type_: Option<Cow<'a, str>>,
    blocking: Option<bool>,
    depth: Option<u32>,
    woken: Option<u32>,
    size: Option<u32>,
    #[serde(borrow)]
    op: Option<Cow<'a, str>>,
    cost_ns: Option<u64>,
    #[serde(borrow)]
    stream: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    what: Option<Cow<'a, str>>,
    of: Option<Vec<u32>>,
    pick: Option<u32>,
    #[serde(borrow)]
    which: Option<Cow<'a, str>>,
}

/// A position: the number of a definition, or written out.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum RawPlace<'a> {
    Number(u32),
    Written(u32, u32, u32, u32, #[serde(borrow)] Cow<'a, str>, u32),
}

/// What every line has, for lines of unknown kinds.
#[derive(Debug, Deserialize)]
pub(super) struct Bare<'a> {
    #[serde(borrow)]
    pub k: Cow<'a, str>,
    pub s: Option<u64>,
    pub t: Option<u64>,
}

/// The field, or a sentence that says it is missing.
pub(super) fn need<T>(value: Option<T>, field: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("field `{field}` is missing"))
}

fn thread(value: Option<u32>, field: &str) -> Result<ThreadId, String> {
    need(value, field).map(ThreadId)
}

/// A name from the file, made visible and cut like the writer does.
pub(super) fn name(value: &str) -> String {
    let end = value.char_indices().nth(super::NAME_CHARS_MAX).map_or(value.len(), |(end, _)| end);
    visible(&value[..end], Breaks::Escape)
}

fn text(value: &str) -> String {
    let end = value.char_indices().nth(super::TEXT_CHARS_MAX).map_or(value.len(), |(end, _)| end);
    visible(&value[..end], Breaks::Keep)
}

fn word<T>(value: &Option<Cow<str>>, field: &str, of: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    let word = need(value.as_deref(), field)?;
    of(word).ok_or_else(|| format!("field `{field}` has an unknown value"))
}

/// The event of a line; `None` if the kind is not known.
pub(super) fn kind(raw: &Raw) -> Result<Option<EventKind>, String> {
    let kind = match &*raw.k {
        "th.create" => {
            EventKind::ThreadCreate { child: thread(raw.child, "child")?, daemon: need(raw.daemon, "daemon")? }
        }
        "th.begin" => EventKind::ThreadBegin,
        "th.end" => EventKind::ThreadEnd(thread_end(raw)?),
        "th.name" => EventKind::ThreadName {
            target: thread(raw.target, "target")?,
            name: name(need(raw.name.as_deref(), "name")?),
        },
        "th.join" => EventKind::ThreadJoin { target: thread(raw.target, "target")?, ended: need(raw.ended, "ended")? },
        "cpu.run" => EventKind::CpuRun { core: need(raw.core, "core")? },
        "cpu.stop" => EventKind::CpuStop { core: need(raw.core, "core")? },
        "block" => EventKind::Block { reason: block_reason(raw)?, deadline_ns: raw.deadline_ns },
        "wake" => EventKind::Wake { cause: word(&raw.why, "why", words::wake_cause_of)? },
        "line" => EventKind::Line,
        "op" => EventKind::Op {
            name: words::intern(need(raw.op.as_deref(), "op")?),
            cost_ns: need(raw.cost_ns, "cost_ns")?,
        },
        "call" => EventKind::Call,
        "ret" => EventKind::Return,
        "raise" => EventKind::Raise { class: name(need(raw.class.as_deref(), "class")?) },
        "out" => EventKind::Output {
            stream: word(&raw.stream, "stream", stream_of)?,
            text: text(need(raw.text.as_deref(), "text")?),
        },
        "choice" => choice(raw)?,
        "limit" => EventKind::Limit(word(&raw.which, "which", limit_of)?.into()),
        "mark" => EventKind::Mark(text(need(raw.text.as_deref(), "text")?)),
        other if other.starts_with("gil.") => return gil_kind(raw),
        other if other.starts_with("lock.") || other.starts_with("queue.") || other == "obj.new" => {
            return sync_kind(raw);
        }
        _ => return Ok(None),
    };
    Ok(Some(kind))
}

fn gil_kind(raw: &Raw) -> Result<Option<EventKind>, String> {
    let kind = match &*raw.k {
        "gil.want" => EventKind::GilWant { holder: raw.holder.map(ThreadId), queue_length: need(raw.queue, "queue")? },
        "gil.timeout" => EventKind::GilTimeout {
            interval_ns: need(raw.interval_ns, "interval_ns")?,
            switched_meanwhile: need(raw.switched, "switched")?,
        },
        "gil.request" => EventKind::GilRequest { holder: thread(raw.holder, "holder")? },
        "gil.check" => EventKind::GilCheck,
        "gil.drop" => EventKind::GilDrop {
            reason: word(&raw.why, "why", words::drop_reason_of)?,
            held_ns: need(raw.held_ns, "held_ns")?,
            instructions: need(raw.instructions, "instructions")?,
        },
        "gil.forced_wait" => EventKind::GilForcedWait,
        "gil.take" => EventKind::GilTake {
            waited_ns: need(raw.waited_ns, "waited_ns")?,
            from: raw.from.map(ThreadId),
            switch_number: need(raw.switch, "switch")?,
            forced: need(raw.forced, "forced")?,
        },
        _ => return Ok(None),
    };
    Ok(Some(kind))
}

fn sync_kind(raw: &Raw) -> Result<Option<EventKind>, String> {
    let object = || need(raw.obj, "obj").map(ObjId);
    let kind = match &*raw.k {
        "obj.new" => EventKind::ObjectNew {
            object: object()?,
            kind: word(&raw.type_, "type", words::object_kind_of)?,
            name: raw.name.as_deref().map(name),
        },
        "lock.try" => EventKind::LockTry { lock: object()?, blocking: need(raw.blocking, "blocking")? },
        "lock.acq" => EventKind::LockAcquire {
            lock: object()?,
            depth: need(raw.depth, "depth")?,
            waited_ns: need(raw.waited_ns, "waited_ns")?,
        },
        "lock.rel" => {
            EventKind::LockRelease { lock: object()?, depth: need(raw.depth, "depth")?, woken: raw.woken.map(ThreadId) }
        }
        "queue.put" => EventKind::QueuePut { queue: object()?, size: need(raw.size, "size")? },
        "queue.get" => EventKind::QueueGet { queue: object()?, size: need(raw.size, "size")? },
        _ => return Ok(None),
    };
    Ok(Some(kind))
}

fn thread_end(raw: &Raw) -> Result<ThreadEnd, String> {
    match need(raw.outcome.as_deref(), "outcome")? {
        "ok" => Ok(ThreadEnd::Ok),
        "stopped" => Ok(ThreadEnd::Stopped),
        "exception" => Ok(ThreadEnd::Exception(name(need(raw.class.as_deref(), "class")?))),
        _ => Err("field `outcome` has an unknown value".to_owned()),
    }
}

fn block_reason(raw: &Raw) -> Result<BlockReason, String> {
    match need(raw.why.as_deref(), "why")? {
        "lock" => Ok(BlockReason::Lock { lock: ObjId(need(raw.obj, "obj")?), owner: raw.owner.map(ThreadId) }),
        "queue" => Ok(BlockReason::Queue { queue: ObjId(need(raw.obj, "obj")?) }),
        "join" => Ok(BlockReason::Join { target: thread(raw.target, "target")? }),
        "join-all" => Ok(BlockReason::JoinAll),
        "sleep" => Ok(BlockReason::Sleep),
        "io" => Ok(BlockReason::Io { operation: words::intern(need(raw.operation.as_deref(), "operation")?) }),
        "native" => Ok(BlockReason::Native),
        _ => Err("field `why` has an unknown value".to_owned()),
    }
}

fn choice(raw: &Raw) -> Result<EventKind, String> {
    Ok(EventKind::Choice {
        what: words::intern(need(raw.what.as_deref(), "what")?),
        candidates: need(raw.of.as_ref(), "of")?.iter().copied().map(ThreadId).collect(),
        picked: need(raw.pick, "pick")?,
    })
}

fn stream_of(word: &str) -> Option<Stream> {
    [Stream::Stdout, Stream::Stderr].into_iter().find(|stream| super::encode::stream_name(*stream) == word)
}

fn limit_of(word: &str) -> Option<LimitName> {
    use LimitName::{Events, Heap, Output, Steps, Threads, Time};
    [Steps, Time, Heap, Threads, Output, Events]
        .into_iter()
        .find(|limit| super::encode::limit_name((*limit).into()) == word)
}
