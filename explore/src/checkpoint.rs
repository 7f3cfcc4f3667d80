//! Checkpoints: a search that was stopped, as data from which it goes on.
//!
//! Kept are the steps to where it was, with what is asleep and what is still to be explored at each of them, what was
//! learned, counted and found, the random executions beside it, and what several workers have done since they were called. Places are handles: they are the same in the same
//! program, whose fingerprint is kept too. Promise: a search that goes on ends with the report of one that was never
//! stopped. Made for the reduction only, alone or with random executions beside it.

use crate::explore::{Method, Options};
use crate::machine::knowledge::Record;
use crate::machine::operation::Accesses;
use crate::machine::timeouts::Timeouts;
use crate::machine::{Cut, Machine, Points};
use crate::races::Races;
use crate::search::dpor::{Counts, Frame, Sleep};
use crate::search::tree::{self as node, Entry, Tree};
use crate::search::wakeup::Branch;
use crate::strategy::Past;
use crate::workers::Ahead;
use gilsim_vm::interp::access::{Access, Part};
use gilsim_vm::value::{ObjId, ThreadId};
use serde::{Deserialize, Serialize};

const VERSION: u32 = 6;

/// A stopped search.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    version: u32,
    program: u64,
    points: String,
    timeouts: String,
    has_random: bool,
    seed: u64,
    after_failure: u64,
    steps_max: usize,
    pub(crate) state: State,
}

/// What a search had when it was stopped.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct State {
    pub rounds: u32,
    pub counts: Counts,
    pub failing: u64,
    pub after: u64,
    pub cut: Option<Cut>,
    pub races: Races,
    pub first: Option<(Vec<u32>, Record)>,
    pub knowledge: Record,
    pub sampled: u64,
    pub past: Past,
    pub sampler_knowledge: Record,
    pub frames: Vec<FrameData>,
    /// What workers have done since they were called at these frames, if they were stopped.
    pub ahead: Option<Box<Ahead>>,
}

/// Object, kind of part, which, whether it is written.
type AccessData = (u32, u8, i64, bool);

/// Threads, and what their next steps touch.
type SleepData = Vec<(u32, Vec<AccessData>)>;

/// A branch: its depth in the tree, thread, accesses; in preorder.
type BranchData = (u32, u32, Vec<AccessData>);

/// A frame of the reduction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FrameData {
    chosen: u32,
    accesses: Vec<AccessData>,
    sleep: SleepData,
    branches: Vec<BranchData>,
    explored: u32,
}

/// A node of the tree of several workers: its depth, thread, accesses, who is asleep there, and what it is to plans.
pub(crate) type NodeData = (u32, u32, Vec<AccessData>, SleepData, node::State);

/// Why a checkpoint cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mismatch {
    /// It was written by another version.
    Version,
    /// It is of another program, or of other arguments or profile.
    Program,
}

impl Checkpoint {
    pub(crate) fn new(origin: &Machine, options: &Options, state: State) -> Checkpoint {
        Checkpoint {
            version: VERSION,
            program: origin.fingerprint(),
            points: origin.points().name().to_owned(),
            timeouts: origin.timeouts().name().to_owned(),
            has_random: options.method == Method::Portfolio,
            seed: options.seed,
            after_failure: options.after_failure,
            steps_max: options.steps_max,
            state,
        }
    }

    /// Where threads are switched.
    pub fn points(&self) -> Option<Points> {
        Points::by_name(&self.points).filter(|points| points.are_single())
    }

    /// When timeouts fire.
    pub fn timeouts(&self) -> Option<Timeouts> {
        Timeouts::by_name(&self.timeouts)
    }

    /// The options of the search, with a limit of executions in all.
    pub fn options(&self, executions_max: u64, jobs: usize) -> Options {
        Options {
            jobs,
            method: if self.has_random { Method::Portfolio } else { Method::Dpor },
            seed: self.seed,
            after_failure: self.after_failure,
            executions_max,
            steps_max: self.steps_max,
        }
    }

