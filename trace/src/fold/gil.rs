//! The GIL of one interpreter in the fold.

use super::sink::GilSpan;
use super::summary::GilSummary;
use gilsim_scheduler::event::{DropReason, Event, EventId, EventKind, ThreadId};

/// Who holds it, who held it, and its numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct GilFold {
    hold: Option<Hold>,
    pub last_holder: Option<ThreadId>,
    pub waiters: u32,
    numbers: GilSummary,
}

#[derive(Clone, Debug)]
struct Hold {
    thread: ThreadId,
    since_ns: u64,
    waited_ns: u64,
    switch_number: u64,
    take: EventId,
}

impl GilFold {
    pub fn new(interpreter: u32) -> GilFold {
        GilFold { numbers: GilSummary { interpreter, ..GilSummary::default() }, ..GilFold::default() }
    }

    /// The holder.
    pub fn holder(&self) -> Option<ThreadId> {
        self.hold.as_ref().map(|hold| hold.thread)
    }

    /// A take. Gives the hold it replaces, which a valid run never has.
    pub fn take(&mut self, thread: ThreadId, event: &Event) -> Option<GilSpan> {
        let replaced = self.close(event.time_ns, Some(event.id), None, 0);
        if let EventKind::GilTake { waited_ns, switch_number, .. } = event.kind {
            self.hold = Some(Hold { thread, since_ns: event.time_ns, waited_ns, switch_number, take: event.id });
            self.numbers.holds += 1;
            self.numbers.longest_wait_ns = self.numbers.longest_wait_ns.max(waited_ns);
        }
        self.last_holder = Some(thread);
        replaced
    }

    /// Counts a change of holder.
    pub fn switched(&mut self, forced: bool) {
        self.numbers.switches += 1;
        self.numbers.switches_forced += u64::from(forced);
    }

    /// A drop request.
    pub fn requested(&mut self) {
        self.numbers.requests += 1;
    }

    /// Ends the current hold.
    pub fn close(
        &mut self,
        time_ns: u64,
        drop: Option<EventId>,
        reason: Option<DropReason>,
        instructions: u64,
    ) -> Option<GilSpan> {
        let hold = self.hold.take()?;
        let end_ns = time_ns.max(hold.since_ns);
        let held_ns = end_ns - hold.since_ns;
        self.numbers.busy_ns += held_ns;
        self.numbers.longest_hold_ns = self.numbers.longest_hold_ns.max(held_ns);
        Some(GilSpan {
            interpreter: self.numbers.interpreter,
            thread: hold.thread,
            start_ns: hold.since_ns,
            end_ns,
            waited_ns: hold.waited_ns,
            switch_number: hold.switch_number,
            take: hold.take,
            drop,
            reason,
            instructions,
        })
    }

    /// The numbers of a run whose known part ended at `known_ns`.
    pub fn summary(&self, known_ns: u64) -> GilSummary {
        let numbers = self.numbers.clone();
        GilSummary { free_ns: known_ns.saturating_sub(numbers.busy_ns), ..numbers }
    }
}
