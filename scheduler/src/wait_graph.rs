//! Who waits for whom: the blocked threads at a moment and the cycles among them.
//!
//! An edge goes from a thread to each thread that could let it go on: the holder of the lock it waits for, the thread it
//! joins, at the end of the program every thread that still runs. Cycles are found by taking away, again and again,
//! threads that wait for nobody left; each remaining thread reaches a cycle, and a breadth-first search from the lowest id
//! gives the shortest one through it. Waiting for an item of a queue, or on a condition, has no edge: anybody might put
//! one, or notify. (A thread that waits on a condition blocks on a lock of its own, taken twice, as in CPython; that is
//! no lock that it waits for itself to release.)

use crate::event::{BlockReason, Position};
use gilsim_vm::value::{ObjId, ThreadId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A lock held by a blocked thread.
#[derive(Clone, PartialEq, Debug)]
pub struct HeldLock {
    /// The lock.
    pub lock: ObjId,
    /// A name guessed from where it was made.
    pub name: Option<String>,
    /// Since when, virtual time.
    pub since_ns: u64,
    /// Where it was acquired.
    pub at: Option<Position>,
}

/// A blocked thread.
#[derive(Clone, PartialEq, Debug)]
pub struct Waiting {
    /// Who.
    pub thread: ThreadId,
    /// The name the program gave it.
    pub name: Option<String>,
    /// What it waits for.
    pub reason: BlockReason,
    /// A name of the object it waits for.
    pub object_name: Option<String>,
    /// Since when, virtual time.
    pub since_ns: u64,
    /// Where in the program.
    pub at: Option<Position>,
    /// The library function that the program called there (`Queue.get`), if it waits inside one.
    pub call: Option<String>,
    /// The locks it holds, by ascending id.
    pub holds: Vec<HeldLock>,
    /// The threads that could let it go on, ascending.
    pub waits_for: Vec<ThreadId>,
}

/// All blocked threads, and the cycles among them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct WaitGraph {
    /// Blocked threads by ascending id.
    pub waiting: Vec<Waiting>,
    /// Each cycle begins with its lowest id; a thread that waits for itself is a cycle of one.
    pub cycles: Vec<Vec<ThreadId>>,
}

impl WaitGraph {
    /// The graph of these threads (ascending).
    pub fn new(waiting: Vec<Waiting>) -> WaitGraph {
        let cycles = find_cycles(&waiting.iter().map(|one| (one.thread, one.waits_for.clone())).collect());
        WaitGraph { waiting, cycles }
    }
}

type Edges = BTreeMap<ThreadId, Vec<ThreadId>>;

fn find_cycles(edges: &Edges) -> Vec<Vec<ThreadId>> {
    let mut left = without_dead_ends(edges);
    let mut cycles = Vec::new();
    while let Some(start) = left.pop_first() {
        if let Some(cycle) = shortest_cycle(edges, start, &left) {
            cycle.iter().for_each(|thread| {
                left.remove(thread);
            });
            cycles.push(cycle);
        }
    }
    cycles
}

/// The threads from which a cycle can be reached.
fn without_dead_ends(edges: &Edges) -> BTreeSet<ThreadId> {
    let mut left: BTreeSet<ThreadId> = edges.keys().copied().collect();
    let mut waited_by: BTreeMap<ThreadId, Vec<ThreadId>> = BTreeMap::new();
    let mut open: BTreeMap<ThreadId, usize> = BTreeMap::new();
    for (thread, targets) in edges {
        open.insert(*thread, targets.iter().filter(|target| edges.contains_key(target)).count());
        targets.iter().for_each(|target| waited_by.entry(*target).or_default().push(*thread));
    }
    let mut dead: Vec<ThreadId> = open.iter().filter(|(_, count)| **count == 0).map(|(thread, _)| *thread).collect();
    while let Some(thread) = dead.pop() {
        left.remove(&thread);
        for waiter in waited_by.get(&thread).into_iter().flatten() {
            let count = open.get_mut(waiter).expect("every waiter has edges");
            *count -= 1;
            if *count == 0 {
                dead.push(*waiter);
            }
        }
    }
    left
}

/// The shortest way from `start` back to it through threads of `left`.
fn shortest_cycle(edges: &Edges, start: ThreadId, left: &BTreeSet<ThreadId>) -> Option<Vec<ThreadId>> {
    let mut came_from: BTreeMap<ThreadId, ThreadId> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(thread) = queue.pop_front() {
        for target in edges.get(&thread).into_iter().flatten() {
            if *target == start {
                return Some(path_to(thread, start, &came_from));
            }
            if left.contains(target) && !came_from.contains_key(target) {
                came_from.insert(*target, thread);
                queue.push_back(*target);
            }
        }
    }
    None
}

fn path_to(end: ThreadId, start: ThreadId, came_from: &BTreeMap<ThreadId, ThreadId>) -> Vec<ThreadId> {
    let mut path = vec![end];
    let mut thread = end;
    while thread != start {
        thread = came_from[&thread];
        path.push(thread);
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Edges, expected cycles.
    type Row = (&'static [(u32, &'static [u32])], &'static [&'static [u32]]);

    const TABLE: &[Row] = &[
        (&[], &[]),
        (&[(0, &[])], &[]),
        (&[(0, &[0])], &[&[0]]),
        (&[(0, &[1]), (1, &[0])], &[&[0, 1]]),
        (&[(0, &[1]), (1, &[2])], &[]),
        (&[(0, &[2]), (1, &[2]), (2, &[1])], &[&[1, 2]]),
        (&[(0, &[1, 2]), (1, &[2]), (2, &[3]), (3, &[1])], &[&[1, 2, 3]]),
        (&[(0, &[1, 2, 3, 4]), (1, &[2]), (2, &[1]), (3, &[4]), (4, &[3])], &[&[1, 2], &[3, 4]]),
        (&[(0, &[1, 2]), (1, &[0]), (2, &[2])], &[&[0, 1], &[2]]),
    ];

    #[test]
    fn cycles_of_small_graphs() {
        for (edges, expected) in TABLE {
            let ids = |numbers: &[u32]| numbers.iter().map(|number| ThreadId(*number)).collect::<Vec<_>>();
            let graph: Edges = edges.iter().map(|(from, to)| (ThreadId(*from), ids(to))).collect();
            let cycles: Vec<_> = expected.iter().map(|cycle| ids(cycle)).collect();
            assert_eq!(find_cycles(&graph), cycles, "{edges:?}");
        }
    }

    #[test]
    fn a_long_chain_is_no_cycle_and_a_long_ring_is_one() {
        let chain: Edges = (0..100_000).map(|number| (ThreadId(number), vec![ThreadId(number + 1)])).collect();
        assert!(find_cycles(&chain).is_empty());
        let mut ring = chain;
        ring.insert(ThreadId(99_999), vec![ThreadId(0)]);
        assert_eq!(find_cycles(&ring)[0].len(), 100_000);
    }
}
