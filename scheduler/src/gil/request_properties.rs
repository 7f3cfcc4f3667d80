//! Properties of the request GIL under random sequences of events: a single holder, no lost wake-up, nobody forced to wait
//! for nobody, equal states for equal histories.

use super::request::{RequestGil, RequestRule};
use super::{GilAction, GilActions, GilEvent, GilModel};
use gilsim_vm::value::ThreadId;
use proptest::prelude::*;

const THREADS: u32 = 5;

/// What the driver believes a thread is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Doing {
    Idle,
    Asleep,
    OnItsWay,
    Holding,
    Forced,
}

struct Driver {
    gil: RequestGil,
    doing: [Doing; THREADS as usize],
}

impl Driver {
    fn new(rule: RequestRule) -> Driver {
        Driver { gil: RequestGil::new(rule, 5_000_000), doing: [Doing::Idle; THREADS as usize] }
    }

    /// The events that can happen to a thread now.
    fn possible(&self, thread: ThreadId) -> &'static [fn(ThreadId) -> GilEvent] {
        const DROP: fn(ThreadId) -> GilEvent = |thread| GilEvent::Drop { thread, last: false, wake: None };
        const LAST: fn(ThreadId) -> GilEvent = |thread| GilEvent::Drop { thread, last: true, wake: None };
        match self.doing[thread.0 as usize] {
            Doing::Idle => &[GilEvent::Want],
            Doing::Asleep => &[GilEvent::TimedOut, GilEvent::TimedOut, GilEvent::Leave],
            Doing::OnItsWay => &[GilEvent::Arrived],
            Doing::Holding => &[DROP, DROP, LAST],
            Doing::Forced => &[],
        }
    }

    /// What is done in one piece where nobody listens leaves what the events leave.
    fn compare_in_one_piece(&self, event: GilEvent) {
        let (mut parts, mut piece) = (self.gil.clone(), self.gil.clone());
        let mut actions = GilActions::new();
        match event {
            GilEvent::Drop { thread, last: false, wake: None } if self.gil.must_drop(thread) => {
                let Some(taker) = self.gil.next_alone() else { return };
                assert_eq!(piece.hand_over(thread), Some(taker));
                parts.handle(0, event, &mut actions);
                parts.handle(0, GilEvent::Arrived(taker), &mut actions);
            }
            GilEvent::TimedOut(thread) if self.gil.holder().is_some() => {
                piece.ask(thread);
                piece.sleep(thread);
                parts.handle(0, event, &mut actions);
            }
            GilEvent::Want(thread) | GilEvent::Arrived(thread) if self.gil.holder().is_some() => {
                piece.sleep(thread);
                parts.handle(0, event, &mut actions);
            }
            _ => {}
        }
        assert_eq!(parts, piece);
    }

    fn send(&mut self, event: GilEvent) {
        match event {
            GilEvent::Drop { thread, .. } | GilEvent::Leave(thread) => self.doing[thread.0 as usize] = Doing::Idle,
            GilEvent::Want(_) | GilEvent::TimedOut(_) | GilEvent::Arrived(_) => {}
        }
        self.compare_in_one_piece(event);
        let mut actions = GilActions::new();
        self.gil.handle(0, event, &mut actions);
        for action in actions {
            match action {
                GilAction::Take { thread, .. } => self.doing[thread.0 as usize] = Doing::Holding,
                GilAction::Sleep { thread, .. } => self.doing[thread.0 as usize] = Doing::Asleep,
                GilAction::Wake { thread } => self.doing[thread.0 as usize] = Doing::OnItsWay,
                GilAction::Force { thread } => self.doing[thread.0 as usize] = Doing::Forced,
                GilAction::Unforce { thread } => self.doing[thread.0 as usize] = Doing::Idle,
                GilAction::NoRequest { .. } | GilAction::Request { .. } => {}
            }
        }
    }

    fn check(&self) {
        let who = |doing| (0..THREADS).map(ThreadId).filter(move |thread| self.doing[thread.0 as usize] == doing);
        let holders: Vec<ThreadId> = who(Doing::Holding).collect();
        assert_eq!(holders, self.gil.holder().into_iter().collect::<Vec<_>>(), "a single holder");
        let mut asleep = self.gil.waiters();
        asleep.sort_unstable();
        assert_eq!(asleep, who(Doing::Asleep).collect::<Vec<_>>());
        if self.gil.holder().is_none() {
            let somebody_comes = who(Doing::OnItsWay).next().is_some();
            assert!(asleep.is_empty() || somebody_comes, "no lost wake-up");
            assert!(who(Doing::Forced).next().is_none() || somebody_comes, "nobody is forced to wait for nobody");
        } else {
            assert!(who(Doing::Forced).next().is_none(), "a take lets the forced thread go on");
        }
    }
}

proptest! {
    #[test]
    fn holders_and_wake_ups_hold_under_any_history(
        per_thread: bool,
        history in prop::collection::vec((0..THREADS, any::<prop::sample::Index>()), 0..300),
    ) {
        let rule = if per_thread { RequestRule::PerThread } else { RequestRule::PerInterpreter };
        let mut driver = Driver::new(rule);
        let mut twin = Driver::new(rule);
        for (thread, index) in history {
            let thread = ThreadId(thread);
            let possible = driver.possible(thread);
            if possible.is_empty() {
                continue;
            }
            let event = possible[index.index(possible.len())](thread);
            driver.send(event);
            driver.check();
            twin.send(event);
            prop_assert_eq!(&driver.gil, &twin.gil);
        }
    }
}
