//! The fold itself: which event changes which state.
//!
//! | event | the thread's state after it |
//! | --- | --- |
//! | `th.create` | the child: new |
//! | `th.begin` | switching (running without a GIL), if it was new |
//! | `gil.want` | wants GIL |
//! | `gil.take` | running |
//! | `gil.drop` on request, ticks | wants GIL: it was made to let go and will ask again |
//! | `gil.drop` block, native | switching, until the `block` that follows |
//! | `gil.drop` exit, `th.end` | done, once both the function ended and the GIL is let go |
//! | `block` | blocked, sleeping or native, by its reason |
//! | `wake` | switching: on its way to ask for the GIL (running without a GIL) |
//!
//! Other events leave states alone.

use super::State;
use super::gil::GilFold;
use super::locks::{LockChange, Objects};
use super::sink::{Sink, WaitReason};
use super::summary::{Others, Summary, ThreadSummary};
use super::thread::{Own, ThreadFold};
use super::threads::Threads;
use crate::recording::object_of;
use crate::text::{Breaks, visible};
use gilsim_scheduler::event::{BlockReason, DropReason, Event, EventKind, Limit, ThreadEnd, ThreadId};
use std::collections::BTreeMap;

/// How a run is folded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FoldOptions {
    /// Whether threads run without a GIL.
    pub free_threaded: bool,
    /// Threads whose numbers are kept one by one; later ones are added up.
    pub threads_max: u32,
    /// Locks and queues that are followed one by one.
    pub objects_max: usize,
}

impl Default for FoldOptions {
    fn default() -> FoldOptions {
        FoldOptions { free_threaded: false, threads_max: 10_000, objects_max: 4096 }
    }
}

/// Folds events into the sink's intervals and a [`Summary`].
#[derive(Clone, Debug)]
pub struct Fold<S: Sink> {
    options: FoldOptions,
    sink: S,
    threads: Threads,
    created: u32,
    waits: BTreeMap<ThreadId, u32>,
    others: Others,
    gils: BTreeMap<u32, GilFold>,
    objects: Objects,
    events: u64,
    time_ns: u64,
    cut: bool,
}

impl<S: Sink> Fold<S> {
    /// A fold that has heard nothing.
    pub fn new(options: FoldOptions, sink: S) -> Fold<S> {
        Fold {
            options,
            sink,
            threads: Threads::default(),
            created: 0,
            waits: BTreeMap::new(),
            others: Others::default(),
            gils: BTreeMap::new(),
            objects: Objects::new(options.objects_max),
            events: 0,
            time_ns: 0,
            cut: false,
        }
    }

    /// The sink, as far as it got.
    pub fn sink(&self) -> &S {
        &self.sink
    }

    /// One event.
    pub fn event(&mut self, event: &Event) {
        if self.cut {
            return;
        }
        self.events += 1;
        self.time_ns = self.time_ns.max(event.time_ns);
        if let EventKind::Limit(Limit::Events) = event.kind {
            self.cut = true;
            return;
        }
        let object = object_of(&event.kind).and_then(|object| {
            let new = matches!(event.kind, EventKind::ObjectNew { .. });
            self.objects.number(event.interpreter.0, object, new)
        });
        if let Some(number) = object {
            let change = self.objects.event(number, event);
            self.pass_on(change, event.time_ns);
        }
        if let Some(thread) = event.thread
            && self.follow(thread, event)
        {
            self.thread_event(thread, object, event);
        }
    }

    /// Ends the fold at the end of the run.
    pub fn finish(mut self, end_ns: u64) -> (Summary, S) {
        let end_ns = end_ns.max(self.time_ns);
        let known_ns = if self.cut { self.time_ns } else { end_ns };
        for span in self.objects.finish(known_ns) {
            self.sink.lock(span);
        }
        for gil in self.gils.values_mut() {
            if let Some(span) = gil.close(known_ns, None, None, 0) {
                self.sink.gil(span);
            }
        }
        let mut threads = Vec::new();
        for mut thread in self.threads.into_sorted() {
            if let Some(span) = thread.close(known_ns, None, &mut self.others) {
                self.sink.state(span);
            }
            if let Some(since_ns) = thread.on_core_since_ns {
                thread.numbers(&mut self.others).cpu_ns += known_ns.saturating_sub(since_ns);
            }
            match thread.own {
                Some(own) => threads.push(summarise(thread.id, thread.interpreter, *own)),
                None => self.others.threads += 1,
            }
        }
        let (locks, locks_not_followed) = self.objects.summaries();
        let summary = Summary {
            end_ns,
            known_ns,
            events: self.events,
            threads,
            others: self.others,
            gils: self.gils.values().map(|gil| gil.summary(known_ns)).collect(),
            locks,
            locks_not_followed,
            free_threaded: self.options.free_threaded,
        };
        (summary, self.sink)
    }

