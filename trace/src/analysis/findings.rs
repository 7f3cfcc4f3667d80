//! Findings about speed, in words and numbers: CONVOY, STARVATION, LOCK-CONVOY, GIL-HELD-IN-NATIVE.
//!
//! | code | when |
//! | :-- | :-- |
//! | CONVOY | a thread came back from sleeping, reading or writing at least `TIMES_MIN` times, and half of the waits for the GIL that followed took three quarters of the switch interval (2.7: a millisecond) or more |
//! | STARVATION | a thread was woken for a lock at least `TOO_LATE_MIN` times in a row and found it taken again |
//! | LOCK-CONVOY | a lock was given to a waiting thread at least `HAND_OVERS_MIN` times, on average more than four times in a switch interval |
//! | GIL-HELD-IN-NATIVE | a thread kept the GIL for longer than a switch interval, and a millisecond, after it was asked |
//!
//! They tell what this run did, not what could happen; none is an error.

use super::study::Study;
use crate::duration::{count, plain};
use crate::fold::Summary;
use crate::report::FindingReport;

const TIMES_MIN: u64 = 5;
const TOO_LATE_MIN: u64 = 10;
const HAND_OVERS_MIN: u64 = 50;
/// Findings of one kind that are told.
const TOLD_MAX: usize = 3;

/// What of the configuration the findings depend on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Circumstances {
    /// The switch interval; `None` where there is no drop request.
    pub switch_interval_ns: Option<u64>,
}

/// What a millisecond is to versions without a switch interval.
const WITHOUT_INTERVAL_NS: u64 = 1_000_000;

/// The findings of a run.
pub fn findings(study: &Study, summary: &Summary, circumstances: Circumstances) -> Vec<FindingReport> {
    let interval_ns = circumstances.switch_interval_ns.unwrap_or(WITHOUT_INTERVAL_NS);
    let mut found = convoys(study, summary, interval_ns);
    found.extend(starvation(study, summary));
    found.extend(lock_convoys(study, interval_ns));
    found.extend(held_in_native(study, summary, interval_ns));
    found
}

fn finding(code: &str, title: String, details: Vec<String>) -> FindingReport {
    FindingReport { tag: "speed".into(), code: code.into(), title, details }
}

fn convoys(study: &Study, summary: &Summary, interval_ns: u64) -> Vec<FindingReport> {
    let late = study.returns.iter().filter_map(|(thread, waits)| {
        let median_ns = waits.percentile_ns(50)?;
        (waits.count() >= TIMES_MIN && median_ns >= interval_ns / 4 * 3).then_some((*thread, waits, median_ns))
    });
    let told = late.take(TOLD_MAX).map(|(thread, waits, median_ns)| {
        let title = format!(
            "{} came back from sleeping, reading or writing {} times and mostly waited {} for the GIL then",
            summary.thread_name(thread),
            count(waits.count()),
            plain(median_ns)
        );
        let busiest = summary.threads.iter().filter(|other| other.thread != thread);
        let busiest = busiest.max_by_key(|other| other.numbers.time_ns(crate::fold::State::Running));
        let detail = busiest.map(|other| {
            let ran_ns = other.numbers.time_ns(crate::fold::State::Running);
            format!("{} computed for {} of {} meanwhile", other.name, plain(ran_ns), plain(summary.end_ns))
        });
        finding("CONVOY", title, detail.into_iter().collect())
    });
    told.collect()
}

/// The name of a lock in a sentence.
fn lock_name(name: Option<&String>) -> String {
    name.map_or_else(|| "a lock".to_owned(), |name| format!("the lock {name}"))
}

fn starvation(study: &Study, summary: &Summary) -> Vec<FindingReport> {
    let starved = study.locks.values().filter_map(|lock| Some((lock, lock.starved.as_ref()?)));
    let told = starved.filter(|(_, starved)| starved.times >= TOO_LATE_MIN).take(TOLD_MAX).map(|(lock, starved)| {
        let title = format!(
            "{} was woken {} times for {} within {} and found it taken again each time, at last by {}",
            summary.thread_name(starved.thread),
            count(starved.times),
            lock_name(lock.name.as_ref()),
            plain(starved.waited_ns),
            summary.thread_name(starved.owner)
        );
        finding("STARVATION", title, Vec::new())
    });
    told.collect()
}

fn lock_convoys(study: &Study, interval_ns: u64) -> Vec<FindingReport> {
    let convoys = study.locks.values().filter(|lock| {
        let span_ns = lock.last_ns.saturating_sub(lock.first_ns);
        lock.hand_overs >= HAND_OVERS_MIN && span_ns / lock.hand_overs < interval_ns / 4
    });
    let told = convoys.take(TOLD_MAX).map(|lock| {
        let span_ns = lock.last_ns.saturating_sub(lock.first_ns);
        let title = format!(
            "{} went from one waiting thread to the next {} times in {}, each time with a switch",
            lock_name(lock.name.as_ref()),
            count(lock.hand_overs),
            plain(span_ns)
        );
        finding("LOCK-CONVOY", title, Vec::new())
    });
    told.collect()
}

fn held_in_native(study: &Study, summary: &Summary, interval_ns: u64) -> Vec<FindingReport> {
    let kept = study.kept.iter().filter(|kept| kept.length_ns > interval_ns);
    let told = kept.map(|kept| {
        let at = kept.place.as_ref().map_or(String::new(), |place| format!(", at line {}", place.line));
        let title = format!(
            "{} kept the GIL for {} after another thread had asked for it{at}",
            summary.thread_name(kept.thread),
            plain(kept.length_ns)
        );
        let detail = (kept.times > 1).then(|| format!("{} times for more than 1 ms", count(kept.times)));
        finding("GIL-HELD-IN-NATIVE", title, detail.into_iter().collect())
    });
    told.collect()
}
