//! Switches made in one piece, where nobody listens, leave what the single steps leave.

use crate::machine::Machine;
use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::config::Switching;
use gilsim_scheduler::event::Deaf;
use proptest::prelude::*;

/// Threads that compute, with calls and exceptions; beside them one that sleeps, locks, a daemon and a thread that prints.
const PROGRAM: &str = "
import gc, sys, threading, time
lock, total = threading.Lock(), 0
class Number:
    def __init__(self, n):
        self.n = n
    def __add__(self, other):
        return Number(self.n + other)
def call(n):
    if n % 17 == 0:
        raise ValueError(n)
    return [n] * 3
def compute(times):
    global total
    number = Number(0)
    for n in range(times):
        try:
            number = number + len(call(n))
        except ValueError:
            pass
        if n % 40 == 0:
            with lock:
                total += number.n
def sleeper():
    for n in range(6):
        time.sleep(0.00003 * n)
def generate():
    pairs = ((n, str(n)) for n in range(120))
    for n, text in pairs:
        if n == 90:
            print(text)
            sys.setswitchinterval(0.000004)
            return
def forever():
    while True:
        pass
threading.Thread(target=forever, daemon=True).start()
threads = [threading.Thread(target=compute, args=(150,)) for _ in range(COMPUTE)]
threads += [threading.Thread(target=sleeper), threading.Thread(target=generate)]
for t in threads: t.start()
for t in threads: t.join()
print(total)
";

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_run_that_nobody_hears_is_repeated_steps(
        profile in prop::sample::select(vec!["3.13", "3.12", "3.9", "3.6"]),
        interval_ns in 500..60_000u64,
        wake_ns in prop::sample::select(vec![0, 1, 60, 2_000, 12_000]),
        late_ns in prop::sample::select(vec![0, 40, 5_000]),
        cores in prop::sample::select(vec![1u32, 4]),
        compute in 0..4usize,
        eager: bool,
        advances in 0..60usize,
    ) {
        let machine = Machine::new(profile, &PROGRAM.replace("COMPUTE", &compute.to_string())).with(|config| {
            config.switch_interval_ns = interval_ns;
            config.latencies.wake_ns = wake_ns;
            config.latencies.timed_wait_ns = late_ns;
            config.cores = cores;
            config.limits.steps_max = 150_000;
            if eager {
                config.switching = Switching::EveryInstruction;
            }
        });
        let (mut batched, mut singly) = (machine.simulation(), machine.simulation());
        // Part of the way in pieces, so that what a piece leaves is taken up by single steps.
        for _ in 0..advances {
            batched.advance(&mut Faithful, &mut Deaf);
        }
        let mut half = batched.clone();
        let outcome = batched.run(&mut Faithful, &mut Deaf);
        for simulation in [&mut singly, &mut half] {
            let outcome_singly = loop {
                if let Some(outcome) = simulation.step(&mut Faithful, &mut Deaf) {
                    break outcome;
                }
            };
            prop_assert_eq!(&outcome, &outcome_singly);
            prop_assert_eq!(batched.steps(), simulation.steps());
            prop_assert_eq!(batched.now_ns(), simulation.now_ns());
            prop_assert!(batched == *simulation);
        }
    }
}
