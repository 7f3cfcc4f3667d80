//! 3.13t: no GIL, threads run at the same time on free cores, and single operations of containers stay whole.

use crate::machine::Machine;
use gilsim_scheduler::event::EventKind;

/// Two threads do this so often; prints what is asked at the end.
fn two_threads(set_up: &str, body: &str, result: &str) -> Machine {
    let text = format!(
        "import threading, collections, sys
{set_up}
def work():
    global x
    for i in range(3_000):
        {body}
threads = [threading.Thread(target=work) for number in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print({result})
"
    );
    Machine::new("3.13t", &text)
}

#[test]
fn every_update_that_reads_and_writes_can_be_lost_and_appending_cannot() {
    let updates = [
        ("x = 0", "x += 1", "x"),
        ("d = {'k': 0}; x = 0", "d['k'] += 1", "d['k']"),
        ("x = 0", "t = x; x = t + 1", "x"),
    ];
    for (set_up, body, result) in updates {
        let kept = two_threads(set_up, body, result).run().number();
        assert!((3_000.0..6_000.0).contains(&kept), "{body}: {kept}");
    }
    let whole = [
        ("values = []; x = 0", "values.append(i)", "len(values)"),
        ("values = collections.deque(); x = 0", "values.append(i)", "len(values)"),
        ("values = collections.OrderedDict(); x = 0", "values[threading.get_ident(), i] = i", "len(values)"),
    ];
    for (set_up, body, result) in whole {
        assert_eq!(two_threads(set_up, body, result).run().number(), 6_000.0, "{body}");
    }
    let locked = two_threads("lock = threading.Lock(); x = 0", "with lock: x += 1", "x");
    assert_eq!(locked.run().number(), 6_000.0);
}

#[test]
fn threads_compute_at_the_same_time_on_free_cores_only() {
    let took_ns = |cores| {
        let machine = two_threads("x = 0", "for j in range(20): t = i * j", "sys._is_gil_enabled()")
            .with(|config| config.cores = cores);
        let ran = machine.run();
        assert_eq!(ran.finished(), "False\n");
        assert_eq!(ran.count(|kind| matches!(kind, EventKind::GilTake { .. } | EventKind::GilDrop { .. })), 0);
        ran.simulation.now_ns()
    };
    let (one, two, four) = (took_ns(1), took_ns(2), took_ns(4));
    assert!(one as f64 > 1.3 * two as f64, "{one} {two}");
    assert!(four.abs_diff(two) < two / 100, "{two} {four}");
}

#[test]
fn the_rest_of_the_library_works_without_a_gil() {
    let text = "import queue, threading, time
from concurrent.futures import ThreadPoolExecutor
q = queue.Queue(3)
def produce():
    for number in range(50):
        q.put(number)
    q.put(None)
thread = threading.Thread(target=produce)
thread.start()
got = list(iter(q.get, None))
thread.join()
with ThreadPoolExecutor(3) as pool:
    squares = list(pool.map(lambda n: n * n, range(20)))
threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
print(got == list(range(50)), squares[-1])
";
    for cores in [1, 4] {
        let ran = Machine::new("3.13t", text).with(|config| config.cores = cores).run();
        assert_eq!(ran.finished(), "True 361\n", "{cores} cores");
    }
}

#[test]
fn stepping_and_running_agree() {
    use gilsim_scheduler::choice::Faithful;
    use gilsim_scheduler::event::Deaf;
    let machine = two_threads("x = 0", "x += 1", "x");
    let mut stepped = machine.simulation();
    while stepped.step(&mut Faithful, &mut Deaf).is_none() {}
    let ran = machine.run();
    assert_eq!((stepped.now_ns(), stepped.output()), (ran.simulation.now_ns(), ran.simulation.output()));
}
