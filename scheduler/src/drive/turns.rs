//! Turns under the eager GIL, many in one step.
//!
//! Where a switch follows every instruction, a turn is three steps of the driver: an instruction that ends with a drop, the
//! timer of the waiter that was told, its first instruction. As long as nobody listens or chooses, no other thread is on a
//! core, and nothing else is due before the waiter arrives, all of that is known beforehand, and turns are taken within one
//! run of the machine: a [`Round`] says who goes on. It leaves the state that the three steps leave (held by the tests that
//! compare `step` with `run`); whatever is out of the ordinary is left to them.

use super::{Driver, Pace};
use crate::choice::{ChoiceKind, Strategy};
use crate::config::Jitter;
use crate::event::{Observer, interest};
use crate::gil::eager::EagerGil;
use crate::gil::{Gil, GilModel};
use crate::simulation::Interpreter;
use crate::threads::{State, Thread};
use gilsim_vm::heap::Heap;
use gilsim_vm::interp::frame::Peep;
use gilsim_vm::interp::turns::{NextTurn, Turn, Turns};
use gilsim_vm::interp::{Budget, GreenThread, Progress};
use gilsim_vm::value::ThreadId;

/// So many turns in one step at most: what a caller of `advance` waits for in real time stays in the milliseconds.
const TURNS_MAX: u64 = 20_000;
/// A turn is one instruction, whatever it costs.
const ONE_INSTRUCTION: Budget = Budget::to_check(0);
/// From so many waiters on, what they need is not in the processor's caches when it is their turn.
const MANY_WAITERS: usize = 1_000;
/// So many threads are looked at ahead of their turns.
const AHEAD: usize = 16;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// Whether many steps can be taken in one: nobody hears of what is in them, and only one thread computes.
    pub(super) fn knows_what_follows(&self) -> bool {
        let chosen = [ChoiceKind::GilWake, ChoiceKind::Timer, ChoiceKind::Run, ChoiceKind::Core];
        self.pace == Pace::Batch
            && O::INTEREST & !interest::OUTPUT == interest::NONE
            && self.sim.config.jitter == Jitter::Off
            && self.sim.cores.is_alone_on_one()
            && !chosen.into_iter().any(|kind| self.hears_choices(kind))
    }

    /// Whether turns can be taken in one piece from here on.
    pub(super) fn takes_turns(&self, thread: ThreadId) -> bool {
        let Gil::Eager(gil) = &self.sim.interpreter_of(thread).gil else { return false };
        gil.must_drop(thread) && self.knows_what_follows()
    }

    /// Threads execute an instruction each in turn, until something else has to be done.
    pub(super) fn take_turns(&mut self, first: ThreadId) {
        if !self.end_objects(first) || !self.collect(first) || !self.steps_left() {
            return;
        }
        let horizon_ns = self.horizon_ns(first);
        let (last, progress) = self.go_round(first, horizon_ns);
        self.account(last, &progress);
        let end_ns = self.sim.now_ns.saturating_add(progress.cost_ns);
        if end_ns >= horizon_ns {
            return self.end_later(last, end_ns, progress.step);
        }
        self.sim.now_ns = end_ns;
        self.end_instruction(last, progress.step);
    }

    /// Turns as long as they are ordinary. Gives the thread whose turn it is then, and how far it has come in it.
    fn go_round(&mut self, first: ThreadId, horizon_ns: u64) -> (ThreadId, Progress) {
        let sim = &mut *self.sim;
        let home = sim.threads[first.0 as usize].interpreter;
        let Interpreter { vm, gil: Gil::Eager(gil), cpu_ns, held_since_ns, held_instructions, finalizing, .. } =
            &mut sim.interpreters[home.0 as usize]
        else {
            unreachable!("turns are taken under the eager GIL");
        };
        let steps_left = sim.config.limits.steps_max - sim.steps;
        let mut round = Round {
            threads: &mut sim.threads,
            gil,
            thread: first,
            now_ns: sim.now_ns,
            horizon_ns,
            wake_ns: sim.config.latencies.wake_ns,
            turns: 0,
            turns_max: if *finalizing { 0 } else { TURNS_MAX.min(steps_left.saturating_sub(1)) },
            cost_ns: 0,
        };
        let progress = vm.run_in_turns(&mut round, ONE_INSTRUCTION, None);
        let Round { thread: last, now_ns, turns, cost_ns, .. } = round;
        if turns > 0 {
            sim.steps += turns;
            sim.now_ns = now_ns;
            *cpu_ns += cost_ns;
            (*held_since_ns, *held_instructions) = (now_ns, 0);
            sim.timers.pass(turns);
            sim.cores.leave(first);
            sim.cores.enter(last, now_ns);
            sim.threads[last.0 as usize].state = State::Holding { burst: None };
        }
        (last, progress)
    }
}

