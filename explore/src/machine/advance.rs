//! Running a thread up to its next step.

use super::asks::releases_gil;
use super::effects::SLICE_NS;
use super::knowledge::Everything;
use super::names::Name;
use super::operation::{Accesses, Kind, Operation};
use super::rules::{CodeFacts, CodeTable, Guard, Rule};
use super::{Cut, Machine, Points};
use gilsim_vm::code::{Instr, Op};
use gilsim_vm::effect::{Effect, Wait};
use gilsim_vm::interp::access::{Access, Part};
use gilsim_vm::interp::{GreenThread, Step};
use gilsim_vm::object::Object;
use gilsim_vm::value::{ObjId, ThreadId, Value};
use smallvec::smallvec;

/// Where a thread is in its code, as far as the rules are concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Region {
    /// In the program, or in code that it generated.
    Program,
    /// In the library, outside of every rule.
    Library,
    /// Inside a function with this rule, which began in the frame of this index.
    Ruled(Rule, usize),
}

impl Machine {
    /// Runs a thread, and threads that it starts, up to the next step of each.
    pub(super) fn advance(&mut self, id: ThreadId) {
        self.run(id);
        self.start_threads(id);
        if self.thread(id).is_done() || self.thread(id).daemon {
            self.release_joiners();
        }
    }

    /// Threads that waited for the end of others go on: joining is no step.
    fn release_joiners(&mut self) {
        for id in (0..self.threads.len() as u32).map(ThreadId) {
            let next = self.thread(id).next.as_ref().map(|next| &next.kind);
            let ended = match next {
                Some(Kind::Effect(Effect::Join { handle, wait: Wait::Forever })) => self.has_ended(*handle),
                Some(Kind::Effect(Effect::JoinAll)) => self.ends_now(id),
                _ => false,
            };
            if ended && !self.is_over() {
                self.note_change(id);
                self.use_arena(id);
                self.thread_mut(id).may_switch = true;
                let operation = self.thread_mut(id).next.take().expect("it was just seen");
                self.perform(id, operation.kind);
                self.advance(id);
            }
        }
    }

    fn start_threads(&mut self, id: ThreadId) {
        while let Some(started) = self.started.pop() {
            self.use_arena(started);
            self.run(started);
            self.use_arena(id);
            self.continue_parent(id);
        }
    }

    fn use_arena(&mut self, id: ThreadId) {
        if self.parallel {
            self.vm.heap.use_arena_of(id.0);
        }
    }

    /// The thread that has started another goes on, once that one has told it that it runs.
    fn continue_parent(&mut self, id: ThreadId) {
        let starting = self.thread(id).next.as_ref().is_some_and(|next| matches!(next.kind, Kind::Spawned));
        if starting {
            self.thread_mut(id).next = None;
            self.run(id);
        }
    }

    /// Runs one thread up to its next step or its end.
    fn run(&mut self, id: ThreadId) {
        loop {
            self.codes.update(&self.vm);
            if self.is_over() || self.thread(id).is_over || self.thread(id).next.is_some() {
                return;
            }
            if let Some(ended) = self.thread(id).green.ended {
                return self.finished(id, ended);
            }
            if let Some(effect) = self.thread_mut(id).green.next_effect.take() {
                if self.effect(id, *effect) {
                    return;
                }
                continue;
            }
            if self.parallel && self.does_known(id) {
                continue;
            }
            if self.parallel
                && let Some(operation) = self.visible(id)
            {
                self.thread_mut(id).next = Some(operation);
                return;
            }
            let step = self.execute(id);
            if self.thread(id).quiet > self.limits.instructions_max || self.vm.heap_limit_reached() {
                let full = self.vm.heap_limit_reached();
                self.ending.cut = Some(if full { Cut::Heap } else { Cut::Instructions });
                return;
            }
            if self.stepped(id, step) {
                return;
            }
            if self.thread(id).computed_ns >= SLICE_NS {
                // Now, or after as long again: that must not depend on where the loop of the machine was left.
                self.thread_mut(id).computed_ns = 0;
                if self.may_pause(id) {
                    self.pauses = true;
                    self.thread_mut(id).next = Some(Operation { kind: Kind::Pause, accesses: Accesses::new() });
                    return;
                }
            }
        }
    }

