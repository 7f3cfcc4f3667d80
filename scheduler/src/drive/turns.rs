//! Turns under the eager GIL, many in one step.
//!
//! Where a switch follows every instruction, a turn is three steps of the driver: an instruction that ends with a drop, the
//! timer of the waiter that was told, its first instruction. As long as nobody listens or chooses, no other thread is on a
//! core, and nothing else is due before the waiter arrives, all of that is known beforehand, and a turn is done in one
//! piece here. It leaves the state that the three steps leave (held by the tests that compare `step` with `run`); whatever
//! is out of the ordinary is left to them.

use super::{Driver, Pace};
use crate::choice::{ChoiceKind, Strategy};
use crate::config::Jitter;
use crate::event::{Observer, interest};
use crate::gil::{Gil, GilModel};
use crate::threads::State;
use gilsim_vm::interp::Step;
use gilsim_vm::value::ThreadId;

/// So many turns in one step at most: what a caller of `advance` waits for in real time stays in the milliseconds.
const TURNS_MAX: u32 = 20_000;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// Whether turns can be taken in one piece from here on.
    pub(super) fn takes_turns(&self, thread: ThreadId) -> bool {
        let chosen = [ChoiceKind::GilWake, ChoiceKind::Timer, ChoiceKind::Run, ChoiceKind::Core];
        let Gil::Eager(gil) = &self.sim.interpreter_of(thread).gil else { return false };
        gil.must_drop(thread)
            && self.pace == Pace::Batch
            && O::INTEREST == interest::NONE
            && self.sim.config.jitter == Jitter::Off
            && self.sim.cores.is_alone_on_one()
            && !chosen.into_iter().any(|kind| self.hears_choices(kind))
    }

    /// Threads execute an instruction each in turn, until something else has to be done.
    pub(super) fn take_turns(&mut self, mut thread: ThreadId) {
        let horizon_ns = self.horizon_ns(thread);
        for _ in 0..TURNS_MAX {
            if !self.end_objects(thread) || !self.collect(thread) || !self.steps_left() {
                return;
            }
            let progress = self.step_machine(thread);
            self.account(thread, &progress);
            let end_ns = self.sim.now_ns.saturating_add(progress.cost_ns);
            if end_ns >= horizon_ns {
                return self.end_later(thread, end_ns, progress.step);
            }
            self.sim.now_ns = end_ns;
            let next = if progress.step == Step::Ran { self.hand_over(thread, horizon_ns) } else { None };
            match next {
                Some(next) => thread = next,
                None => return self.end_instruction(thread, progress.step),
            }
        }
    }

    /// The holder drops the GIL and wants it again, and the waiter whose turn it is has it, if nothing comes between.
    fn hand_over(&mut self, thread: ThreadId, horizon_ns: u64) -> Option<ThreadId> {
        let sim = &mut *self.sim;
        let now_ns = sim.now_ns;
        let arrival_ns = now_ns.saturating_add(sim.config.latencies.wake_ns);
        let home = sim.threads[thread.0 as usize].interpreter;
        let interpreter = &mut sim.interpreters[home.0 as usize];
        let Gil::Eager(gil) = &mut interpreter.gil else { return None };
        let next = gil.next()?;
        let is_ordinary = arrival_ns < horizon_ns
            && !interpreter.finalizing
            && sim.threads[next.0 as usize].on_take.is_none()
            && !interpreter.vm.is_in_atomic(&sim.threads[thread.0 as usize].green);
        if !is_ordinary {
            return None;
        }
        gil.hand_over(thread);
        interpreter.held_since_ns = arrival_ns;
        interpreter.held_instructions = 0;
        let dropper = &mut sim.threads[thread.0 as usize];
        dropper.green.check_due = false;
        dropper.state = State::WantsGil { since_ns: now_ns };
        sim.threads[next.0 as usize].state = State::Holding { burst: None };
        sim.cores.leave(thread);
        sim.cores.enter(next, arrival_ns);
        sim.timers.pass();
        sim.now_ns = arrival_ns;
        Some(next)
    }
}
