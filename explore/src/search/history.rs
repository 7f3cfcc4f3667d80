//! The steps of the execution under way, with what happened before what.
//!
//! Two steps are ordered by *happens-before* if they are of one thread, or conflict, or one had to come first for the
//! other to be possible (a thread's start, its join, a notification). Two executions whose steps are ordered alike are
//! one class (a Mazurkiewicz trace). A *race* is a pair of conflicting steps of different threads with nothing between
//! them, of which the later one could have been taken before the earlier one.

use super::clock::Clock;
use crate::machine::Machine;
use crate::machine::enabled::holds_at;
use crate::machine::operation::{Accesses, Before, Kind, Operation, conflict, copy_of};
use crate::machine::rules::Guard;
use crate::machine::timeouts::Timeouts;
use gilsim_vm::code::Op;
use gilsim_vm::effect::{Effect, Wait};
use gilsim_vm::interp::access::Access;
use gilsim_vm::value::{CodeId, ObjId, ThreadId};
use smallvec::SmallVec;

/// What must hold of an object for a step to be possible.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Condition {
    /// Nothing.
    None,
    /// It never was: nobody has notified the thread.
    Never,
    /// The lock is free, the simple queue not empty.
    Available(ObjId),
    /// The lock of a wait is free. Whoever touches only what is waited on holds that lock.
    Retake(ObjId),
    /// A guard, and the room of a bounded queue.
    Guard(ObjId, Guard, i64),
}

/// Numbers of earlier steps that a step races with.
pub type RacesWith = SmallVec<[u32; 2]>;

/// A step that was taken.
#[derive(Clone, Debug)]
pub struct Event {
    /// Who took it.
    pub thread: ThreadId,
    /// Its number among the steps of the thread, from 1.
    pub number: u32,
    /// What it touched.
    pub accesses: Accesses,
    /// For each access, the level of the object before the step.
    levels: SmallVec<[i64; 2]>,
    /// What happened before it, itself included.
    pub clock: Clock,
    /// What comes before it whatever the order of conflicting steps.
    pub base: Clock,
    /// The earlier steps it races with.
    pub races: RacesWith,
    /// How often time had passed before it.
    moment: u32,
    /// What happened before it by synchronisation alone: locks, queues, events, start and join.
    pub ordered: Clock,
    /// Whether it reads or writes data, and is no synchronisation.
    pub is_data: bool,
    /// The dict in which it looks for a key and, finding none, adds it (`setdefault`).
    pub adds_to: Option<ObjId>,
    /// Where the thread was: code and index of the instruction.
    pub at: Option<(CodeId, u32)>,
}

/// The next step of a thread, seen from the execution so far.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who would take it.
    pub thread: ThreadId,
    /// Its number.
    pub number: u32,
    /// What it would touch.
    pub accesses: Accesses,
    /// What comes before it whatever the order of conflicting steps.
    pub base: Clock,
}

/// The execution under way.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Its steps.
    pub events: Vec<Event>,
    /// For each step the [`places`] it touches.
    touched: Vec<u64>,
    /// The steps of each thread.
    by_thread: Vec<Vec<u32>>,
}

