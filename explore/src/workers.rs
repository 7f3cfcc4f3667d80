//! The rest of a round by several workers, with the report that one would make.
//!
//! Counts, races and the number of random executions beside them do not depend on the order, as long as nothing is learned,
//! no execution is cut or given up, and none is the first to fail. Where one of these happens, what the workers have done
//! is thrown away, and the round goes on with one: correct, but no faster. So they speed up searches that hold, and
//! counts of all failing classes once a failure is known. Where they are stopped, what they have done is kept as data beside
//! the frames of the round.

use crate::beside::{Beside, samples_after};
use crate::checkpoint::{self, NodeData, State};
use crate::explore::{Options, failure_of};
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

/// Where the order of executions begins to matter.
#[derive(Clone, Copy)]
struct Limits {
    /// Whether one is known that fails: else the first to fail is looked for.
    is_failing: bool,
    executions_max: u64,
}

/// Where workers begin, or were stopped: what they have done since they were called, and what is left, as data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ahead {
    /// What was counted.
    pub counts: Counts,
    seen: Seen,
    /// What they know together.
    knowledge: Record,
    /// Random executions beside them.
    sampled: u64,
    past: Past,
    sampler_knowledge: Record,
    tree: Vec<NodeData>,
}

impl Ahead {
    /// Nothing is done yet of what is left after these frames.
    pub fn new(machine: &Machine, beside: &Beside, frames: &[Frame]) -> Ahead {
        let tree = Tree::of_frames(frames);
        Ahead::of(Counts::default(), Seen::default(), &machine.knowledge, beside, &tree)
    }

    fn of(counts: Counts, seen: Seen, knowledge: &Knowledge, beside: &Beside, tree: &Tree) -> Ahead {
        let (past, sampler_knowledge) = beside.left();
        Ahead {
            counts,
            seen,
            knowledge: knowledge.record(),
            sampled: beside.sampler.executions(),
            past,
            sampler_knowledge,
            tree: checkpoint::data_of_tree(tree),
        }
    }

    /// The random executions beside, going on.
    fn beside(&self, origin: &Machine, options: &Options) -> Beside {
        let (past, sampler_knowledge) = (self.past.clone(), self.sampler_knowledge.clone());
        let from = State { past, sampler_knowledge, sampled: self.sampled, ..State::default() };
        Beside::new(origin, options, Some(&from))
    }
}

impl Seen {
    /// Takes in an execution, the last for now if the order matters. `number` is its number, as far as there is one.
    fn note(&mut self, machine: &Machine, history: &History, number: u64, limits: Limits) -> Verdict {
        let fails = failure_of(machine).is_some();
        self.failing += u64::from(fails);
        self.is_in_vain |= machine.knowledge.changed
            || machine.ending.cut.is_some()
            || fails && !limits.is_failing
            || number >= limits.executions_max;
        if self.is_in_vain {
            return Verdict::Stop;
        }
        self.races.note(machine, history);
        self.left_sleepers |= left_sleeper(machine);
        Verdict::GoOn
    }

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

/// What the thread does that waits for the workers.
struct Watch {
    beside: Beside,
    /// Whether one of the random executions has failed.
    fails: bool,
    /// Whether somebody wants all to stop.
    is_stopped: bool,
    /// Whether random executions are made: not once a failure is known.
    samples: bool,
}

impl Watch {
    /// Makes random executions, one while the workers go on, at last as many as belong to so many executions of theirs.
    fn look(&mut self, is_done: bool, executions: u64, pass: &mut Pass<'_>) -> Pace {
        let covered = Covered { counts: Counts { executions, ..pass.round.counts }, estimate: pass.round.estimate };
        self.is_stopped |= !is_done && !(pass.go_on)(&covered);
        let wanted = if self.samples { samples_after(executions) } else { 0 };
        let mut pace = Pace::Idle;
        while !self.is_stopped && !self.fails && self.beside.sampler.executions() < wanted {
            self.fails = self.beside.execute().is_some();
            pace = Pace::Busy;
            if !is_done {
                break;
            }
        }
        if self.is_stopped || self.fails { Pace::Stop } else { pace }
    }
}

/// Goes on from there.
pub fn finish(origin: &Machine, pass: &mut Pass<'_>, from: &Ahead) -> Ended {
    let Some(tree) = checkpoint::tree_of(&from.tree) else { return Ended::InVain };
    let options = pass.options;
    let machine = fresh(origin, Knowledge::of_record(&from.knowledge));
    let limits = Limits { is_failing: pass.round.first.is_some(), executions_max: options.executions_max };
    let total = AtomicU64::new(pass.round.counts.and(from.counts).executions);
    let visit = |seen: &mut Seen, machine: &Machine, history: &History| {
        seen.note(machine, history, total.fetch_add(1, Ordering::SeqCst) + 1, limits)
    };
    let beside = from.beside(origin, options);
    let samples = beside.is_used() && !limits.is_failing;
    let mut watch = Watch { beside, fails: false, is_stopped: false, samples };
    let mut look = |is_done| watch.look(is_done, total.load(Ordering::SeqCst), pass);
    let visitors: Vec<Seen> = (0..options.jobs.max(1)).map(|_| Seen::default()).collect();
    let (results, tree) = parallel::resume(&machine, options.steps_max, tree, visitors, visit, &mut look);
    let differs =
        |(counts, seen, other): &Done<Seen>| counts.blocked > 0 || seen.is_in_vain || loaded(other) != loaded(&machine);
    let knowledge = joined(&machine, &results).filter(|_| !watch.fails && !results.iter().any(differs));
    let Some(knowledge) = knowledge else { return Ended::InVain };
    let (mut counts, mut seen) = (from.counts, from.seen.clone());
    for (counted, other, _) in results {
        counts = counts.and(counted);
        seen = seen.and(other);
    }
    if !tree.is_finished() {
        return Ended::Stopped(Box::new(Ahead::of(counts, seen, &knowledge, &watch.beside, &tree)));
    }
    take_in(pass, counts, seen, watch);
    Ended::Complete
}

/// Makes what workers have done part of the round.
fn take_in(pass: &mut Pass<'_>, counts: Counts, seen: Seen, watch: Watch) {
    let round = &mut *pass.round;
    round.counts = round.counts.and(counts);
    if round.first.is_none() {
        round.sampled = watch.beside.sampler.executions();
    }
    round.failing += seen.failing;
    round.left_sleepers |= seen.left_sleepers;
    round.races.join(seen.races);
    pass.beside = watch.beside;
}