    /// Whether others may go on where a thread is between two steps.
    fn may_pause(&self, id: ThreadId) -> bool {
        let in_rule = || matches!(self.region(id), Region::Ruled(..));
        let switches = self.points != Points::EvalChecks || self.thread(id).may_switch;
        self.parallel && switches && self.thread(id).green.next_effect.is_none() && !in_rule()
    }

    /// What follows from an executed instruction. Whether the thread stops here.
    pub(super) fn stepped(&mut self, id: ThreadId, step: Step) -> bool {
        match step {
            Step::Ran | Step::BudgetSpent | Step::Marked => false,
            Step::EvalCheck => {
                self.thread_mut(id).may_switch = true;
                false
            }
            Step::Needs(effect) => self.effect(id, *effect),
            Step::Finished(value) => {
                self.finished(id, Ok(value));
                true
            }
            Step::Died(exception) => {
                self.finished(id, Err(exception));
                true
            }
        }
    }

    pub(super) fn finished(&mut self, id: ThreadId, result: Result<Value, Value>) {
        self.thread_mut(id).green.ended = Some(result);
        if id == ThreadId(0) {
            self.ending.exit = Some(match result {
                Ok(Value::Int(status)) => status as i32,
                _ => 1,
            });
            self.thread_mut(id).next = None;
        } else if self.knowledge.watches_ends && self.thread(id).handle.is_some() {
            let handle = self.thread(id).handle.unwrap_or(ObjId(0));
            self.thread_mut(id).next = Some(Operation { kind: Kind::End, accesses: smallvec![whole(handle, true)] });
        } else {
            if self.thread(id).handle.is_some() {
                self.note(id);
            }
            self.ended(id);
        }
    }

    /// Deals with an effect: at once if nobody sees it, else it is the next step. Whether the thread stops here.
    pub(super) fn effect(&mut self, id: ThreadId, effect: Effect) -> bool {
        if let Effect::Spawn { .. } = effect {
            if !self.parallel {
                // As far as the program goes with one thread.
                self.thread_mut(id).next = Some(Operation { kind: Kind::Effect(effect), accesses: Accesses::new() });
                return true;
            }
            if let Some(reply) = self.answer(id, effect) {
                self.reply(id, reply);
            }
            // The new thread runs first, up to its first step; then this one goes on.
            self.thread_mut(id).next = Some(Operation { kind: Kind::Spawned, accesses: Accesses::new() });
            return true;
        }
        let effect = self.as_worker(id, effect);
        match self.next_by_effect(id, &effect).filter(|operation| !self.sweeps(id, operation)) {
            Some(operation) => {
                self.thread_mut(id).next = Some(operation);
                true
            }
            None => {
                self.thread_mut(id).may_switch |= releases_gil(&effect, self.lock_rule);
                if let Some(reply) = self.answer(id, effect) {
                    self.reply(id, reply);
                }
                false
            }
        }
    }

    /// Starts the first thread: from here on places are watched, and steps can be undone.
    pub fn begin(&mut self) {
        let main = ThreadId(0);
        let Some(Operation { kind: Kind::Effect(effect), .. }) = self.thread_mut(main).next.take() else { return };
        self.parallel = true;
        self.vm.heap.begin_journal();
        self.vm.heap.use_arena_of(main.0);
        self.effect(main, effect);
        self.start_threads(main);
        self.pass_time();
    }

