//! The graph of states of a program: shortest ways, and circles in which threads go on for ever.
//!
//! An infinite execution is *fair* if no thread that could go on again and again is left out for ever. In a finite graph
//! there is one if, and only if, there is a strongly connected part in which every thread that can go on somewhere takes a
//! step inside (Lichtenstein, Pnueli: Checking that finite state concurrent programs satisfy their linear specification,
//! POPL 1985, for strong fairness). Parts come from Tarjan's algorithm (SIAM Journal on Computing 1, 1972); in one that
//! leaves threads out, the states where these could go on are taken away, and what remains is looked at again. Guarantee:
//! such a circle is found if there is one among the states that were seen.

use gilsim_vm::value::ThreadId;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A state: for each thread that can go on, where its step leads.
pub type Edges = Vec<(ThreadId, u32)>;

/// States by number, the first one first.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Steps from each.
    pub states: Vec<Edges>,
}

/// An execution that goes on for ever: the steps to the circle, with the fewest preemptions, and once around it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Circle {
    /// Who takes the steps.
    pub schedule: Vec<ThreadId>,
    /// Preemptions on the way to the circle.
    pub preemptions: u32,
    /// Steps on the way to the circle.
    pub steps_before: usize,
    /// The threads that go around it.
    pub going: Vec<ThreadId>,
}

/// Preemptions, steps.
type Cost = (u32, u32);

/// A state, and who took the step to it.
type Spot = (u32, Option<ThreadId>);

impl Graph {
    fn goes_on(&self, state: u32, thread: ThreadId) -> bool {
        self.states[state as usize].iter().any(|(other, _)| *other == thread)
    }

    /// The way from the first state to one of these with the fewest preemptions, of these the shortest (Dijkstra).
    pub fn easiest(&self, targets: &BTreeSet<u32>) -> Option<(Vec<ThreadId>, u32, u32)> {
        let mut came_from: BTreeMap<Spot, (Cost, Option<Spot>)> = BTreeMap::from([((0, None), ((0, 0), None))]);
        let mut open: BTreeSet<(Cost, Spot)> = BTreeSet::from([((0, 0), (0, None))]);
        while let Some((cost, spot)) = open.pop_first() {
            let (state, last) = spot;
            if targets.contains(&state) {
                return Some((way(&came_from, spot), cost.0, state));
            }
            let going_on = last.filter(|last| self.goes_on(state, *last));
            for (thread, to) in &self.states[state as usize] {
                let preempts = going_on.is_some_and(|last| last != *thread);
                let next: (Cost, Spot) = ((cost.0 + u32::from(preempts), cost.1 + 1), (*to, Some(*thread)));
                let known = came_from.get(&next.1).map(|(cost, _)| *cost);
                if known.is_none_or(|known| next.0 < known) {
                    known.map(|known| open.remove(&(known, next.1)));
                    came_from.insert(next.1, (next.0, Some(spot)));
                    open.insert(next);
                }
            }
        }
        None
    }

    /// A fair execution without end, if there is one.
    pub fn fair_circle(&self) -> Option<Circle> {
        let mut parts: Vec<Vec<u32>> = vec![(0..self.states.len() as u32).collect()];
        while let Some(part) = parts.pop() {
            for component in self.components(&part) {
                let inside: BTreeSet<u32> = component.iter().copied().collect();
                let edges = || component.iter().flat_map(|state| &self.states[*state as usize]);
                let going: BTreeSet<ThreadId> =
                    edges().filter(|edge| inside.contains(&edge.1)).map(|edge| edge.0).collect();
                if going.is_empty() {
                    continue;
                }
                let left_out: BTreeSet<ThreadId> =
                    edges().map(|edge| edge.0).filter(|one| !going.contains(one)).collect();
                if left_out.is_empty() {
                    return self.circle(&inside, going);
                }
                let starves = |state: &u32| self.states[*state as usize].iter().any(|edge| left_out.contains(&edge.0));
                parts.push(component.into_iter().filter(|state| !starves(state)).collect());
            }
        }
        None
    }

    /// Once around a part, so that each of these threads takes a step.
    fn circle(&self, inside: &BTreeSet<u32>, going: BTreeSet<ThreadId>) -> Option<Circle> {
        let (mut schedule, preemptions, start) = self.easiest(inside)?;
        let steps_before = schedule.len();
        let mut at = start;
        let mut left = going.clone();
        while !left.is_empty() {
            at = self.walk(inside, at, &mut schedule, |edge| left.contains(&edge.0))?;
            left.remove(schedule.last()?);
        }
        if at != start {
            self.walk(inside, at, &mut schedule, |edge| edge.1 == start)?;
        }
        Some(Circle { schedule, preemptions, steps_before, going: going.into_iter().collect() })
    }

