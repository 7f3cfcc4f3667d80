//! The reduction by several workers, each with a machine of its own.
//!
//! Workers take leaves of one `Tree`: each explores one execution that begins so, and puts its races back into it.
//! Promise: every class is executed exactly once, by someone; so all that is counted over complete executions is what one
//! worker counts. Which worker makes which execution, and when, is left to the host. What depends on that (the first
//! failing execution, a stop after some number) is not for this search.
//!
//! The threads of the host only wait for each other; nothing here decides by a clock.

use super::dpor::{Counts, Dpor, Frame, Next, Verdict, Visitor, Waiting, races};
use super::history::History;
use super::tree::{Plan, Task, Tree};
use crate::machine::Machine;
use crate::machine::operation::Accesses;
use crossbeam_channel::{RecvTimeoutError, unbounded};
use gilsim_vm::value::ThreadId;
use parking_lot::{Condvar, Mutex, RwLock, RwLockReadGuard, RwLockWriteGuard};
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
    gate: Mutex<()>,
    changed: Condvar,
}

impl Pool {
    fn new(frames: &[Frame]) -> Pool {
        Pool {
            tree: RwLock::new(Tree::of_frames(frames)),
            is_over: AtomicBool::new(false),
            idle: AtomicUsize::new(0),
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
            self.changed.wait(&mut gate);
        };
        self.idle.fetch_sub(1, Ordering::SeqCst);
        next
    }

    /// What is planned after an execution.
    fn plans<'a>(&self, task: &Task, history: &'a History, waiting: &'a [Waiting]) -> Vec<Plan<'a>> {
        let plan = |(from, coming)| Plan::new(history, from, coming);
        let mut plans = races(history, waiting).map(plan).collect();
        self.read().sift(task, &mut plans);
        plans
    }

    /// Puts an execution into the tree, and takes the next task if there is one.
    fn finish<'a>(
        &self,
        task: Task,
        steps: impl Iterator<Item = (ThreadId, &'a Accesses)>,
        mut plans: Vec<Plan<'_>>,
    ) -> Option<Task> {
        let mut tree = self.write();
        let next = tree.finish(task, steps, &mut plans);
        let is_more = tree.has_leaves();
        drop(tree);
        // Whoever begins to wait after this has been looked at sees the leaves.
        if is_more && self.idle.load(Ordering::SeqCst) > 0 {
            self.call();
        }
        next
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
    /// Makes executions until nothing is left for anybody.
    fn work(&mut self, pool: &Pool, visit: &mut Visitor<'_>) {
        let mut next = pool.next();
        while let Some(mut task) = next.filter(|_| !pool.is_over()) {
            let sleep = std::mem::take(&mut task.sleep);
            let is_complete = self.go_to(&task.path) && self.extend(Next { sleep, ..Next::default() });
            let mut verdict = Verdict::Stop;
            if is_complete {
                self.counts.executions += 1;
                self.counts.steps += self.history.events.len() as u64;
                verdict = visit(self.machine, &self.history);
            } else {
                self.counts.blocked += 1;
            }
            if verdict == Verdict::Stop {
                return pool.end();
            }
            let waiting = self.waiting();
            let plans = pool.plans(&task, &self.history, &waiting);
            let steps = self.history.events.iter().skip(task.path.len()).map(|event| (event.thread, &event.accesses));
            next = pool.finish(task, steps, plans).or_else(|| pool.next());
        }
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

/// Goes on from the frames of a search with a worker for each of `visitors`. A worker hands its visitor, with each
/// complete execution, to `visit`; if that says to stop, or an execution had to be given up, all stop. Meanwhile `watch`
/// is called in this thread again and again, at last with true when all are done. Gives what each worker has counted, its
/// visitor and its machine, in no particular order.
pub fn resume<V: Send>(
    machine: &Machine,
    steps_max: usize,
    frames: &[Frame],
    visitors: Vec<V>,
    visit: impl Fn(&mut V, &Machine, &History) -> Verdict + Sync,
    watch: &mut dyn FnMut(bool) -> Pace,
) -> Vec<(Counts, V, Machine)> {
    let pool = Pool::new(frames);
    let workers = visitors.len();
    let (sender, results) = unbounded();
    std::thread::scope(|scope| {
        let (pool, visit) = (&pool, &visit);
        for mut seen in visitors {
            let (mut machine, sender) = (machine.clone(), sender.clone());
            scope.spawn(move || {
                let _leaves = Leaves(pool);
                let mut search = Dpor::new(&mut machine, steps_max);
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
    })
}
