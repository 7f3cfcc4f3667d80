//! The statements G1 to G13 about the request GIL, each a small scenario driven step by step.
//!
//! The bench below plays the operating system and the evaluation loop: timed waits end late by L1, a request is noticed
//! after L2, a woken thread arrives after L3.

use super::request::{RequestGil, RequestRule};
use super::{GilAction, GilActions, GilEvent, GilModel};
use gilsim_vm::value::ThreadId;

const MS: u64 = 1_000_000;
const US: u64 = 1_000;
const A: ThreadId = ThreadId(0);
const B: ThreadId = ThreadId(1);
const C: ThreadId = ThreadId(2);
const D: ThreadId = ThreadId(3);

#[derive(Clone, Copy, PartialEq, Debug)]
enum Due {
    TimeOut(ThreadId),
    Arrive(ThreadId),
    GoOn(ThreadId),
    Check(ThreadId),
}

struct Bench {
    gil: RequestGil,
    now_ns: u64,
    due: Vec<(u64, Due)>,
    log: Vec<(u64, GilAction)>,
    l1_ns: u64,
    l2_ns: u64,
    l3_ns: u64,
    /// Threads that block instead of wanting the GIL again after their next forced wait.
    blocking: Vec<ThreadId>,
}

impl Bench {
    fn new(rule: RequestRule, latencies_ns: [u64; 3]) -> Bench {
        let [l1_ns, l2_ns, l3_ns] = latencies_ns;
        Bench {
            gil: RequestGil::new(rule, 5 * MS),
            now_ns: 0,
            due: Vec::new(),
            log: Vec::new(),
            l1_ns,
            l2_ns,
            l3_ns,
            blocking: Vec::new(),
        }
    }

    /// Measured latencies.
    fn measured(rule: RequestRule) -> Bench {
        Bench::new(rule, [62 * US, 7 * US, 12 * US])
    }

    fn send(&mut self, event: GilEvent) {
        let mut actions = GilActions::new();
        self.gil.handle(self.now_ns, event, &mut actions);
        for action in actions {
            self.log.push((self.now_ns, action));
            match action {
                GilAction::Sleep { thread, timeout_ns } => {
                    self.due.push((self.now_ns + timeout_ns + self.l1_ns, Due::TimeOut(thread)));
                }
                GilAction::Wake { thread } => {
                    self.due.retain(|(_, due)| *due != Due::TimeOut(thread));
                    self.due.push((self.now_ns + self.l3_ns, Due::Arrive(thread)));
                }
                GilAction::Unforce { thread } => self.due.push((self.now_ns + self.l3_ns, Due::GoOn(thread))),
                GilAction::Request { holder, .. } => self.due.push((self.now_ns + self.l2_ns, Due::Check(holder))),
                GilAction::Take { .. } | GilAction::NoRequest { .. } | GilAction::Force { .. } => {}
            }
        }
    }

    fn want(&mut self, thread: ThreadId) {
        self.send(GilEvent::Want(thread));
    }

    fn drop(&mut self, thread: ThreadId) {
        self.send(GilEvent::Drop { thread, last: false, wake: None });
    }

    /// Plays everything due up to and including `until_ns`.
    fn until(&mut self, until_ns: u64) {
        while let Some(first) = self.due.iter().map(|(at, _)| *at).min().filter(|at| *at <= until_ns) {
            let index = self.due.iter().position(|(at, _)| *at == first).expect("it was just found");
            let (at, due) = self.due.remove(index);
            self.now_ns = at;
            self.play(due);
        }
        self.now_ns = until_ns;
    }

    fn play(&mut self, due: Due) {
        match due {
            Due::TimeOut(thread) => self.send(GilEvent::TimedOut(thread)),
            Due::Arrive(thread) => self.send(GilEvent::Arrived(thread)),
            Due::GoOn(thread) if self.blocking.contains(&thread) => {}
            Due::GoOn(thread) => self.want(thread),
            Due::Check(thread) => {
                if self.gil.holder() == Some(thread) && self.gil.must_drop(thread) {
                    self.drop(thread);
                }
            }
        }
    }

    fn takes(&self) -> Vec<(u64, ThreadId)> {
        self.log
            .iter()
            .filter_map(|(at, action)| match action {
                GilAction::Take { thread, .. } => Some((*at, *thread)),
                _ => None,
            })
            .collect()
    }

