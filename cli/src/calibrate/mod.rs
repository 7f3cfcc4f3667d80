//! Measures what instructions and native functions cost on an installed CPython.
//!
//! Method. `interpreter` lets the CPython time some 270 snippets. What a snippet executes is counted, not guessed: `count` runs it on the virtual machine
//! under the rules of that version, so the counts are of gilsim's own instructions. `fit` finds the costs under which the counts come closest to the times.
//!
//! What it misses: costs that depend on data (long strings, large integers) are added by the functions that know the data and are not
//! fitted; caches, allocation patterns and branch predictors of large programs.

mod count;
mod fit;
mod interpreter;

pub use interpreter::{Interpreter, Measured, Snippet};

use crate::cost_file::CostFile;
use count::Counts;
use fit::{Judged, Row, Unknown};
use gilsim_scheduler::profile::Profile;
use gilsim_vm::code::{CostKind, CostTable};
use std::collections::BTreeMap;

/// The snippet whose time is the loop around all others.
const LOOP: &str = "loop";

/// Instructions that no snippet executes, and those that do the same work.
const ALIKE: &[(&str, &str)] = &[
    ("LOAD_FAST_CHECK", "LOAD_FAST"),
    ("LOAD_FAST_AND_CLEAR", "LOAD_FAST"),
    ("DELETE_DEREF", "STORE_DEREF"),
    ("LOAD_FROM_DICT_OR_DEREF", "LOAD_DEREF"),
    ("LOAD_FROM_DICT_OR_GLOBALS", "LOAD_NAME"),
    ("DELETE_GLOBAL", "STORE_GLOBAL"),
    ("DELETE_NAME", "STORE_NAME"),
    ("LOAD_LOCALS", "LOAD_FAST"),
    ("LOAD_ASSERTION_ERROR", "LOAD_CONST"),
    ("SETUP_ANNOTATIONS", "STORE_NAME"),
    ("END_FOR", "POP_TOP"),
    ("CALL_INTRINSIC_1", "CONVERT_VALUE"),
    ("CALL_INTRINSIC_2", "CONVERT_VALUE"),
    ("CHECK_EG_MATCH", "CHECK_EXC_MATCH"),
    ("CLEANUP_THROW", "CHECK_EXC_MATCH"),
    ("WITH_EXCEPT_START", "BEFORE_WITH"),
];

/// How near the fitted costs come to the measured times.
#[derive(Debug)]
pub struct Quality {
    /// The snippets, the nearest first.
    pub snippets: Vec<Judged>,
}

impl Quality {
    /// The error that so many hundredths of the snippets stay below, in hundredths.
    pub fn percentile(&self, percent: usize) -> f64 {
        self.snippets.get(self.snippets.len().saturating_sub(1) * percent / 100).map_or(0.0, |row| row.error() * 100.0)
    }
}

/// Costs from measured times.
pub fn calibrate(interpreter: &Interpreter, measured: &Measured) -> (CostFile, Quality) {
    let profile = &interpreter.profile;
    let shipped = CostTable::shipped(profile.name).expect("every profile has costs");
    let rows = rows(profile, &shipped, &measured.snippets);
    let scale = fit::scale(&rows, |of| f64::from(shipped.ns(of.0, of.1).unwrap_or(0)));
    let start = |of: &(CostKind, &'static str)| f64::from(shipped.ns(of.0, of.1).unwrap_or(0)) * scale;
    let unknowns: BTreeMap<(CostKind, &'static str), Unknown> = rows
        .iter()
        .flat_map(|row| row.counts.keys())
        .map(|of| (*of, Unknown { start_ns: start(of), least_ns: f64::from(of.0.least_ns()) }))
        .collect();
    let costs_ns = fit::fit(&rows, &unknowns);
    let mut table = shipped.clone();
    for kind in [CostKind::Instruction, CostKind::Native] {
        for (name, _) in shipped.rows(kind) {
            let ns = costs_ns.get(&(kind, name)).copied().unwrap_or_else(|| start(&(kind, name)).round());
            table.set(kind, name, ns as u16);
        }
    }
    for (name, like) in ALIKE {
        if !unknowns.contains_key(&(CostKind::Instruction, *name)) {
            let ns = table.ns(CostKind::Instruction, like).expect("a name of an instruction");
            table.set(CostKind::Instruction, name, ns);
        }
    }
    let quality = Quality { snippets: fit::judge(&rows, &costs_ns) };
    let Interpreter { build, platform, .. } = interpreter;
    let probe_ns = measured.probe_ns.round() as u64;
    (CostFile { python: profile.name, build: build.clone(), platform: platform.clone(), probe_ns, table }, quality)
}

/// The measured times beside what the snippets execute, without the loop around them.
fn rows(profile: &Profile, shipped: &CostTable, snippets: &[Snippet]) -> Vec<Row> {
    let mut around: Option<Counts> = None;
    let mut rows = Vec::new();
    for snippet in snippets {
        let Some(mut counts) = count::count(profile, shipped, snippet) else { continue };
        match &around {
            None if snippet.name == LOOP => around = Some(counts.clone()),
            None => continue,
            Some(around) => counts.subtract(around),
        }
        if snippet.ns > counts.rest_ns {
            rows.push(Row { name: snippet.name.clone(), ns: snippet.ns, rest_ns: counts.rest_ns, counts: counts.of });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_that_are_alike_exist() {
        let shipped = CostTable::shipped("3.13").unwrap();
        for name in ALIKE.iter().flat_map(|(name, like)| [name, like]) {
            assert!(shipped.ns(CostKind::Instruction, name).is_some(), "{name}");
        }
    }
}