    fn pass_on(&mut self, change: LockChange, time_ns: u64) {
        if let Some(span) = change.span {
            self.sink.lock(span);
        }
        if let Some((object, count)) = change.waiters {
            self.sink.lock_waiters(object, time_ns, count);
        }
    }

    /// Makes sure that the thread is known; false for one that was already added to the others.
    fn follow(&mut self, thread: ThreadId, event: &Event) -> bool {
        if self.threads.get(thread).is_some() {
            return true;
        }
        if thread.0 < self.created && thread.0 >= self.options.threads_max {
            return false;
        }
        self.created = self.created.max(thread.0.saturating_add(1));
        let is_told_alone = thread.0 < self.options.threads_max;
        self.threads.insert(ThreadFold::new(thread, event, is_told_alone), self.events);
        true
    }

    fn thread_event(&mut self, thread: ThreadId, object: Option<u32>, event: &Event) {
        match &event.kind {
            EventKind::ThreadCreate { child, daemon } => {
                if self.follow(*child, event)
                    && let Some(child) = self.own(*child)
                {
                    child.daemon = *daemon;
                }
            }
            EventKind::ThreadName { target, name } => {
                if self.follow(*target, event)
                    && let Some(target) = self.own(*target)
                {
                    target.name = Some(visible(name, Breaks::Escape));
                }
            }
            EventKind::ThreadBegin => self.begin(thread, event),
            EventKind::ThreadEnd(end) => self.ended(thread, end, event),
            EventKind::GilWant { .. } => self.enter(thread, State::WantsGil, None, event),
            EventKind::GilTake { .. } => self.take(thread, event),
            EventKind::GilDrop { reason, instructions, .. } => self.let_go(thread, *reason, *instructions, event),
            EventKind::GilRequest { .. } => self.gil(event).requested(),
            EventKind::Block { reason, .. } => self.block(thread, reason, object, event),
            EventKind::Wake { .. } => self.wake(thread, event),
            EventKind::CpuRun { .. } => self.on_core(thread, Some(event.time_ns), event.time_ns),
            EventKind::CpuStop { .. } => self.on_core(thread, None, event.time_ns),
            EventKind::ThreadJoin { .. }
            | EventKind::GilTimeout { .. }
            | EventKind::GilCheck
            | EventKind::GilForcedWait
            | EventKind::ObjectNew { .. }
            | EventKind::LockTry { .. }
            | EventKind::LockAcquire { .. }
            | EventKind::LockRelease { .. }
            | EventKind::QueuePut { .. }
            | EventKind::QueueGet { .. }
            | EventKind::Line
            | EventKind::Op { .. }
            | EventKind::Call
            | EventKind::Return
            | EventKind::Raise { .. }
            | EventKind::Output { .. }
            | EventKind::Choice { .. }
            | EventKind::Limit(_)
            | EventKind::Mark(_) => {}
        }
    }

    /// The thread may have taken the GIL before it begins; then it runs already.
    fn begin(&mut self, thread: ThreadId, event: &Event) {
        if self.threads.get(thread).is_some_and(|thread| thread.state == State::New) {
            self.enter(thread, self.state_off_gil(thread), None, event);
        }
    }

    /// The state of a thread that could go on but has not asked for the GIL.
    fn state_off_gil(&self, thread: ThreadId) -> State {
        let holds = self.threads.get(thread).is_some_and(|thread| thread.holds_gil);
        if holds || self.options.free_threaded { State::Running } else { State::Switching }
    }

    fn enter(&mut self, thread: ThreadId, state: State, reason: Option<WaitReason>, event: &Event) {
        let Some(fold) = self.threads.get_mut(thread) else { return };
        let (before, interpreter) = (fold.state, fold.interpreter);
        let span = fold.enter(state, reason, event, &mut self.others);
        if let Some(span) = span {
            self.sink.state(span);
        }
        let wanted = before == State::WantsGil;
        if wanted != (state == State::WantsGil) {
            let gil = self.gils.entry(interpreter).or_insert_with(|| GilFold::new(interpreter));
            gil.waiters = if wanted { gil.waiters.saturating_sub(1) } else { gil.waiters + 1 };
            self.sink.gil_waiters(interpreter, event.time_ns, gil.waiters);
        }
        if state == State::Done {
            self.retire(thread);
        }
    }

    /// Follows a thread no longer that has ended and is one of the others.
    fn retire(&mut self, thread: ThreadId) {
        if thread.0 >= self.options.threads_max && self.threads.remove(thread) {
            self.others.threads += 1;
        }
    }

