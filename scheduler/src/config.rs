//! The configuration of a simulation: everything that, with the program, decides how a run goes.
//!
//! Latencies are medians measured on Linux (CPython 3.9.18 and 3.13.0, x86-64, two cores); they are parameters, and all of
//! them may be 0 for pure teaching. Lock starvation and the lock convoy need a wake latency above 0: with 0 a woken thread
//! is as fast as the one that woke it.

use crate::profile::Profile;
use gilsim_vm::config::VmConfig;
use gilsim_vm::object::text_io::Buffering;

/// Whether latencies vary.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Jitter {
    /// Every latency is exactly as configured.
    #[default]
    Off,
    /// Every latency is drawn from the distribution that was measured ([`crate::jitter`]), by a generator seeded with
    /// [`Config::seed`].
    On,
}

/// What standard output is connected to, as the simulated program sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum StdoutMode {
    /// A terminal: a write at every line.
    #[default]
    Tty,
    /// A pipe: a write per full buffer and at the end.
    Pipe,
}

impl StdoutMode {
    fn buffering(self) -> Buffering {
        match self {
            StdoutMode::Tty => Buffering::Line,
            StdoutMode::Pipe => Buffering::Block,
        }
    }
}

/// Times the operating system needs. Nanoseconds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Latencies {
    /// L1, lateness of the end of a timed wait: 5 ms waits end after 5.06 ms.
    pub timed_wait_ns: u64,
    /// L3, from waking a thread to its running: median from a GIL's drop to its take.
    pub wake_ns: u64,
    /// Lateness of the end of `time.sleep`: 1 ms takes 1.065 ms.
    pub sleep_ns: u64,
    /// Duration of `time.sleep(0)` where it sleeps at all: the timer slack.
    pub sleep_zero_ns: u64,
    /// A system call that returns at once (`select` with nothing to wait for, `sched_yield`).
    pub call_ns: u64,
    /// Creating an operating system thread, with the GIL.
    pub thread_create_ns: u64,
    /// From the beginning of its creation to the new thread's wanting the GIL.
    pub thread_start_ns: u64,
    /// A write to a terminal.
    pub write_tty_ns: u64,
    /// A write to a pipe.
    pub write_pipe_ns: u64,
    /// Offering the tick GIL while others sleep on it: the holder's system call that wakes one.
    pub offer_ns: u64,
    /// Offering the tick GIL while nobody waits.
    pub offer_to_nobody_ns: u64,
    /// How long a thread stays on a core while others wait for one (Linux's base slice on few cores).
    pub core_slice_ns: u64,
}

impl Latencies {
    /// As measured. L2, from request to drop, is no constant: it is the time to the next eval check.
    pub const MEASURED: Latencies = Latencies {
        timed_wait_ns: 62_000,
        wake_ns: 12_000,
        sleep_ns: 65_000,
        sleep_zero_ns: 55_000,
        call_ns: 550,
        thread_create_ns: 22_000,
        thread_start_ns: 31_000,
        write_tty_ns: 5_000,
        write_pipe_ns: 800,
        offer_ns: 800,
        offer_to_nobody_ns: 50,
        core_slice_ns: 3_000_000,
    };

    /// An operating system that takes no time.
    pub const ZERO: Latencies = Latencies {
        timed_wait_ns: 0,
        wake_ns: 0,
        sleep_ns: 0,
        sleep_zero_ns: 0,
        call_ns: 0,
        thread_create_ns: 0,
        thread_start_ns: 0,
        write_tty_ns: 0,
        write_pipe_ns: 0,
        offer_ns: 0,
        offer_to_nobody_ns: 0,
        core_slice_ns: 3_000_000,
    };
}

/// When the holder of a GIL lets go for those who wait.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Switching {
    /// As CPython of the profile: at an eval check, when a waiter has asked for it.
    #[default]
    OnRequest,
    /// After every instruction. The output of a program without races is the same as otherwise.
    EveryInstruction,
}

