//! From an event to its line: the kind's name and its own fields. The mirror image is `decode`.

use super::line::Line;
use super::words;
use gilsim_scheduler::event::{BlockReason, EventKind, ObjId, Stream, ThreadEnd, ThreadId};

/// Name of a kind in the file.
pub(crate) fn kind_name(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::ThreadCreate { .. } => "th.create",
        EventKind::ThreadBegin => "th.begin",
        EventKind::ThreadEnd(_) => "th.end",
        EventKind::ThreadName { .. } => "th.name",
        EventKind::ThreadJoin { .. } => "th.join",
        EventKind::GilWant { .. } => "gil.want",
        EventKind::GilTimeout { .. } => "gil.timeout",
        EventKind::GilRequest { .. } => "gil.request",
        EventKind::GilCheck => "gil.check",
        EventKind::GilDrop { .. } => "gil.drop",
        EventKind::GilForcedWait => "gil.forced_wait",
        EventKind::GilTake { .. } => "gil.take",
        EventKind::CpuRun { .. } => "cpu.run",
        EventKind::CpuStop { .. } => "cpu.stop",
        EventKind::Block { .. } => "block",
        EventKind::Wake { .. } => "wake",
        EventKind::ObjectNew { .. } => "obj.new",
        EventKind::LockTry { .. } => "lock.try",
        EventKind::LockAcquire { .. } => "lock.acq",
        EventKind::LockRelease { .. } => "lock.rel",
        EventKind::QueuePut { .. } => "queue.put",
        EventKind::QueueGet { .. } => "queue.get",
        EventKind::Line => "line",
        EventKind::Op { .. } => "op",
        EventKind::Call => "call",
        EventKind::Return => "ret",
        EventKind::Raise { .. } => "raise",
        EventKind::Output { .. } => "out",
        EventKind::Choice { .. } => "choice",
        EventKind::Limit(_) => "limit",
        EventKind::Mark(_) => "mark",
    }
}

/// The synchronisation object an event is about.
pub(crate) fn object_of(kind: &EventKind) -> Option<ObjId> {
    match kind {
        EventKind::ObjectNew { object, .. } => Some(*object),
        EventKind::LockTry { lock, .. } | EventKind::LockAcquire { lock, .. } | EventKind::LockRelease { lock, .. } => {
            Some(*lock)
        }
        EventKind::QueuePut { queue, .. } | EventKind::QueueGet { queue, .. } => Some(*queue),
        EventKind::Block { reason: BlockReason::Lock { lock, .. }, .. } => Some(*lock),
        EventKind::Block { reason: BlockReason::Queue { queue }, .. } => Some(*queue),
        _ => None,
    }
}

/// The highest thread number an event's own fields mention.
pub(super) fn highest_thread(kind: &EventKind) -> Option<ThreadId> {
    match kind {
        EventKind::ThreadCreate { child, .. } => Some(*child),
        EventKind::ThreadName { target, .. } | EventKind::ThreadJoin { target, .. } => Some(*target),
        EventKind::GilWant { holder, .. } => *holder,
        EventKind::GilRequest { holder } => Some(*holder),
        EventKind::GilTake { from, .. } => *from,
        EventKind::LockRelease { woken, .. } => *woken,
        EventKind::Block { reason: BlockReason::Lock { owner, .. }, .. } => *owner,
        EventKind::Block { reason: BlockReason::Join { target }, .. } => Some(*target),
        EventKind::Choice { candidates, .. } => candidates.iter().max().copied(),
        _ => None,
    }
}

/// Writes the fields of the kind; `object` is the file's own number of the object the event is about.
pub(super) fn fields(line: &mut Line, kind: &EventKind, object: Option<u32>) {
    match kind {
        EventKind::ThreadBegin
        | EventKind::GilCheck
        | EventKind::GilForcedWait
        | EventKind::Line
        | EventKind::Call
        | EventKind::Return => {}
        EventKind::ThreadCreate { child, daemon } => {
            line.number("child", child.0).truth("daemon", *daemon);
        }
        EventKind::ThreadEnd(end) => thread_end(line, end),
        EventKind::ThreadName { target, name } => {
            line.number("target", target.0).name("name", name);
        }
        EventKind::ThreadJoin { target, ended } => {
            line.number("target", target.0).truth("ended", *ended);
        }
        EventKind::CpuRun { core } | EventKind::CpuStop { core } => {
            line.number("core", *core);
        }
        EventKind::Block { reason, deadline_ns } => {
            block_reason(line, reason, object);
            line.maybe_number("deadline_ns", *deadline_ns);
        }
        EventKind::Wake { cause } => {
            line.word("why", words::wake_cause(*cause));
        }
        EventKind::Op { name, cost_ns } => {
            line.word("op", name).number("cost_ns", *cost_ns);
        }
        EventKind::Raise { class } => {
            line.name("class", class);
        }
        EventKind::Output { stream, text } => {
            line.word("stream", stream_name(*stream)).text("text", text);
        }
        EventKind::Choice { what, candidates, picked } => {
            line.word("what", what).numbers("of", candidates.iter().map(|c| c.0)).number("pick", *picked);
        }
        EventKind::Limit(limit) => {
            line.word("which", limit_name(*limit));
        }
        EventKind::Mark(text) => {
            line.text("text", text);
        }
        EventKind::GilWant { .. }
        | EventKind::GilTimeout { .. }
        | EventKind::GilRequest { .. }
        | EventKind::GilDrop { .. }
        | EventKind::GilTake { .. } => gil_fields(line, kind),
        EventKind::ObjectNew { .. }
        | EventKind::LockTry { .. }
        | EventKind::LockAcquire { .. }
        | EventKind::LockRelease { .. }
        | EventKind::QueuePut { .. }
        | EventKind::QueueGet { .. } => {
            line.maybe_number("obj", object);
            sync_fields(line, kind);
        }
    }
}

