//! A deadlock in words: who waits, for what, since which line, held by whom.

use crate::duration;
use crate::text::{Breaks, visible};
use gilsim_scheduler::event::{BlockReason, ObjId, Position, ThreadId};
use gilsim_scheduler::wait_graph::{HeldLock, WaitGraph, Waiting};
use std::collections::BTreeSet;

/// Most cycles that get a line of their own.
const CYCLES_SHOWN: usize = 20;

/// One `finding: deadlock CODE …` line for each cycle of threads that wait for each other, the first twenty of them; one
/// for the whole if threads wait in vain without a cycle.
pub fn deadlock_findings(graph: &WaitGraph) -> Vec<String> {
    let names = |cycle: &[ThreadId]| {
        let names: Vec<String> = cycle.iter().map(|thread| thread_name(graph, *thread)).collect();
        enumerate(&names)
    };
    let mut lines: Vec<String> = graph
        .cycles
        .iter()
        .take(CYCLES_SHOWN)
        .map(|cycle| match cycle.as_slice() {
            [alone] => format!("finding: deadlock SELF-DEADLOCK {} waits for itself", thread_name(graph, *alone)),
            cycle => format!("finding: deadlock DEADLOCK {} wait for each other", names(cycle)),
        })
        .collect();
    if lines.is_empty() && !graph.waiting.is_empty() {
        let all: Vec<ThreadId> = graph.waiting.iter().map(|waiting| waiting.thread).collect();
        let verb = if all.len() == 1 { "waits" } else { "wait" };
        lines.push(format!("finding: deadlock DEADLOCK {} {verb} for something that cannot happen", names(&all)));
    }
    lines
}

/// A sentence for each blocked thread, those of the cycles first; `files` are the names of the source files by index.
pub fn describe_deadlock(graph: &WaitGraph, files: &[String]) -> Vec<String> {
    let in_cycles: BTreeSet<ThreadId> = graph.cycles.iter().flatten().copied().collect();
    let files = if in_one_file(graph) { &[] } else { files };
    let (first, rest): (Vec<&Waiting>, Vec<&Waiting>) =
        graph.waiting.iter().partition(|waiting| in_cycles.contains(&waiting.thread));
    first.into_iter().chain(rest).map(|waiting| sentence(graph, waiting, files)).collect()
}

/// `Thread-1 waits for lock_b since line 9 (12.4 ms), held by Thread-2 since line 14`.
fn sentence(graph: &WaitGraph, waiting: &Waiting, files: &[String]) -> String {
    let who = thread_name(graph, waiting.thread);
    let since = since(waiting.at.as_ref(), waiting.since_ns, files);
    match &waiting.reason {
        BlockReason::Lock { owner: None, .. } if waiting.call.is_some() => {
            let call = waiting.call.as_deref().unwrap_or_default();
            format!("{who} waits in {call}(){since} until another thread wakes it")
        }
        BlockReason::Lock { lock, owner } => {
            let what = object_name("lock", *lock, waiting.object_name.as_deref());
            let holder = match owner {
                // Nobody holds what a thread waits on to be notified.
                None => return format!("{who} waits to be notified in {what}{since}"),
                Some(owner) if *owner == waiting.thread => {
                    format!(", which it holds itself{}", held_since(graph, *owner, *lock, files))
                }
                Some(owner) => {
                    format!(", held by {}{}", thread_name(graph, *owner), held_since(graph, *owner, *lock, files))
                }
            };
            format!("{who} waits for {what}{since}{holder}")
        }
        BlockReason::Queue { queue } => {
            let what = object_name("queue", *queue, waiting.object_name.as_deref());
            format!("{who} waits for an item of {what}{since}")
        }
        BlockReason::Join { target } => format!("{who} waits for {} to end{since}", thread_name(graph, *target)),
        BlockReason::JoinAll => format!("{who} waits for the other threads to end{since}"),
        BlockReason::Sleep => format!("{who} sleeps{since}"),
        BlockReason::Io { operation } => format!("{who} waits for input or output ({operation}){since}"),
        BlockReason::Native => format!("{who} is in native code{since}"),
    }
}

fn since(at: Option<&Position>, since_ns: u64, files: &[String]) -> String {
    let time = duration::plain(since_ns);
    match at {
        Some(at) => format!(" since {} ({time})", place(at, files)),
        None => format!(" since {time}"),
    }
}

/// Whether all places of the graph are in one file, so that lines alone say where.
fn in_one_file(graph: &WaitGraph) -> bool {
    let held = graph.waiting.iter().flat_map(|waiting| &waiting.holds).filter_map(|held| held.at.as_ref());
    let mut files = graph.waiting.iter().filter_map(|waiting| waiting.at.as_ref()).chain(held).map(|at| at.file);
    let first = files.next();
    files.all(|file| Some(file) == first)
}

/// `line 9`, with the file's name if it is among `files`.
fn place(at: &Position, files: &[String]) -> String {
    match files.get(at.file as usize) {
        Some(name) if !name.is_empty() => format!("{}:{}", visible(name, Breaks::Escape), at.line),
        _ => format!("line {}", at.line),
    }
}

fn held_since(graph: &WaitGraph, owner: ThreadId, lock: ObjId, files: &[String]) -> String {
    let held: Option<&HeldLock> =
        find(graph, owner).and_then(|owner| owner.holds.iter().find(|held| held.lock == lock));
    match held.and_then(|held| held.at.as_ref()) {
        Some(at) => format!(" since {}", place(at, files)),
        None => String::new(),
    }
}