impl History {
    /// Forgets the last step.
    pub fn pop(&mut self) {
        if let Some(event) = self.events.pop() {
            self.touched.pop();
            self.by_thread[event.thread.0 as usize].pop();
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.events.clear();
        self.touched.clear();
        self.by_thread.clear();
    }

    fn base(&self, thread: ThreadId, before: &[Before]) -> Clock {
        let mut base = Clock::default();
        let own = self.by_thread.get(thread.0 as usize).and_then(|own| own.last());
        if let Some(last) = own {
            base.join(&self.events[*last as usize].clock);
        }
        for event in before {
            if let Some(at) = self.step_of(*event) {
                base.join(&self.events[at].clock);
            }
        }
        base
    }

    /// Adds the step that a thread is about to take.
    pub fn push(&mut self, machine: &Machine, thread: ThreadId) {
        let Some(operation) = &machine.thread(thread).next else { return };
        let (candidate, clock, races) = self.look(machine, thread, operation);
        let is_data = operation.kind == Kind::Instruction;
        let ordered = self.ordered(machine, thread, operation, is_data);
        let at = machine.spot(thread);
        let levels = candidate.accesses.iter().map(|access| machine.level_of(access.object)).collect();
        let Candidate { number, accesses, base, .. } = candidate;
        let instr = machine.vm().peek(&machine.thread(thread).green);
        let is_call =
            is_data && instr.is_some_and(|instr| matches!(instr.op, Op::Call | Op::CallKw | Op::CallFunctionEx));
        let adds = |access: &&Access| access.write && machine.lacks_key(access);
        let adds_to = accesses.iter().filter(|_| is_call).find(adds).map(|access| access.object);
        if self.by_thread.len() <= thread.0 as usize {
            self.by_thread.resize(thread.0 as usize + 1, Vec::new());
        }
        self.by_thread[thread.0 as usize].push(self.events.len() as u32);
        self.touched.push(places(&accesses));
        let moment = machine.moment();
        let event =
            Event { thread, number, accesses, levels, clock, base, races, moment, ordered, is_data, adds_to, at };
        self.events.push(event);
    }

    /// What the next step of a thread would be, its clock, and the steps it races with.
    pub fn look(&self, machine: &Machine, thread: ThreadId, operation: &Operation) -> (Candidate, Clock, RacesWith) {
        let own = machine.thread(thread);
        // A wait that may be given up need not be notified.
        let is_timed = matches!(operation.kind, Kind::Resume { timeout_ns: Some(_), .. });
        let gives_up = is_timed && machine.may_give_up(thread, operation, machine.moment());
        let base = self.base(thread, if gives_up { &[] } else { &own.before });
        let open = condition(machine, &operation.kind, true);
        let patient = match machine.timeouts() {
            Timeouts::Free => open,
            Timeouts::Virtual => condition(machine, &operation.kind, false),
        };
        let (mut clock, mut firm) = (base.clone(), base.clone());
        let mut races = RacesWith::new();
        for (at, event) in self.touching(&operation.accesses).rev() {
            let known = clock.of(event.thread) >= event.number;
            let firmly_known = firm.of(event.thread) >= event.number;
            if event.thread == thread || (known && firmly_known) || !conflict(&event.accesses, &operation.accesses) {
                continue;
            }
            let gives_up = machine.may_give_up(thread, operation, event.moment);
            if !firmly_known && possible_before(if gives_up { open } else { patient }, event) {
                races.push(at as u32);
                firm.join(&event.clock);
            }
            clock.join(&event.clock);
        }
        self.join_earlier_moments(machine.moment(), &mut clock);
        let number = own.steps + 1;
        clock.set(thread, number);
        (Candidate { thread, number, accesses: copy_of(&operation.accesses), base }, clock, races)
    }

    /// What happened before time passed happened before all that comes after.
    fn join_earlier_moments(&self, moment: u32, clock: &mut Clock) {
        if moment == 0 {
            return;
        }
        for own in &self.by_thread {
            let last = own.iter().rev().map(|at| &self.events[*at as usize]).find(|event| event.moment < moment);
            last.into_iter().for_each(|last| clock.join(&last.clock));
        }
    }

    /// The steps that may touch the same objects, with their numbers: all that do, and few others.
    fn touching(&self, accesses: &[Access]) -> impl DoubleEndedIterator<Item = (usize, &Event)> {
        let places = places(accesses);
        let met = self.touched.iter().enumerate().filter(move |(_, touched)| **touched & places != 0);
        met.map(|(at, _)| (at, &self.events[at]))
    }

    /// The clock of the next step of a thread, by synchronisation alone.
    fn ordered(&self, machine: &Machine, thread: ThreadId, operation: &Operation, is_data: bool) -> Clock {
        let own = machine.thread(thread);
        let mut clock = Clock::default();
        if let Some(last) = self.by_thread.get(thread.0 as usize).and_then(|own| own.last()) {
            clock.join(&self.events[*last as usize].ordered);
        }
        for before in &own.before {
            if let Some(at) = self.step_of(*before) {
                clock.join(&self.events[at].ordered);
            }
        }
        if !is_data {
            for (_, event) in self.touching(&operation.accesses).filter(|(_, event)| !event.is_data) {
                if clock.of(event.thread) < event.number && conflict(&event.accesses, &operation.accesses) {
                    clock.join(&event.ordered);
                }
            }
        }
        clock.set(thread, own.steps + 1);
        clock
    }

    fn step_of(&self, before: Before) -> Option<usize> {
        let steps = self.by_thread.get(before.thread.0 as usize)?;
        steps.get((before.steps as usize).checked_sub(1)?).map(|at| *at as usize)
    }

    /// A number that is equal for executions of one class, and different for others but for a chance of 2^-64.
    pub fn class(&self) -> u64 {
        let mut sorted: Vec<&Event> = self.events.iter().collect();
        sorted.sort_unstable_by_key(|event| (event.thread, event.number));
        let mut print = gilsim_scheduler::fingerprint::Fingerprint::new();
        for event in sorted {
            print.debug(&(event.thread, &event.clock));
        }
        print.finish()
    }
}

/// A set of objects as bits, by the last digits of their handles: disjoint ones have none in common.
fn places(accesses: &[Access]) -> u64 {
    accesses.iter().fold(0, |places, access| places | 1 << (access.object.0 % u64::BITS))
}

/// What must hold for a step; `gives_up` says whether it need not wait any longer, if its wait is limited in time.
fn condition(machine: &Machine, kind: &Kind, gives_up: bool) -> Condition {
    let waits = |wait: &Wait| *wait == Wait::Forever || !gives_up;
    match kind {
        Kind::Effect(Effect::Acquire { lock, wait, .. }) if waits(wait) => Condition::Available(*lock),
        Kind::Effect(Effect::QueueGet { queue, wait }) if waits(wait) => Condition::Available(*queue),
        Kind::Effect(Effect::Join { wait, .. }) if waits(wait) => Condition::Never,
        Kind::Resume { waiter, timeout_ns, .. }
            if (timeout_ns.is_none() || !gives_up) && !machine.lock_is_free(*waiter) =>
        {
            Condition::Never
        }
        Kind::Resume { lock: Some(lock), .. } => Condition::Retake(*lock),
        Kind::Method { object, guard, gives_up_ns } if gives_up_ns.is_none() || !gives_up => {
            let room = if *guard == Guard::NotFull { machine.room(*object) } else { 0 };
            Condition::Guard(*object, *guard, room)
        }
        _ => Condition::None,
    }
}

/// Whether a step under a condition could have been taken just before an event that touches the same.
fn possible_before(condition: Condition, event: &Event) -> bool {
    let (object, guard, room) = match condition {
        Condition::None => return true,
        Condition::Never => return false,
        Condition::Available(object) | Condition::Retake(object) => (object, Guard::NotEmpty, 0),
        Condition::Guard(object, guard, room) => (object, guard, room),
    };
    // What a join of a queue waits for is not among the levels.
    if matches!(guard, Guard::Zero(_)) {
        return true;
    }
    let at = event.accesses.iter().position(|access| access.object == object);
    let level = at.map(|at| event.levels[at]);
    match level {
        Some(level) => holds_at(guard, if guard == Guard::NotFull { room - level } else { level }),
        // What is waited for comes with steps that touch something else.
        None => matches!(condition, Condition::Guard(..)),
    }
}
