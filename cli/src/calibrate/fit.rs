//! Costs that explain measured times: non-negative least squares of the relative errors, by coordinate descent.
//!
//! Each cost in turn takes the value that is best while the others stay, with a weak pull towards a plausible start, first in real numbers, then
//! in whole nanoseconds, so that rounding errors of neighbours cancel. The snippets that are loops as programs write them count more.

use gilsim_vm::code::CostKind;
use std::collections::BTreeMap;

/// What is fitted: an instruction or a native function.
pub type Of = (CostKind, &'static str);

/// One measured snippet.
#[derive(Debug)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Measured time.
    pub ns: f64,
    /// The part of it that is known.
    pub rest_ns: f64,
    /// How often it executes what.
    pub counts: BTreeMap<Of, f64>,
}

/// A cost to be found.
#[derive(Clone, Copy, Debug)]
pub struct Unknown {
    /// Where the search begins.
    pub start_ns: f64,
    /// The least it may be.
    pub least_ns: f64,
}

/// Weight of the start of an instruction's cost beside the measurements.
const PULL: f64 = 0.003;
/// The same for native functions, which have snippets of their own.
const PULL_NATIVE: f64 = 0.00001;
/// Beyond this an instruction is as special as a native function.
const SPECIAL_NS: f64 = 500.0;
/// A start below this pulls as if it was this.
const PULL_NS_MIN: f64 = 2.0;
/// Times below this are as uncertain as this.
const NS_MIN: f64 = 5.0;
/// Passes over all costs, in real numbers and in whole ones; they end before when nothing moves.
const PASSES_MAX: usize = 3000;
const PASSES_WHOLE_MAX: usize = 60;

/// What programs spend their time in counts so much more.
const TYPICAL_WEIGHT: f64 = 4.0;
const TYPICAL: &[&str] = &[
    "loop",
    "for range large",
    "for range large use",
    "while large",
    "while down",
    "fib",
    "prime",
    "sieve",
    "count words",
    "histogram",
    "histogram of words",
    "bodies",
    "global add",
    "method bump",
    "method get",
    "attr add",
    "instance",
    "family",
    "call 1",
    "raise call",
    "key error",
    "with lock counter",
    "call of list.append",
    "call of dict.get",
    "generator 50",
    "comprehension long",
    "int lcg",
    "for list",
];

/// The median of measured by predicted time under some costs.
pub fn scale(rows: &[Row], cost_ns: impl Fn(&Of) -> f64) -> f64 {
    let ratio = |row: &Row| {
        let predicted_ns = row.rest_ns + row.counts.iter().map(|(of, times)| cost_ns(of) * times).sum::<f64>();
        row.ns / predicted_ns
    };
    let mut ratios: Vec<f64> = rows.iter().map(ratio).filter(|ratio| ratio.is_finite()).collect();
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(1.0)
}

/// The costs, in whole nanoseconds.
pub fn fit(rows: &[Row], unknowns: &BTreeMap<Of, Unknown>) -> BTreeMap<Of, f64> {
    let names: Vec<Of> = unknowns.keys().copied().collect();
    let mut search = Search::new(rows, &names, unknowns.values().copied().collect());
    search.descend(PASSES_MAX, Search::best);
    let whole = unknowns.values().zip(&search.cost_ns);
    let whole = whole.map(|(unknown, ns)| Unknown { start_ns: ns.round().max(unknown.least_ns), ..*unknown }).collect();
    let mut search = Search::new(rows, &names, whole);
    search.descend(PASSES_WHOLE_MAX, Search::best_neighbour);
    names.into_iter().zip(search.cost_ns).collect()
}

/// A row beside what the costs make of it.
#[derive(Debug)]
pub struct Judged {
    /// The row's name.
    pub name: String,
    /// Its time.
    pub measured_ns: f64,
    /// The sum of its costs.
    pub predicted_ns: f64,
}

impl Judged {
    /// How far the costs are from the time, relative to it.
    pub fn error(&self) -> f64 {
        (self.predicted_ns / self.measured_ns - 1.0).abs()
    }
}

/// All rows, the nearest first.
pub fn judge(rows: &[Row], cost_ns: &BTreeMap<Of, f64>) -> Vec<Judged> {
    let judge = |row: &Row| {
        let predicted_ns = row.rest_ns + row.counts.iter().map(|(of, times)| cost_ns[of] * times).sum::<f64>();
        Judged { name: row.name.clone(), measured_ns: row.ns, predicted_ns }
    };
    let mut judged: Vec<Judged> = rows.iter().map(judge).collect();
    judged.sort_by(|a, b| a.error().total_cmp(&b.error()));
    judged
}

/// Costs on their way.
struct Search {
    unknowns: Vec<Unknown>,
    /// Weight of each start.
    pulls: Vec<f64>,
    cost_ns: Vec<f64>,
    /// For each cost the rows that contain it, and how often.
    rows_of: Vec<Vec<(usize, f64)>>,
    measured_ns: Vec<f64>,
    predicted_ns: Vec<f64>,
    /// Of a squared error in nanoseconds.
    weights: Vec<f64>,
}

