//! How far a thread may run, why it stopped, and what happens between instructions: pauses at eval checks and spent budgets.

use super::Vm;
use super::access::Stops;
use super::frame::GreenThread;
use super::locks::OwnLocks;
use crate::code::{Check, Instr, Op};
use crate::effect::Effect;
use crate::value::Value;

/// How far a thread may run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// Virtual nanoseconds: the instruction that reaches this completes, then the thread stops.
    pub cost_ns: u64,
    /// Stop after the first instruction at which the profile's evaluation loop looks at the drop request, if it ends after
    /// so many virtual nanoseconds or later.
    pub checks_from_ns: u64,
}

impl Budget {
    /// So much time, whether or not there are eval checks on the way.
    pub const fn of(cost_ns: u64) -> Budget {
        Budget { cost_ns, checks_from_ns: u64::MAX }
    }

    /// So much time, or until an eval check.
    pub const fn to_check(cost_ns: u64) -> Budget {
        Budget { cost_ns, checks_from_ns: 0 }
    }

    /// Whether every instruction has to be looked at, when so much is spent.
    #[inline]
    pub(super) fn is_looked_at(self, spent_ns: u64) -> bool {
        self.cost_ns == 0 || spent_ns >= self.checks_from_ns
    }
}

/// Why a thread stopped running.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// One instruction was executed (only from `Vm::step`).
    Ran,
    /// The budget is spent.
    BudgetSpent,
    /// An eval check was reached.
    EvalCheck,
    /// An instruction comes before which a mark says to stop (only from `Vm::run_to_mark`).
    Marked,
    /// An instruction waits for the world.
    Needs(Box<Effect>),
    /// The thread's function returned.
    Finished(Value),
    /// An exception left the thread's function.
    Died(Value),
}

/// Why a thread stops between two instructions, though it could go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pause {
    /// As [`Step::BudgetSpent`].
    BudgetSpent,
    /// As [`Step::EvalCheck`].
    EvalCheck,
}

impl From<Pause> for Step {
    fn from(pause: Pause) -> Step {
        match pause {
            Pause::BudgetSpent => Step::BudgetSpent,
            Pause::EvalCheck => Step::EvalCheck,
        }
    }
}

/// What a thread did.
#[derive(Clone, PartialEq, Debug)]
pub struct Progress {
    /// Why it stopped.
    pub step: Step,
    /// Virtual nanoseconds of what it executed.
    pub cost_ns: u64,
    /// Instructions executed.
    pub instructions: u64,
}

/// How the body of an instruction ended, if not simply by completing.
#[derive(Clone, PartialEq, Debug)]
pub enum Trap {
    /// It raised this exception.
    Raise(Value),
    /// It raises an exception again that this frame's traceback entry has already.
    Reraise(Value),
    /// Frames or the program counter changed.
    Frames,
    /// It needs the world.
    Effect(Box<Effect>),
    /// The thread ended with this value.
    Finished(Value),
    /// The thread ended with this exception.
    Died(Value),
}

/// The result of an instruction's body.
pub type Body = Result<(), Trap>;

/// The account of one `run_until`.
pub(super) struct Run<'a> {
    /// Virtual time spent so far.
    pub spent_ns: u64,
    /// Instructions executed so far.
    pub count: u64,
    /// What may be spent.
    pub budget: Budget,
    /// From this time on every instruction is looked at; 0 when all are.
    pub limit_ns: u64,
    /// Set if the loop may deal with locks itself.
    pub locks: Option<OwnLocks<'a>>,
    /// Where to stop for a look.
    pub stops: Option<Stops<'a>>,
    /// Whether ends of objects are watched.
    pub watching: bool,
    /// What of the time spent was counted for the rounds of watching.
    pub accounted_ns: u64,
    /// Whether somebody may know who goes on after a pause.
    pub in_turns: bool,
}

impl Run<'_> {
    /// Another turn begins within the run, at this time.
    #[inline]
    pub fn begin_turn(&mut self, budget: Budget, now_ns: u64) {
        self.budget = budget;
        (self.spent_ns, self.count, self.accounted_ns) = (0, 0, 0);
        if let Some(locks) = &mut self.locks {
            locks.now_ns = now_ns;
        }
    }
}

impl Vm {
    /// Deals with the trap of a body. `None`: go on with the frame that is on top now.
    #[cold]
    #[inline(never)]
    pub(super) fn trapped(&mut self, t: &mut GreenThread, trap: Trap, instr: Instr, run: &mut Run<'_>) -> Option<Step> {
        let trap = match trap {
            Trap::Raise(exception) => self.unwind(t, exception, true),
            Trap::Reraise(exception) => self.unwind(t, exception, false),
            other => other,
        };
        run.spent_ns += std::mem::take(&mut self.extra_ns);
        match trap {
            Trap::Frames if run.spent_ns >= run.limit_ns || self.heap.wants_attention() || !t.drops.is_empty() => {
                self.pause(t, instr, false, run).map(Step::from)
            }
            Trap::Frames => None,
            Trap::Raise(_) | Trap::Reraise(_) => unreachable!("unwinding ends in a frame or ends the thread"),
            Trap::Effect(effect) => Some(Step::Needs(effect)),
            Trap::Finished(value) => Some(Step::Finished(value)),
            Trap::Died(exception) => Some(Step::Died(exception)),
        }
    }

    /// Called after an instruction when the limit is reached or the heap wants attention: stops at a spent budget, at an
    /// eval check, for a collection, or for objects that may have ended, which must come at the same instruction however
    /// many run at a time.
    pub(super) fn pause(&mut self, t: &mut GreenThread, instr: Instr, jumped: bool, run: &Run<'_>) -> Option<Pause> {
        let due = self.check_due(t, instr, jumped);
        if due && run.spent_ns >= run.budget.checks_from_ns {
            return Some(Pause::EvalCheck);
        }
        let ended = self.is_watching() && self.wants_check(t);
        if run.spent_ns >= run.budget.cost_ns || ended || self.heap.wants_collection() {
            t.check_due = due;
            return Some(Pause::BudgetSpent);
        }
        None
    }

    /// Whether the profile's evaluation loop looks at the drop request after this instruction.
    fn check_due(&self, t: &GreenThread, instr: Instr, jumped: bool) -> bool {
        match instr.check {
            Check::After => true,
            Check::AfterTaken => jumped,
            Check::AfterNativeCall => self.native_returned && !(self.specialised && self.config.rules.exempts_calls),
            Check::AfterEveryNativeCall | Check::AfterAnyCall => self.native_returned,
            Check::None if matches!(instr.op, Op::ReturnValue | Op::ReturnConst | Op::ReturnGenerator) => {
                self.returned_into_call(t)
            }
            Check::None => false,
        }
    }

    /// Whether the frame that is on top now made a call after which its profile looks at the drop request.
    fn returned_into_call(&self, t: &GreenThread) -> bool {
        let Some(frame) = t.frames.last() else { return false };
        let instrs = &self.codes[frame.code.0 as usize].code.instrs;
        match frame.pc.checked_sub(1).map(|at| instrs[at as usize].check) {
            Some(Check::AfterAnyCall) => true,
            Some(Check::AfterNativeCall | Check::AfterEveryNativeCall) => self.native_returned,
            _ => false,
        }
    }

    /// A thread without frames: native functions may still be waiting, or it never had anything to run.
    pub(super) fn without_frames(&mut self, t: &mut GreenThread) -> Step {
        match t.ended.take() {
            Some(Ok(value)) => Step::Finished(value),
            Some(Err(exception)) => Step::Died(exception),
            None => Step::Finished(Value::None),
        }
    }
}
