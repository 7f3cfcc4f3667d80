//! G14 to G18: threads that do input and output beside threads that compute.

use crate::machine::{MS, Machine, PROFILES, Ran};
use gilsim_scheduler::config::Latencies;
use gilsim_scheduler::event::EventKind;
use gilsim_vm::value::ThreadId;

/// The main thread sleeps 1 ms again and again beside threads that compute; prints how long each sleep took.
fn sleeping_beside(profile: &str, computing: usize, sleeps: usize, interval_ns: u64) -> Ran {
    let text = format!(
        "import threading, time
stop = False

def compute():
    number = 0
    while not stop:
        number = (number * 31 + 7) % 1_000_003

threads = [threading.Thread(target=compute, name=f'computes-{{number}}') for number in range({computing})]
for thread in threads:
    thread.start()
for number in range({sleeps}):
    begin = time.perf_counter()
    time.sleep(0.001)
    print('took', (time.perf_counter() - begin) * 1000)
stop = True
for thread in threads:
    thread.join()
"
    );
    Machine::new(profile, &text)
        .with(|config| {
            config.switch_interval_ns = interval_ns;
            config.stdout = gilsim_scheduler::config::StdoutMode::Pipe;
        })
        .run()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Time in which a thread held the GIL, and the longest time in which it did not, until the main thread ends.
fn hold(ran: &Ran, thread: ThreadId) -> (u64, u64) {
    let own: Vec<_> = ran.slices().into_iter().filter(|slice| slice.thread == thread).collect();
    let held_ns = own.iter().map(|slice| slice.end_ns - slice.begin_ns).sum();
    let gaps = own.windows(2).map(|pair| pair[1].begin_ns - pair[0].end_ns);
    (held_ns, gaps.max().unwrap_or(u64::MAX))
}

#[test]
fn g14_every_return_from_a_blocking_call_costs_an_interval_and_latencies() {
    for profile in PROFILES {
        for (interval_ns, expected_ms) in [(5 * MS, 6.2), (20 * MS, 21.2)] {
            let ran = sleeping_beside(profile, 1, 5, interval_ns);
            let median_ms = median(ran.numbers("took"));
            assert!((median_ms / expected_ms - 1.0).abs() < 0.02, "{profile}, {interval_ns} ns: {median_ms}");
        }
    }
}

/// Seconds that an operation with so many releases takes, on average, alone or beside a thread that computes.
fn operation_s(profile: &str, releases: usize, computing: usize, interval_ns: u64) -> f64 {
    const TIMES: usize = 8;
    let text = format!(
        "import threading, time
stop = False

def compute():
    while not stop:
        pass

threads = [threading.Thread(target=compute) for number in range({computing})]
for thread in threads:
    thread.start()
begin = time.perf_counter()
for number in range({TIMES}):
    for release in range({releases}):
        time.sleep(0.0001)
print('took', time.perf_counter() - begin)
stop = True
for thread in threads:
    thread.join()
"
    );
    let ran = Machine::new(profile, &text).with(|config| config.switch_interval_ns = interval_ns).run();
    ran.numbers("took")[0] / TIMES as f64
}

#[test]
fn g15_throughput_falls_by_the_waits_for_the_gil_in_proportion_to_the_own_time() {
    let latencies = Latencies::MEASURED;
    let late_s = (latencies.timed_wait_ns + latencies.wake_ns) as f64 / 1e9;
    for profile in PROFILES {
        for (releases, interval_ns) in [(1, MS / 5), (1, 5 * MS), (2, 5 * MS), (2, 10 * MS), (3, MS)] {
            let own_s = operation_s(profile, releases, 0, interval_ns);
            let beside_s = operation_s(profile, releases, 1, interval_ns);
            let factor = (own_s + releases as f64 * (interval_ns as f64 / 1e9 + late_s)) / own_s;
            let falls = beside_s / own_s;
            assert!(
                (falls / factor - 1.0).abs() < 0.02,
                "{profile}, {releases} at {interval_ns} ns: {falls} not {factor}"
            );
        }
    }
}

#[test]
fn g16_the_delay_scales_with_the_interval() {
    for profile in PROFILES {
        let delay = |interval_ns| median(sleeping_beside(profile, 1, 5, interval_ns).numbers("took")) - 1.065;
        let (short, long) = (delay(MS), delay(10 * MS));
        assert!((8.0..10.5).contains(&(long / short)), "{profile}: {short} {long}");
    }
}

#[test]
fn g17_the_cpu_bound_thread_loses_almost_nothing() {
    for profile in PROFILES {
        let ran = sleeping_beside(profile, 1, 8, 5 * MS);
        ran.finished();
        let (held_ns, _) = hold(&ran, ran.thread("computes-0"));
        assert!(held_ns as f64 > 0.95 * ran.simulation.now_ns() as f64, "{profile}: {held_ns}");
    }
}

#[test]
fn g18_beside_several_cpu_bound_threads_nobody_starves() {
    for profile in PROFILES {
        for computing in [2, 3] {
            let interval_ns = MS;
            let ran = sleeping_beside(profile, computing, 60, interval_ns);
            ran.finished();
            let threads: Vec<ThreadId> = (0..computing).map(|n| ran.thread(&format!("computes-{n}"))).collect();
            let held: Vec<(u64, u64)> = threads.iter().map(|thread| hold(&ran, *thread)).collect();
            let total_ns: u64 = held.iter().map(|(held_ns, _)| held_ns).sum();
            for (held_ns, gap_ns) in &held {
                let share = *held_ns as f64 / total_ns as f64;
                assert!((share - 1.0 / computing as f64).abs() < 0.1, "{profile}, {computing}: {held:?}");
                assert!(*gap_ns <= 2 * computing as u64 * (interval_ns + MS / 5), "{profile}, {computing}: {held:?}");
            }
            let longest_ms = ran.numbers("took").into_iter().fold(0.0, f64::max);
            assert!(longest_ms < 1.2 * (2 + computing) as f64, "{profile}, {computing}: {longest_ms}");
        }
    }
}

#[test]
fn g18_a_race_of_two_wake_ups_goes_to_the_waiter_without_jitter_and_to_either_with_it() {
    let text = "import threading, time
stop = False

def compute():
    while not stop:
        pass

threads = [threading.Thread(target=compute) for number in range(2)]
for thread in threads:
    thread.start()
for number in range(60):
    time.sleep(0.0001)
stop = True
for thread in threads:
    thread.join()
";
    for (jitter, both) in [(false, false), (true, true)] {
        let machine = Machine::new("3.13", text).with(|config| {
            config.switch_interval_ns = MS;
            if jitter {
                config.jitter = gilsim_scheduler::config::Jitter::On;
            }
        });
        let ran = machine.run();
        ran.finished();
        let mut takers = Vec::new();
        // After each short stay of the main thread: does the thread that was asked to let go before it come back?
        let takes: Vec<_> = ran
            .events
            .iter()
            .filter_map(|event| match event.kind {
                EventKind::GilTake { .. } => event.thread,
                _ => None,
            })
            .collect();
        for three in takes.windows(3).filter(|three| three[1] == crate::machine::MAIN) {
            takers.push(three[0] == three[2]);
        }
        let came_back = takers.iter().filter(|same| **same).count();
        assert!(takers.len() > 40, "{}", takers.len());
        let fair = (takers.len() / 5..takers.len() * 4 / 5).contains(&came_back);
        assert_eq!(fair, both, "jitter {jitter}: {came_back} of {}", takers.len());
        assert!(jitter || came_back <= 3, "without jitter the waiter wins: {came_back} of {}", takers.len());
    }
}
