//! When a wait that is limited in time may be given up, and when a sleep is over.
//!
//! A search knows no durations, so it can take two views, see [`Timeouts`]. Here is the second: time passes as part of the
//! step after which no thread can go on, up to the next end of a wait or a sleep. All that end at that moment can then go
//! on in any order. Moments are numbered; whatever happened in an earlier one happened before. Computing takes no time
//! but where a thread looks at a clock, which moves with every look.

use super::operation::{Kind, Operation};
use super::{Machine, Thread};
use gilsim_vm::effect::{Effect, Wait};
use gilsim_vm::value::ThreadId;

/// When a pending timeout fires.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Timeouts {
    /// At any time while it is pending, and a sleep is over at once: what holds then holds however long things take.
    #[default]
    Free,
    /// In the order of time, once no thread can go on: what holds then holds where computing is quick beside the
    /// timeouts and sleeps of the program.
    Virtual,
}

impl Timeouts {
    /// Both.
    pub const ALL: &[Timeouts] = &[Timeouts::Free, Timeouts::Virtual];

    /// The name on the command line and in schedules.
    pub fn name(self) -> &'static str {
        match self {
            Timeouts::Free => "free",
            Timeouts::Virtual => "virtual",
        }
    }

    /// Those of this name.
    pub fn by_name(name: &str) -> Option<Timeouts> {
        Timeouts::ALL.iter().copied().find(|timeouts| timeouts.name() == name)
    }
}

/// For how long an operation may wait, if that is limited.
fn limit_ns(operation: &Operation) -> Option<u64> {
    match &operation.kind {
        Kind::Effect(Effect::Sleep { duration_ns }) => Some(*duration_ns),
        Kind::Effect(Effect::Acquire { wait, .. } | Effect::QueueGet { wait, .. } | Effect::Join { wait, .. }) => {
            match wait {
                Wait::No => Some(0),
                Wait::AtMost(wait_ns) => Some(*wait_ns),
                Wait::Forever => None,
            }
        }
        Kind::Resume { timeout_ns, .. } => *timeout_ns,
        Kind::Method { gives_up_ns, .. } => *gives_up_ns,
        _ => None,
    }
}

impl Machine {
    /// When timeouts fire.
    pub fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// Sets when timeouts fire; only before [`Machine::begin`].
    pub fn set_timeouts(&mut self, timeouts: Timeouts) {
        assert!(!self.parallel, "when timeouts fire is set before the first thread is started");
        self.timeouts = timeouts;
    }

    /// How often time has passed, with [`Timeouts::Virtual`].
    pub fn moment(&self) -> u32 {
        self.moment
    }

    /// Whether an operation may be given up at a moment, or has no limit. It is one that waits since before that.
    pub fn may_give_up(&self, id: ThreadId, operation: &Operation, moment: u32) -> bool {
        match (self.timeouts, limit_ns(operation)) {
            (Timeouts::Free, _) | (_, None | Some(0)) => true,
            (Timeouts::Virtual, Some(limit_ns)) => moment == self.moment && self.thread(id).waited_ns >= limit_ns,
        }
    }

    /// Whether an operation can be taken as far as the time is concerned: it need not be given up, or is due.
    pub(super) fn is_due(&self, id: ThreadId, operation: &Operation) -> bool {
        self.timeouts == Timeouts::Free || self.left_ns(id, operation) == 0
    }

    /// Time until an operation that cannot go on is given up; 0 for others, and where it is never.
    fn left_ns(&self, id: ThreadId, operation: &Operation) -> u64 {
        let limit_ns = limit_ns(operation).filter(|_| self.gives_up(id, operation));
        limit_ns.unwrap_or(0).saturating_sub(self.thread(id).waited_ns)
    }

    /// Lets time pass up to the next end of a wait or sleep, if no thread can go on before.
    pub(super) fn pass_time(&mut self) {
        while self.timeouts == Timeouts::Virtual && !self.is_over() && self.enabled().next().is_none() {
            let left = |thread: &Thread| Some(self.left_ns(thread.green.id, thread.next.as_ref()?));
            let next = self.threads.iter().filter_map(|thread| left(thread)).filter(|left_ns| *left_ns > 0).min();
            let Some(passed_ns) = next else { return };
            self.moment += 1;
            for id in (0..self.threads.len() as u32).map(ThreadId) {
                self.note_change(id);
                let thread = self.thread_mut(id);
                thread.lets_pass(passed_ns);
                if thread.next.as_ref().and_then(limit_ns).is_some() {
                    thread.waited_ns = thread.waited_ns.saturating_add(passed_ns);
                }
            }
        }
    }

    /// Takes back from the clocks of a thread the time for which its next operation has waited, if that is given up now:
    /// giving up adds all of the time that it was to wait.
    pub(super) fn forget_wait(&mut self, id: ThreadId, operation: &Operation) {
        let gives_up = self.thread(id).waited_ns > 0 && self.gives_up(id, operation);
        let thread = self.thread_mut(id);
        let waited_ns = std::mem::take(&mut thread.waited_ns);
        if gives_up {
            thread.clock_ns = thread.clock_ns.saturating_sub(waited_ns);
            thread.library_ns = thread.library_ns.saturating_sub(waited_ns);
        }
    }
}
