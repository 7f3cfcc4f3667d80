//! One execution after another, each by a [`Strategy`], without memory of which were tried.
//!
//! Guarantee: that of the strategy. Cost: an execution. Never finishes: it cannot know that nothing is left. Steps become
//! finer while executions show more places to be shared.

use super::cycle::Lookout;
use crate::machine::knowledge::Knowledge;
use crate::machine::undo::Saved;
use crate::machine::{Cut, Machine};
use crate::strategy::{Past, Point, Strategy};
use gilsim_vm::value::ThreadId;

/// Makes executions of one program.
#[derive(Debug)]
pub struct Sampler {
    /// The program before it starts its first thread.
    origin: Machine,
    /// Just after that.
    machine: Machine,
    past: Past,
    executions: u64,
    steps_max: usize,
    /// Whether an execution that comes back to a state is given up there.
    pub cuts_circles: bool,
}

impl Sampler {
    /// From the machine before [`Machine::begin`], with what is known of shared places.
    pub fn new(origin: Machine, steps_max: usize) -> Sampler {
        let machine = begun(&origin);
        Sampler { origin, machine, past: Past::default(), executions: 0, steps_max, cuts_circles: false }
    }

    /// One that goes on where another was: as many executions, with the past they left.
    pub fn resume(origin: Machine, steps_max: usize, executions: u64, past: Past) -> Sampler {
        Sampler { past, executions, ..Sampler::new(origin, steps_max) }
    }

    /// What its executions left for the next ones, and what is known of shared places.
    pub fn left(&self) -> (&Past, &Knowledge) {
        (&self.past, &self.machine.knowledge)
    }

    /// Executions made.
    pub fn executions(&self) -> u64 {
        self.executions
    }

    /// Makes an execution and shows its end and its schedule to `visit`.
    pub fn execute<T>(&mut self, strategy: &mut dyn Strategy, visit: impl FnOnce(&Machine, &[ThreadId]) -> T) -> T {
        strategy.begin(self.executions, &self.past);
        self.executions += 1;
        self.past.touched.clear();
        let mut saved: Vec<Saved> = Vec::new();
        let mut schedule: Vec<ThreadId> = Vec::new();
        let mut choice = 0;
        let mut lookout = Lookout::default();
        loop {
            let candidates: Vec<ThreadId> = self.machine.enabled().collect();
            if candidates.is_empty() {
                break;
            }
            if schedule.len() >= self.steps_max {
                self.machine.ending.cut = Some(Cut::Steps);
                break;
            }
            if self.cuts_circles && lookout.is_back(&self.machine) {
                self.machine.ending.cut = Some(Cut::Cycle);
                break;
            }
            let last = schedule.last().copied();
            let point = Point { machine: &self.machine, candidates: &candidates, last, choice };
            let thread = match candidates[..] {
                [only] => {
                    strategy.forced(&point);
                    only
                }
                _ => {
                    choice += 1;
                    strategy.choose(&point)
                }
            };
            assert!(candidates.contains(&thread), "a strategy picks one of the candidates");
            saved.push(self.machine.save(thread));
            let accesses = self.machine.step(thread);
            schedule.push(thread);
            for access in &accesses {
                note(&mut self.past, access.object, thread);
            }
        }
        self.past.choices = self.past.choices.max(choice);
        let told = visit(&self.machine, &schedule);
        self.rewind(saved);
        told
    }

    /// Back to the beginning; with finer steps if something was learned.
    fn rewind(&mut self, saved: Vec<Saved>) {
        if self.machine.knowledge.changed {
            self.origin.knowledge = std::mem::take(&mut self.machine.knowledge);
            self.machine = begun(&self.origin);
            return;
        }
        for state in saved.into_iter().rev() {
            self.machine.restore(state);
        }
    }
}

fn note(past: &mut Past, object: gilsim_vm::value::ObjId, thread: ThreadId) {
    let counts = past.touched.entry(object.0).or_default();
    let at = thread.0 as usize;
    if counts.len() <= at {
        counts.resize(at + 1, 0);
    }
    counts[at] += 1;
}

fn begun(origin: &Machine) -> Machine {
    let mut machine = origin.clone();
    machine.knowledge.changed = false;
    machine.begin();
    machine
}
