//! The reduction by several workers, each with a machine of its own.
//!
//! Workers take leaves of one `Tree`: each explores all that begins so, by itself, and gives parts of it away while others
//! have nothing to do.
//! Promise: every class is executed exactly once, by someone; so all that is counted over complete executions is what one
//! worker counts. Which worker makes which execution, and when, is left to the host. What depends on that (the first
//! failing execution, a stop after some number) is not for this search.
//!
//! The threads of the host only wait for each other; nothing here decides by a clock.

use super::dpor::{self, Counts, Dpor, Frame, Next, Verdict, Visitor};
use super::history::History;
use super::tree::{Plan, Task, Tree};
use crate::machine::Machine;
use crossbeam_channel::{RecvTimeoutError, unbounded};
use parking_lot::{Condvar, Mutex, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

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

/// How often a worker tries to get the tree before it goes to sleep: the others have it for microseconds.
const LOOKS: u32 = 1_000;

/// What workers share.
struct Pool {
    tree: RwLock<Tree>,
    is_over: AtomicBool,
    /// Workers that wait for a task.
    idle: AtomicUsize,
    /// Whether one of them has asked the others for a part of what they have.
    is_wanted: AtomicBool,
    gate: Mutex<()>,
    changed: Condvar,
}

impl Pool {
    fn new(tree: Tree) -> Pool {
        Pool {
            tree: RwLock::new(tree),
            is_over: AtomicBool::new(false),
            idle: AtomicUsize::new(0),
            is_wanted: AtomicBool::new(false),
            gate: Mutex::new(()),
            changed: Condvar::new(),
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, Tree> {
        (0..LOOKS).find_map(|_| self.tree.try_read()).unwrap_or_else(|| self.tree.read())
    }

    fn write(&self) -> RwLockWriteGuard<'_, Tree> {
        (0..LOOKS).find_map(|_| self.tree.try_write()).unwrap_or_else(|| self.tree.write())
    }

    /// The next task, once there is one; none when nothing is left.
    fn next(&self) -> Option<Task> {
        let mut gate = self.gate.lock();
        self.idle.fetch_add(1, Ordering::SeqCst);
        let next = loop {
            let task = self.write().take();
            if task.is_some() || self.is_over() {
                break task;
            }
            if self.read().is_finished() {
                self.is_over.store(true, Ordering::SeqCst);
                self.changed.notify_all();
                break None;
            }
            self.is_wanted.store(true, Ordering::SeqCst);
            self.changed.wait(&mut gate);
        };
        self.idle.fetch_sub(1, Ordering::SeqCst);
        next
    }

    /// Takes in what is planned after an execution, before the state where the task of a worker began.
    fn plan(&self, task: &Task, plans: Vec<dpor::Plan<'_>>) {
        let mut plans = plans.into_iter().map(Plan::from).collect();
        self.read().sift(task, &mut plans);
        if !plans.is_empty() {
            self.write().plan(&mut plans);
            self.call_idle();
        }
    }

    /// Takes in what a worker gives away.
    fn share(&self, task: &mut Task, frames: &[Frame]) {
        self.write().share(task, frames);
        self.is_wanted.store(false, Ordering::SeqCst);
        self.call_idle();
    }

    /// There are new leaves. Whoever begins to wait after this has been looked at sees them.
    fn call_idle(&self) {
        if self.idle.load(Ordering::SeqCst) > 0 {
            self.call();
        }
    }

    fn end(&self) {
        self.is_over.store(true, Ordering::SeqCst);
        self.call();
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    /// Wakes those who wait.
    fn call(&self) {
        drop(self.gate.lock());
        self.changed.notify_all();
    }
}

impl Dpor<'_> {
    /// Does tasks until nothing is left for anybody.
    fn work(&mut self, pool: &Pool, visit: &mut Visitor<'_>) {
        let mut next = pool.next();
        while let Some(mut task) = next {
            if self.explore_task(pool, &mut task, visit) == Verdict::Stop {
                self.leave(pool, task);
                return pool.end();
            }
            let near = pool.write().finish(task);
            next = near.or_else(|| pool.next());
        }
    }

    /// Leaves to whoever goes on later what is left of a task after an execution.
    fn leave(&mut self, pool: &Pool, mut task: Task) {
        if self.counts.blocked > 0 {
            return;
        }
        let frames = self.give_away_all();
        let mut tree = pool.write();
        tree.share(&mut task, &frames);
        tree.leave(&task);
    }

    /// Explores all that begins with a task, but for what is given away.
    fn explore_task(&mut self, pool: &Pool, task: &mut Task, visit: &mut Visitor<'_>) -> Verdict {
        if !self.go_to(&task.path) {
            self.counts.blocked += 1;
            return Verdict::Stop;
        }
        let mut next = Some(Next { sleep: std::mem::take(&mut task.sleep), ..Next::default() });
        while let Some(from) = next {
            let verdict = self.explore_from(from, visit, &mut |plans| pool.plan(task, plans));
            if verdict == Verdict::Stop || self.counts.blocked > 0 || pool.is_over() {
                return Verdict::Stop;
            }
            if pool.is_wanted.load(Ordering::SeqCst)
                && let Some(frames) = self.give_away()
            {
                pool.share(task, &frames);
            }
            next = self.backtrack();
        }
        Verdict::GoOn
    }
}

/// A worker that panics ends the search.
struct Leaves<'a>(&'a Pool);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end();
        }
    }
}

/// What a worker has counted, its visitor and its machine.
pub type Done<V> = (Counts, V, Machine);

/// Goes on with what is left in a tree, with a worker for each of `visitors`. A worker hands its visitor, with each
/// complete execution, to `visit`; if that says to stop, or an execution had to be given up, all stop. Meanwhile `watch`
/// is called in this thread again and again, at last with true when all are done. Gives what each worker has done, in no
/// particular order, and the tree, from which a search that was stopped can go on unless an execution was given up.
pub fn resume<V: Send>(
    machine: &Machine,
    steps_max: usize,
    tree: Tree,
    visitors: Vec<V>,
    visit: impl Fn(&mut V, &Machine, &History) -> Verdict + Sync,
    watch: &mut dyn FnMut(bool) -> Pace,
) -> (Vec<Done<V>>, Tree) {
    let pool = Pool::new(tree);
    let workers = visitors.len();
    let (sender, results) = unbounded();
    let done = std::thread::scope(|scope| {
        let (pool, visit) = (&pool, &visit);
        for mut seen in visitors {
            let sender = sender.clone();
            scope.spawn(move || {
                let _leaves = Leaves(pool);
                let mut machine = machine.unshared();
                let own_estimate = Cell::new(None);
                let mut search = Dpor::new(&mut machine, steps_max, &own_estimate);
                search.work(pool, &mut |machine, history| visit(&mut seen, machine, history));
                let counts = search.counts;
                // Nobody listens any more if another worker has panicked.
                let _ = sender.send((counts, seen, machine));
            });
        }
        drop(sender);
        let mut done = Vec::new();
        while done.len() < workers {
            let pause = match watch(false) {
                Pace::Busy => Duration::ZERO,
                Pace::Idle => IDLE,
                Pace::Stop => {
                    pool.end();
                    IDLE
                }
            };
            match results.recv_timeout(pause) {
                Ok(result) => done.push(result),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        watch(true);
        done
    });
    (done, pool.tree.into_inner())
}