    /// Whether the search is one of this program.
    ///
    /// # Errors
    /// If it is not.
    pub fn fits(&self, origin: &Machine) -> Result<(), Mismatch> {
        match self.version {
            VERSION if self.program == origin.fingerprint() => Ok(()),
            VERSION => Err(Mismatch::Program),
            _ => Err(Mismatch::Version),
        }
    }
}

impl State {
    pub fn set_frames(&mut self, frames: &[Frame]) {
        self.frames = frames.iter().map(FrameData::of).collect();
    }

    pub fn frames(&self) -> Vec<Frame> {
        self.frames.iter().map(FrameData::frame).collect()
    }
}

impl FrameData {
    fn of(frame: &Frame) -> FrameData {
        let mut branches = Vec::new();
        flatten(&frame.branches, 0, &mut branches);
        FrameData {
            chosen: frame.chosen.0,
            accesses: data_of(&frame.accesses),
            sleep: data_of_sleep(&frame.sleep),
            branches,
            explored: frame.explored,
        }
    }

    fn frame(&self) -> Frame {
        Frame {
            chosen: ThreadId(self.chosen),
            accesses: accesses_of(&self.accesses),
            sleep: sleep_of(&self.sleep),
            branches: unflatten(&mut self.branches.iter().peekable(), 0),
            explored: self.explored,
        }
    }
}

/// A tree that nobody works at, as data.
pub(crate) fn data_of_tree(tree: &Tree) -> Vec<NodeData> {
    let data = |Entry { depth, thread, accesses, sleep, state }| {
        (depth, thread.0, data_of(&accesses), data_of_sleep(&sleep), state)
    };
    tree.entries().into_iter().map(data).collect()
}

/// The tree in data, if it is one.
pub(crate) fn tree_of(data: &[NodeData]) -> Option<Tree> {
    let entry = |(depth, thread, accesses, sleep, state): &NodeData| Entry {
        depth: *depth,
        thread: ThreadId(*thread),
        accesses: accesses_of(accesses),
        sleep: sleep_of(sleep),
        state: *state,
    };
    Tree::of_entries(data.iter().map(entry).collect())
}

fn data_of_sleep(sleep: &Sleep) -> SleepData {
    sleep.iter().map(|(thread, accesses)| (thread.0, data_of(accesses))).collect()
}

fn sleep_of(data: &SleepData) -> Sleep {
    data.iter().map(|(thread, accesses)| (ThreadId(*thread), accesses_of(accesses))).collect()
}

fn flatten(branches: &[Branch], depth: u32, out: &mut Vec<BranchData>) {
    for branch in branches {
        out.push((depth, branch.thread.0, data_of(&branch.accesses)));
        flatten(&branch.branches, depth + 1, out);
    }
}

fn unflatten(data: &mut std::iter::Peekable<std::slice::Iter<'_, BranchData>>, depth: u32) -> Vec<Branch> {
    let mut branches = Vec::new();
    while let Some((_, thread, accesses)) = data.next_if(|(at, ..)| *at == depth) {
        let inner = unflatten(data, depth + 1);
        branches.push(Branch { thread: ThreadId(*thread), accesses: accesses_of(accesses), branches: inner });
    }
    branches
}

fn data_of(accesses: &Accesses) -> Vec<AccessData> {
    let data = |access: &Access| {
        let (kind, which) = match access.part {
            Part::All => (0, 0),
            Part::Attr(name) => (1, i64::from(name.0)),
            Part::Index(index) => (2, index),
            Part::Key(hash) => (3, hash),
            Part::Names => (4, 0),
        };
        (access.object.0, kind, which, access.write)
    };
    accesses.iter().map(data).collect()
}

fn accesses_of(data: &[AccessData]) -> Accesses {
    let access = |(object, kind, which, write): &AccessData| {
        let part = match kind {
            1 => Part::Attr(ObjId(*which as u32)),
            2 => Part::Index(*which),
            3 => Part::Key(*which),
            4 => Part::Names,
            _ => Part::All,
        };
        Access { object: ObjId(*object), part, write: *write }
    };
    data.iter().map(access).collect()
}
