//! Limits in words: what ran out, and which option gives more.

use crate::duration;
use gilsim_scheduler::config::Limits;
use gilsim_scheduler::event::Limit;

/// `the limit of 2,000,000,000 instructions was reached (--max-steps)`.
pub fn describe_limit(limit: Limit, limits: &Limits) -> String {
    let (what, option) = match limit {
        Limit::Steps => (format!("{} instructions", duration::count(limits.steps_max)), "--max-steps"),
        Limit::Time => (format!("{} of virtual time", duration::plain(limits.time_max_ns)), "--max-time"),
        Limit::Heap => (format!("{} of heap", bytes(limits.heap_max_bytes as u64)), "--max-heap"),
        Limit::Threads => (format!("{} live threads", duration::count(limits.threads_max.into())), "--max-threads"),
        Limit::Output => (format!("{} of output", bytes(limits.output_max_bytes)), "--max-output"),
        Limit::Events => return "the recording was cut at its limit of events; the run went on".to_owned(),
    };
    format!("the limit of {what} was reached ({option})")
}

/// `1.5 GB`, exactly.
fn bytes(count: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"), (1, "bytes")];
    // The largest unit in which three decimals are exact.
    let exact =
        |(size, _): &&(u64, &str)| count >= *size && (u128::from(count) * 1000).is_multiple_of(u128::from(*size));
    let (size, unit) = UNITS.iter().find(exact).unwrap_or(&UNITS[3]);
    let thousandths = u128::from(count) * 1000 / u128::from(*size);
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    match part {
        0 => format!("{whole} {unit}"),
        part => format!("{whole}.{} {unit}", format!("{part:03}").trim_end_matches('0')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_names_its_amount_and_option() {
        let limits = Limits::default();
        let table = [
            (Limit::Steps, "the limit of 2,000,000,000 instructions was reached (--max-steps)"),
            (Limit::Time, "the limit of 3600 s of virtual time was reached (--max-time)"),
            (Limit::Heap, "the limit of 1.5 GB of heap was reached (--max-heap)"),
            (Limit::Threads, "the limit of 100,000 live threads was reached (--max-threads)"),
            (Limit::Output, "the limit of 10 MB of output was reached (--max-output)"),
        ];
        for (limit, words) in table {
            assert_eq!(describe_limit(limit, &limits), words);
        }
        assert_eq!(
            [bytes(0), bytes(1), bytes(1_234), bytes(1_234_567)],
            ["0 bytes", "1 bytes", "1.234 kB", "1234.567 kB"]
        );
    }
}
