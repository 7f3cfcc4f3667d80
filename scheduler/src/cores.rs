//! Simulated cores: at one instant, only as many threads compute as there are cores.
//!
//! A thread that runs bytecode or native code occupies a core; a thread that sleeps, waits or does input and output does
//! not. Who finds no free core stands in a first-come-first-served queue; the thread that has been on a core longest is
//! preempted for the head of that queue once it has had `slice_ns`, as an operating system would. Pure state: the
//! caller tells the time and sets the timers.

use gilsim_vm::value::ThreadId;
use std::collections::VecDeque;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stint {
    thread: ThreadId,
    since_ns: u64,
}

/// The cores of the simulated machine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cores {
    stints: Vec<Option<Stint>>,
    queue: VecDeque<ThreadId>,
    slice_ns: u64,
}

impl Cores {
    /// So many cores (at least one), and how long a thread may stay on one while others wait.
    pub fn new(count: u32, slice_ns: u64) -> Cores {
        Cores { stints: vec![None; count.max(1) as usize], queue: VecDeque::new(), slice_ns }
    }

    /// A thread wants to compute: the core it got, or `None` when it stands in the queue now.
    pub fn enter(&mut self, thread: ThreadId, now_ns: u64) -> Option<u32> {
        debug_assert!(self.core_of(thread).is_none() && !self.queue.contains(&thread), "a thread enters once");
        match self.stints.iter().position(Option::is_none) {
            Some(core) => {
                self.stints[core] = Some(Stint { thread, since_ns: now_ns });
                Some(core as u32)
            }
            None => {
                self.queue.push_back(thread);
                None
            }
        }
    }

    /// A thread stops computing, on a core or in the queue. Gives the core it left.
    pub fn leave(&mut self, thread: ThreadId) -> Option<u32> {
        self.queue.retain(|waiting| *waiting != thread);
        let core = self.core_of(thread)?;
        self.stints[core as usize] = None;
        Some(core)
    }

    /// Puts a queued thread (one of [`Cores::queued`]) on a free core.
    pub fn admit(&mut self, thread: ThreadId, now_ns: u64) -> Option<u32> {
        if self.stints.iter().all(Option::is_some) {
            return None;
        }
        self.queue.retain(|waiting| *waiting != thread);
        self.enter(thread, now_ns)
    }

    /// Threads waiting for a core, first come first.
    pub fn queued(&self) -> impl ExactSizeIterator<Item = ThreadId> + '_ {
        self.queue.iter().copied()
    }

    /// Whether a core is free.
    pub fn has_free(&self) -> bool {
        self.stints.iter().any(Option::is_none)
    }

    /// The core a thread is on.
    pub fn core_of(&self, thread: ThreadId) -> Option<u32> {
        self.stints.iter().position(|stint| stint.is_some_and(|stint| stint.thread == thread)).map(|core| core as u32)
    }

    /// Threads on cores, by core number.
    pub fn on_cores(&self) -> impl Iterator<Item = ThreadId> + '_ {
        self.stints.iter().flatten().map(|stint| stint.thread)
    }

    /// Whether one thread computes and nobody waits for a core.
    pub fn is_alone_on_one(&self) -> bool {
        self.queue.is_empty() && self.on_cores().nth(1).is_none()
    }

    /// The thread that must leave its core for the head of the queue, and when.
    pub fn next_preemption(&self) -> Option<(u64, ThreadId)> {
        if self.queue.is_empty() {
            return None;
        }
        let longest = self.stints.iter().flatten().min_by_key(|stint| stint.since_ns)?;
        Some((longest.since_ns.saturating_add(self.slice_ns), longest.thread))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ThreadId = ThreadId(0);
    const B: ThreadId = ThreadId(1);
    const C: ThreadId = ThreadId(2);

    #[test]
    fn no_more_threads_than_cores() {
        let mut cores = Cores::new(2, 100);
        assert_eq!(cores.enter(A, 0), Some(0));
        assert_eq!(cores.next_preemption(), None);
        assert_eq!(cores.enter(B, 5), Some(1));
        assert_eq!(cores.enter(C, 7), None);
        assert_eq!(cores.next_preemption(), Some((100, A)));
        assert_eq!(cores.on_cores().collect::<Vec<_>>(), [A, B]);
    }

    #[test]
    fn a_left_core_goes_to_the_queue() {
        let mut cores = Cores::new(1, 100);
        cores.enter(A, 0);
        cores.enter(B, 1);
        cores.enter(C, 2);
        assert_eq!(cores.leave(C), None);
        assert_eq!(cores.admit(B, 3), None, "no core is free");
        assert_eq!(cores.leave(A), Some(0));
        assert!(cores.has_free());
        assert_eq!(cores.admit(B, 4), Some(0));
        assert_eq!(cores.queued().len(), 0);
    }

    #[test]
    fn a_machine_has_at_least_one_core() {
        assert_eq!(Cores::new(0, 1).enter(A, 0), Some(0));
    }
}
