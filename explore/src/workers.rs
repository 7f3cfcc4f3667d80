//! The rest of a round by several workers, with the report that one would make.
//!
//! Counts, races and the number of random executions beside them do not depend on the order, as long as nothing is learned,
//! no execution is cut or given up, and none is the first to fail. Where one of these happens, what the workers have done
//! is thrown away, and the round goes on with one: correct, but no faster. So they speed up searches that hold, and
//! counts of all failing classes once a failure is known.

use crate::beside::samples_after;
use crate::explore::failure_of;
use crate::machine::Machine;
use crate::races::Races;
use crate::report::Unfinished;
use crate::rounds::{Pass, fresh, left_sleeper};
use crate::search::dpor::{Counts, Covered, Frame, Verdict};
use crate::search::history::History;
use crate::search::parallel::{self, Pace};
use std::sync::atomic::{AtomicU64, Ordering};

/// How the workers ended.
pub enum Ended {
    /// Everything was explored.
    Complete,
    /// They were stopped.
    Stopped,
    /// The order matters: one has to do it.
    InVain,
}

/// What a worker has seen.
#[derive(Default)]
struct Seen {
    failing: u64,
    races: Races,
    /// Whether an execution ended while a daemon slept that would have gone on.
    left_sleepers: bool,
    /// Whether the order matters.
    is_in_vain: bool,
}

/// Code and names that a machine has: workers that load more may number them differently.
fn loaded(machine: &Machine) -> (usize, usize) {
    (machine.vm().codes.len(), machine.vm().heap.interned.handles().count())
}

/// Whether what the workers know together shows a place to be shared that none of them alone has seen to be.
fn learns(machine: &Machine, results: &[(Counts, Seen, Machine)]) -> bool {
    let mut all = machine.knowledge.clone();
    results.iter().for_each(|(_, _, other)| all.join(&other.knowledge));
    all.changed
}

/// Goes on from the frames of the round, with what its machine knows.
pub fn finish(origin: &Machine, machine: &Machine, pass: &mut Pass<'_>, frames: &[Frame]) -> Ended {
    let options = pass.options;
    let machine = fresh(origin, machine.knowledge.clone());
    let is_failing = pass.round.first.is_some();
    let before = pass.round.counts;
    let total = AtomicU64::new(before.executions);
    let visit = |seen: &mut Seen, machine: &Machine, history: &History| {
        let fails = failure_of(machine).is_some();
        let executions = total.fetch_add(1, Ordering::SeqCst) + 1;
        seen.failing += u64::from(fails);
        seen.is_in_vain |= machine.knowledge.changed
            || machine.ending.cut.is_some()
            || fails && !is_failing
            || executions >= options.executions_max;
        if seen.is_in_vain {
            return Verdict::Stop;
        }
        seen.races.note(machine, history);
        seen.left_sleepers |= left_sleeper(machine);
        Verdict::GoOn
    };
    let mut beside = pass.beside.fork(origin, options);
    let (mut fails_beside, mut is_stopped) = (false, false);
    let mut watch = |is_done: bool| {
        let executions = total.load(Ordering::SeqCst);
        let samples = if is_failing || !beside.is_used() { 0 } else { samples_after(executions) };
        is_stopped |= !is_done
            && !(pass.go_on)(&Covered { counts: Counts { executions, ..before }, estimate: pass.round.estimate });
        let mut pace = Pace::Idle;
        while !is_stopped && !fails_beside && beside.sampler.executions() < samples {
            fails_beside = beside.execute().is_some();
            pace = Pace::Busy;
            if !is_done {
                break;
            }
        }
        if is_stopped || fails_beside { Pace::Stop } else { pace }
    };
    let visitors: Vec<Seen> = (0..options.jobs).map(|_| Seen::default()).collect();
    let results = parallel::resume(&machine, options.steps_max, frames, visitors, visit, &mut watch);
    let differs = |(counts, seen, other): &(Counts, Seen, Machine)| {
        counts.blocked > 0 || seen.is_in_vain || loaded(other) != loaded(&machine)
    };
    if fails_beside || results.iter().any(differs) || learns(&machine, &results) {
        return Ended::InVain;
    }
    let counts = results.iter().fold(Counts::default(), |sum, (counts, ..)| sum.and(*counts));
    if is_stopped {
        pass.round.stop = Some(Unfinished::Stopped);
        pass.round.beyond = counts;
        return Ended::Stopped;
    }
    pass.round.counts = before.and(counts);
    if !is_failing {
        pass.round.sampled = beside.sampler.executions();
    }
    for (_, seen, _) in results {
        pass.round.failing += seen.failing;
        pass.round.left_sleepers |= seen.left_sleepers;
        pass.round.races.join(seen.races);
    }
    pass.beside = beside;
    Ended::Complete
}
