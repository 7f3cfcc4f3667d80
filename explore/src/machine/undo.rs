//! Stepping back.

use super::{Ending, Machine, Thread};
use gilsim_vm::heap::journal::Mark;
use gilsim_vm::interp::settings::Settings;
use gilsim_vm::value::ThreadId;
use smallvec::{Array, SmallVec};

/// Saved threads that are not in use, to spare their storage.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    #[expect(clippy::vec_box, reason = "they are handed out and taken back without being copied")]
    spare: Vec<Box<Thread>>,
    /// Threads as they were before a step of another changed them.
    changed: Vec<(ThreadId, Box<Thread>)>,
}

/// The state before a step.
#[derive(Debug)]
pub struct Saved {
    mark: Mark,
    settings: Settings,
    id: ThreadId,
    thread: Box<Thread>,
    threads: usize,
    output: usize,
    changed: usize,
    moment: u32,
    /// None while nothing has ended: so it is before nearly all steps.
    ending: Option<Box<Ending>>,
}

impl Machine {
    /// Saves what a step of this thread can change.
    pub fn save(&mut self, id: ThreadId) -> Saved {
        let mark = self.vm.heap.mark();
        Saved {
            mark,
            settings: self.vm.settings,
            id,
            thread: self.copy_of(id),
            threads: self.threads.len(),
            output: self.output.len(),
            changed: self.undo.changed.len(),
            moment: self.moment,
            ending: (!self.ending.is_open()).then(|| Box::new(self.ending.clone())),
        }
    }

    /// Returns to a saved state; steps taken since are undone.
    pub fn restore(&mut self, saved: Saved) {
        self.vm.heap.undo(saved.mark);
        self.vm.settings = saved.settings;
        self.threads.truncate(saved.threads);
        self.output.truncate(saved.output);
        self.moment = saved.moment;
        while self.undo.changed.len() > saved.changed {
            let (id, thread) = self.undo.changed.pop().expect("the log is longer than that");
            self.put_back(id, thread);
        }
        self.put_back(saved.id, saved.thread);
        match saved.ending {
            Some(ending) => self.ending = *ending,
            None if self.ending.is_open() => {}
            None => self.ending = Ending::default(),
        }
    }

    fn put_back(&mut self, id: ThreadId, mut thread: Box<Thread>) {
        if let Some(place) = self.threads.get_mut(id.0 as usize) {
            std::mem::swap(place, &mut thread);
        }
        self.undo.spare.push(thread);
    }

    fn copy_of(&mut self, id: ThreadId) -> Box<Thread> {
        let own = &*self.threads[id.0 as usize];
        match self.undo.spare.pop() {
            Some(mut spare) => {
                spare.copy_from(own);
                spare
            }
            None => Box::new(own.clone()),
        }
    }

    /// Gives up a saved state without returning to it.
    pub fn forget(&mut self, saved: Saved) {
        self.undo.spare.push(saved.thread);
    }

    /// To be called before a thread is changed by a step of another.
    pub(super) fn note_change(&mut self, id: ThreadId) {
        let thread = self.copy_of(id);
        self.undo.changed.push((id, thread));
    }
}

/// By copying memory; `clone_from` goes item by item.
fn copy_to<A: Array<Item: Copy>>(to: &mut SmallVec<A>, from: &[A::Item]) {
    to.clear();
    to.extend_from_slice(from);
}

impl Thread {
    /// Makes this thread equal to another, in the storage it has.
    fn copy_from(&mut self, other: &Thread) {
        self.green.copy_from(&other.green);
        self.next.clone_from(&other.next);
        self.steps = other.steps;
        copy_to(&mut self.before, &other.before);
        self.daemon = other.daemon;
        self.parent = other.parent;
        self.handle = other.handle;
        self.name.clone_from(&other.name);
        self.may_switch = other.may_switch;
        copy_to(&mut self.ended_before, &other.ended_before);
        self.is_over = other.is_over;
        self.clock_ns = other.clock_ns;
        self.library_ns = other.library_ns;
        self.random = other.random;
        self.sleeps = other.sleeps;
        self.quiet = other.quiet;
        self.computed_ns = other.computed_ns;
        self.waited_ns = other.waited_ns;
    }
}