    /// The next step of a thread, if its next instruction is one.
    fn visible(&mut self, id: ThreadId) -> Option<Operation> {
        let green = &self.threads[id.0 as usize].green;
        let frame = green.frames.last()?;
        let (code, pc) = (frame.code, frame.pc);
        let facts = self.codes.facts(code);
        if !facts.is_user && !self.calls_program(facts, green) {
            return if pc == 0 { self.entered(id, facts) } else { None };
        }
        if self.is_alone(id) {
            self.note_hidden(id);
            return None;
        }
        let mut found = std::mem::take(&mut self.scratch);
        found.clear();
        self.vm.accesses(&self.threads[id.0 as usize].green, &self.knowledge, &mut found);
        let Machine { knowledge, vm, .. } = self;
        // Of operations on these nothing is learned: they are steps in any case.
        let is_asked = |object| matches!(vm.heap.get(object), Object::Lock(_) | Object::SimpleQueue(_));
        let is_step = |access: &Access| {
            // Whoever has made an iterator that another uses is one of its users.
            if let Object::Iter(_) = vm.heap.get(access.object) {
                knowledge.touch(vm.heap.maker_of(access.object).map_or(ThreadId(0), ThreadId), access);
            }
            if let Access { part: Part::Attr(name), write: true, object } = *access
                && let Object::Class(_) = vm.heap.get(object)
            {
                knowledge.note_written_in_class(name);
            }
            is_asked(access.object) || knowledge.is_step(id, access)
        };
        let accesses: Accesses = found.iter().copied().filter(is_step).collect();
        self.scratch = found;
        if accesses.is_empty() {
            self.note_hidden(id);
            return None;
        }
        Some(Operation { kind: Kind::Instruction, accesses }).filter(|operation| !self.sweeps(id, operation))
    }

    /// Whether the library is about to call a function of the program.
    fn calls_program(&self, facts: CodeFacts, green: &GreenThread) -> bool {
        let is_call = |instr: Instr| matches!(instr.op, Op::Call | Op::CallKw | Op::CallFunctionEx);
        facts.rule == Some(Rule::Boundary) && self.vm.peek(green).is_some_and(is_call)
    }

    /// Whether all other threads have ended before all that this one does from now on, whatever the schedule: then nothing
    /// it does has to be a step, unless everything is watched. That they have ended is not enough: what it does next could
    /// come before what they have done, unless it has waited for their ends.
    pub(super) fn is_alone(&self, id: ThreadId) -> bool {
        let own = self.thread(id);
        let mut others = self.threads.iter().filter(|thread| thread.green.id != id);
        self.parallel
            && !self.knowledge.is_of_everything()
            && self.started.is_empty()
            && others.all(|other| other.is_over && own.knows_end_of(other.green.id))
    }

    /// Whether the thread goes straight on with its next operation, as part of the step under way. Notes that then.
    fn sweeps(&mut self, id: ThreadId, operation: &Operation) -> bool {
        let goes_on = match self.points {
            _ if self.is_alone(id) => self.can_take(id, operation),
            Points::Shared | Points::All => false,
            // Where a thread begins is one of the places.
            Points::Sync => operation.kind == Kind::Instruction && self.thread(id).steps > 0,
            Points::EvalChecks => !self.thread(id).may_switch && self.can_take(id, operation),
        };
        if goes_on {
            self.swept.extend_from_slice(&operation.accesses);
            self.note(id);
        }
        goes_on
    }

    /// Notes that the next instruction, which is no step, would be one if everything were watched.
    fn note_hidden(&mut self, id: ThreadId) {
        if self.log.is_none() {
            return;
        }
        let mut found = std::mem::take(&mut self.scratch);
        found.clear();
        self.vm.accesses(&self.threads[id.0 as usize].green, &Everything, &mut found);
        if !found.is_empty() {
            self.note(id);
        }
        self.scratch = found;
    }