    fn requests(&self) -> Vec<(u64, ThreadId)> {
        self.log
            .iter()
            .filter_map(|(at, action)| match action {
                GilAction::Request { thread, .. } => Some((*at, *thread)),
                _ => None,
            })
            .collect()
    }

    fn count(&self, wanted: fn(&GilAction) -> bool) -> usize {
        self.log.iter().filter(|(_, action)| wanted(action)).count()
    }

    /// Lengths of the slices, from take to take.
    fn slices(&self) -> Vec<(ThreadId, u64)> {
        self.takes().windows(2).map(|pair| (pair[0].1, pair[1].0 - pair[0].0)).collect()
    }
}

const RULES: [RequestRule; 2] = [RequestRule::PerInterpreter, RequestRule::PerThread];
const L_NS: u64 = (62 + 7 + 12) * US;

#[test]
fn g01_one_cpu_bound_thread_alone_is_never_asked() {
    for rule in RULES {
        let mut bench = Bench::measured(rule);
        bench.want(A);
        bench.until(10_000 * MS);
        assert_eq!(bench.log.len(), 1, "only the take");
        assert!(!bench.gil.must_drop(A));
    }
}

#[test]
fn g02_two_cpu_bound_threads_alternate_in_slices_of_interval_plus_latencies() {
    for rule in RULES {
        let mut bench = Bench::measured(rule);
        bench.want(A);
        bench.want(B);
        bench.until(1_000 * MS);
        let slices = bench.slices();
        assert!(slices.len() > 190);
        // The loser of a drop wants the GIL only after it was let go on, which takes another L3.
        for (index, (thread, length_ns)) in slices.iter().enumerate() {
            assert_eq!(*thread, if index % 2 == 0 { A } else { B });
            let expected = if index == 0 { 5 * MS + L_NS } else { 5 * MS + L_NS + 12 * US };
            assert_eq!(*length_ns, expected, "slice {index}");
        }
    }
}

#[test]
fn g02_with_zero_latencies_slices_are_exactly_one_interval() {
    for rule in RULES {
        let mut bench = Bench::new(rule, [0; 3]);
        bench.want(A);
        bench.want(B);
        bench.until(100 * MS);
        assert!(bench.slices().iter().all(|(_, length_ns)| *length_ns == 5 * MS));
        assert_eq!(bench.slices().len(), 20);
    }
}

#[test]
fn g03_four_cpu_bound_threads_share_alike() {
    for rule in RULES {
        let mut bench = Bench::measured(rule);
        [A, B, C, D].into_iter().for_each(|thread| bench.want(thread));
        bench.until(600 * MS);
        let slices = &bench.slices()[..100];
        let total: u64 = slices.iter().map(|(_, length)| length).sum();
        for thread in [A, B, C, D] {
            let own: u64 = slices.iter().filter(|(who, _)| *who == thread).map(|(_, length)| length).sum();
            let share = own as f64 / total as f64;
            assert!((0.20..=0.30).contains(&share), "{thread:?} has {share}");
        }
        let near = |length: u64| (5 * MS + L_NS..=5 * MS + L_NS + 12 * US).contains(&length);
        assert!(slices.iter().filter(|(_, length)| near(*length)).count() > 50, "the modal slice is interval + L");
        assert!(slices.iter().all(|(_, length)| *length <= 2 * (5 * MS + L_NS) + 12 * US));
    }
}

#[test]
fn g04_a_switch_during_the_wait_suppresses_the_request() {
    for rule in RULES {
        let mut bench = Bench::new(rule, [0; 3]);
        bench.want(A);
        bench.want(C);
        bench.until(MS);
        bench.want(B);
        bench.until(4 * MS);
        bench.drop(A);
        bench.until(15 * MS);
        assert_eq!(bench.takes(), [(0, A), (4 * MS, C), (11 * MS, B)]);
        assert_eq!(bench.requests(), [(11 * MS, B)], "not at 6 ms: the GIL changed hands during that wait");
        assert_eq!(bench.count(|action| matches!(action, GilAction::NoRequest { .. })), 1);
    }
}

#[test]
fn g05_after_a_time_out_the_waiter_is_last_in_the_queue() {
    for rule in RULES {
        let mut bench = Bench::new(rule, [0, 7 * US, 0]);
        bench.want(A);
        bench.want(B);
        bench.until(MS);
        bench.want(C);
        bench.until(5 * MS + 8 * US);
        assert_eq!(bench.requests(), [(5 * MS, B)]);
        assert_eq!(bench.takes().last(), Some(&(5 * MS + 7 * US, C)));
    }
}