fn gil_fields(line: &mut Line, kind: &EventKind) {
    match kind {
        EventKind::GilWant { holder, queue_length } => {
            line.maybe_number("holder", holder.map(|h| h.0)).number("queue", *queue_length);
        }
        EventKind::GilTimeout { interval_ns, switched_meanwhile } => {
            line.number("interval_ns", *interval_ns).truth("switched", *switched_meanwhile);
        }
        EventKind::GilRequest { holder } => {
            line.number("holder", holder.0);
        }
        EventKind::GilDrop { reason, held_ns, instructions } => {
            line.word("why", words::drop_reason(*reason));
            line.number("held_ns", *held_ns).number("instructions", *instructions);
        }
        EventKind::GilTake { waited_ns, from, switch_number, forced } => {
            line.number("waited_ns", *waited_ns).maybe_number("from", from.map(|f| f.0));
            line.number("switch", *switch_number).truth("forced", *forced);
        }
        _ => {}
    }
}

fn sync_fields(line: &mut Line, kind: &EventKind) {
    match kind {
        EventKind::ObjectNew { kind, name, .. } => {
            line.word("type", words::object_kind(*kind));
            if let Some(name) = name {
                line.name("name", name);
            }
        }
        EventKind::LockTry { blocking, .. } => {
            line.truth("blocking", *blocking);
        }
        EventKind::LockAcquire { depth, waited_ns, .. } => {
            line.number("depth", *depth).number("waited_ns", *waited_ns);
        }
        EventKind::LockRelease { depth, woken, .. } => {
            line.number("depth", *depth).maybe_number("woken", woken.map(|w| w.0));
        }
        EventKind::QueuePut { size, .. } | EventKind::QueueGet { size, .. } => {
            line.number("size", *size);
        }
        _ => {}
    }
}

fn block_reason(line: &mut Line, reason: &BlockReason, object: Option<u32>) {
    match reason {
        BlockReason::Lock { owner, .. } => {
            line.word("why", "lock").maybe_number("obj", object).maybe_number("owner", owner.map(|o| o.0));
        }
        BlockReason::Queue { .. } => {
            line.word("why", "queue").maybe_number("obj", object);
        }
        BlockReason::Join { target } => {
            line.word("why", "join").number("target", target.0);
        }
        BlockReason::JoinAll => {
            line.word("why", "join-all");
        }
        BlockReason::Sleep => {
            line.word("why", "sleep");
        }
        BlockReason::Io { operation } => {
            line.word("why", "io").word("operation", operation);
        }
        BlockReason::Native => {
            line.word("why", "native");
        }
    }
}

fn thread_end(line: &mut Line, end: &ThreadEnd) {
    match end {
        ThreadEnd::Ok => {
            line.word("outcome", "ok");
        }
        ThreadEnd::Exception(class) => {
            line.word("outcome", "exception").name("class", class);
        }
        ThreadEnd::Stopped => {
            line.word("outcome", "stopped");
        }
    }
}

/// Word of a standard stream.
pub(crate) fn stream_name(stream: Stream) -> &'static str {
    match stream {
        Stream::Stdout => "stdout",
        Stream::Stderr => "stderr",
    }
}

/// Word of a limit.
pub(crate) fn limit_name(limit: gilsim_scheduler::event::Limit) -> &'static str {
    use gilsim_scheduler::event::Limit;
    match limit {
        Limit::Steps => "steps",
        Limit::Time => "time",
        Limit::Heap => "heap",
        Limit::Threads => "threads",
        Limit::Output => "output",
        Limit::Events => "events",
    }
}
