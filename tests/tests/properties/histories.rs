//! What every history of events must be like: time and causes in order, one holder at a time, no wait without a cause, no
//! wake without an author, and the intervals of the fold tile each thread's life.

use super::cases;
use crate::machine::Ran;
use gilsim_scheduler::event::{DropReason, Event, EventId, EventKind, ThreadEnd, WakeCause};
use gilsim_scheduler::profile::GilRule;
use gilsim_trace::fold::{Bins, Fold, FoldOptions, Timeline};
use gilsim_vm::value::{ObjId, ThreadId};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Follows a history event by event; panics where it is not one.
#[derive(Default)]
struct Checker<'a> {
    is_free: bool,
    events: &'a [Event],
    holder: Option<ThreadId>,
    blocked: BTreeMap<ThreadId, Option<u64>>,
    wanting: BTreeMap<ThreadId, u64>,
    locks: BTreeMap<ObjId, (ThreadId, u32)>,
    switches: u64,
}

impl<'a> Checker<'a> {
    fn author(&self, by: Option<EventId>) -> Option<&'a EventKind> {
        by.map(|id| &self.events[id.0 as usize].kind)
    }

    fn check(&mut self, event: &'a Event) {
        let by = self.author(event.by);
        let Some(thread) = event.thread else { return };
        match &event.kind {
            EventKind::ThreadBegin => {
                let created = matches!(by, Some(EventKind::ThreadCreate { child, .. }) if *child == thread);
                assert!(created || thread == ThreadId(0), "{event:?} was not created: {by:?}");
            }
            EventKind::GilWant { holder, .. } => {
                assert_eq!(*holder, self.holder, "{event:?}");
                assert!(holder.is_some(), "who finds the GIL free takes it: {event:?}");
                assert_eq!(self.wanting.insert(thread, event.time_ns), None, "{event:?}");
            }
            EventKind::GilRequest { holder } => {
                assert_eq!(Some(*holder), self.holder);
                let own = event.by.map(|id| self.events[id.0 as usize].thread);
                assert!(matches!(by, Some(EventKind::GilTimeout { switched_meanwhile: false, .. })), "{by:?}");
                assert_eq!(own, Some(Some(thread)));
            }
            EventKind::GilTake { waited_ns, switch_number, .. } => {
                assert_eq!(self.holder, None, "two holders: {event:?}");
                self.holder = Some(thread);
                assert!(*switch_number >= self.switches);
                self.switches = *switch_number;
                let since_ns = self.wanting.remove(&thread);
                assert_eq!(*waited_ns, since_ns.map_or(0, |since_ns| event.time_ns - since_ns), "{event:?}");
                assert!(event.by.is_none() || matches!(by, Some(EventKind::GilDrop { .. })), "{by:?}");
            }
            EventKind::GilDrop { reason, .. } => {
                assert_eq!(self.holder.take(), Some(thread), "{event:?}");
                if *reason == DropReason::Request {
                    let asked = matches!(by, Some(EventKind::GilRequest { holder }) if *holder == thread);
                    assert!(asked, "{event:?} by {by:?}");
                }
            }
            EventKind::Block { deadline_ns, .. } => {
                assert_ne!(self.holder, Some(thread), "{event:?}");
                assert_eq!(self.blocked.insert(thread, *deadline_ns), None, "{event:?}");
            }
            EventKind::Wake { cause } => self.check_wake(event, thread, *cause, by),
            EventKind::LockAcquire { lock, depth, .. } => {
                let before = self.locks.insert(*lock, (thread, *depth));
                assert!(before.is_none_or(|(holder, less)| holder == thread && less < *depth), "{event:?}: {before:?}");
            }
            EventKind::LockRelease { lock, depth, .. } => {
                let (holder, before) = self.locks.remove(lock).expect("only a held lock is released");
                assert!(*depth < before, "{event:?}");
                if *depth > 0 {
                    self.locks.insert(*lock, (holder, *depth));
                }
            }
            EventKind::QueueGet { .. } => assert!(matches!(by, Some(EventKind::QueuePut { .. })), "{event:?}"),
            EventKind::ThreadEnd(end) => {
                let may_end = self.is_free || self.holder == Some(thread) || *end == ThreadEnd::Stopped;
                assert!(may_end, "{event:?}");
            }
            _ => {}
        }
    }

    fn check_wake(&mut self, event: &Event, thread: ThreadId, cause: WakeCause, by: Option<&EventKind>) {
        let deadline_ns = self.blocked.remove(&thread).expect("only a blocked thread wakes");
        let authored = match cause {
            WakeCause::Released => matches!(by, Some(EventKind::LockRelease { woken, .. }) if *woken == Some(thread)),
            WakeCause::Put => matches!(by, Some(EventKind::QueuePut { .. })),
            WakeCause::Ended => event.by.is_none() || matches!(by, Some(EventKind::ThreadEnd(_))),
            WakeCause::Timeout => deadline_ns.is_some_and(|deadline_ns| deadline_ns <= event.time_ns),
            WakeCause::Done => true,
        };
        assert!(authored, "{event:?} by {by:?}, deadline {deadline_ns:?}");
    }
}

fn is_free(ran: &Ran) -> bool {
    ran.simulation.config().profile.gil == GilRule::Free
}

fn check_history(ran: &Ran) {
    let mut checker = Checker { events: &ran.events, is_free: is_free(ran), ..Checker::default() };
    let mut time_ns = 0;
    for (index, event) in ran.events.iter().enumerate() {
        assert_eq!(event.id, EventId(index as u64), "numbers go up by one");
        assert!(event.time_ns >= time_ns, "time never goes back");
        time_ns = event.time_ns;
        assert!(event.by.is_none_or(|by| by < event.id), "a cause comes first: {event:?}");
        checker.check(event);
    }
}

/// Each thread's states follow on each other without gap or overlap, and so do the holds of the GIL.
fn check_tiling(ran: &Ran) {
    let mut fold =
        Fold::new(FoldOptions { free_threaded: is_free(ran), ..FoldOptions::default() }, Timeline::new(Bins::new(16)));
    ran.events.iter().for_each(|event| fold.event(event));
    let end_ns = ran.simulation.now_ns();
    let (_, timeline) = fold.finish(end_ns);
    let mut until_ns: BTreeMap<ThreadId, u64> = BTreeMap::new();
    for span in &timeline.states {
        assert!(span.start_ns < span.end_ns && span.end_ns <= end_ns, "{span:?}");
        let before_ns = until_ns.insert(span.thread, span.end_ns);
        assert!(before_ns.is_none_or(|before_ns| before_ns == span.start_ns), "{span:?} after {before_ns:?}");
    }
    for pair in timeline.gil.windows(2) {
        assert!(pair[0].end_ns <= pair[1].start_ns, "one holder at a time: {pair:?}");
    }
    let alive = ran.events.iter().filter(|event| matches!(event.kind, EventKind::ThreadBegin)).count();
    assert!(until_ns.len() >= alive, "every thread that began has a life");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn histories_are_sound(case in cases()) {
        let ran = case.machine().run_with(&mut case.strategy());
        check_history(&ran);
        check_tiling(&ran);
    }
}