#[test]
fn g05_in_steady_state_the_asker_was_switched_out_last_and_does_not_get_it() {
    let mut bench = Bench::measured(RequestRule::PerThread);
    [A, B, C].into_iter().for_each(|thread| bench.want(thread));
    bench.until(200 * MS);
    let takes = bench.takes();
    let steady = bench.requests().into_iter().filter(|(at, _)| *at > 50 * MS);
    for (asked_at, asker) in steady {
        let Some(next) = takes.iter().position(|(at, _)| *at > asked_at) else { break };
        assert_ne!(takes[next].1, asker);
        assert_eq!(takes[next - 2].1, asker, "the holder before the present one asks");
    }
}

#[test]
fn g06_a_woken_waiter_that_comes_too_late_begins_a_fresh_interval() {
    for rule in RULES {
        let mut bench = Bench::new(rule, [0, 0, 12 * US]);
        bench.want(A);
        bench.want(B);
        bench.until(3 * MS);
        bench.drop(A);
        bench.until(3 * MS + 5 * US);
        bench.want(C);
        bench.until(3 * MS + 12 * US);
        assert_eq!(bench.takes(), [(0, A), (3 * MS + 5 * US, C)]);
        assert_eq!(bench.log.last(), Some(&(3 * MS + 12 * US, GilAction::Sleep { thread: B, timeout_ns: 5 * MS })));
        bench.until(8 * MS + 12 * US);
        assert_eq!(bench.requests(), [(8 * MS + 12 * US, B)]);
    }
}

#[test]
fn g06_one_waiter_is_woken_per_drop() {
    let mut bench = Bench::measured(RequestRule::PerThread);
    [A, B, C].into_iter().for_each(|thread| bench.want(thread));
    bench.drop(A);
    assert_eq!(bench.count(|action| matches!(action, GilAction::Wake { .. })), 1);
}

#[test]
fn g08_the_dropper_waits_until_somebody_takes_also_before_blocking() {
    for rule in RULES {
        let mut bench = Bench::new(rule, [0, 7 * US, 12 * US]);
        bench.blocking.push(A);
        bench.want(A);
        bench.want(B);
        bench.until(5 * MS + US);
        assert!(bench.gil.must_drop(A));
        bench.drop(A);
        assert_eq!(bench.log.last(), Some(&(5 * MS + US, GilAction::Force { thread: A })));
        bench.until(5 * MS + 13 * US);
        let tail = &bench.log[bench.log.len() - 2..];
        assert_eq!(tail[0].1, GilAction::Take { thread: B, from: Some(A), switch_number: 2 });
        assert_eq!(tail[1].1, GilAction::Unforce { thread: A });
    }
}

#[test]
fn g08_without_a_request_or_at_the_end_of_a_thread_nothing_is_forced() {
    for rule in RULES {
        let mut bench = Bench::measured(rule);
        bench.want(A);
        bench.want(B);
        bench.drop(A);
        assert_eq!(bench.count(|action| matches!(action, GilAction::Force { .. })), 0);

        let mut bench = Bench::measured(rule);
        bench.want(A);
        bench.want(B);
        bench.until(5 * MS + 62 * US);
        assert!(bench.gil.must_drop(A));
        bench.send(GilEvent::Drop { thread: A, last: true, wake: None });
        assert_eq!(bench.count(|action| matches!(action, GilAction::Force { .. })), 0);
    }
}

#[test]
fn g09_taking_the_gil_clears_a_pending_request() {
    // The last drop of a thread's life leaves the flag of an interpreter alone; a bit in the thread itself dies with it.
    for (rule, survives_the_thread) in [(RequestRule::PerInterpreter, true), (RequestRule::PerThread, false)] {
        let mut gil = RequestGil::new(rule, 5 * MS);
        let mut actions = GilActions::new();
        gil.handle(0, GilEvent::Want(A), &mut actions);
        gil.handle(0, GilEvent::Want(B), &mut actions);
        gil.handle(5 * MS, GilEvent::TimedOut(B), &mut actions);
        assert!(gil.must_drop(A));
        gil.handle(5 * MS, GilEvent::Drop { thread: A, last: true, wake: None }, &mut actions);
        assert_eq!(gil.must_drop(A), survives_the_thread);
        gil.handle(5 * MS, GilEvent::Arrived(B), &mut actions);
        assert!(!gil.must_drop(A) && !gil.must_drop(B));
    }
}