impl Search {
    fn new(rows: &[Row], names: &[Of], unknowns: Vec<Unknown>) -> Search {
        let times = |row: &Row, of: &Of| row.counts.get(of).copied().filter(|times| *times != 0.0);
        let rows_of = |of: &Of| rows.iter().enumerate().filter_map(|(at, row)| Some((at, times(row, of)?))).collect();
        let weight = |row: &Row| {
            let typical = if TYPICAL.contains(&row.name.as_str()) { TYPICAL_WEIGHT } else { 1.0 };
            (typical / row.ns.max(NS_MIN)).powi(2)
        };
        let pull = |(of, unknown): (&Of, &Unknown)| {
            let is_special = of.0 == CostKind::Native || unknown.start_ns > SPECIAL_NS;
            let weight = if is_special { PULL_NATIVE } else { PULL };
            weight / unknown.start_ns.max(PULL_NS_MIN).powi(2)
        };
        let mut search = Search {
            pulls: names.iter().zip(&unknowns).map(pull).collect(),
            cost_ns: vec![0.0; names.len()],
            rows_of: names.iter().map(rows_of).collect(),
            measured_ns: rows.iter().map(|row| row.ns).collect(),
            predicted_ns: rows.iter().map(|row| row.rest_ns).collect(),
            weights: rows.iter().map(weight).collect(),
            unknowns,
        };
        for at in 0..names.len() {
            search.set(at, search.unknowns[at].start_ns);
        }
        search
    }

    fn set(&mut self, at: usize, ns: f64) {
        for (row, times) in &self.rows_of[at] {
            self.predicted_ns[*row] += (ns - self.cost_ns[at]) * times;
        }
        self.cost_ns[at] = ns;
    }

    /// Gives every cost its best value in turn until none moves.
    fn descend(&mut self, passes_max: usize, best: impl Fn(&Search, usize) -> f64) {
        for _ in 0..passes_max {
            let mut moved = 0.0_f64;
            for at in 0..self.cost_ns.len() {
                let ns = best(self, at);
                moved = moved.max((ns - self.cost_ns[at]).abs());
                self.set(at, ns);
            }
            if moved < 1e-6 {
                break;
            }
        }
    }

    /// The best value of one cost while the others stay.
    fn best(&self, at: usize) -> f64 {
        let Unknown { start_ns, least_ns } = self.unknowns[at];
        let (mut top, mut bottom) = (self.pulls[at] * start_ns, self.pulls[at]);
        for (row, times) in &self.rows_of[at] {
            let others_ns = self.predicted_ns[*row] - self.cost_ns[at] * times;
            top += self.weights[*row] * times * (self.measured_ns[*row] - others_ns);
            bottom += self.weights[*row] * times * times;
        }
        (top / bottom).max(least_ns)
    }

    /// The best of a value and those one nanosecond away.
    fn best_neighbour(&self, at: usize) -> f64 {
        let now = self.cost_ns[at];
        let near = [now, now - 1.0, now + 1.0].into_iter().filter(|ns| *ns >= self.unknowns[at].least_ns);
        near.min_by(|a, b| self.loss(at, *a).total_cmp(&self.loss(at, *b))).unwrap_or(now)
    }

    /// What depends on one cost in the sum that is made small.
    fn loss(&self, at: usize, ns: f64) -> f64 {
        let error = |(row, times): &(usize, f64)| {
            let predicted_ns = self.predicted_ns[*row] + (ns - self.cost_ns[at]) * times;
            self.weights[*row] * (predicted_ns - self.measured_ns[*row]).powi(2)
        };
        let pull = self.pulls[at] * (ns - self.unknowns[at].start_ns).powi(2);
        pull + self.rows_of[at].iter().map(error).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOAD: Of = (CostKind::Instruction, "LOAD_FAST");
    const ADD: Of = (CostKind::Instruction, "BINARY_OP");
    const LEN: Of = (CostKind::Native, "len");

    fn row(name: &str, counts: &[(Of, f64)], costs: [f64; 3]) -> Row {
        let cost = |of: &Of| costs[[LOAD, ADD, LEN].iter().position(|known| known == of).unwrap()];
        let ns = 1.5 + counts.iter().map(|(of, times)| cost(of) * times).sum::<f64>();
        Row { name: name.into(), ns, rest_ns: 1.5, counts: counts.iter().copied().collect() }
    }

    #[test]
    fn costs_behind_consistent_times_are_found() {
        let costs = [3.0, 11.0, 40.0];
        let rows = [
            row("a", &[(LOAD, 2.0), (ADD, 1.0)], costs),
            row("b", &[(LOAD, 1.0), (LEN, 1.0)], costs),
            row("c", &[(LOAD, 5.0), (ADD, 2.0)], costs),
        ];
        let unknown = |start_ns| Unknown { start_ns, least_ns: 1.0 };
        let unknowns = [(LOAD, unknown(2.0)), (ADD, unknown(8.0)), (LEN, unknown(20.0))].into_iter().collect();
        let found = fit(&rows, &unknowns);
        assert_eq!([LOAD, ADD, LEN].map(|of| found[&of]), costs);
        assert!(judge(&rows, &found).iter().all(|row| row.error() < 1e-9));
        assert!((scale(&rows, |of| found[of] / 2.0) - 2.0).abs() < 0.2);
    }

    #[test]
    fn no_cost_falls_below_its_least() {
        let rows = [Row { name: "x".into(), ns: 0.5, rest_ns: 0.0, counts: [(LOAD, 4.0)].into_iter().collect() }];
        let unknowns = [(LOAD, Unknown { start_ns: 2.0, least_ns: 1.0 })].into_iter().collect();
        assert_eq!(fit(&rows, &unknowns)[&LOAD], 1.0);
    }
}
