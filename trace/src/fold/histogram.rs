//! A histogram of durations with bounded relative error and bounded size.
//!
//! Buckets are linear up to 32 and then 32 per power of two (the layout of HDR histograms), so a percentile is at most
//! one part in 32 above the true value and the size is at most 1,920 buckets, however many durations are added. The
//! largest value is exact.

use std::collections::BTreeMap;

/// Durations, counted by bucket.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Histogram {
    buckets: BTreeMap<u16, u64>,
    count: u64,
    max_ns: u64,
}

const SUB: u32 = 5;

fn bucket_of(value: u64) -> u16 {
    if value < 1 << SUB {
        return value as u16;
    }
    let exponent = 63 - value.leading_zeros();
    let within = (value >> (exponent - SUB)) & ((1 << SUB) - 1);
    ((exponent - SUB + 1) << SUB) as u16 + within as u16
}

/// The largest value of a bucket.
fn top_of(bucket: u16) -> u64 {
    let (group, within) = (u32::from(bucket) >> SUB, u64::from(bucket) & ((1 << SUB) - 1));
    match group {
        0 => u64::from(bucket),
        _ => {
            let shift = group - 1;
            let base = ((1 << SUB) + within) << shift;
            base + ((1u64 << shift) - 1)
        }
    }
}

impl Histogram {
    /// Adds one duration.
    pub fn add(&mut self, duration_ns: u64) {
        *self.buckets.entry(bucket_of(duration_ns)).or_default() += 1;
        self.count += 1;
        self.max_ns = self.max_ns.max(duration_ns);
    }

    /// Adds all durations of another.
    pub fn merge(&mut self, other: &Histogram) {
        for (bucket, count) in &other.buckets {
            *self.buckets.entry(*bucket).or_default() += count;
        }
        self.count += other.count;
        self.max_ns = self.max_ns.max(other.max_ns);
    }

    /// Number of durations.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The longest, exactly; 0 if there is none.
    pub fn max_ns(&self) -> u64 {
        self.max_ns
    }

    /// The duration that `percent` of all do not exceed, at most 1/32 too high; `None` if there is none.
    pub fn percentile_ns(&self, percent: u64) -> Option<u64> {
        let rank = (u128::from(self.count) * u128::from(percent)).div_ceil(100).max(1);
        let mut seen = 0u128;
        for (bucket, count) in &self.buckets {
            seen += u128::from(*count);
            if seen >= rank {
                return Some(top_of(*bucket).min(self.max_ns));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_follow_each_other_without_gaps() {
        let mut last = 0;
        for bucket in 1..1920 {
            let top = top_of(bucket);
            assert!(top > last, "{bucket}");
            assert_eq!((bucket_of(last + 1), bucket_of(top)), (bucket, bucket));
            last = top;
        }
        assert_eq!(last, u64::MAX);
    }

    #[test]
    fn percentiles_are_close_and_the_maximum_exact() {
        let mut histogram = Histogram::default();
        assert_eq!(histogram.percentile_ns(50), None);
        (1..=1000).for_each(|value| histogram.add(value * 1000));
        for (percent, exact) in [(50, 500_000u64), (95, 950_000), (99, 990_000)] {
            let found = histogram.percentile_ns(percent).unwrap();
            assert!(found >= exact && found <= exact + exact / 32, "{percent}: {found}");
        }
        assert_eq!((histogram.percentile_ns(100), histogram.max_ns()), (Some(1_000_000), 1_000_000));
    }
}
