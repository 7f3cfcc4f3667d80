//! Flows: arrows from the event that caused something to the one it caused.
//!
//! Only events that other tracks show as instants, and takes of the GIL, can carry an arrow. A drop request is one chain
//! from timeout to take, under one number; every other cause and effect on different threads are a pair.

use gilsim_scheduler::event::{Event, EventId, EventKind};
use std::collections::BTreeMap;

/// For each event the flows that pass and those that end there.
#[derive(Debug, Default)]
pub(super) struct Flows {
    passing: BTreeMap<EventId, Vec<u64>>,
    ending: BTreeMap<EventId, Vec<u64>>,
    next: u64,
}

impl Flows {
    /// The flows of a recording.
    pub fn new(events: &[Event]) -> Flows {
        let mut flows = Flows { next: 1, ..Flows::default() };
        let find = |id: EventId| {
            let index = events.binary_search_by_key(&id, |event| event.id).ok()?;
            Some(&events[index])
        };
        let mut chains: BTreeMap<EventId, u64> = BTreeMap::new();
        for event in events {
            let Some(cause) = event.by.and_then(find) else { continue };
            match (&cause.kind, &event.kind) {
                (EventKind::GilTimeout { .. }, EventKind::GilRequest { .. })
                | (EventKind::GilRequest { .. }, EventKind::GilDrop { .. })
                | (EventKind::GilDrop { .. }, EventKind::GilTake { .. }) => flows.chain(&mut chains, cause, event),
                _ if shows_arrow(cause) && shows_arrow(event) && cause.thread != event.thread => {
                    let flow = flows.number();
                    flows.passing.entry(cause.id).or_default().push(flow);
                    flows.ending.entry(event.id).or_default().push(flow);
                }
                _ => {}
            }
        }
        flows
    }

    /// The flows at an event: passing, ending.
    pub fn at(&self, event: EventId) -> (Vec<u64>, Vec<u64>) {
        let of = |flows: &BTreeMap<EventId, Vec<u64>>| flows.get(&event).cloned().unwrap_or_default();
        (of(&self.passing), of(&self.ending))
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    fn chain(&mut self, chains: &mut BTreeMap<EventId, u64>, cause: &Event, event: &Event) {
        let flow = match chains.get(&cause.id) {
            Some(flow) => *flow,
            None => {
                let flow = self.number();
                self.passing.entry(cause.id).or_default().push(flow);
                flow
            }
        };
        if matches!(event.kind, EventKind::GilTake { .. }) {
            self.ending.entry(event.id).or_default().push(flow);
        } else {
            self.passing.entry(event.id).or_default().push(flow);
            chains.insert(event.id, flow);
        }
    }
}

/// Whether the event is drawn where an arrow can start or end.
fn shows_arrow(event: &Event) -> bool {
    match event.kind {
        EventKind::ThreadCreate { .. }
        | EventKind::ThreadBegin
        | EventKind::ThreadEnd(_)
        | EventKind::ThreadJoin { .. }
        | EventKind::Wake { .. }
        | EventKind::LockAcquire { .. }
        | EventKind::LockRelease { .. }
        | EventKind::QueuePut { .. }
        | EventKind::QueueGet { .. } => true,
        EventKind::ThreadName { .. }
        | EventKind::GilWant { .. }
        | EventKind::GilTimeout { .. }
        | EventKind::GilRequest { .. }
        | EventKind::GilCheck
        | EventKind::GilDrop { .. }
        | EventKind::GilForcedWait
        | EventKind::GilTake { .. }
        | EventKind::CpuRun { .. }
        | EventKind::CpuStop { .. }
        | EventKind::Block { .. }
        | EventKind::ObjectNew { .. }
        | EventKind::LockTry { .. }
        | EventKind::Line
        | EventKind::Op { .. }
        | EventKind::Call
        | EventKind::Return
        | EventKind::Raise { .. }
        | EventKind::Output { .. }
        | EventKind::Choice { .. }
        | EventKind::Limit(_)
        | EventKind::Mark(_) => false,
    }
}
