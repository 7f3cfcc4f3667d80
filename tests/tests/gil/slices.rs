//! G1 to G13 as programs: who gets the GIL, for how long, and what a blocking call costs.

use crate::machine::{MAIN, MS, Machine, PROFILES, Ran, Slice, US};
use gilsim_scheduler::event::{DropReason, EventKind};
use gilsim_vm::value::ThreadId;
use std::collections::BTreeMap;

/// Lateness of a timed wait and wake latency, as configured by default; the way to the next eval check is less than a
/// microsecond in the loops below.
const L_NS: u64 = (62 + 12) * US;
/// A thread that was switched out wants the GIL again only after a wake latency.
const WAKE_NS: u64 = 12 * US;

/// So many threads count, each its own variable; the main thread joins them.
fn counting(profile: &str, threads: usize, turns: u64, interval_ns: u64) -> Ran {
    let text = format!(
        "import threading

def count():
    for number in range({turns}):
        pass

threads = [threading.Thread(target=count, name=f'counts-{{number}}') for number in range({threads})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"
    );
    Machine::new(profile, &text).with(|config| config.switch_interval_ns = interval_ns).run()
}

/// The slices while all counting threads are alive.
fn common_slices(ran: &Ran, threads: usize) -> Vec<Slice> {
    let counting: Vec<ThreadId> = (0..threads).map(|number| ran.thread(&format!("counts-{number}"))).collect();
    let ends = ran.events.iter().filter(|event| matches!(event.kind, EventKind::ThreadEnd(_)));
    let first_end_ns = ends.map(|event| event.time_ns).min().expect("threads end");
    let slices = ran.slices();
    let all_begun = |slice: &&Slice| slice.begin_ns > 0 && slice.end_ns < first_end_ns;
    let last_first = counting.iter().filter_map(|who| slices.iter().position(|slice| slice.thread == *who)).max();
    let slices = slices.iter().skip(last_first.expect("all run") + 1).filter(all_begun);
    slices.filter(|slice| slice.thread != MAIN).cloned().collect()
}

fn shares(slices: &[Slice]) -> BTreeMap<ThreadId, f64> {
    let total: u64 = slices.iter().map(|slice| slice.end_ns - slice.begin_ns).sum();
    let mut shares = BTreeMap::new();
    for slice in slices {
        *shares.entry(slice.thread).or_default() += (slice.end_ns - slice.begin_ns) as f64 / total as f64;
    }
    shares
}

#[test]
fn g01_one_cpu_bound_thread_alone_never_releases() {
    for profile in PROFILES {
        let ran = Machine::new(profile, "n = 0\nwhile n < 300_000:\n    n += 1\n").run();
        ran.finished();
        assert!(ran.simulation.now_ns() > 10 * MS, "several intervals long: {}", ran.simulation.now_ns());
        let reasons: Vec<DropReason> = ran.drops().map(|(_, _, reason, _)| reason).collect();
        assert_eq!(reasons, [DropReason::Exit], "{profile}");
    }
}

#[test]
fn g02_two_cpu_bound_threads_alternate_in_slices_of_interval_plus_latencies() {
    for profile in PROFILES {
        let ran = counting(profile, 2, 2_500_000, MS);
        ran.finished();
        let slices = common_slices(&ran, 2);
        assert!(slices.len() > 10, "{profile}: {}", slices.len());
        for pair in slices.windows(2) {
            assert_ne!(pair[0].thread, pair[1].thread, "{profile}: strict alternation");
            let period_ns = pair[1].begin_ns - pair[0].begin_ns;
            assert!((MS + L_NS..=MS + L_NS + WAKE_NS + US).contains(&period_ns), "{profile}: {period_ns}");
        }
        let even = &slices[..slices.len() / 2 * 2];
        assert!(shares(even).values().all(|share| (share - 0.5).abs() < 0.01), "{profile}: {:?}", shares(even));
    }
}

#[test]
fn g03_several_cpu_bound_threads_share_alike_and_nobody_starves() {
    for profile in PROFILES {
        for threads in [3, 4, 7] {
            let interval_ns = MS / 2;
            let ran = counting(profile, threads, 10_000_000 / threads as u64, interval_ns);
            ran.finished();
            let slices = common_slices(&ran, threads);
            assert!(slices.len() > 60, "{profile}, {threads} threads: {}", slices.len());
            let fair = 1.0 / threads as f64;
            for (thread, share) in shares(&slices) {
                assert!((share - fair).abs() <= 0.05, "{profile}, {threads} threads: {thread:?} has {share}");
            }
            let usual = |slice: &&Slice| slice.end_ns - slice.begin_ns <= interval_ns + L_NS + WAKE_NS + US;
            assert!(slices.iter().filter(usual).count() * 2 > slices.len(), "the modal slice is interval + L");
            let longest_ns = slices.iter().map(|slice| slice.end_ns - slice.begin_ns).max();
            assert!(
                longest_ns <= Some(2 * (interval_ns + L_NS + WAKE_NS)),
                "{profile}, {threads} threads: {longest_ns:?}"
            );
        }
    }
}

#[test]
fn g05_the_thread_that_asks_is_not_the_one_that_gets_the_gil() {
    for profile in PROFILES {
        let ran = counting(profile, 3, 1_600_000, MS);
        let mut asker = None;
        let mut others = 0;
        let mut same = 0;
        for event in &ran.events {
            match event.kind {
                EventKind::GilRequest { .. } => asker = event.thread,
                EventKind::GilTake { forced: true, .. } if asker.is_some() => {
                    if asker.take() == event.thread {
                        same += 1
                    } else {
                        others += 1
                    }
                }
                _ => {}
            }
        }
        // At the start and at the end only two threads compete.
        assert!(others > 10 && same <= 6, "{profile}: {others} others, {same} askers");
    }
}

#[test]
fn g08_a_dropper_that_was_asked_begins_its_system_call_only_after_somebody_took_the_gil() {
    let text = "import threading, time

def count():
    for number in range(200_000):
        pass

def sleep():
    for number in range(400):
        for turn in range(number):
            pass
        time.sleep(0.000001)

thread = threading.Thread(target=count)
thread.start()
sleep()
thread.join()
";
    for profile in PROFILES {
        let ran = Machine::new(profile, text).with(restless).run();
        ran.finished();
        let mut forced_before_blocking = 0;
        for (index, event) in ran.events.iter().enumerate() {
            if event.kind != EventKind::GilForcedWait {
                continue;
            }
            let later = &ran.events[index + 1..];
            let next_own = later.iter().position(|other| other.thread == event.thread).expect("it goes on");
            if let EventKind::Block { .. } = later[next_own].kind {
                forced_before_blocking += 1;
                let taken = later[..next_own].iter().any(|other| matches!(other.kind, EventKind::GilTake { .. }));
                assert!(taken, "{profile}: {:?} blocks before anybody took the GIL", event.thread);
            }
        }
        assert!(forced_before_blocking > 0, "{profile}: the case occurs");
    }
}

/// A fast operating system and a switch interval of a microsecond: very many switches in little time.
fn restless(config: &mut gilsim_scheduler::config::Config) {
    use gilsim_scheduler::config::{Jitter, Latencies};
    config.switch_interval_ns = US;
    config.jitter = Jitter::On;
    config.latencies = Latencies { timed_wait_ns: 900, wake_ns: 50, ..Latencies::ZERO };
}

#[test]
fn g11_a_new_interval_acts_from_the_next_wait_of_each_waiter_on() {
    let text = "import sys, threading, time
from _gilsim import mark

def count(turns):
    for number in range(turns):
        pass

other = threading.Thread(target=count, args=(1_800_000,))
other.start()
count(150_000)
sys.setswitchinterval(0.001)
mark('set')
count(1_600_000)
other.join()
";
    for profile in PROFILES {
        let ran = Machine::new(profile, text).with(|config| config.switch_interval_ns = 3 * MS).run();
        ran.finished();
        let set_ns = ran.mark_ns("set");
        let mut begun_ns = BTreeMap::new();
        let (mut old, mut new) = (0, 0);
        for event in &ran.events {
            let thread = event.thread.unwrap_or(MAIN);
            match event.kind {
                EventKind::GilWant { .. } => {
                    begun_ns.insert(thread, event.time_ns);
                }
                EventKind::GilTimeout { interval_ns, .. } => {
                    let since_ns = begun_ns.insert(thread, event.time_ns).expect("it wanted the GIL before");
                    let expected_ns = if since_ns < set_ns { 3 * MS } else { MS };
                    assert_eq!(event.time_ns - since_ns, expected_ns + 62 * US, "{profile}");
                    assert_eq!(interval_ns, expected_ns, "{profile}: what the event tells");
                    *if since_ns < set_ns { &mut old } else { &mut new } += 1;
                }
                _ => {}
            }
        }
        let across = ran.events.iter().filter(|event| event.time_ns > set_ns);
        let first = across.clone().find(|event| matches!(event.kind, EventKind::GilTimeout { .. }));
        let first = first.expect("waits end after the change");
        assert!(matches!(first.kind, EventKind::GilTimeout { interval_ns, .. } if interval_ns == 3 * MS), "{first:?}");
        assert!(old > 0 && new > 5, "{profile}: {old} {new}");
    }
}

#[test]
fn g12_a_long_operation_without_a_release_delays_the_switch_to_its_end() {
    let text = "import threading
from _gilsim import mark

def count():
    for number in range(200_000):
        pass

values = list(range(60_000))
thread = threading.Thread(target=count)
thread.start()
mark('begin')
values.sort(key=None, reverse=True)
mark('end')
thread.join()
";
    for profile in PROFILES {
        let ran = Machine::new(profile, text).with(|config| config.switch_interval_ns = MS).run();
        ran.finished();
        let (begin_ns, end_ns) = (ran.mark_ns("begin"), ran.mark_ns("end"));
        assert!(end_ns - begin_ns > 2 * MS, "{profile}: the operation is long: {}", end_ns - begin_ns);
        let asked = ran.events.iter().find(|event| {
            matches!(event.kind, EventKind::GilRequest { holder } if holder == MAIN) && event.time_ns > begin_ns
        });
        let asked_ns = asked.expect("the other asks meanwhile").time_ns;
        let dropped = ran.drops().find(|(at_ns, thread, ..)| *at_ns > asked_ns && *thread == MAIN);
        let (dropped_ns, _, reason, _) = dropped.expect("it lets go at last");
        assert_eq!(reason, DropReason::Request);
        let begins_ns = ran.slices().iter().find(|slice| slice.end_ns == dropped_ns).map(|slice| slice.begin_ns);
        assert!(begins_ns < Some(asked_ns - MS / 2), "{profile}: one slice, although it was asked early in it");
        assert!(dropped_ns - asked_ns > MS && asked_ns < end_ns, "{profile}: {asked_ns} {dropped_ns} {end_ns}");
    }
}

#[test]
fn g13_with_no_waiter_a_blocking_call_costs_its_own_time_and_nothing_else() {
    let text = "import time
from _gilsim import mark
mark('begin')
time.sleep(0.001)
mark('end')
";
    for profile in PROFILES {
        let ran = Machine::new(profile, text).run();
        ran.finished();
        let took_ns = ran.mark_ns("end") - ran.mark_ns("begin");
        assert!((1065 * US..1067 * US).contains(&took_ns), "{profile}: {took_ns}");
        assert_eq!(ran.count(|kind| matches!(kind, EventKind::GilWant { .. } | EventKind::GilForcedWait)), 0);
    }
}
