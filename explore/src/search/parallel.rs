//! The reduction by several workers, each with a machine of its own.
//!
//! A worker explores as [`super::dpor`] does. When another has nothing to do, it *shares* the states on its path down to
//! the first from which something is left: from then on what is planned from such a state, by whomever, is kept in one
//! place, and any worker takes the next branch there. A branch sleeps for those taken later, as in one search, so each
//! class is executed exactly once, by someone. Promise: the set of classes, hence all counts over complete executions, is
//! that of one worker; which worker finds what, and when, shows nowhere. What depends on the order (the first failing
//! execution, a stop after some number) is not for this search: it ends early then, and says so.
//!
//! The threads of the host only wait for each other; nothing here reads a clock.

use super::dpor::{Counts, Dpor, Frame, Next, Sleep, Todo, Verdict, Visitor, put};
use super::history::History;
use super::wakeup::{Branch, Item};
use crate::machine::Machine;
use gilsim_vm::value::ThreadId;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A state from which several workers explore.
pub(super) struct Shared {
    /// The states before it, the first one first, each with the thread that took the step from there.
    path: Vec<(Arc<Shared>, ThreadId)>,
    todo: Mutex<(Sleep, Vec<Branch>)>,
    pool: Arc<Pool>,
}

/// What workers share.
struct Pool {
    board: Mutex<Board>,
    changed: Condvar,
    /// Workers that wait for something to do.
    hungry: AtomicUsize,
    workers: usize,
    is_over: AtomicBool,
}

/// The states from which something may be left.
type Board = Vec<Arc<Shared>>;

/// What the thread that waits for the workers has to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pace {
    /// More, at once.
    Busy,
    /// Nothing at present.
    Idle,
    /// To stop all.
    Stop,
}

/// How long it does nothing.
const IDLE: Duration = Duration::from_millis(1);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Puts a sequence into what is to be explored from here.
    pub fn put(&self, sequence: &mut Vec<Item<'_>>) {
        let has_next = {
            let (sleep, branches) = &mut *lock(&self.todo);
            put(sleep, branches, sequence);
            !branches.is_empty()
        };
        // Not while the state is locked: those who wait look at states with the board locked.
        if has_next {
            self.pool.call();
        }
    }

    /// Takes the next branch.
    pub fn next(self: &Arc<Shared>) -> Option<Next> {
        let (sleep, branches) = &mut *lock(&self.todo);
        if branches.is_empty() {
            return None;
        }
        let branch = branches.remove(0);
        let before = sleep.clone();
        sleep.push((branch.thread, branch.accesses.clone()));
        Some(Next { sleep: before, branches: vec![branch], shared: Some(Arc::clone(self)), explored: 0 })
    }
}

impl Pool {
    /// Wakes those who wait.
    fn call(&self) {
        if self.hungry.load(Ordering::SeqCst) > 0 {
            drop(lock(&self.board));
            self.changed.notify_all();
        }
    }

