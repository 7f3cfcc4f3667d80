//! What several workers have explored, are exploring, and are still to explore: one tree for all of them.
//!
//! A node is a state; its children are the steps taken or planned there, in the order in which one worker would explore
//! them. The end of a plan is a *leaf*. A worker takes a leaf that nobody has, and explores all that begins so, as one
//! worker would ([`super::dpor`]); the reversals that begin before the leaf are planned here. While others have nothing to
//! do it gives away what is left to explore near to its leaf: those states become nodes too. This is the algorithm of one
//! worker with the order in which executions are made left open, which is right because of two facts.
//!
//! * A plan wakes all that sleeps at the state where it begins, and whatever is to its left beneath. So nothing sleeps at
//!   a leaf: what begins there is explored whole, whatever happens elsewhere, and covers each plan that begins the same.
//! * Where a plan passes through the *inner* states of others, something may sleep, and what begins there need not be
//!   explored whole from there. One worker puts a plan into the tree before it explores what is to the right; so here a
//!   plan that comes later finds the inner states of earlier ones, begun or not, and branches off, to the right of all
//!   that is there. What is to the left of the step that the plan reverses covers it, finished or not.
//!
//! A state is dropped when it, and all to its left, is finished: then no plan can reach it. A worker stays near to where it
//! is, so that few steps have to be taken again, until too many states are kept; then all explore what is to the left.

use super::dpor::{self, Frame, Sleep, still_asleep};
use super::wakeup::{Branch, Sequence};
use crate::machine::operation::{Accesses, conflict};
use gilsim_vm::value::ThreadId;
use serde::{Deserialize, Serialize};
use slab::Slab;

/// The number of a node.
type Id = usize;

/// What a node is to plans that reach it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum State {
    /// An inner state of a plan: others branch off.
    Inner,
    /// The end of a plan that nobody has taken.
    Leaf,
    /// What begins there is being explored, or has been: it covers others.
    Begun,
}

#[derive(Debug)]
struct Node {
    before: Option<Id>,
    thread: ThreadId,
    accesses: Accesses,
    /// Threads whose next step is explored to the left.
    sleep: Sleep,
    state: State,
    children: Vec<Id>,
    /// Leaves from here that nobody has taken.
    leaves: u32,
    /// Leaves from here that somebody explores.
    running: u32,
}

/// See above.
#[derive(Debug)]
pub struct Tree {
    nodes: Slab<Node>,
    root: Id,
}

/// A node as data.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Steps from the root; none at the root itself.
    pub depth: u32,
    /// Who took the step to it.
    pub thread: ThreadId,
    /// What that touched.
    pub accesses: Accesses,
    /// Threads whose next step is explored to the left.
    pub sleep: Sleep,
    /// What it is to plans.
    pub state: State,
}

/// Which of several children to go to.
type Pick = for<'a> fn(&mut dyn Iterator<Item = &'a Id>) -> Option<&'a Id>;

/// Nodes up to which a worker stays near to where it is.
const NEAR_MAX: usize = 100_000;

/// A leaf that was taken.
#[derive(Debug)]
pub struct Task {
    /// The states to it, itself included.
    nodes: Vec<Id>,
    /// Who takes the steps to it.
    pub path: Vec<ThreadId>,
    /// Who is asleep there.
    pub sleep: Sleep,
}

/// A plan on its way into the tree.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The number of the state where it begins.
    from: usize,
    /// How far it has come.
    at: Option<Id>,
    /// What is left of it.
    sequence: Sequence<'a>,
}

impl<'a> From<dpor::Plan<'a>> for Plan<'a> {
    fn from((from, sequence): dpor::Plan<'a>) -> Plan<'a> {
        Plan { from, at: None, sequence }
    }
}

impl Task {
    /// The state from which all is explored.
    fn end(&self) -> Id {
        self.nodes[self.nodes.len() - 1]
    }
}

impl Tree {
    /// What is left of a search by one worker after its last execution; of one that has not begun, everything.
    pub fn of_frames(frames: &[Frame]) -> Tree {
        let mut nodes = Slab::new();
        let state = if frames.is_empty() { State::Leaf } else { State::Begun };
        let root = nodes.insert(Node::new(None, ThreadId(0), Accesses::new(), Sleep::new(), state));
        let mut tree = Tree { nodes, root };
        tree.add_frames(root, frames);
        if frames.is_empty() {
            tree.count(root, |node| node.leaves += 1);
        }
        tree
    }

