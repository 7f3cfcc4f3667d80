//! Taking steps: what an operation does to the machine.

use super::advance::{Region, region_of};
use super::asks::releases_gil;
use super::knowledge::Everything;
use super::operation::{Before, Kind};
use super::{Cut, Died, Machine, Points, Thread};
use gilsim_scheduler::simulation::Uncaught;
use gilsim_vm::effect::{Clock, Effect, Refusal, Reply, Wait};
use gilsim_vm::interp::access::{Stops, WrittenNames};
use gilsim_vm::interp::{Budget, GreenThread, Step, Vm};
use gilsim_vm::object::sync::{HandleState, LockKind};
use gilsim_vm::value::{ObjId, ThreadId, Value};

/// How far a thread's own clock moves with every look at it, so that loops that wait for time to pass end.
const CLOCK_STEP_NS: u64 = 1_000_000;

/// Virtual time after which a thread that makes no step pauses, and is looked at because of the limits.
pub(super) const SLICE_NS: u64 = 50_000;

impl Machine {
    /// Takes an operation; what follows it is left to `advance`.
    pub(super) fn perform(&mut self, id: ThreadId, kind: Kind) {
        match kind {
            Kind::Instruction | Kind::Method { .. } => {
                let step = self.execute(id);
                self.stepped(id, step);
            }
            Kind::Resume { waiter, timeout_ns, .. } => {
                let notified = self.lock_is_free(waiter);
                if notified {
                    self.take_lock(id, waiter, 1);
                } else {
                    self.thread_mut(id).lets_pass(timeout_ns.unwrap_or(0));
                }
                self.reply(id, Reply::Bool(notified));
            }
            Kind::Effect(effect) => {
                self.thread_mut(id).may_switch |= releases_gil(&effect, self.lock_rule);
                if let Some(reply) = self.answer(id, effect) {
                    self.reply(id, reply);
                }
            }
            Kind::Spawned | Kind::Pause => {}
            Kind::End => self.ended(id),
        }
    }

    /// Executes the next instruction of a thread, and those after it that cannot be steps. Gives why it stopped.
    pub(super) fn execute(&mut self, id: ThreadId) -> Step {
        let is_alone = self.is_alone(id) && self.log.is_none();
        let Machine { vm, threads, codes, knowledge, log, .. } = self;
        let (before, rest) = threads.split_at_mut(id.0 as usize);
        let (thread, after) = rest.split_first_mut().expect("the thread is one of them");
        // Inside a method that is one step, and where nobody waits to be told.
        let has_own = |green: &GreenThread, lock: ObjId| {
            matches!(region_of(codes, green), Region::Ruled(..))
                && !before.iter().chain(&*after).any(|other| other.waits_to_be_told(lock))
        };
        let left_ns = SLICE_NS.saturating_sub(thread.computed_ns);
        let green = &mut thread.green;
        let written: &dyn WrittenNames = if log.is_some() { &Everything } else { knowledge };
        let progress = match (self.parallel, self.points) {
            (false, _) => vm.run_until(green, Budget::of(left_ns)),
            // Every eval check has to be seen.
            (true, Points::EvalChecks) => vm.step(green),
            (true, Points::Shared | Points::All | Points::Sync) => {
                vm.run_to_mark(green, left_ns, Stops { marks: codes.marks(is_alone), written, has_own: &has_own })
            }
        };
        thread.computed_ns += progress.cost_ns;
        thread.quiet += progress.instructions;
        codes.update(vm);
        progress.step
    }

    pub(super) fn reply(&mut self, id: ThreadId, reply: Reply) {
        let has_joined = self.has_joined(id, &reply);
        let Machine { vm, threads, .. } = self;
        let green = &mut threads[id.0 as usize].green;
        if has_joined {
            vm.return_from_call(green, Value::None);
        } else {
            vm.reply(green, reply);
        }
    }