    /// What is told of a thread alone.
    fn own(&mut self, thread: ThreadId) -> Option<&mut Own> {
        self.threads.get_mut(thread)?.own.as_deref_mut()
    }

    fn gil(&mut self, event: &Event) -> &mut GilFold {
        let interpreter = event.interpreter.0;
        self.gils.entry(interpreter).or_insert_with(|| GilFold::new(interpreter))
    }

    fn take(&mut self, thread: ThreadId, event: &Event) {
        let gil = self.gil(event);
        let (before, replaced_holder) = (gil.last_holder, gil.holder());
        let replaced = gil.take(thread, event);
        if let Some(span) = replaced {
            self.sink.gil(span);
        }
        if let Some(other) = replaced_holder.and_then(|holder| self.threads.get_mut(holder)) {
            other.holds_gil = false;
        }
        if let Some(before) = before.filter(|before| *before != thread) {
            self.switched(before, event);
        }
        if let Some(fold) = self.threads.get_mut(thread) {
            fold.holds_gil = true;
        }
        self.enter(thread, State::Running, None, event);
    }

    fn switched(&mut self, from: ThreadId, event: &Event) {
        let forced = match self.threads.get_mut(from) {
            Some(fold) => {
                let forced = matches!(fold.last_drop, Some(DropReason::Request | DropReason::Ticks));
                let numbers = fold.numbers(&mut self.others);
                numbers.switches_forced += u64::from(forced);
                numbers.switches_voluntary += u64::from(!forced);
                forced
            }
            None => {
                self.others.numbers.switches_voluntary += 1;
                false
            }
        };
        self.gil(event).switched(forced);
    }

    fn let_go(&mut self, thread: ThreadId, reason: DropReason, instructions: u64, event: &Event) {
        let gil = self.gil(event);
        if gil.holder() == Some(thread)
            && let Some(span) = gil.close(event.time_ns, Some(event.id), Some(reason), instructions)
        {
            self.sink.gil(span);
        }
        let Some(fold) = self.threads.get_mut(thread) else { return };
        fold.holds_gil = false;
        fold.last_drop = Some(reason);
        let has_ended = fold.has_ended;
        let numbers = fold.numbers(&mut self.others);
        numbers.instructions = numbers.instructions.saturating_add(instructions);
        let state = match reason {
            _ if has_ended => State::Done,
            DropReason::Request | DropReason::Ticks => State::WantsGil,
            DropReason::Block | DropReason::Native => State::Switching,
            DropReason::Exit => State::Done,
        };
        self.enter(thread, state, None, event);
    }

    fn ended(&mut self, thread: ThreadId, end: &ThreadEnd, event: &Event) {
        let Some(fold) = self.threads.get_mut(thread) else { return };
        fold.has_ended = true;
        if let Some(own) = &mut fold.own {
            own.end = Some(end.clone());
        }
        if !fold.holds_gil {
            self.enter(thread, State::Done, None, event);
        }
    }

    fn block(&mut self, thread: ThreadId, reason: &BlockReason, object: Option<u32>, event: &Event) {
        let reason = WaitReason::new(reason, object);
        if let Some(fold) = self.threads.get_mut(thread)
            && reason.state() == State::Blocked
        {
            fold.numbers(&mut self.others).blocks += 1;
        }
        if let Some(number) = object {
            self.waits.insert(thread, number);
            let waiters = self.objects.wait(number, thread, event.time_ns);
            self.pass_on(LockChange { span: None, waiters }, event.time_ns);
        }
        self.enter(thread, reason.state(), Some(reason), event);
    }

    fn wake(&mut self, thread: ThreadId, event: &Event) {
        if let Some(number) = self.waits.remove(&thread) {
            let waiters = self.objects.wake(number, thread, event.time_ns);
            self.pass_on(LockChange { span: None, waiters }, event.time_ns);
        }
        self.enter(thread, self.state_off_gil(thread), None, event);
    }

    fn on_core(&mut self, thread: ThreadId, since_ns: Option<u64>, time_ns: u64) {
        let Some(fold) = self.threads.get_mut(thread) else { return };
        let before = std::mem::replace(&mut fold.on_core_since_ns, since_ns);
        fold.numbers(&mut self.others).cpu_ns += before.map_or(0, |before| time_ns.saturating_sub(before));
    }
}

fn summarise(thread: ThreadId, interpreter: u32, own: Own) -> ThreadSummary {
    let name = own.name.unwrap_or_else(|| match thread.0 {
        0 => "MainThread".to_owned(),
        number => format!("Thread-{number}"),
    });
    ThreadSummary {
        thread,
        interpreter,
        name,
        daemon: own.daemon,
        created_ns: own.created_ns,
        end: own.end,
        numbers: own.numbers,
    }
}