/// Threads under the eager GIL, one of which executes an instruction.
struct Round<'a> {
    #[expect(clippy::vec_box, reason = "the thread table's own type")]
    threads: &'a mut Vec<Box<Thread>>,
    gil: &'a mut EagerGil,
    /// Whose turn it is.
    thread: ThreadId,
    /// When it began.
    now_ns: u64,
    /// The first moment at which anything else can be heard of.
    horizon_ns: u64,
    /// Between a drop and the arrival of the waiter.
    wake_ns: u64,
    /// Turns that are over, each of one instruction.
    turns: u64,
    turns_max: u64,
    /// What they cost.
    cost_ns: u64,
}

impl Turns for Round<'_> {
    #[inline]
    fn thread(&mut self) -> &mut GreenThread {
        &mut self.threads[self.thread.0 as usize].green
    }

    /// The holder drops the GIL and wants it again, and the waiter whose turn it is has it, if nothing comes between.
    fn pass(&mut self, turn: &Turn, heap: &Heap) -> Option<NextTurn<'_>> {
        let end_ns = self.now_ns.saturating_add(turn.cost_ns);
        let arrival_ns = end_ns.saturating_add(self.wake_ns);
        let next = self.gil.next()?;
        let taker = &self.threads[next.0 as usize];
        let is_ordinary = self.turns < self.turns_max
            && turn.instructions == 1
            && arrival_ns < self.horizon_ns
            && (turn.check_due || !turn.is_atomic)
            && taker.on_take.is_none()
            && taker.green.is_ready();
        if !is_ordinary {
            return None;
        }
        let dropper = &mut self.threads[self.thread.0 as usize];
        dropper.green.check_due = false;
        dropper.cpu_ns += turn.cost_ns;
        // While the round lasts, whoever has its turn is left as one that wants the GIL.
        match &mut dropper.state {
            State::WantsGil { since_ns } => *since_ns = end_ns,
            state => *state = State::WantsGil { since_ns: end_ns },
        }
        self.gil.hand_over(self.thread);
        self.turns += 1;
        self.cost_ns += turn.cost_ns;
        (self.thread, self.now_ns) = (next, arrival_ns);
        if self.turns.is_multiple_of(AHEAD as u64) && self.gil.waiting() >= MANY_WAITERS {
            self.look_ahead(heap);
        }
        Some(NextTurn { thread: &mut self.threads[next.0 as usize].green, budget: ONE_INSTRUCTION, now_ns: arrival_ns })
    }
}

impl Round<'_> {
    /// Reads what the threads after the next ones will execute. Among many threads none of it is in the processor's
    /// caches; read here, first all records, then what they refer to, the host waits for many of them at once.
    fn look_ahead(&self, heap: &Heap) {
        for how_far in [Peep::Record, Peep::Storage, Peep::Values(heap)] {
            let seen = self.gil.ahead(AHEAD).map(|thread| self.threads[thread.0 as usize].peep(how_far));
            std::hint::black_box(seen.fold(0, u64::wrapping_add));
        }
    }
}
