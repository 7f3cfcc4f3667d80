//! Wakeup trees: the beginnings of executions that are still to be explored from a state.
//!
//! From Abdulla, Aronis, Jonsson, Sagonas: Source Sets: A Foundation for Optimal Dynamic Partial Order Reduction (Journal
//! of the ACM 64, 2017), section 6. A sequence of steps is put into a tree unless exploring a branch that is there will
//! also cover it; so no two branches lead to executions of the same class, and none is explored in vain.

use super::clock::Clock;
use crate::machine::operation::{Accesses, conflict};
use gilsim_vm::value::ThreadId;

/// A step in a sequence.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Who takes it.
    pub thread: ThreadId,
    /// Its number among the steps of the thread.
    pub number: u32,
    /// What it touches.
    pub accesses: &'a Accesses,
    /// What happens before it.
    pub clock: &'a Clock,
}

/// A branch of a wakeup tree.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Who takes the first step of it.
    pub thread: ThreadId,
    /// What that step touches.
    pub accesses: Accesses,
    /// How it goes on.
    pub branches: Vec<Branch>,
}

/// The place of a thread's first step in a sequence, if nothing in it has to come before that step.
fn initial(sequence: &[Item<'_>], thread: ThreadId) -> Option<Result<usize, ()>> {
    let at = sequence.iter().position(|item| item.thread == thread)?;
    let first = &sequence[at];
    let free = sequence[..at].iter().all(|item| first.clock.of(item.thread) < item.number);
    Some(if free { Ok(at) } else { Err(()) })
}

/// Whether an execution that begins with this thread's step can be of the same class as one that begins with the
/// sequence (the thread is a weak initial of it).
pub fn can_begin(sequence: &[Item<'_>], thread: ThreadId, accesses: &Accesses) -> bool {
    match initial(sequence, thread) {
        Some(first) => first.is_ok(),
        None => sequence.iter().all(|item| !conflict(item.accesses, accesses)),
    }
}

/// Puts a sequence into a tree.
pub fn insert(mut branches: &mut Vec<Branch>, sequence: &mut Vec<Item<'_>>) {
    loop {
        let found = branches.iter().position(|branch| can_begin(sequence, branch.thread, &branch.accesses));
        let Some(at) = found else { break };
        if let Some(Ok(first)) = initial(sequence, branches[at].thread) {
            sequence.remove(first);
        }
        branches = &mut branches[at].branches;
        if branches.is_empty() {
            return;
        }
    }
    let mut rest = Vec::new();
    for item in sequence.iter().rev() {
        rest = vec![Branch { thread: item.thread, accesses: item.accesses.clone(), branches: rest }];
    }
    branches.append(&mut rest);
}
