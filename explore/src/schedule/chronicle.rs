//! The events of an execution that follows a schedule, for a recording.
//!
//! The machine of a search has no clock and no GIL. Here each step takes one microsecond, and the thread that takes it has
//! the GIL from its first step in a row to its last; a thread that has been told to wait is blocked from then until it can
//! go on. Promise: events in the order of the steps, of the groups `SYNC_DETAIL`. What it cannot show: times, and
//! that a thread waits for a lock before its turn has come; until then it wants the GIL.

use crate::machine::Machine;
use crate::machine::operation::{Kind, Operation};
use gilsim_scheduler::event::{
    BlockReason, DropReason, Event, EventId, EventKind, InterpreterId, ObjectKind, Position, ThreadEnd, WakeCause,
};
use gilsim_vm::effect::Effect;
use gilsim_vm::object::sync::LockKind;
use gilsim_vm::value::{ObjId, ThreadId};
use std::collections::BTreeSet;

/// How long a step takes.
const STEP_NS: u64 = 1_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Wants,
    Holds,
    Blocked,
    Done,
}

/// Tells the events of an execution.
pub struct Chronicle<'a> {
    tell: &'a mut dyn FnMut(&Event),
    events: u64,
    now_ns: u64,
    holder: Option<ThreadId>,
    last_holder: Option<ThreadId>,
    switches: u64,
    /// Of each thread, and since when.
    states: Vec<(State, u64)>,
    named: BTreeSet<ThreadId>,
    objects: BTreeSet<ObjId>,
    outputs: usize,
}

impl std::fmt::Debug for Chronicle<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Chronicle").field("now_ns", &self.now_ns).finish_non_exhaustive()
    }
}