    /// What the world answers to an effect that is possible now.
    pub(super) fn answer(&mut self, id: ThreadId, effect: Effect) -> Option<Reply> {
        Some(match effect {
            Effect::Acquire { lock, wait, depth } => self.acquire(id, lock, wait, depth),
            Effect::Release { lock, fully } => self.release(id, lock, fully),
            Effect::QueuePut { queue, item } => {
                self.vm.simple_queue_mut(queue).items.push_back(item);
                Reply::Done
            }
            Effect::QueueGet { queue, wait } => match self.vm.simple_queue_mut(queue).items.pop_front() {
                Some(item) => Reply::Value(item),
                None => {
                    self.waits_in_vain(id, wait);
                    Reply::TimedOut
                }
            },
            Effect::Spawn { function, args, kwargs, handle, daemon } => {
                self.spawn(id, function, &args, &kwargs, handle, daemon)
            }
            Effect::Join { handle, wait } => {
                let ended = self.has_ended(handle);
                if !ended {
                    self.waits_in_vain(id, wait);
                }
                if let Some(target) = self.vm.thread_handle(handle).thread.filter(|_| ended) {
                    self.comes_after(id, target);
                }
                Reply::Bool(ended)
            }
            Effect::JoinAll => {
                for target in 1..self.threads.len() as u32 {
                    self.comes_after(id, ThreadId(target));
                }
                Reply::Done
            }
            Effect::SetDone { handle } => {
                self.vm.thread_handle_mut(handle).state = HandleState::Done;
                Reply::Done
            }
            Effect::Uncaught { class, message } => {
                self.ending.uncaught = Some(Uncaught { class, message });
                Reply::Done
            }
            Effect::ThreadDied { class, message } => {
                self.ending.died.push(Died { thread: id, class, message });
                Reply::Done
            }
            Effect::NameThread { ident, name } => {
                let named = (0..self.threads.len() as u32).map(ThreadId).find(|thread| Vm::ident(*thread) == ident);
                if let Some(thread) = named {
                    if thread != id {
                        self.note_change(thread);
                    }
                    self.thread_mut(thread).name = Some(name);
                }
                Reply::Done
            }
            Effect::Exit(status) => {
                self.ending.exit = Some(status);
                return None;
            }
            Effect::Now(clock) => self.now(id, clock),
            other => self.surroundings(id, other),
        })
    }