/// How far CPython has specialised the code (from 3.11 on).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Warmth {
    /// As CPython counts: on 3.11 a `while` loop of a function that was called a few times only is not; all else is nearly from the start.
    #[default]
    AsCounted,
    /// From its first execution: calls of `len` and the like have no eval check.
    Hot,
    /// Not at all: they have one. Costs are those of hot code.
    Cold,
}

/// When a run is stopped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Executed instructions.
    pub steps_max: u64,
    /// Virtual nanoseconds.
    pub time_max_ns: u64,
    /// Bytes of each interpreter's heap.
    pub heap_max_bytes: usize,
    /// Live threads at once.
    pub threads_max: u32,
    /// Bytes written to the standard streams.
    pub output_max_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            steps_max: 2_000_000_000,
            time_max_ns: 3_600_000_000_000,
            heap_max_bytes: 1_500_000_000,
            threads_max: 100_000,
            output_max_bytes: 10_000_000,
        }
    }
}

/// Everything that decides a run, the program aside.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// The CPython version.
    pub profile: Profile,
    /// The switch interval at the start; CPython's is 5 ms.
    pub switch_interval_ns: u64,
    /// Ticks between two offers of the GIL on 2.7, less one; CPython's is 100.
    pub check_interval_ticks: i64,
    /// When the GIL changes hands.
    pub switching: Switching,
    /// Whether code counts as specialised.
    pub warmth: Warmth,
    /// Simulated CPUs.
    pub cores: u32,
    /// Seed of all random numbers of the simulated machine.
    pub seed: u64,
    /// Whether latencies vary.
    pub jitter: Jitter,
    /// What `time.time()` says at virtual time 0, in nanoseconds since 1970.
    pub epoch_ns: u64,
    /// Times of the operating system.
    pub latencies: Latencies,
    /// What standard output is connected to.
    pub stdout: StdoutMode,
    /// When a run is stopped.
    pub limits: Limits,
}

/// 2025-01-01T00:00:00Z
const EPOCH_NS: u64 = 1_735_689_600_000_000_000;

impl Default for Config {
    fn default() -> Config {
        Config {
            profile: Profile::default(),
            switch_interval_ns: 5_000_000,
            check_interval_ticks: 100,
            switching: Switching::OnRequest,
            warmth: Warmth::AsCounted,
            cores: 4,
            seed: 0,
            jitter: Jitter::Off,
            epoch_ns: EPOCH_NS,
            latencies: Latencies::MEASURED,
            stdout: StdoutMode::Tty,
            limits: Limits::default(),
        }
    }
}

impl Config {
    /// What a virtual machine of this simulation must be made with. Program arguments and modules beside the program are
    /// to be added by the caller.
    pub fn vm_config(&self) -> VmConfig {
        let mut rules = self.profile.code_rules();
        rules.exempts_calls = self.warmth != Warmth::Cold;
        rules.starts_cold = self.warmth == Warmth::AsCounted;
        VmConfig {
            stdout: self.stdout.buffering(),
            cores: self.cores,
            epoch_ns: self.epoch_ns,
            heap_bytes_max: self.limits.heap_max_bytes,
            ..VmConfig::new(rules)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_the_documented_ones() {
        let config = Config::default();
        assert_eq!((config.switch_interval_ns, config.cores, config.seed), (5_000_000, 4, 0));
        assert_eq!((config.jitter, config.stdout), (Jitter::Off, StdoutMode::Tty));
        assert_eq!(config.epoch_ns / 1_000_000_000, 20_089 * 86_400, "2025-01-01 is day 20089 since 1970");
        assert_eq!(config.limits.steps_max, 2_000_000_000);
        assert_eq!(config.limits.time_max_ns, 3600 * 1_000_000_000);
        assert_eq!(config.limits.heap_max_bytes, 1_500_000_000);
        assert_eq!((config.limits.threads_max, config.limits.output_max_bytes), (100_000, 10_000_000));
    }
}
