//! The rest of a round by several workers, with the report that one would make.
//!
//! Counts, races and the number of random executions beside them do not depend on the order, as long as nothing is learned,
//! no execution is cut or given up, and none is the first to fail. Where one of these happens, what the workers have done
//! is thrown away, and the round goes on with one: correct, but no faster. So they speed up searches that hold, and
//! counts of all failing classes once a failure is known. Where they are stopped, what they have done is kept as data beside
//! the frames of the round.

use crate::beside::{Beside, samples_after};
use crate::checkpoint::{self, NodeData, State};
use crate::explore::failure_of;
use crate::machine::Machine;
use crate::machine::knowledge::{Knowledge, Record};
use crate::races::Races;
use crate::rounds::{Pass, fresh, left_sleeper};
use crate::search::dpor::{Counts, Covered, Frame, Verdict};
use crate::search::history::History;
use crate::search::parallel::{self, Done, Pace};
use crate::search::tree::Tree;
use crate::strategy::Past;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering};

/// How the workers ended.
pub enum Ended {
    /// Everything was explored.
    Complete,
    /// They were stopped.
    Stopped(Box<Ahead>),
    /// The order matters: one has to do it.
    InVain,
}

/// What workers have seen.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Seen {
    failing: u64,
    races: Races,
    /// Whether an execution ended while a daemon slept that would have gone on.
    left_sleepers: bool,
    /// Whether the order matters.
    #[serde(skip)]
    is_in_vain: bool,
}

/// What stopped workers have done since they were called, as data from which others go on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ahead {
    counts: Counts,
    seen: Seen,
    /// What they know together.
    knowledge: Record,
    sampled: u64,
    past: Past,
    sampler_knowledge: Record,
    tree: Vec<NodeData>,
}

impl Ahead {
    /// What was counted.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// From where the random executions beside go on.
    fn beside(&self) -> State {
        State {
            past: self.past.clone(),
            sampler_knowledge: self.sampler_knowledge.clone(),
            sampled: self.sampled,
            ..State::default()
        }
    }
}

impl Seen {
    fn and(mut self, other: Seen) -> Seen {
        self.failing += other.failing;
        self.races.join(other.races);
        self.left_sleepers |= other.left_sleepers;
        self.is_in_vain |= other.is_in_vain;
        self
    }
}

/// Code and names that a machine has: workers that load more may number them differently.
fn loaded(machine: &Machine) -> (usize, usize) {
    (machine.vm().codes.len(), machine.vm().heap.interned.handles().count())
}

/// What the workers know together; none if that shows a place to be shared that none of them alone has seen to be.
fn joined(machine: &Machine, results: &[Done<Seen>]) -> Option<Knowledge> {
    let mut all = machine.knowledge.clone();
    results.iter().for_each(|(_, _, other)| all.join(&other.knowledge));
    (!all.changed).then_some(all)
}

/// Goes on from the frames of the round, with what its machine knows, or from where workers were stopped that had begun
/// there.
pub fn finish(
    origin: &Machine,
    machine: &Machine,
    pass: &mut Pass<'_>,
    frames: &[Frame],
    ahead: Option<&Ahead>,
) -> Ended {
    let options = pass.options;
    let known = ahead.map(|ahead| Knowledge::of_record(&ahead.knowledge));
    let machine = fresh(origin, known.unwrap_or_else(|| machine.knowledge.clone()));
    let tree = match ahead {
        Some(ahead) => checkpoint::tree_of(&ahead.tree),
        None => Some(Tree::of_frames(frames)),
    };
    let Some(tree) = tree else { return Ended::InVain };
    let is_failing = pass.round.first.is_some();
    let before = pass.round.counts;
    let done_before = ahead.map_or_else(Counts::default, Ahead::counts);
    let total = AtomicU64::new(before.and(done_before).executions);
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
    let mut beside = match ahead {
        Some(ahead) => Beside::new(origin, options, Some(&ahead.beside())),
        None => pass.beside.fork(origin, options),
    };
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
    let visitors: Vec<Seen> = (0..options.jobs.max(1)).map(|_| Seen::default()).collect();
    let (results, tree) = parallel::resume(&machine, options.steps_max, tree, visitors, visit, &mut watch);
    let differs =
        |(counts, seen, other): &Done<Seen>| counts.blocked > 0 || seen.is_in_vain || loaded(other) != loaded(&machine);
    let Some(knowledge) = joined(&machine, &results).filter(|_| !fails_beside && !results.iter().any(differs)) else {
        return Ended::InVain;
    };
    let mut counts = done_before;
    let mut seen = ahead.map_or_else(Seen::default, |ahead| ahead.seen.clone());
    for (counted, other, _) in results {
        counts = counts.and(counted);
        seen = seen.and(other);
    }
    if !tree.is_finished() {
        let (past, sampler_knowledge) = beside.left();
        let (sampled, tree) = (beside.sampler.executions(), checkpoint::data_of_tree(&tree));
        let knowledge = knowledge.record();
        return Ended::Stopped(Box::new(Ahead { counts, seen, knowledge, sampled, past, sampler_knowledge, tree }));
    }
    pass.round.counts = before.and(counts);
    if !is_failing {
        pass.round.sampled = beside.sampler.executions();
    }
    pass.round.failing += seen.failing;
    pass.round.left_sleepers |= seen.left_sleepers;
    pass.round.races.join(seen.races);
    pass.beside = beside;
    Ended::Complete
}