#[test]
fn g10_the_switch_number_grows_only_when_another_thread_takes() {
    for rule in RULES {
        let mut bench = Bench::new(rule, [0; 3]);
        for (thread, expected) in [(A, 1), (A, 1), (B, 2), (B, 2), (A, 3)] {
            bench.want(thread);
            assert_eq!(bench.gil.switch_number(), expected);
            bench.drop(thread);
            assert_eq!(bench.gil.holder(), None);
            assert_eq!(bench.gil.last_holder(), Some(thread));
        }
    }
}

#[test]
fn g10_a_wait_survives_a_barging_last_holder_without_noticing() {
    // The old holder lets go and takes again before the woken waiter arrives: no switch happened, so the other waiter's
    // request, due at its own time, is not suppressed.
    let mut bench = Bench::new(RequestRule::PerThread, [0, 7 * US, 12 * US]);
    [A, B, C].into_iter().for_each(|thread| bench.want(thread));
    bench.until(3 * MS);
    bench.drop(A);
    bench.want(A);
    bench.until(5 * MS);
    assert_eq!(bench.requests(), [(5 * MS, C)]);
}

#[test]
fn g11_a_new_interval_acts_from_the_next_wait_on() {
    let mut bench = Bench::new(RequestRule::PerThread, [0; 3]);
    bench.want(A);
    bench.want(B);
    bench.until(MS);
    bench.gil.set_interval_ns(20 * MS);
    bench.until(4 * MS);
    assert_eq!(bench.requests(), []);
    bench.until(100 * MS);
    let at: Vec<u64> = bench.requests().iter().map(|(at, _)| *at).collect();
    assert_eq!(at, [5 * MS, 25 * MS, 45 * MS, 65 * MS, 85 * MS]);
}

#[test]
fn g11_an_interval_below_a_microsecond_acts_as_one() {
    let mut bench = Bench::new(RequestRule::PerThread, [0; 3]);
    bench.gil.set_interval_ns(0);
    bench.want(A);
    bench.want(B);
    assert_eq!(bench.gil.interval_ns(), 0);
    assert_eq!(bench.log.last(), Some(&(0, GilAction::Sleep { thread: B, timeout_ns: US })));
}

#[test]
fn g12_a_long_operation_without_a_check_delays_the_switch_to_its_end() {
    // L2 is the time to the next eval check: an operation that began just before the request and takes 300 ms.
    let mut bench = Bench::new(RequestRule::PerThread, [0, 300 * MS, 0]);
    bench.want(A);
    bench.want(B);
    bench.until(400 * MS);
    assert_eq!(bench.slices(), [(A, 305 * MS)]);
    assert_eq!(bench.requests()[0], (5 * MS, B), "the request just stays set");
}

#[test]
fn g13_with_no_waiter_a_drop_wakes_and_forces_nobody() {
    let mut bench = Bench::measured(RequestRule::PerThread);
    bench.want(A);
    bench.until(7 * MS);
    bench.drop(A);
    bench.until(8 * MS);
    bench.want(A);
    assert_eq!(
        bench.log,
        [
            (0, GilAction::Take { thread: A, from: None, switch_number: 1 }),
            (8 * MS, GilAction::Take { thread: A, from: Some(A), switch_number: 1 }),
        ]
    );
}

#[test]
fn a_leaving_waiter_withdraws_its_request() {
    for rule in RULES {
        let mut bench = Bench::measured(rule);
        bench.want(A);
        bench.want(B);
        bench.until(5 * MS + 62 * US);
        assert!(bench.gil.must_drop(A));
        bench.send(GilEvent::Leave(B));
        assert!(!bench.gil.must_drop(A));
        assert!(bench.gil.waiters().is_empty());
    }
}

#[test]
fn a_custom_model_behaves_as_the_model_it_wraps_and_compares_by_state() {
    use super::Gil;
    let plain = Gil::Requests(RequestGil::new(RequestRule::PerThread, 5 * MS));
    let mut custom = Gil::Custom(plain.model().clone_model());
    let before = custom.clone();
    assert_eq!(custom, before);
    assert_ne!(custom, plain, "the same state, another variant");
    let mut actions = GilActions::new();
    custom.model_mut().handle(0, GilEvent::Want(A), &mut actions);
    assert_ne!(custom, before);
    assert_eq!(custom.model().holder(), Some(A));
}