/// A blocked thread; they are sorted by id.
fn find(graph: &WaitGraph, thread: ThreadId) -> Option<&Waiting> {
    let at = graph.waiting.binary_search_by_key(&thread, |waiting| waiting.thread).ok()?;
    graph.waiting.get(at)
}

fn thread_name(graph: &WaitGraph, thread: ThreadId) -> String {
    let name = find(graph, thread).and_then(|one| one.name.clone());
    match name {
        Some(name) => visible(&name, Breaks::Escape),
        None if thread == ThreadId(0) => "MainThread".to_owned(),
        None => format!("Thread-{}", thread.0),
    }
}

fn object_name(kind: &str, object: ObjId, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("`{}`", visible(name, Breaks::Escape)),
        None => format!("a {kind} (0x{:x})", object.address()),
    }
}

/// `A`, `A and B`, `A, B and C`.
fn enumerate(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32) -> Option<Position> {
        Some(Position { file: 0, line, column: 0, end_column: 1, code: "f".into(), instruction: 0 })
    }

    fn waiting(thread: u32, reason: BlockReason, waits_for: &[u32], held: Option<(u32, u32)>) -> Waiting {
        Waiting {
            thread: ThreadId(thread),
            name: Some(if thread == 0 { "MainThread".into() } else { format!("Thread-{thread}") }),
            object_name: match &reason {
                BlockReason::Lock { lock, .. } => Some(format!("lock_{}", lock.0)),
                _ => None,
            },
            reason,
            since_ns: 12_400_000,
            at: at(9 + thread),
            call: None,
            holds: held
                .map(|(lock, line)| HeldLock { lock: ObjId(lock), name: None, since_ns: 0, at: at(line) })
                .into_iter()
                .collect(),
            waits_for: waits_for.iter().map(|thread| ThreadId(*thread)).collect(),
        }
    }

    fn lock(lock: u32, owner: u32) -> BlockReason {
        BlockReason::Lock { lock: ObjId(lock), owner: Some(ThreadId(owner)) }
    }

    #[test]
    fn two_locks_in_opposite_order() {
        let graph = WaitGraph::new(vec![
            waiting(0, BlockReason::Join { target: ThreadId(1) }, &[1], None),
            waiting(1, lock(2, 2), &[2], Some((1, 5))),
            waiting(2, lock(1, 1), &[1], Some((2, 14))),
        ]);
        assert_eq!(deadlock_findings(&graph), ["finding: deadlock DEADLOCK Thread-1 and Thread-2 wait for each other"]);
        assert_eq!(
            describe_deadlock(&graph, &["a.py".into()]),
            [
                "Thread-1 waits for `lock_2` since line 10 (12.4 ms), held by Thread-2 since line 14",
                "Thread-2 waits for `lock_1` since line 11 (12.4 ms), held by Thread-1 since line 5",
                "MainThread waits for Thread-1 to end since line 9 (12.4 ms)",
            ]
        );
    }

    #[test]
    fn a_thread_that_takes_its_lock_twice() {
        let graph = WaitGraph::new(vec![waiting(0, lock(7, 0), &[0], Some((7, 3)))]);
        let mut elsewhere = graph.clone();
        elsewhere.waiting[0].holds[0].at.as_mut().unwrap().file = 1;
        assert_eq!(deadlock_findings(&graph), ["finding: deadlock SELF-DEADLOCK MainThread waits for itself"]);
        assert_eq!(
            describe_deadlock(&graph, &["a.py".into(), "b.py".into()]),
            ["MainThread waits for `lock_7` since line 9 (12.4 ms), which it holds itself since line 3"]
        );
        assert_eq!(
            describe_deadlock(&elsewhere, &["a.py".into(), "b.py".into()]),
            ["MainThread waits for `lock_7` since a.py:9 (12.4 ms), which it holds itself since b.py:3"]
        );
    }

    #[test]
    fn a_wait_on_a_condition_that_nobody_notifies() {
        let mut get = waiting(1, BlockReason::Lock { lock: ObjId(1), owner: None }, &[], Some((1, 5)));
        get.call = Some("Queue.get".into());
        let graph = WaitGraph::new(vec![waiting(0, BlockReason::Join { target: ThreadId(1) }, &[1], None), get]);
        assert_eq!(
            deadlock_findings(&graph),
            ["finding: deadlock DEADLOCK MainThread and Thread-1 wait for something that cannot happen"]
        );
        assert_eq!(
            describe_deadlock(&graph, &[])[1],
            "Thread-1 waits in Queue.get() since line 10 (12.4 ms) until another thread wakes it"
        );
    }

    #[test]
    fn a_wait_for_a_queue_that_nobody_fills() {
        let graph = WaitGraph::new(vec![waiting(0, BlockReason::Queue { queue: ObjId(1) }, &[], None)]);
        assert_eq!(
            deadlock_findings(&graph),
            ["finding: deadlock DEADLOCK MainThread waits for something that cannot happen"]
        );
        assert_eq!(
            describe_deadlock(&graph, &[]),
            ["MainThread waits for an item of a queue (0x7f0000000010) since line 9 (12.4 ms)"]
        );
    }
}
