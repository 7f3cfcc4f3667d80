//! On which versions of CPython a failure can happen.
//!
//! The same program is searched with switches only where a version's evaluation loop looks at the drop request or the GIL
//! is released ([`Points::EvalChecks`]), within a budget. Guarantee: what is found is an execution under that version's
//! rules, given unlucky times; what is proved impossible has been searched completely. What it takes for granted: methods
//! of the library are not switched inside, and timeouts fire at any time.

use crate::explore::{Options, verdict};
use crate::machine::{Machine, Points};
use crate::report::Verdict;

/// The answer for one profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Possibility {
    /// A failing schedule was found.
    Found,
    /// Every class of schedules was searched, and none fails.
    Impossible,
    /// The budget was spent.
    NotSettled,
}

impl Possibility {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Possibility::Found => "found",
            Possibility::Impossible => "impossible",
            Possibility::NotSettled => "not settled",
        }
    }
}

/// Executions for each profile, complete ones and given up ones each.
const EXECUTIONS_MAX: u64 = 5_000;

/// Whether a program, compiled under the rules of a profile, can fail under them. `go_on` can stop the search.
pub fn settle(origin: &Machine, steps_max: usize, go_on: &mut dyn FnMut() -> bool) -> Possibility {
    let mut origin = origin.clone();
    origin.set_points(Points::EvalChecks);
    let options = Options { after_failure: 0, executions_max: EXECUTIONS_MAX, steps_max, ..Options::default() };
    match verdict(&origin, &options, &mut |_| go_on()) {
        Verdict::Fails => Possibility::Found,
        Verdict::Holds => Possibility::Impossible,
        Verdict::Unfinished(_) => Possibility::NotSettled,
    }
}