    /// A library function is about to run: the step that it is, if it has a rule and is not part of another's step.
    fn entered(&mut self, id: ThreadId, facts: CodeFacts) -> Option<Operation> {
        let rule = facts.rule.filter(|rule| !rule.is_no_step())?;
        let frames = self.thread(id).green.frames.len();
        if let Region::Ruled(_, start) = self.region(id)
            && start + 1 != frames
        {
            return None;
        }
        let green = &self.thread(id).green;
        let mut object = match rule {
            // Not where the module is loaded and calls itself.
            Rule::Files => {
                let (own, callers) = green.frames.split_last()?;
                Some(own.globals).filter(|globals| callers.iter().all(|caller| caller.globals != *globals))?
            }
            Rule::Many => green.frames.last()?.globals,
            _ => first_local(green, frames - 1)?,
        };
        let module = green.frames.last()?.globals;
        let gives_up_ns = self.gives_up_ns(green);
        let (guard, write) = match rule {
            Rule::Write(guard) => (guard, true),
            Rule::Read(guard) => (guard, false),
            Rule::AsksForEnd => (Guard::None, false),
            _ => (Guard::None, true),
        };
        if rule == Rule::AsksForEnd {
            let Some(Value::Obj(handle)) = self.attribute(object, Name::Handle) else { return None };
            object = handle;
            self.watch_ends();
        }
        let mut accesses: Accesses = smallvec![whole(object, write)];
        if rule == Rule::Many {
            self.knowledge.changed |= !std::mem::replace(&mut self.knowledge.waits_for_many, true);
        }
        if rule == Rule::Future && self.knowledge.waits_for_many {
            accesses.push(whole(module, true));
        }
        if rule == Rule::Pool {
            let parts = [Name::WorkQueue, Name::IdleSemaphore].map(|part| self.attribute(object, part));
            accesses.extend(parts.iter().flatten().filter_map(|part| match part {
                Value::Obj(part) => Some(whole(*part, true)),
                _ => None,
            }));
        }
        if rule == Rule::Wait
            && let Some(lock) = self.lock_of(object)
        {
            accesses.push(whole(lock, true));
        }
        let operation = Operation { kind: Kind::Method { object, guard, gives_up_ns }, accesses };
        Some(operation).filter(|operation| !self.sweeps(id, operation))
    }

    /// After how long the call in the top frame gives up: at once if it does not block, never without a timeout.
    fn gives_up_ns(&self, green: &GreenThread) -> Option<u64> {
        let frame = green.frames.last()?;
        let code = &self.vm.codes[frame.code.0 as usize].code;
        let local = |name: &str| {
            let slot = code.localsplus.iter().position(|local| **local == *name)?;
            Some(green.stack[frame.base as usize + slot])
        };
        if local("blocking").or_else(|| local("block")).is_some_and(|value| value != Value::Bool(true)) {
            return Some(0);
        }
        let timeout_s = match local("timeout")? {
            value if value.is_none() || !value.is_bound() => return None,
            Value::Int(seconds) => seconds as f64,
            Value::Float(seconds) => seconds,
            _ => 0.0,
        };
        // From a float as the conversion has it: saturating, and 0 where it is negative.
        Some((timeout_s * 1e9) as u64)
    }

    /// Whether a thread is in a call of the library that may measure how long it waits; one that has just begun has not.
    pub(super) fn measures_wait(&self, id: ThreadId) -> bool {
        let frames = &self.thread(id).green.frames;
        let begins = frames.last().is_some_and(|frame| frame.pc == 0);
        let facts = frames.iter().rev().skip(usize::from(begins)).map(|frame| self.codes.facts(frame.code));
        let mut call = facts.take_while(|facts| !matches!(facts.rule, Some(Rule::Boundary | Rule::Worker)));
        call.any(|facts| facts.measures_waits)
    }

    /// Where a thread is.
    pub(super) fn region(&self, id: ThreadId) -> Region {
        region_of(&self.codes, &self.thread(id).green)
    }
}

/// Where a thread is; in the program if that is code loaded a moment ago.
pub(super) fn region_of(codes: &CodeTable, green: &GreenThread) -> Region {
    let mut region = Region::Library;
    for (at, frame) in green.frames.iter().enumerate().rev() {
        let Some(facts) = codes.known_facts(frame.code) else { return Region::Program };
        if facts.is_user {
            return if at + 1 == green.frames.len() { Region::Program } else { region };
        }
        match facts.rule {
            Some(Rule::Boundary | Rule::Worker) => return region,
            Some(rule) => region = Region::Ruled(rule, at),
            None => {}
        }
    }
    region
}

/// All of an object.
pub(super) fn whole(object: ObjId, write: bool) -> Access {
    Access { object, part: Part::All, write }
}

/// The object that a method was called on.
pub(super) fn first_local(green: &GreenThread, frame: usize) -> Option<ObjId> {
    let frame = green.frames.get(frame)?;
    match green.stack[frame.base as usize] {
        Value::Obj(object) => Some(object),
        _ => None,
    }
}
