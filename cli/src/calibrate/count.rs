//! Counts what a snippet executes, by running it on the virtual machine, one instruction at a time.
//!
//! The snippet runs once and twice; the difference is one turn of its loop. Which native functions it calls says the snippet; what
//! its time has beyond the costs of these and of its instructions (work that grows with the data, library code that stands for C) stays a constant.

use super::Snippet;
use crate::load;
use crate::measure;

use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::{Config, Latencies, Warmth};
use gilsim_scheduler::event::Deaf;
use gilsim_scheduler::outcome::Outcome;
use gilsim_scheduler::profile::Profile;
use gilsim_vm::code::{CostKind, CostTable, Origin, Work};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A snippet that has not ended after so many steps never ends.
const STEPS_MAX: u64 = 1_000_000;

/// How often each instruction and native function of the cost table was executed.
type Executed = BTreeMap<(CostKind, &'static str), f64>;

/// What one turn of a snippet's loop executes.
#[derive(Clone, Debug)]
pub struct Counts {
    /// How often each instruction and native function.
    pub of: Executed,
    /// What it takes beyond them.
    pub rest_ns: f64,
}

impl Counts {
    /// Takes away what the loop itself executes.
    pub fn subtract(&mut self, around: &Counts) {
        for (name, times) in &around.of {
            *self.of.entry(*name).or_default() -= times;
        }
        self.of.retain(|_, times| *times != 0.0);
        self.rest_ns -= around.rest_ns;
    }
}

/// Counts one turn; `None` if the snippet does not run here.
pub fn count(profile: &Profile, costs: &CostTable, snippet: &Snippet) -> Option<Counts> {
    let (once, once_ns) = run(profile, snippet, 1)?;
    let (mut of, twice_ns) = run(profile, snippet, 2)?;
    for (what, times) in once {
        *of.entry(what).or_default() -= times;
    }
    of.retain(|_, times| *times != 0.0);
    let native = |name: &str| costs.rows(CostKind::Native).map(|row| row.0).find(|known| *known == name);
    for (name, times) in &snippet.natives {
        *of.entry((CostKind::Native, native(name)?)).or_default() += f64::from(*times);
    }
    let known_ns = |((kind, name), times): (&(CostKind, &'static str), &f64)| {
        f64::from(costs.ns(*kind, name).unwrap_or(0)) * times
    };
    let rest_ns = twice_ns - once_ns - of.iter().map(known_ns).sum::<f64>();
    Some(Counts { of, rest_ns: rest_ns.max(0.0) })
}

/// Instructions and the work of their operators, without those that stand for C code, and the time that all took.
fn run(profile: &Profile, snippet: &Snippet, turns: u32) -> Option<(Executed, f64)> {
    let text = format!("{}\nbench({turns})\n", snippet.text);
    let warmth = if snippet.cold { Warmth::AsCounted } else { Warmth::Hot };
    let config = Arc::new(Config { profile: profile.clone(), latencies: Latencies::ZERO, warmth, ..Config::default() });
    let program = load::single("snippet.py", &text, &profile.code_rules());
    let main = program.code.clone()?;
    let mut simulation = measure::simulation(&config, &program, main, &[String::new()]).ok()?;
    let mut executed = Executed::new();
    for _ in 0..STEPS_MAX {
        let (vm, thread) = (&simulation.interpreters()[0].vm, simulation.threads().next()?);
        let next = vm.peek(&thread.green).filter(|_| !vm.is_in_atomic(&thread.green));
        let is_cold = vm.is_cold(&thread.green);
        let before = simulation.steps();
        let outcome = simulation.step(&mut Faithful, &mut Deaf);
        if let Some(instr) = next.filter(|_| simulation.steps() > before) {
            let work = [Work::of(instr.op, instr.arg, Origin::Plain), Work::of_cold(instr.op).filter(|_| is_cold)];
            let work = work.into_iter().flatten().map(|work| (CostKind::Native, work.name()));
            for what in std::iter::once((CostKind::Instruction, instr.op.name())).chain(work) {
                *executed.entry(what).or_default() += 1.0;
            }
        }
        if let Some(outcome) = outcome {
            let is_well = outcome == Outcome::Finished { exit: 0 };
            return is_well.then(|| (executed, simulation.interpreters()[0].cpu_ns as f64));
        }
    }
    None
}