    fn end(&self) {
        let board = lock(&self.board);
        self.is_over.store(true, Ordering::SeqCst);
        drop(board);
        self.changed.notify_all();
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    /// Something to explore from, once there is something; none when all workers wait.
    fn wait(&self) -> Option<Next> {
        let mut board = lock(&self.board);
        let all_wait = self.hungry.fetch_add(1, Ordering::SeqCst) + 1 == self.workers;
        loop {
            if self.is_over() {
                return None;
            }
            if let Some(next) = board.iter().find_map(Shared::next) {
                self.hungry.fetch_sub(1, Ordering::SeqCst);
                return Some(next);
            }
            if all_wait {
                self.is_over.store(true, Ordering::SeqCst);
                self.changed.notify_all();
                return None;
            }
            board = self.changed.wait(board).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Dpor<'_> {
    /// Shares the states on the path down to the first from which something is left.
    fn share(&mut self, pool: &Arc<Pool>) {
        let has_branches = |todo: &Todo| matches!(todo, Todo::Own { branches, .. } if !branches.is_empty());
        let Some(to) = self.nodes.iter().position(|node| has_branches(&node.todo)) else { return };
        let mut path: Vec<(Arc<Shared>, ThreadId)> = Vec::new();
        for node in &mut self.nodes[..=to] {
            if let Todo::Own { sleep, branches, .. } = &mut node.todo {
                let (mut sleep, branches) = (std::mem::take(sleep), std::mem::take(branches));
                sleep.push((node.chosen, node.accesses.clone()));
                let todo = Mutex::new((sleep, branches));
                let shared = Arc::new(Shared { path: path.clone(), todo, pool: Arc::clone(pool) });
                lock(&pool.board).push(Arc::clone(&shared));
                node.todo = Todo::Shared(shared);
            }
            if let Todo::Shared(shared) = &node.todo {
                path.push((Arc::clone(shared), node.chosen));
            }
        }
        pool.call();
    }

    /// Goes to a shared state.
    fn go_to(&mut self, shared: &Shared) {
        debug_assert!(self.nodes.is_empty(), "a worker waits at the first state");
        for (state, chosen) in &shared.path {
            self.take(*chosen, Todo::Shared(Arc::clone(state)), None);
        }
    }

    /// Explores until nothing is left for anybody.
    fn work(&mut self, pool: &Arc<Pool>, mut next: Option<Next>, visit: &mut Visitor<'_>) {
        loop {
            let Some(from) = next else {
                let Some(given) = pool.wait() else { return };
                self.go_to(given.shared.as_ref().expect("what is given out is shared"));
                next = Some(given);
                continue;
            };
            if self.explore_from(from, visit) == Verdict::Stop || self.counts.blocked > 0 {
                pool.end();
            }
            if pool.is_over() {
                return;
            }
            if pool.hungry.load(Ordering::SeqCst) > 0 {
                self.share(pool);
            }
            next = self.backtrack();
        }
    }
}

/// Counts a worker out at its end; a worker that panics ends the search.
struct Leaves<'a>(&'a Pool, &'a AtomicUsize);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end();
        }
        self.1.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Goes on from the frames of a search with a worker for each of `visitors`. A worker hands its visitor, with each
/// complete execution, to `visit`; if that says to stop, or an execution had to be given up, all stop. Meanwhile `watch`
/// is called in this thread again and again, at last with true when all are done. Gives what each worker has counted, its
/// visitor and its machine.
pub fn resume<V: Send>(
    machine: &Machine,
    steps_max: usize,
    frames: Vec<Frame>,
    visitors: Vec<V>,
    visit: impl Fn(&mut V, &Machine, &History) -> Verdict + Sync,
    watch: &mut dyn FnMut(bool) -> Pace,
) -> Vec<(Counts, V, Machine)> {
    let workers = visitors.len();
    let (board, changed) = (Mutex::default(), Condvar::new());
    let pool = Arc::new(Pool { board, changed, hungry: AtomicUsize::new(0), workers, is_over: AtomicBool::new(false) });
    let left = AtomicUsize::new(workers);
    std::thread::scope(|scope| {
        let mut frames = Some(frames);
        let (pool, visit, left) = (&pool, &visit, &left);
        let start = |mut seen: V| {
            let (mut machine, frames) = (machine.clone(), frames.take());
            scope.spawn(move || {
                let _leaves = Leaves(pool, left);
                let (history, counts) = (History::default(), Counts::default());
                let mut search = Dpor { machine: &mut machine, history, nodes: Vec::new(), counts, steps_max };
                search.rebuild(frames.unwrap_or_default());
                let start = search.backtrack();
                search.work(pool, start, &mut |machine, history| visit(&mut seen, machine, history));
                let counts = search.counts;
                (counts, seen, machine)
            })
        };
        let handles: Vec<_> = visitors.into_iter().map(start).collect();
        while left.load(Ordering::SeqCst) > 0 {
            match watch(false) {
                Pace::Busy => {}
                Pace::Idle => std::thread::park_timeout(IDLE),
                Pace::Stop => pool.end(),
            }
        }
        watch(true);
        let end = |panic| std::panic::resume_unwind(panic);
        handles.into_iter().map(|handle| handle.join().unwrap_or_else(end)).collect()
    })
}
