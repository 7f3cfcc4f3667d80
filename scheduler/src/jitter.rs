//! How latencies vary: distributions fitted to measurements, and the generator that draws from them.
//!
//! A distribution is 21 quantiles, from the least to the greatest value in steps of 5 %, joined by straight lines. They are
//! what was measured on CPythons 3.6 to 3.13 (Linux, two cores), without the moments in which other machines had the core:
//! waits that were later than 200 µs, wake-ups that took longer, and rows in which a tenth of a core or more was stolen.
//! A latency that is configured otherwise than as measured stretches its distribution; one of 0 stays 0. Draws come from a
//! stream of ChaCha8 of their own, so they change nothing else that is random.
//!
//! There is none for the time from a request to the drop (L2): that is the time to the next eval check, which the program
//! and its costs decide.

use crate::config::Latencies;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// The stream of the seed's generator that jitter is drawn from; what the program sees as random has stream 0.
const STREAM: u64 = 1;

/// The generator of a seed.
pub(crate) fn generator(seed: u64) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(STREAM);
    generator
}

/// A latency that varies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Latency {
    /// L1.
    TimedWait,
    /// L3.
    Wake,
    /// Lateness of the end of a sleep.
    Sleep,
    /// A sleep of 0 that takes the timer slack.
    SleepZero,
    /// The start of an operating system thread.
    ThreadStart,
}

/// Lateness of 773 timed waits for the GIL, of 0.1 and 5 ms (`gil_trace`: from `wait` to `timeout`, less the interval).
const TIMED_WAIT_NS: Quantiles = [
    22_500, 51_300, 56_200, 57_000, 57_300, 57_600, 57_900, 58_200, 58_700, 59_500, 61_000, 62_600, 64_100, 65_000,
    66_000, 67_700, 70_300, 75_100, 85_100, 106_600, 191_900,
];

/// From 340 drops of the GIL to the take by the woken thread (`gil_trace`).
const WAKE_NS: Quantiles = [
    3_100, 7_800, 9_100, 9_800, 10_100, 10_400, 10_600, 10_900, 11_100, 11_500, 11_800, 12_200, 12_600, 12_900, 13_300,
    13_800, 15_300, 17_700, 24_800, 44_600, 178_400,
];

/// How much longer than 1 ms `time.sleep(0.001)` took, in nine rounds alone (`convoy`, `sleep` beside nothing).
const SLEEP_NS: Quantiles = [
    12_300, 65_400, 68_300, 70_900, 73_000, 75_200, 77_300, 79_100, 80_900, 82_900, 85_100, 87_600, 90_000, 92_900,
    96_100, 100_100, 104_300, 111_200, 119_300, 140_300, 222_000,
];

/// From the beginning of 2,400 creations of a thread, on 3.6 to 3.9, to its first instruction. From 3.11 on a thread wants the
/// GIL as soon, but needs some 18 µs more, with the GIL, to its first instruction.
const THREAD_START_NS: Quantiles = [
    21_500, 24_000, 25_200, 26_100, 26_900, 27_800, 28_500, 29_300, 30_200, 31_000, 31_800, 32_600, 33_400, 34_000,
    34_800, 35_600, 36_800, 38_500, 41_500, 60_000, 190_000,
];

type Quantiles = [u64; 21];

impl Latency {
    /// As configured.
    pub fn configured_ns(self, latencies: &Latencies) -> u64 {
        match self {
            Latency::TimedWait => latencies.timed_wait_ns,
            Latency::Wake => latencies.wake_ns,
            Latency::Sleep => latencies.sleep_ns,
            Latency::SleepZero => latencies.sleep_zero_ns,
            Latency::ThreadStart => latencies.thread_start_ns,
        }
    }

    /// Its quantiles, and the constant that stands for them. What was not measured has the shape of what is nearest to it.
    fn distribution(self) -> (&'static Quantiles, u64) {
        let measured = Latencies::MEASURED;
        match self {
            Latency::TimedWait => (&TIMED_WAIT_NS, measured.timed_wait_ns),
            Latency::Wake => (&WAKE_NS, measured.wake_ns),
            Latency::Sleep => (&SLEEP_NS, measured.sleep_ns),
            Latency::SleepZero => (&SLEEP_NS, measured.sleep_ns),
            Latency::ThreadStart => (&THREAD_START_NS, measured.thread_start_ns),
        }
    }

    /// Draws one.
    pub(crate) fn draw_ns(self, latencies: &Latencies, generator: &mut ChaCha8Rng) -> u64 {
        let (quantiles, usual_ns) = self.distribution();
        let bits = generator.next_u64();
        let steps = quantiles.len() as u64 - 1;
        // The upper half picks a step, the lower the place in it.
        let at = (((bits >> 32) * steps) >> 32) as usize;
        let place = bits & 0xffff_ffff;
        let drawn_ns = quantiles[at] + (((quantiles[at + 1] - quantiles[at]) * place) >> 32);
        let stretched_ns = u128::from(drawn_ns) * u128::from(self.configured_ns(latencies)) / u128::from(usual_ns);
        u64::try_from(stretched_ns).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Latency; 5] =
        [Latency::TimedWait, Latency::Wake, Latency::Sleep, Latency::SleepZero, Latency::ThreadStart];

    fn draws(latency: Latency, latencies: &Latencies, seed: u64) -> Vec<u64> {
        let mut generator = generator(seed);
        let mut drawn: Vec<u64> = (0..10_000).map(|_| latency.draw_ns(latencies, &mut generator)).collect();
        drawn.sort_unstable();
        drawn
    }

    #[test]
    fn draws_have_the_measured_quantiles() {
        for (latency, quantiles) in
            [(Latency::TimedWait, TIMED_WAIT_NS), (Latency::Wake, WAKE_NS), (Latency::Sleep, SLEEP_NS)]
        {
            let drawn = draws(latency, &Latencies::MEASURED, 7);
            for at in [2, 5, 10, 15, 18] {
                let (found, wanted) = (drawn[drawn.len() * at / 20] as f64, quantiles[at] as f64);
                assert!((found / wanted - 1.0).abs() < 0.05, "{latency:?} {at}: {found} instead of {wanted}");
            }
            assert!(drawn[0] >= quantiles[0] && drawn[drawn.len() - 1] <= quantiles[20]);
        }
    }

    #[test]
    fn quantiles_ascend_and_the_constants_lie_among_them() {
        for latency in ALL {
            let (quantiles, usual_ns) = latency.distribution();
            assert!(quantiles.windows(2).all(|pair| pair[0] <= pair[1]), "{latency:?}");
            assert!(quantiles[0] < usual_ns && usual_ns < quantiles[15], "{latency:?}");
        }
    }

    #[test]
    fn a_seed_repeats_its_draws_and_a_latency_of_nothing_stays_so() {
        for latency in ALL {
            assert_eq!(draws(latency, &Latencies::MEASURED, 1), draws(latency, &Latencies::MEASURED, 1));
            assert_ne!(draws(latency, &Latencies::MEASURED, 1), draws(latency, &Latencies::MEASURED, 2));
            assert_eq!(draws(latency, &Latencies::ZERO, 1)[9_999], 0);
        }
        let doubled = Latencies { wake_ns: 2 * Latencies::MEASURED.wake_ns, ..Latencies::MEASURED };
        let (usual, twice) = (draws(Latency::Wake, &Latencies::MEASURED, 3), draws(Latency::Wake, &doubled, 3));
        assert!(usual.iter().zip(&twice).all(|(usual, twice)| *twice == 2 * usual));
    }
}
