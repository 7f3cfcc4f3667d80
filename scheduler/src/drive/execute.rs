//! Running the virtual machine, and what comes of an instruction.

use super::detail::INSTRUCTION_DETAIL;
use super::{Driver, Pace};
use crate::choice::Strategy;
use crate::config::Switching;
use crate::event::{Limit, Observer, interest};
use crate::gil::{Gil, GilModel};
use crate::profile::LockRule;
use crate::simulation::Interpreter;
use crate::sync::WaitPlace;
use crate::threads::{Burst, BurstClock, BurstEnd, State};
use gilsim_vm::effect::Reply;
use gilsim_vm::interp::locks::OwnLocks;
use gilsim_vm::interp::{Budget, GreenThread, Progress, Step, Vm};
use gilsim_vm::object::Object;
use gilsim_vm::value::{ObjId, ThreadId};
use rand_chacha::rand_core::RngCore;

/// The longest batch: what a caller of `advance` waits for in real time stays in the milliseconds.
pub(super) const BATCH_MAX_NS: u64 = 10_000_000;
/// The longest piece of library code that runs without letting other threads in, where there is no GIL.
const ATOMIC_MAX: u64 = 100_000;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// Executes the next instruction (or a batch) of a thread that has the GIL and a core.
    pub fn execute(&mut self, thread: ThreadId) {
        if !self.end_objects(thread) || !self.collect(thread) || !self.steps_left() {
            return;
        }
        if O::INTEREST & INSTRUCTION_DETAIL != 0 {
            self.before_instruction(thread);
        }
        let horizon_ns = self.horizon_ns(thread);
        let mut progress = self.run_machine(thread, horizon_ns);
        progress.cost_ns = self.out_of_step_ns(thread, progress.cost_ns);
        self.account(thread, &progress);
        if O::INTEREST & interest::OP != 0 {
            self.sim.chronicle.costs(thread, progress.cost_ns);
        }
        let end_ns = self.sim.now_ns.saturating_add(progress.cost_ns);
        if end_ns < horizon_ns {
            self.sim.now_ns = end_ns;
            self.end_instruction(thread, progress.step);
        } else {
            self.end_later(thread, end_ns, progress.step);
        }
    }

    /// Something else comes before the end of what the thread executes.
    pub(super) fn end_later(&mut self, thread: ThreadId, end_ns: u64, step: Step) {
        let burst = Burst { clock: BurstClock::EndsAt(end_ns), end: BurstEnd::Instruction(step) };
        self.set_state(thread, State::Holding { burst: Some(burst) });
    }

    /// Without a GIL, threads on different cores do not keep step to the nanosecond: with exact costs, two that do the same
    /// would meet in the same place always or never. So a piece takes a nanosecond more or less, drawn from the seed.
    fn out_of_step_ns(&mut self, thread: ThreadId, cost_ns: u64) -> u64 {
        if !self.runs_beside_others(thread) {
            return cost_ns;
        }
        (cost_ns + self.sim.random.next_u64() % 3).saturating_sub(1).max(1)
    }

    /// Whether other threads of a program without a GIL run at the same time.
    fn runs_beside_others(&self, thread: ThreadId) -> bool {
        self.is_free(thread) && self.sim.cores.on_cores().nth(1).is_some()
    }

    /// The first moment at which anything but this thread can be heard of.
    pub(super) fn horizon_ns(&self, thread: ThreadId) -> u64 {
        let sim = &*self.sim;
        let mut horizon_ns = sim.config.limits.time_max_ns.saturating_add(1);
        if let Some(timer_ns) = sim.timers.next_ns() {
            horizon_ns = horizon_ns.min(timer_ns);
        }
        for other in sim.cores.on_cores().filter(|other| *other != thread) {
            horizon_ns = horizon_ns.min(match sim.thread(other).burst().map(|burst| burst.clock) {
                Some(BurstClock::EndsAt(at_ns)) => at_ns,
                Some(BurstClock::Left(_)) | None => sim.now_ns,
            });
        }
        horizon_ns
    }

    fn run_machine(&mut self, thread: ThreadId, horizon_ns: u64) -> Progress {
        let gil = self.sim.interpreter_of(thread).gil.model();
        let (must_drop, counts_checks) = (gil.must_drop(thread), gil.counts_checks());
        let is_eager = must_drop && self.sim.config.switching == Switching::EveryInstruction;
        let steps_left = self.sim.config.limits.steps_max - self.sim.steps;
        let time_ns = horizon_ns.saturating_sub(self.sim.now_ns);
        // An instruction costs at least a nanosecond, so a batch of n ns has at most n instructions.
        let cost_ns = time_ns.min(BATCH_MAX_NS).min(steps_left);
        let interpreter = self.sim.thread(thread).interpreter;
        let beside = self.runs_beside_others(thread);
        let sim = &mut *self.sim;
        let green = &mut sim.threads[thread.0 as usize].green;
        let Interpreter { vm, gil, waits, .. } = &mut sim.interpreters[interpreter.0 as usize];
        let single =
            self.pace == Pace::Single || is_eager || beside || O::INTEREST & INSTRUCTION_DETAIL != 0 || cost_ns <= 1;
        // Who listens hears of each lock; who has to let go of the GIL may have to at the end of this instruction.
        let asks =
            must_drop || O::INTEREST & interest::SYNC != 0 || sim.config.profile.lock == LockRule::AlwaysReleases;
        let is_waited_for = |lock: ObjId| waits.is_waited_for(WaitPlace::Lock(lock));
        let locks = OwnLocks { now_ns: sim.now_ns, is_waited_for: &is_waited_for };
        match gil {
            Gil::Free(_) if beside && vm.is_in_atomic(green) => run_atomic(vm, green),
            _ if single => vm.step(green),
            gil if counts_checks => run_counting(vm, green, gil.model_mut(), cost_ns),
            _ if must_drop => vm.run_until(green, Budget::to_check(cost_ns)),
            _ => vm.run_with_locks(green, Budget::of(cost_ns), (!asks).then_some(locks)),
        }
    }

    pub(super) fn account(&mut self, thread: ThreadId, progress: &Progress) {
        let sim = &mut *self.sim;
        sim.steps += progress.instructions;
        let own = &mut sim.threads[thread.0 as usize];
        own.cpu_ns += progress.cost_ns;
        let interpreter = &mut sim.interpreters[own.interpreter.0 as usize];
        interpreter.cpu_ns += progress.cost_ns;
        interpreter.held_instructions += progress.instructions;
    }

    pub(super) fn steps_left(&mut self) -> bool {
        let left = self.sim.steps < self.sim.config.limits.steps_max;
        if !left {
            self.limit(Limit::Steps);
        }
        left
    }

    /// Objects that the thread's last instruction let go of may have ended: what has to be called for them becomes a frame
    /// of the thread. Always true, so that it can stand in the condition of its caller.
    pub(super) fn end_objects(&mut self, thread: ThreadId) -> bool {
        let interpreter = self.sim.thread(thread).interpreter;
        let sim = &mut *self.sim;
        let vm = &mut sim.interpreters[interpreter.0 as usize].vm;
        if !vm.is_watching() {
            return true;
        }
        let green = &mut sim.threads[thread.0 as usize].green;
        if vm.wants_check(green) {
            let by = (green.id, green.frames.len());
            let drops = std::mem::take(&mut green.drops);
            let mut all =
                sim.threads.iter().filter(|thread| thread.interpreter == interpreter).map(|thread| &thread.green);
            vm.end_objects(by, &drops, &mut all);
            sim.chronicle.forget_objects(interpreter, |object| matches!(vm.heap.get(object), Object::Free));
        }
        vm.start_due(&mut sim.threads[thread.0 as usize].green);
        true
    }

    /// Collects garbage if enough was allocated. False when the heap is full even so.
    pub(super) fn collect(&mut self, thread: ThreadId) -> bool {
        let interpreter = self.sim.thread(thread).interpreter;
        let sim = &mut *self.sim;
        let Interpreter { vm, .. } = &mut sim.interpreters[interpreter.0 as usize];
        if !vm.wants_collection() {
            return true;
        }
        let mut roots =
            sim.threads.iter().filter(|thread| thread.interpreter == interpreter).map(|thread| &thread.green);
        vm.collect(&mut roots);
        let full = vm.heap_limit_reached();
        sim.chronicle.forget_objects(interpreter, |object| matches!(vm.heap.get(object), Object::Free));
        if full {
            self.limit(Limit::Heap);
        }
        !full
    }

    /// The end of a burst has come.
    pub fn end_burst(&mut self, thread: ThreadId) {
        let end = match &mut self.sim.thread_mut(thread).state {
            State::Holding { burst } => burst.take().expect("a burst ends once").end,
            State::Native { burst } => burst.end.clone(),
            _ => unreachable!("only a computing thread has a burst"),
        };
        match end {
            BurstEnd::Instruction(step) => self.end_instruction(thread, step),
            BurstEnd::Reply(reply) => self.answer(thread, reply),
            BurstEnd::Offer => self.offer_gil(thread),
            BurstEnd::Computed => self.operation_done(thread),
        }
    }

    pub(super) fn end_instruction(&mut self, thread: ThreadId, step: Step) {
        if O::INTEREST & INSTRUCTION_DETAIL != 0 {
            self.after_instruction(thread);
        }
        match step {
            Step::Ran | Step::BudgetSpent
                if self.sim.config.switching == Switching::EveryInstruction
                    && !self.sim.interpreter_of(thread).vm.is_in_atomic(&self.sim.thread(thread).green) =>
            {
                self.sim.thread_mut(thread).green.check_due = false;
                self.poll_gil(thread);
            }
            Step::Ran | Step::BudgetSpent | Step::Marked => self.poll_if_due(thread),
            Step::EvalCheck => self.poll_gil(thread),
            Step::Needs(effect) => self.perform(thread, *effect),
            Step::Finished(value) => self.finished(thread, value),
            Step::Died(exception) => self.died(thread, exception),
        }
    }

    /// Keeps the GIL and a core busy for so long; then the instruction gets its reply.
    pub fn compute_with_gil(&mut self, thread: ThreadId, cost_ns: u64, reply: Reply) {
        self.compute(thread, cost_ns, BurstEnd::Reply(reply));
    }

    /// Keeps the GIL and a core busy for so long; then comes what is said.
    pub fn compute(&mut self, thread: ThreadId, cost_ns: u64, end: BurstEnd) {
        self.charge(thread, cost_ns);
        let clock = BurstClock::EndsAt(self.sim.now_ns.saturating_add(cost_ns));
        self.set_state(thread, State::Holding { burst: Some(Burst { clock, end }) });
    }

    /// Adds to the time that a thread has computed.
    pub fn charge(&mut self, thread: ThreadId, cost_ns: u64) {
        let own = self.sim.thread_mut(thread);
        own.cpu_ns = own.cpu_ns.saturating_add(cost_ns);
        let interpreter = self.sim.interpreter_of_mut(thread);
        interpreter.cpu_ns = interpreter.cpu_ns.saturating_add(cost_ns);
    }

    /// Gives the instruction of a thread that has the GIL what it asked for; a native call may end at an eval check.
    pub fn answer(&mut self, thread: ThreadId, reply: Reply) {
        self.reply(thread, reply);
        self.poll_if_due(thread);
    }

    /// Polls if the machine has passed an eval check since the last poll.
    fn poll_if_due(&mut self, thread: ThreadId) {
        if std::mem::take(&mut self.sim.thread_mut(thread).green.check_due) {
            self.poll_gil(thread);
        }
    }

    /// Gives a thread's instruction its reply, with or without the GIL: nobody can see its frames.
    pub fn reply(&mut self, thread: ThreadId, reply: Reply) {
        let sim = &mut *self.sim;
        let own = &mut sim.threads[thread.0 as usize];
        sim.interpreters[own.interpreter.0 as usize].vm.reply(&mut own.green, reply);
    }
}

