//! Running.

use crate::effect::Effect;
use crate::value::Value;

/// How far a thread may run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// Virtual nanoseconds: the instruction that reaches this completes, then the thread stops.
    pub cost_ns: u64,
    /// Stop after the first instruction at which the profile's evaluation loop looks at the drop request.
    pub stop_at_check: bool,
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
    /// An instruction waits for the world.
    Needs(Effect),
    /// The thread's function returned.
    Finished(Value),
    /// An exception left the thread's function.
    Died(Value),
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