    /// A tree that nobody works at, as data: each node before those that begin with it, first to last.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut left = vec![(0, self.root)];
        while let Some((depth, at)) = left.pop() {
            let Node { thread, accesses, sleep, state, children, .. } = &self.nodes[at];
            left.extend(children.iter().rev().map(|child| (depth + 1, *child)));
            let (thread, state) = (*thread, *state);
            entries.push(Entry { depth, thread, accesses: accesses.clone(), sleep: sleep.clone(), state });
        }
        entries
    }

    /// From data; none if that is no tree.
    pub fn of_entries(entries: Vec<Entry>) -> Option<Tree> {
        let mut tree = Tree { nodes: Slab::new(), root: 0 };
        let mut path: Vec<Id> = Vec::new();
        for Entry { depth, thread, accesses, sleep, state } in entries {
            if depth as usize > path.len() || (depth == 0) != path.is_empty() {
                return None;
            }
            path.truncate(depth as usize);
            let before = path.last().copied();
            let at = tree.nodes.insert(Node::new(before, thread, accesses, sleep, state));
            match before {
                Some(before) => tree.nodes[before].children.push(at),
                None => tree.root = at,
            }
            path.push(at);
            if state == State::Leaf {
                tree.count(at, |node| node.leaves += 1);
            }
        }
        (!path.is_empty()).then_some(tree)
    }

    /// Adds the steps of frames, and what is left to explore at each. Gives the states that the steps lead to.
    fn add_frames(&mut self, mut at: Id, frames: &[Frame]) -> Vec<Id> {
        let add = |frame: &Frame| {
            self.nodes[at].sleep.clone_from(&frame.sleep);
            let next = self.add(at, frame.chosen, &frame.accesses, State::Begun);
            self.add_branches(at, &frame.branches);
            at = next;
            at
        };
        frames.iter().map(add).collect()
    }

    /// Takes in what the worker that has a task gives away: the steps from the state that it began with to the state where
    /// it goes on.
    pub fn share(&mut self, task: &mut Task, frames: &[Frame]) {
        let nodes = self.add_frames(task.end(), frames);
        nodes.iter().for_each(|node| self.nodes[*node].running += 1);
        task.nodes.extend(nodes);
    }

    fn add_branches(&mut self, at: Id, branches: &[Branch]) {
        for Branch { thread, accesses, branches } in branches {
            let state = if branches.is_empty() { State::Leaf } else { State::Inner };
            let child = self.add(at, *thread, accesses, state);
            match state {
                State::Leaf => self.count(child, |node| node.leaves += 1),
                State::Inner | State::Begun => self.add_branches(child, branches),
            }
        }
    }

    /// Adds a step from a state, to the right of all that are there.
    fn add(&mut self, at: Id, thread: ThreadId, accesses: &Accesses, state: State) -> Id {
        let Node { sleep, children, .. } = &self.nodes[at];
        let mut left = still_asleep(sleep, accesses);
        let siblings = children.iter().map(|child| &self.nodes[*child]);
        left.extend(siblings.filter(|node| !conflict(&node.accesses, accesses)).map(Node::step));
        let child = self.nodes.insert(Node::new(Some(at), thread, accesses.clone(), left, state));
        self.nodes[at].children.push(child);
        child
    }

    /// Changes the counts of a node and of all before it.
    fn count(&mut self, at: Id, change: impl Fn(&mut Node)) {
        let mut next = Some(at);
        while let Some(at) = next {
            change(&mut self.nodes[at]);
            next = self.nodes[at].before;
        }
    }

    /// Whether somebody can take a leaf.
    pub fn has_leaves(&self) -> bool {
        self.nodes[self.root].leaves > 0
    }

    /// Whether all is explored.
    pub fn is_finished(&self) -> bool {
        !self.nodes[self.root].is_live()
    }

    /// Takes a leaf for a worker that has made no execution yet, or waits: the last one, far from what others are at.
    pub fn take(&mut self) -> Option<Task> {
        self.has_leaves().then(|| self.take_from(vec![self.root], |children| children.last()))
    }

    /// Takes a leaf that begins with these nodes: where there is a choice, what `pick` picks.
    fn take_from(&mut self, mut nodes: Vec<Id>, pick: Pick) -> Task {
        let mut at = nodes[nodes.len() - 1];
        while self.nodes[at].state != State::Leaf {
            let children = &mut self.nodes[at].children.iter().filter(|child| self.nodes[**child].leaves > 0);
            at = *pick(children).expect("the leaves were counted");
            nodes.push(at);
        }
        self.nodes[at].state = State::Begun;
        self.count(at, |node| {
            node.leaves -= 1;
            node.running += 1;
        });
        let path = nodes[1..].iter().map(|node| self.nodes[*node].thread).collect();
        Task { nodes, path, sleep: self.nodes[at].sleep.clone() }
    }

    /// Leaves those plans of an execution that are not covered, as far as can be said without changing the tree.
    pub fn sift(&self, task: &Task, plans: &mut Vec<Plan<'_>>) {
        plans.retain_mut(|Plan { from, at, sequence }| {
            *at = self.place(task.nodes[*from], Some(task.nodes[*from + 1]), sequence);
            at.is_some()
        });
    }

    /// Takes in the plans that [`Tree::sift`] has left.
    pub fn plan(&mut self, plans: &mut [Plan<'_>]) {
        for Plan { at, sequence, .. } in plans {
            // Others may have put in plans that cover it since it was looked at.
            let place = at.and_then(|at| self.place(at, None, sequence));
            if let Some(at) = place {
                self.append(at, sequence);
            }
        }
    }

    /// Notes that a task is done. Gives the worker its next one: the nearest, or the first of all when the tree is large.
    pub fn finish(&mut self, task: Task) -> Option<Task> {
        self.leave(&task);
        let mut path = task.nodes;
        let nearest = path.iter().rposition(|at| self.nodes[*at].leaves > 0);
        let next = nearest.map(|nearest| {
            path.truncate(if self.nodes.len() > NEAR_MAX { 1 } else { nearest + 1 });
            self.take_from(path, |children| children.next())
        });
        self.sweep();
        next
    }

    /// Notes that nobody works at a task any more, all that is left of it having been shared.
    pub fn leave(&mut self, task: &Task) {
        self.count(task.end(), |node| node.running -= 1);
    }

    /// Where a plan branches off; none if it is covered. It begins at a state on the way of an execution that went on to
    /// `own`, or goes on at a state to the right of all executions under way.
    fn place(&self, mut at: Id, own: Option<Id>, sequence: &mut Sequence<'_>) -> Option<Id> {
        let asleep = |(thread, accesses): &(ThreadId, Accesses)| sequence.can_begin(*thread, accesses);
        if own.is_some() && self.nodes[at].sleep.iter().any(asleep) {
            return None;
        }
        let mut is_right = own.is_none();
        loop {
            let mut found = None;
            for child in &self.nodes[at].children {
                let node = &self.nodes[*child];
                if sequence.can_begin(node.thread, &node.accesses) {
                    found = Some((*child, node));
                    break;
                }
                is_right |= Some(*child) == own;
            }
            let Some((child, node)) = found else { return Some(at) };
            if !is_right || node.state != State::Inner {
                return None;
            }
            sequence.take_out(node.thread);
            at = child;
        }
    }

    fn append(&mut self, mut at: Id, sequence: &Sequence<'_>) {
        for (thread, accesses) in sequence.steps() {
            at = self.add(at, thread, accesses, State::Inner);
        }
        self.nodes[at].state = State::Leaf;
        self.count(at, |node| node.leaves += 1);
    }

    /// Drops what is finished and has nothing unfinished to its left.
    fn sweep(&mut self) {
        let mut at = self.root;
        while let Some(first) = self.nodes[at].children.first().copied() {
            if self.nodes[first].is_live() {
                at = first;
                continue;
            }
            let step = self.nodes[first].step();
            self.nodes[at].sleep.push(step);
            self.nodes[at].children.remove(0);
            self.drop_from(first);
        }
    }

    fn drop_from(&mut self, at: Id) {
        let mut left = vec![at];
        while let Some(at) = left.pop() {
            left.append(&mut self.nodes.remove(at).children);
        }
    }
}

impl Node {
    fn new(before: Option<Id>, thread: ThreadId, accesses: Accesses, sleep: Sleep, state: State) -> Node {
        Node { before, thread, accesses, sleep, state, children: Vec::new(), leaves: 0, running: 0 }
    }

    fn step(&self) -> (ThreadId, Accesses) {
        (self.thread, self.accesses.clone())
    }

    fn is_live(&self) -> bool {
        self.leaves > 0 || self.running > 0
    }
}