    /// Goes the shortest way inside a part that ends with a wanted step; where it leads.
    fn walk(
        &self,
        inside: &BTreeSet<u32>,
        from: u32,
        schedule: &mut Vec<ThreadId>,
        wanted: impl Fn(&(ThreadId, u32)) -> bool,
    ) -> Option<u32> {
        let mut came_from: BTreeMap<u32, (u32, ThreadId)> = BTreeMap::new();
        let mut open = VecDeque::from([from]);
        while let Some(state) = open.pop_front() {
            for edge in self.states[state as usize].iter().filter(|edge| inside.contains(&edge.1)) {
                if wanted(edge) {
                    let mut steps = vec![edge.0];
                    let mut at = state;
                    while at != from {
                        let (before, thread) = came_from[&at];
                        steps.push(thread);
                        at = before;
                    }
                    schedule.extend(steps.into_iter().rev());
                    return Some(edge.1);
                }
                if edge.1 != from && !came_from.contains_key(&edge.1) {
                    came_from.insert(edge.1, (state, edge.0));
                    open.push_back(edge.1);
                }
            }
        }
        None
    }

    /// The strongly connected components of a part.
    fn components(&self, part: &[u32]) -> Vec<Vec<u32>> {
        let mut tarjan = Tarjan { marks: vec![Mark::Outside; self.states.len()], stack: Vec::new(), next: 0 };
        part.iter().for_each(|state| tarjan.marks[*state as usize] = Mark::New);
        let mut found = Vec::new();
        for root in part {
            if tarjan.marks[*root as usize] == Mark::New {
                tarjan.from(self, *root, &mut found);
            }
        }
        found
    }
}

fn way(came_from: &BTreeMap<Spot, (Cost, Option<Spot>)>, mut spot: Spot) -> Vec<ThreadId> {
    let mut steps = Vec::new();
    while let (Some(thread), Some((_, Some(before)))) = (spot.1, came_from.get(&spot)) {
        steps.push(thread);
        spot = *before;
    }
    steps.reverse();
    steps
}

/// What is known of a state.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Outside,
    New,
    /// Its number and the lowest number on the stack that it leads to.
    Open(u32, u32),
    Done,
}

struct Tarjan {
    marks: Vec<Mark>,
    stack: Vec<u32>,
    next: u32,
}

impl Tarjan {
    fn open(&mut self, state: u32) {
        self.marks[state as usize] = Mark::Open(self.next, self.next);
        self.next += 1;
        self.stack.push(state);
    }

    fn lower(&mut self, state: u32, to: u32) {
        if let Mark::Open(number, low) = self.marks[state as usize] {
            self.marks[state as usize] = Mark::Open(number, low.min(to));
        }
    }

    fn from(&mut self, graph: &Graph, root: u32, found: &mut Vec<Vec<u32>>) {
        self.open(root);
        let mut calls: Vec<(u32, usize)> = vec![(root, 0)];
        while let Some((state, at)) = calls.pop() {
            if let Some((_, to)) = graph.states[state as usize].get(at) {
                calls.push((state, at + 1));
                match self.marks[*to as usize] {
                    Mark::New => {
                        self.open(*to);
                        calls.push((*to, 0));
                    }
                    Mark::Open(number, _) => self.lower(state, number),
                    Mark::Outside | Mark::Done => {}
                }
                continue;
            }
            let Mark::Open(number, low) = self.marks[state as usize] else { continue };
            if let Some((caller, _)) = calls.last() {
                self.lower(*caller, low);
            }
            if number == low {
                let start = self.stack.iter().rposition(|other| *other == state).unwrap_or(0);
                let component = self.stack.split_off(start);
                component.iter().for_each(|state| self.marks[*state as usize] = Mark::Done);
                found.push(component);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(states: &[&[(u32, u32)]]) -> Graph {
        let edges = |edges: &&[(u32, u32)]| edges.iter().map(|(thread, to)| (ThreadId(*thread), *to)).collect();
        Graph { states: states.iter().map(edges).collect() }
    }

    fn circle(states: &[&[(u32, u32)]]) -> Option<Vec<u32>> {
        graph(states).fair_circle().map(|circle| circle.schedule.iter().map(|thread| thread.0).collect())
    }

    #[test]
    fn a_circle_counts_only_if_nobody_who_could_go_on_is_left_out() {
        // Thread 1 asks again and again; thread 2 would end that.
        assert_eq!(circle(&[&[(1, 0), (2, 1)], &[]]), None);
        // The same, and nobody would.
        assert_eq!(circle(&[&[(2, 1)], &[(1, 1)]]), Some(vec![2, 1]));
        // Two threads that give way to each other in turn.
        assert_eq!(circle(&[&[(1, 1), (2, 2)], &[(2, 0)], &[]]), Some(vec![1, 2]));
        // A thread that could go on only in between.
        assert_eq!(circle(&[&[(1, 1)], &[(1, 0), (2, 2)], &[]]), None);
        // A part without the states in which the others could go on has a circle of its own.
        assert_eq!(circle(&[&[(1, 1)], &[(1, 0), (2, 3), (1, 2)], &[(1, 2)], &[]]), Some(vec![1, 1, 1]));
        assert_eq!(circle(&[&[(1, 1)], &[]]), None);
    }

    #[test]
    fn the_easiest_way_has_the_fewest_preemptions() {
        // Two steps with a preemption, or three without.
        let graph = graph(&[&[(1, 1)], &[(1, 2), (2, 4)], &[(2, 3)], &[(2, 4)], &[]]);
        let (schedule, preemptions, state) = graph.easiest(&BTreeSet::from([4])).expect("there is a way");
        assert_eq!((schedule, preemptions, state), ([1, 1, 2, 2].map(ThreadId).to_vec(), 0, 4));
    }
}
