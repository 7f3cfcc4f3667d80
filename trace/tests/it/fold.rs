//! The fold: invariants over random runs, live against recorded, scripted runs with known numbers.

use crate::recording::{end_of, load, write};
use crate::world::{Act, World, random_run};
use gilsim_scheduler::event::*;
use gilsim_trace::fold::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

pub fn fold(events: &[Event], end_ns: u64) -> (Summary, Timeline) {
    let mut fold = Fold::new(FoldOptions::default(), Timeline::new(Bins::new(12)));
    events.iter().for_each(|event| fold.event(event));
    fold.finish(end_ns)
}

fn thread_spans(timeline: &Timeline) -> BTreeMap<ThreadId, Vec<&StateSpan>> {
    let mut by_thread: BTreeMap<ThreadId, Vec<&StateSpan>> = BTreeMap::new();
    timeline.states.iter().for_each(|span| by_thread.entry(span.thread).or_default().push(span));
    by_thread
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_generated_runs_obey_the_rules_of_events(seed: u64) {
        let (events, _, _) = random_run(seed);
        let (mut holder, mut time) = (None, 0);
        for (number, event) in events.iter().enumerate() {
            prop_assert_eq!(event.id, EventId(number as u64));
            prop_assert!(event.time_ns >= time && event.by.is_none_or(|by| by < event.id));
            time = event.time_ns;
            match event.kind {
                EventKind::GilTake { .. } => {
                    prop_assert_eq!(holder, None);
                    holder = event.thread;
                }
                EventKind::GilDrop { .. } => {
                    prop_assert_eq!(holder, event.thread);
                    holder = None;
                }
                _ => {}
            }
        }
    }

    #[test]
    fn intervals_tile_the_life_of_every_thread(seed: u64) {
        let (events, end_ns, _) = random_run(seed);
        let (summary, timeline) = fold(&events, end_ns);
        for (thread, spans) in thread_spans(&timeline) {
            let numbers = &summary.threads[thread.0 as usize];
            prop_assert_eq!(spans[0].start_ns, numbers.created_ns);
            prop_assert_eq!(spans.last().unwrap().end_ns, end_ns);
            for pair in spans.windows(2) {
                prop_assert_eq!(pair[0].end_ns, pair[1].start_ns);
                prop_assert!(pair[0].ended_by.is_some());
            }
            for state in State::ALL {
                let sum: u64 = spans.iter().filter(|s| s.state == state).map(|s| s.end_ns - s.start_ns).sum();
                prop_assert_eq!(sum, numbers.numbers.time_ns(state));
            }
        }
    }

    #[test]
    fn one_thread_holds_the_gil_and_it_is_the_one_that_runs(seed: u64) {
        let (events, end_ns, _) = random_run(seed);
        let (summary, timeline) = fold(&events, end_ns);
        for pair in timeline.gil.windows(2) {
            prop_assert!(pair[0].end_ns <= pair[1].start_ns);
        }
        let gil = &summary.gils[0];
        prop_assert_eq!(gil.busy_ns + gil.free_ns, end_ns);
        let held: u64 = timeline.gil.iter().map(|span| span.end_ns - span.start_ns).sum();
        prop_assert_eq!(gil.busy_ns, held);
        let ran: u64 = summary.threads.iter().map(|thread| thread.numbers.time_ns(State::Running)).sum();
        prop_assert_eq!(gil.busy_ns, ran);
        let switches: u64 = summary.threads.iter().map(|thread| thread.numbers.switches()).sum();
        prop_assert_eq!(gil.switches, switches);
    }

    #[test]
    fn lock_intervals_match_acquire_and_release(seed: u64) {
        let (events, end_ns, _) = random_run(seed);
        let (summary, timeline) = fold(&events, end_ns);
        let acquired = events.iter().filter(|e| matches!(e.kind, EventKind::LockAcquire { .. })).count();
        prop_assert_eq!(timeline.locks.len(), acquired);
        for lock in &summary.locks {
            let mut spans: Vec<&LockSpan> = timeline.locks.iter().filter(|s| s.object == lock.object).collect();
            spans.sort_by_key(|span| span.start_ns);
            prop_assert!(spans.windows(2).all(|pair| pair[0].end_ns <= pair[1].start_ns));
            for span in &spans {
                let acquire = &events[span.acquire.0 as usize];
                prop_assert_eq!((acquire.thread, acquire.time_ns), (Some(span.thread), span.start_ns));
            }
            prop_assert!(lock.contended <= lock.acquisitions);
        }
    }

    #[test]
    fn a_recording_folds_to_the_same_as_the_live_run(seed: u64) {
        let (events, end_ns, ended) = random_run(seed);
        let mut live: LiveFold<{ interest::OP_DETAIL }> = LiveFold::new(FoldOptions::default(), 12);
        events.iter().for_each(|event| live.event(event));
        let (live_summary, live_bins) = live.finish(end_ns);
        let recording = load(&write(&events, &end_of(end_ns, ended))).unwrap();
        let (summary, timeline) = fold_recording(&recording, Bins::new(12));
        prop_assert_eq!(summary, live_summary);
        prop_assert_eq!(timeline.bins, live_bins);
    }

    #[test]
    fn the_picture_keeps_all_the_time(seed: u64, columns in 1usize..200) {
        let (events, end_ns, _) = random_run(seed);
        let (summary, timeline) = fold(&events, end_ns);
        let lanes = timeline.bins.lanes_max().min(summary.threads.len());
        let (own, shared) = summary.threads.split_at(lanes);
        let mut drawn: Vec<_> = own.iter().enumerate().map(|(lane, thread)| (Some(lane), vec![thread])).collect();
        drawn.push((None, shared.iter().collect()));
        for (lane, threads) in drawn {
            let columns_of = timeline.bins.columns(lane, columns);
            for state in State::ALL {
                let sum: u64 = columns_of.iter().map(|column| column.state_ns[state.index()]).sum();
                let exact: u64 = threads.iter().map(|thread| thread.numbers.time_ns(state)).sum();
                // Rounding down loses less than one nanosecond for each bin and border.
                prop_assert!(sum <= exact && exact - sum <= 1024 + 2 * columns as u64, "{state:?}: {sum} of {exact}");
            }
        }
    }

    #[test]
    fn a_run_with_few_kept_threads_has_the_same_totals(seed: u64) {
        let (events, end_ns, _) = random_run(seed);
        let options = FoldOptions { threads_max: 2, ..FoldOptions::default() };
        let mut small = Fold::new(options, Bins::new(2));
        events.iter().for_each(|event| small.event(event));
        let (small, _) = small.finish(end_ns);
        let (full, _) = fold(&events, end_ns);
        prop_assert_eq!(small.thread_count(), full.thread_count());
        let running = |summary: &Summary| {
            let kept: u64 = summary.threads.iter().map(|thread| thread.numbers.time_ns(State::Running)).sum();
            kept + summary.others.numbers.time_ns(State::Running)
        };
        prop_assert_eq!(running(&small), running(&full));
        prop_assert_eq!(small.gils, full.gils);
    }
}

