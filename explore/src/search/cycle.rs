//! Whether an execution comes back to a state in which it was before.
//!
//! Brent: An improved Monte Carlo factorization algorithm (BIT 20, 1980), section 3: one state is kept, and replaced after
//! twice as many steps. Cost: a fingerprint for each step, once an execution is long or a thread computes for long. What it
//! can miss: nothing for ever; a circle is noticed after a few rounds.

use crate::machine::Machine;

/// Steps of an execution without a look.
const STEPS_BEFORE_LOOKING: u64 = 300;

/// Looks at one execution.
#[derive(Clone, Debug, Default)]
pub struct Lookout {
    steps: u64,
    kept: Option<u64>,
    next: u64,
}

impl Lookout {
    /// To be asked before each step.
    pub fn is_back(&mut self, machine: &Machine) -> bool {
        self.steps += 1;
        if self.steps < STEPS_BEFORE_LOOKING && !machine.computes() {
            return false;
        }
        let state = machine.state();
        if self.kept == Some(state) {
            return true;
        }
        if self.steps >= self.next {
            self.kept = Some(state);
            self.next = self.steps * 2;
        }
        false
    }
}
