//! What several workers have explored, are exploring, and are still to explore: one tree for all of them.
//!
//! A node is a state; its children are the steps taken or planned there, in the order in which one worker would explore
//! them. The end of a plan is a *leaf*. A worker takes the first leaf that nobody has, and explores one execution that
//! begins so; its steps become nodes, and the reversals of its races are planned from them. This is the algorithm of
//! [`super::dpor`] with the order in which executions are made left open, which is right because of two facts.
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

use super::dpor::{Frame, Sleep, still_asleep};
use super::history::History;
use super::wakeup::{Branch, Coming, Sequence};
use crate::machine::operation::{Accesses, conflict};
use gilsim_vm::value::ThreadId;
use slab::Slab;

/// The number of a node.
type Id = usize;

/// What a node is to plans that reach it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
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
    /// Executions under way that began with a leaf from here.
    running: u32,
}

/// See above.
#[derive(Debug)]
pub struct Tree {
    nodes: Slab<Node>,
    root: Id,
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

impl<'a> Plan<'a> {
    /// That a step comes before an earlier one.
    pub fn new(history: &'a History, from: usize, coming: Coming<'a>) -> Plan<'a> {
        Plan { from, at: None, sequence: Sequence::new(history, from, coming) }
    }
}

impl Tree {
    /// What is left of a search by one worker after its last execution; of one that has not begun, everything.
    pub fn of_frames(frames: &[Frame]) -> Tree {
        let mut nodes = Slab::new();
        let state = if frames.is_empty() { State::Leaf } else { State::Begun };
        let root = nodes.insert(Node::new(None, ThreadId(0), Accesses::new(), Sleep::new(), state));
        let mut tree = Tree { nodes, root };
        let mut at = root;
        for frame in frames {
            tree.nodes[at].sleep.clone_from(&frame.sleep);
            let next = tree.add(at, frame.chosen, &frame.accesses, State::Begun);
            tree.add_branches(at, &frame.branches);
            at = next;
        }
        if frames.is_empty() {
            tree.count(root, |node| node.leaves += 1);
        }
        tree
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
        let is_left = |Plan { from, at, sequence }: &mut Plan<'_>| {
            let Some(own) = task.nodes.get(*from + 1) else { return true };
            *at = self.place(task.nodes[*from], Some(*own), sequence);
            at.is_some()
        };
        plans.retain_mut(is_left);
    }

    /// Takes in the execution of a task: its further steps, and the reversals of its races that [`Tree::sift`] has left.
    /// Gives the worker its next task: the nearest, or the first of all when the tree is large.
    pub fn finish<'a>(
        &mut self,
        task: Task,
        steps: impl Iterator<Item = (ThreadId, &'a Accesses)>,
        plans: &mut [Plan<'_>],
    ) -> Option<Task> {
        let mut path = task.nodes;
        let leaf = path[path.len() - 1];
        let mut at = leaf;
        for (thread, accesses) in steps {
            at = self.add(at, thread, accesses, State::Begun);
            path.push(at);
        }
        for Plan { from, at, sequence } in plans {
            // Others may have put in plans that cover it since it was looked at.
            let place = match *at {
                Some(at) => self.place(at, None, sequence),
                None => self.place(path[*from], Some(path[*from + 1]), sequence),
            };
            if let Some(at) = place {
                self.append(at, sequence);
            }
        }
        self.count(leaf, |node| node.running -= 1);
        let nearest = path.iter().rposition(|at| self.nodes[*at].leaves > 0);
        let next = nearest.map(|nearest| {
            path.truncate(if self.nodes.len() > NEAR_MAX { 1 } else { nearest + 1 });
            self.take_from(path, |children| children.next())
        });
        self.sweep();
        next
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