#[test]
fn two_busy_threads_alternate_every_switch_interval() {
    // Of 19 ms in slices of 5 ms, the first three end on request.
    let work = || vec![Act::Run(19_000_000)];
    let main = vec![Act::Spawn("A".into(), work()), Act::Spawn("B".into(), work()), Act::JoinAll];
    let mut world = World::new(main, 5_000_000, 0);
    assert!(world.run());
    let (summary, timeline) = fold(&world.events, world.now);
    let (a, b) = (&summary.threads[1], &summary.threads[2]);
    assert_eq!((a.name.as_str(), b.name.as_str()), ("A", "B"));
    assert_eq!((a.numbers.switches_forced, b.numbers.switches_forced), (3, 3));
    assert_eq!(a.numbers.time_ns(State::Running), 19_000_000 + 3 * 50);
    assert_eq!(timeline.gil.iter().filter(|span| span.reason == Some(DropReason::Request)).count(), 6);
    let p50 = a.numbers.gil_waits.percentile_ns(50).unwrap();
    assert!((5_000_000..5_400_000).contains(&p50), "{p50}");
    assert!(summary.gils[0].utilisation_ppm() > 990_000);
}

#[test]
fn a_wait_for_a_lock_names_the_lock_its_holder_and_who_ended_it() {
    let first = vec![Act::Lock(0), Act::Sleep(3_000_000), Act::Unlock(0)];
    let second = vec![Act::Lock(0), Act::Unlock(0)];
    let main = vec![Act::Spawn("A".into(), first), Act::Sleep(1_000_000), Act::Spawn("B".into(), second), Act::JoinAll];
    let mut world = World::new(main, 5_000_000, 0);
    assert!(world.run());
    let (summary, timeline) = fold(&world.events, world.now);
    let wait = timeline.states.iter().find(|span| matches!(span.reason, Some(WaitReason::Lock { .. }))).unwrap();
    assert_eq!(wait.thread, ThreadId(2));
    assert_eq!(wait.reason, Some(WaitReason::Lock { object: Some(0), owner: Some(ThreadId(1)) }));
    assert_eq!(summary.object_name(Some(0)), "lock_a");
    let wake = &world.events[wait.ended_by.unwrap().0 as usize];
    let release = &world.events[wake.by.unwrap().0 as usize];
    assert!(matches!(release.kind, EventKind::LockRelease { .. }));
    assert_eq!(release.thread, Some(ThreadId(1)));
    let lock = &summary.locks[0];
    assert_eq!((lock.acquisitions, lock.contended, lock.waits, lock.waiters_max), (2, 1, 1, 1));
    assert_eq!(lock.longest_wait_ns, wait.end_ns - wait.start_ns);
    assert_eq!(timeline.lock_waiters.iter().map(|(_, _, count)| *count).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn a_cut_recording_is_known_up_to_the_cut() {
    let (mut events, end_ns, _) = random_run(11);
    let cut_ns = events[events.len() / 2].time_ns;
    events.truncate(events.len() / 2 + 1);
    let mut limit = events[0].clone();
    limit.id = EventId(events.len() as u64);
    limit.time_ns = cut_ns;
    limit.thread = None;
    limit.kind = EventKind::Limit(Limit::Events);
    events.push(limit);
    let (summary, timeline) = fold(&events, end_ns);
    assert_eq!((summary.end_ns, summary.known_ns), (end_ns, cut_ns));
    assert!(timeline.states.iter().all(|span| span.end_ns <= cut_ns));
    assert_eq!(summary.gils[0].busy_ns + summary.gils[0].free_ns, cut_ns);
}

#[test]
fn without_a_gil_threads_run_whenever_they_do_not_wait() {
    let event = |id, time_ns, thread, kind| Event {
        id: EventId(id),
        time_ns,
        interpreter: InterpreterId(0),
        thread: Some(ThreadId(thread)),
        kind,
        at: None,
        by: None,
    };
    let sleep = EventKind::Block { reason: BlockReason::Sleep, deadline_ns: Some(30) };
    let events = [
        event(0, 0, 0, EventKind::ThreadBegin),
        event(1, 5, 0, EventKind::ThreadCreate { child: ThreadId(1), daemon: false }),
        event(2, 6, 1, EventKind::ThreadBegin),
        event(3, 10, 0, sleep),
        event(4, 30, 0, EventKind::Wake { cause: WakeCause::Timeout }),
        event(5, 40, 1, EventKind::ThreadEnd(ThreadEnd::Ok)),
        event(6, 50, 0, EventKind::ThreadEnd(ThreadEnd::Ok)),
    ];
    let options = FoldOptions { free_threaded: true, ..FoldOptions::default() };
    let mut fold = Fold::new(options, Bins::new(12));
    events.iter().for_each(|event| fold.event(event));
    let (summary, _) = fold.finish(50);
    assert!(summary.gils.is_empty());
    assert_eq!(summary.threads[0].numbers.time_ns(State::Running), 30);
    assert_eq!(summary.threads[0].numbers.time_ns(State::Sleeping), 20);
    assert_eq!(summary.threads[1].numbers.time_ns(State::Running), 34);
    assert_eq!(summary.threads[1].numbers.time_ns(State::New), 1);
}

#[test]
fn a_long_run_stays_in_bounded_bins() {
    let mut bins = Bins::new(1);
    let hour = 3_600_000_000_000u64;
    for start in (0..hour).step_by(360_000_000_000) {
        let span = |thread, state, from, to| StateSpan {
            thread: ThreadId(thread),
            state,
            start_ns: from,
            end_ns: to,
            reason: None,
            at: None,
            begun_by: None,
            ended_by: None,
        };
        bins.state(span(0, State::Running, start, start + 1));
        bins.state(span(0, State::Sleeping, start + 1, start + 360_000_000_000));
        bins.state(span(7, State::WantsGil, start, start + 360_000_000_000));
    }
    assert!(bins.has_others());
    let columns = bins.columns(Some(0), 10);
    assert!(columns.iter().all(|column| column.state_ns[State::Sleeping.index()] > 359_000_000_000));
    assert_eq!(bins.columns(None, 10).len(), 10);
}