impl<'a> Chronicle<'a> {
    /// Begins with the threads that there are.
    pub fn new(machine: &Machine, tell: &'a mut dyn FnMut(&Event)) -> Chronicle<'a> {
        let mut chronicle = Chronicle {
            tell,
            events: 0,
            now_ns: 0,
            holder: None,
            last_holder: None,
            switches: 0,
            states: Vec::new(),
            named: BTreeSet::new(),
            objects: BTreeSet::new(),
            outputs: 0,
        };
        chronicle.begin(ThreadId(0));
        chronicle.take(machine, ThreadId(0));
        chronicle.look(machine, ThreadId(0));
        chronicle
    }

    /// The time of the last step.
    pub fn now_ns(&self) -> u64 {
        self.now_ns
    }

    /// A thread is about to take a step.
    pub fn before(&mut self, machine: &Machine, thread: ThreadId) {
        if self.holder != Some(thread) {
            if let Some(holder) = self.holder {
                self.drop(machine, holder, DropReason::Request);
                self.want(machine, holder);
            }
            self.take(machine, thread);
        }
    }

    /// It has taken it.
    pub fn after(&mut self, machine: &Machine, thread: ThreadId, operation: &Operation) {
        self.now_ns += STEP_NS;
        match &operation.kind {
            Kind::Effect(Effect::Acquire { lock, .. }) => {
                self.object(machine, *lock);
                self.emit(machine, thread, EventKind::LockTry { lock: *lock, blocking: true });
                let state = machine.vm().lock(*lock);
                if state.holder == Some(thread) {
                    let depth = state.depth;
                    self.emit(machine, thread, EventKind::LockAcquire { lock: *lock, depth, waited_ns: 0 });
                }
            }
            Kind::Effect(Effect::Release { lock, .. }) => {
                self.object(machine, *lock);
                let depth = machine.vm().lock(*lock).depth;
                self.emit(machine, thread, EventKind::LockRelease { lock: *lock, depth, woken: None });
            }
            _ => {}
        }
        self.look(machine, thread);
    }

    /// What has become of the threads, and what was written.
    fn look(&mut self, machine: &Machine, by: ThreadId) {
        for (stream, text) in machine.output().iter().skip(self.outputs) {
            self.emit(machine, by, EventKind::Output { stream: *stream, text: text.to_string() });
        }
        self.outputs = machine.output().len();
        for at in self.states.len()..machine.threads().len() {
            let child = ThreadId(at as u32);
            let daemon = machine.thread(child).daemon;
            self.emit(machine, by, EventKind::ThreadCreate { child, daemon });
            self.begin(child);
            self.want(machine, child);
        }
        let is_stuck = !machine.is_over() && machine.enabled().next().is_none();
        for (at, thread) in machine.threads().iter().enumerate() {
            let id = ThreadId(at as u32);
            if let Some(name) = thread.name.clone().filter(|_| self.named.insert(id)) {
                self.emit(machine, by, EventKind::ThreadName { target: id, name });
            }
            let ended = thread.is_done() || id == ThreadId(0) && machine.ending.exit.is_some();
            match self.states[at].0 {
                State::Done => {}
                State::Holds | State::Wants | State::Blocked if ended => self.end(machine, id),
                State::Holds if !machine.is_over() && !machine.is_enabled(id) => self.block(machine, id),
                State::Blocked if machine.is_enabled(id) => {
                    self.emit(machine, id, EventKind::Wake { cause: WakeCause::Released });
                    self.want(machine, id);
                }
                // A thread that cannot go on while another has the GIL is found out when it would have its turn.
                State::Wants if is_stuck => {
                    self.take(machine, id);
                    self.block(machine, id);
                }
                State::Holds | State::Wants | State::Blocked => {}
            }
        }
    }

    fn end(&mut self, machine: &Machine, id: ThreadId) {
        let died = machine.ending.died.iter().find(|died| died.thread == id);
        let how = died.map_or(ThreadEnd::Ok, |died| ThreadEnd::Exception(died.class.clone()));
        match self.states[id.0 as usize].0 {
            State::Holds => self.drop(machine, id, DropReason::Exit),
            State::Blocked => self.emit(machine, id, EventKind::Wake { cause: WakeCause::Released }),
            State::Wants | State::Done => {}
        }
        self.emit(machine, id, EventKind::ThreadEnd(how));
        self.set(id, State::Done);
    }

    fn block(&mut self, machine: &Machine, id: ThreadId) {
        let reason = match machine.thread(id).next.as_ref().map(|next| &next.kind) {
            Some(Kind::Effect(Effect::Acquire { lock, .. })) => self.waits_for(machine, *lock),
            Some(Kind::Resume { waiter, .. }) => self.waits_for(machine, *waiter),
            Some(Kind::Effect(Effect::Join { handle, .. })) => {
                let target = machine.vm().thread_handle(*handle).thread.unwrap_or(id);
                BlockReason::Join { target }
            }
            Some(Kind::Effect(Effect::JoinAll)) => BlockReason::JoinAll,
            _ => BlockReason::Native,
        };
        self.drop(machine, id, DropReason::Block);
        self.emit(machine, id, EventKind::Block { reason, deadline_ns: None });
        self.set(id, State::Blocked);
    }

    fn waits_for(&mut self, machine: &Machine, lock: ObjId) -> BlockReason {
        self.object(machine, lock);
        BlockReason::Lock { lock, owner: machine.vm().lock(lock).holder }
    }

    /// Told before the first event that names it.
    fn object(&mut self, machine: &Machine, object: ObjId) {
        if !self.objects.insert(object) {
            return;
        }
        let lock = machine.vm().lock(object);
        let kind = match lock.kind {
            LockKind::Reentrant => ObjectKind::RLock,
            _ if lock.is_waiter => ObjectKind::Waiter,
            _ => ObjectKind::Lock,
        };
        let name = lock.name.as_deref().map(str::to_owned);
        self.emit(machine, ThreadId(0), EventKind::ObjectNew { object, kind, name });
    }

    fn begin(&mut self, id: ThreadId) {
        self.states.push((State::Wants, self.now_ns));
        self.emit_at(id, EventKind::ThreadBegin, None);
    }

    fn want(&mut self, machine: &Machine, id: ThreadId) {
        self.emit(machine, id, EventKind::GilWant { holder: self.holder, queue_length: 0 });
        self.set(id, State::Wants);
    }

    fn take(&mut self, machine: &Machine, id: ThreadId) {
        let waited_ns = self.now_ns - self.states[id.0 as usize].1;
        self.switches += 1;
        let (from, switch_number) = (self.last_holder, self.switches);
        self.emit(machine, id, EventKind::GilTake { waited_ns, from, switch_number, forced: from.is_some() });
        self.holder = Some(id);
        self.set(id, State::Holds);
    }

    fn drop(&mut self, machine: &Machine, id: ThreadId, reason: DropReason) {
        let held_ns = self.now_ns - self.states[id.0 as usize].1;
        self.emit(machine, id, EventKind::GilDrop { reason, held_ns, instructions: held_ns / STEP_NS });
        self.holder = None;
        self.last_holder = Some(id);
    }

    fn set(&mut self, id: ThreadId, state: State) {
        self.states[id.0 as usize] = (state, self.now_ns);
    }

    fn emit(&mut self, machine: &Machine, thread: ThreadId, kind: EventKind) {
        let at = machine.vm().program_place(&machine.thread(thread).green).map(|place| Position {
            file: place.file,
            line: place.line,
            column: 0,
            end_column: 0,
            code: "".into(),
            instruction: 0,
        });
        self.emit_at(thread, kind, at);
    }

    fn emit_at(&mut self, thread: ThreadId, kind: EventKind, at: Option<Position>) {
        let id = EventId(self.events);
        self.events += 1;
        let event =
            Event { id, time_ns: self.now_ns, interpreter: InterpreterId(0), thread: Some(thread), kind, at, by: None };
        (self.tell)(&event);
    }
}