    /// Effects that no other thread can see.
    fn surroundings(&mut self, id: ThreadId, effect: Effect) -> Reply {
        let thread = &mut self.threads[id.0 as usize];
        match effect {
            Effect::Sleep { duration_ns } => {
                thread.lets_pass(duration_ns);
                thread.sleeps = thread.sleeps.saturating_add(1);
                Reply::Done
            }
            Effect::Random => {
                // SplitMix64: each thread has its own sequence, which does not depend on the schedule.
                thread.random = thread.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mixed = (thread.random ^ (thread.random >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                Reply::Int((mixed ^ (mixed >> 31)).cast_signed())
            }
            Effect::Write { stream, text } => {
                self.output.push((stream, text.into()));
                Reply::Done
            }
            Effect::GetInterval => Reply::Int(5000),
            Effect::ThreadCount => {
                let live = self.threads.iter().skip(1).filter(|thread| !thread.is_done()).count();
                Reply::Int(live as i64)
            }
            _ => Reply::Done,
        }
    }

    /// A look at the clock of a thread. What was on the clock of the thread that started it is on it too. Where the library
    /// measures how long it waits it has a clock of its own, which begins anew with the next call, so that a loop around
    /// such calls comes back to the same state.
    fn now(&mut self, id: ThreadId, clock: Clock) -> Reply {
        let measures = self.parallel && self.measures_wait(id);
        let mut reader = Some(id).filter(|_| self.parallel && !measures);
        while let Some(thread) = reader {
            self.knowledge.note_clock_reader(thread);
            reader = self.thread(thread).parent;
        }
        let start_ns = if clock == Clock::Wall { self.vm.config.epoch_ns } else { 0 };
        let thread = self.thread_mut(id);
        thread.lets_pass(CLOCK_STEP_NS);
        let clock_ns = if measures { thread.library_ns } else { thread.clock_ns };
        Reply::Int(i64::try_from(start_ns.saturating_add(clock_ns)).unwrap_or(i64::MAX))
    }

    /// A wait with a limit is over.
    fn waits_in_vain(&mut self, id: ThreadId, wait: Wait) {
        if let Wait::AtMost(wait_ns) = wait {
            self.thread_mut(id).lets_pass(wait_ns);
        }
    }

    fn acquire(&mut self, id: ThreadId, lock: ObjId, wait: Wait, depth: u32) -> Reply {
        let own = self.vm.lock(lock);
        if own.kind == LockKind::Reentrant && own.holder == Some(id) {
            self.vm.lock_mut(lock).depth += depth;
            return Reply::Bool(true);
        }
        if own.holder.is_some() {
            self.waits_in_vain(id, wait);
            return Reply::Bool(false);
        }
        self.take_lock(id, lock, depth);
        Reply::Bool(true)
    }

    fn take_lock(&mut self, id: ThreadId, lock: ObjId, depth: u32) {
        let lock = self.vm.lock_mut(lock);
        lock.holder = Some(id);
        lock.depth = depth;
    }

    fn release(&mut self, id: ThreadId, lock: ObjId, fully: bool) -> Reply {
        let held = self.vm.lock_mut(lock);
        let before = held.depth;
        held.depth = if fully { 0 } else { before.saturating_sub(1) };
        if held.depth == 0 {
            held.holder = None;
            self.told(id, lock);
        }
        Reply::Int(i64::from(before))
    }

    /// Whoever waits to be notified through this lock comes after the step of this thread.
    fn told(&mut self, by: ThreadId, lock: ObjId) {
        for waiting in 0..self.threads.len() as u32 {
            let waiting = ThreadId(waiting);
            if self.thread(waiting).waits_to_be_told(lock) {
                self.note_change(waiting);
                let event = Before { thread: by, steps: self.thread(by).steps };
                self.thread_mut(waiting).before.push(event);
            }
        }
    }

    /// Everything a thread has done comes before the next step of this one.
    pub(super) fn comes_after(&mut self, id: ThreadId, target: ThreadId) {
        if target != id {
            let other = self.thread(target);
            let event = Before { thread: target, steps: other.steps };
            let ended = other.is_done().then(|| other.ended_before.clone());
            let thread = self.thread_mut(id);
            thread.before.push(event);
            ended.into_iter().for_each(|before| thread.notes_end(target, &before));
        }
    }

    fn spawn(
        &mut self,
        parent: ThreadId,
        function: Value,
        args: &[Value],
        kwargs: &[(ObjId, Value)],
        handle: ObjId,
        daemon: bool,
    ) -> Reply {
        if self.threads.len() >= self.limits.threads_max {
            self.ending.cut = Some(Cut::Threads);
            return Reply::Failed(Refusal::NoThread);
        }
        let id = ThreadId(self.threads.len() as u32);
        let green = self.vm.new_thread(id, function, args, kwargs);
        let state = self.vm.thread_handle_mut(handle);
        state.thread = Some(id);
        state.state = HandleState::Running;
        let mut thread = Thread::new(green, daemon);
        thread.handle = Some(handle);
        thread.parent = Some(parent);
        thread.clock_ns = self.thread(parent).clock_ns;
        thread.ended_before = self.thread(parent).ended_before.clone();
        thread.before.push(Before { thread: parent, steps: self.thread(parent).steps });
        self.threads.push(Box::new(thread));
        self.started.push(id);
        Reply::Int(Vm::ident(id))
    }

    /// A thread's function has returned, or an exception has left it.
    pub(super) fn ended(&mut self, id: ThreadId) {
        if let Some(handle) = self.thread(id).handle {
            self.vm.thread_handle_mut(handle).state = HandleState::Done;
        }
        let thread = self.thread_mut(id);
        thread.next = None;
        thread.is_over = true;
    }
}
