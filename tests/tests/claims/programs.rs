//! Claims shown by a program: it ends with comments that say how it ends, under every profile.
//!
//! `# ends:` well, deadlock or limit · `# lasts_ms:` virtual time, if it consists of pauses · `# stdout:` its lines ·
//! `# stdout 3.9:` its lines under one profile, where they differ.

use super::run::{MS, PROFILES, run};
use gilsim_scheduler::event::{Limit, Stream};
use gilsim_scheduler::outcome::Outcome;
use std::path::PathBuf;

/// What computing, starting threads and late wake-ups may add to the pauses, in ms.
const ADDED_MS: u64 = 10;

/// A test for each program, by its name.
macro_rules! programs {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )+

        /// The names of all these tests.
        pub const PROGRAMS: &[&str] = &[$(stringify!($name)),+];
    };
}

programs! {
    claim_008_switch_keeps_the_frame
    claim_009_switch_interval
    claim_011_computing_gains_nothing
    claim_012_waiting_overlaps
    claim_013_convoy_effect
    claim_015_waiting_needs_one_core
    claim_016_ten_blocking_calls
    claim_022_active_count
    claim_023_thread_names
    claim_024_daemon_is_stopped
    claim_025_joined_daemon
    claim_026_daemon_is_inherited
    claim_027_group_must_be_none
    claim_028_ident
    claim_029_started_once
    claim_030_join_with_timeout
    claim_031_join_oneself
    claim_032_enumerate
    claim_034_run_overridden
    claim_035_run_called
    claim_036_old_names
    claim_037_read_sleep_write
    claim_038_lost_increments
    claim_040_lock_makes_it_exact
    claim_041_sections_in_turn
    claim_042_with_lock
    claim_043_released_by_another
    claim_044_acquire_without_waiting
    claim_045_timeout_without_waiting
    claim_047_opposite_orders
    claim_048_timeout_breaks_a_deadlock
    claim_049_philosophers
    claim_050_lock_taken_twice
    claim_051_rlock
    claim_052_globals_are_shared
    claim_053_thread_local
    claim_055_semaphore
    claim_056_bounded_semaphore
    claim_057_three_places
    claim_058_event
    claim_059_event_or_condition
    claim_061_condition_needs_its_lock
    claim_062_conditions_share_a_lock
    claim_063_barrier_action
    claim_064_barrier_timeout
    claim_065_barrier_reset_and_abort
    claim_066_too_few_at_a_barrier
    claim_067_timer
    claim_068_kinds_of_queues
    claim_069_full_and_empty
    claim_070_queue_join
    claim_070_task_done_forgotten
    claim_071_task_done_wakes_join_only
    claim_072_two_workers_five_items
    claim_073_empty_then_get
    claim_074_one_worker_at_a_time
    claim_075_lock_is_not_fair
    claim_104_apply_async
    claim_105_map_in_chunks
    claim_106_map_takes_all_first
    claim_107_map_keeps_the_order
    claim_108_join_after_close
    claim_110_dummy_pool
    claim_111_workers_by_default
    claim_112_names_of_workers
    claim_113_futures
    claim_114_map_keeps_the_order
    claim_115_submit_after_shutdown
    claim_116_as_completed
    claim_117_callbacks_in_order_of_completion
    claim_119_future_of_the_own_pool
}

/// The folder of the programs.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("claims")
}

/// What a program promises.
#[derive(Debug, Default)]
struct Promise {
    ends: String,
    lasts_ms: Option<u64>,
    /// Profile (empty: all others) and text.
    stdout: Vec<(String, String)>,
}

impl Promise {
    fn read(text: &str) -> Promise {
        let mut promise = Promise::default();
        let (_, comments) = text.split_once("\n# ends:").expect("a program says how it ends");
        for line in format!("# ends:{comments}").lines() {
            let line = line.strip_prefix('#').expect("only comments follow");
            match line.strip_prefix(' ').and_then(|line| line.split_once(':')) {
                Some(("ends", how)) => promise.ends = how.trim().to_owned(),
                Some(("lasts_ms", ms)) => promise.lasts_ms = Some(ms.trim().parse().expect("a number")),
                Some((word, "")) if word.starts_with("stdout") => {
                    promise.stdout.push((word["stdout".len()..].trim().to_owned(), String::new()));
                }
                _ => {
                    let (_, stdout) = promise.stdout.last_mut().expect("lines follow `stdout:`");
                    stdout.push_str(line.strip_prefix(' ').unwrap_or(line));
                    stdout.push('\n');
                }
            }
        }
        promise
    }

    fn stdout(&self, profile: &str) -> &str {
        let of = |wanted: &str| self.stdout.iter().find(|(profile, _)| profile == wanted);
        let (_, stdout) = of(profile).or_else(|| of("")).expect("a program says what it prints");
        stdout
    }
}

fn check(test: &str) {
    let name = test.strip_prefix("claim_").expect("named after its claim");
    let text = std::fs::read_to_string(folder().join(format!("{name}.py"))).expect("the program is there");
    let promise = Promise::read(&text);
    for profile in PROFILES {
        let ran = run(profile, &text);
        let stdout = ran.text(Stream::Stdout);
        assert_eq!(stdout, promise.stdout(profile), "{name} under {profile}: {}", ran.text(Stream::Stderr));
        assert_eq!(end(&ran.outcome), promise.ends, "{name} under {profile}: {:?}", ran.outcome);
        if let Some(lasts_ms) = promise.lasts_ms {
            let ms = ran.simulation.now_ns() / MS;
            assert!(
                (lasts_ms..lasts_ms + ADDED_MS).contains(&ms),
                "{name} under {profile}: {ms} ms, not {lasts_ms} ms"
            );
        }
    }
}

fn end(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Finished { exit: 0 } => "well",
        Outcome::Deadlock(_) => "deadlock",
        Outcome::Limit { limit: Limit::Time, .. } => "limit",
        _ => "otherwise",
    }
}
