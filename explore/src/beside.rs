//! Random executions beside the reduction, once that has made many: they look for a failure and nothing else.
//!
//! How many are made depends on the number of executions of the reduction only.

use crate::checkpoint::State;
use crate::explore::{Method, Options, failure_of};
use crate::machine::knowledge::{Knowledge, Record};
use crate::machine::{Cut, Machine};
use crate::rounds::Found;
use crate::search::sample::Sampler;
use crate::strategy::{self, Past};

/// Executions by the reduction alone, before random ones are made beside them.
const ALONE: u64 = 2_000;

/// From then on one random execution comes with so many.
const SHARE: u64 = 4;

/// Random executions that are made beside so many of the reduction, while none fails.
pub fn samples_after(executions: u64) -> u64 {
    (executions / SHARE).saturating_sub(ALONE / SHARE)
}

/// Makes them.
pub struct Beside {
    /// One execution after another.
    pub sampler: Sampler,
    /// Whether one has come back to a state.
    pub circles: bool,
    strategy: Option<Box<dyn strategy::Strategy>>,
}

impl Beside {
    /// From the beginning, or from where a search was stopped.
    pub fn new(origin: &Machine, options: &Options, from: Option<&State>) -> Beside {
        let strategy = (options.method == Method::Portfolio).then(|| strategy::by_name("rotation")).flatten();
        let mut origin = origin.clone();
        let mut sampler = match from {
            None => Sampler::new(origin, options.steps_max),
            Some(from) => {
                origin.knowledge = Knowledge::of_record(&from.sampler_knowledge);
                Sampler::resume(origin, options.steps_max, from.sampled, from.past.clone())
            }
        };
        sampler.cuts_circles = true;
        Beside { sampler, circles: false, strategy: strategy.map(|named| (named.make)(options.seed)) }
    }

    /// What has to be kept to go on later.
    pub fn left(&self) -> (Past, Record) {
        let (past, knowledge) = self.sampler.left();
        (past.clone(), knowledge.record())
    }

    /// Whether any are made.
    pub fn is_used(&self) -> bool {
        self.strategy.is_some()
    }

    /// Makes one; gives it if it fails.
    pub fn execute(&mut self) -> Option<Found> {
        let circles = &mut self.circles;
        self.sampler.execute(self.strategy.as_deref_mut()?, |machine, schedule| {
            *circles |= machine.ending.cut == Some(Cut::Cycle);
            let failed = failure_of(machine).is_some() && !machine.knowledge.changed;
            failed.then(|| Found::new(schedule, machine.knowledge.clone()))
        })
    }
}