/// Runs until the ticks have run out: every eval check on the way is counted.
fn run_counting(vm: &mut Vm, green: &mut GreenThread, gil: &mut dyn GilModel, cost_ns: u64) -> Progress {
    let mut all = Progress { step: Step::BudgetSpent, cost_ns: 0, instructions: 0 };
    loop {
        let left_ns = cost_ns - all.cost_ns;
        let budget = if gil.must_drop(green.id) { Budget::of(left_ns) } else { Budget::to_check(left_ns) };
        let progress = vm.run_until(green, budget);
        all.cost_ns += progress.cost_ns;
        all.instructions += progress.instructions;
        let goes_on = progress.step == Step::EvalCheck && all.cost_ns < cost_ns && !gil.check(green.id);
        if !goes_on {
            return Progress { step: progress.step, ..all };
        }
    }
}

/// Without a GIL, library code that stands for C, and with it holds the locks of its objects, runs in one piece.
fn run_atomic(vm: &mut Vm, green: &mut GreenThread) -> Progress {
    let mut all = Progress { step: Step::Ran, cost_ns: 0, instructions: 0 };
    loop {
        let progress = vm.step(green);
        all.cost_ns += progress.cost_ns;
        all.instructions += progress.instructions;
        if progress.step != Step::Ran || !vm.is_in_atomic(green) || all.instructions >= ATOMIC_MAX {
            return Progress { step: progress.step, ..all };
        }
    }
}
