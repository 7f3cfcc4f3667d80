//! The numbers of a run.

use super::State;
use super::thread::Numbers;
use gilsim_scheduler::event::{ObjectKind, ThreadEnd, ThreadId};

/// Numbers of one thread.
#[derive(Clone, PartialEq, Debug)]
pub struct ThreadSummary {
    /// The thread.
    pub thread: ThreadId,
    /// Its interpreter's number.
    pub interpreter: u32,
    /// Its name, as the program last gave it.
    pub name: String,
    /// Whether it is a daemon.
    pub daemon: bool,
    /// Virtual time of its creation.
    pub created_ns: u64,
    /// How it ended, `None` if it was alive at the end of the run.
    pub end: Option<ThreadEnd>,
    /// The numbers.
    pub numbers: Numbers,
}

/// Numbers of threads beyond the number kept one by one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Others {
    /// How many.
    pub threads: u64,
    /// Their numbers, added up.
    pub numbers: Numbers,
}

/// Numbers of one interpreter's GIL.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GilSummary {
    /// Interpreter number.
    pub interpreter: u32,
    /// Time it was held.
    pub busy_ns: u64,
    /// Time it was free; both add up to the known time of the run.
    pub free_ns: u64,
    /// Takes.
    pub holds: u64,
    /// Takes by another thread than the holder before.
    pub switches: u64,
    /// Those of them that followed a drop on request (2.7: the end of the ticks).
    pub switches_forced: u64,
    /// Drop requests.
    pub requests: u64,
    /// Longest hold.
    pub longest_hold_ns: u64,
    /// Longest wait that ended in a take.
    pub longest_wait_ns: u64,
}

impl GilSummary {
    /// Share of time it was held, in millionths.
    pub fn utilisation_ppm(&self) -> u64 {
        ratio_ppm(self.busy_ns, self.busy_ns.saturating_add(self.free_ns)).unwrap_or(0)
    }

    /// Switches per virtual second, in thousandths.
    pub fn switches_per_second_milli(&self) -> u64 {
        let total_ns = u128::from(self.busy_ns) + u128::from(self.free_ns);
        match total_ns {
            0 => 0,
            _ => u64::try_from(u128::from(self.switches) * 1_000_000_000_000 / total_ns).unwrap_or(u64::MAX),
        }
    }
}

/// Numbers of one lock or queue.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LockSummary {
    /// Object number, in order of first use.
    pub object: u32,
    /// Interpreter number.
    pub interpreter: u32,
    /// Kind, if the run told it.
    pub kind: Option<ObjectKind>,
    /// A name guessed from where it was made.
    pub name: Option<String>,
    /// Acquisitions, nested ones included.
    pub acquisitions: u64,
    /// Acquisitions that had to wait.
    pub contended: u64,
    /// Times a thread blocked on it.
    pub waits: u64,
    /// Time spent waiting, all threads together.
    pub waited_ns: u64,
    /// Longest wait.
    pub longest_wait_ns: u64,
    /// Most threads waiting at once.
    pub waiters_max: u32,
    /// Time it was held.
    pub held_ns: u64,
    /// Most items at once, of a queue.
    pub items_max: u32,
}

/// The numbers of a run.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Summary {
    /// Virtual time at the end of the run.
    pub end_ns: u64,
    /// Virtual time up to which events are known (earlier than the end if a recording was cut).
    pub known_ns: u64,
    /// Events heard.
    pub events: u64,
    /// Threads in order of creation.
    pub threads: Vec<ThreadSummary>,
    /// Threads beyond those.
    pub others: Others,
    /// GILs by interpreter; empty where there is none.
    pub gils: Vec<GilSummary>,
    /// Locks and queues in order of first use.
    pub locks: Vec<LockSummary>,
    /// Objects beyond those.
    pub locks_not_followed: u64,
    /// Whether threads ran without a GIL.
    pub free_threaded: bool,
}

impl Summary {
    /// All threads, those beyond the ones kept included.
    pub fn thread_count(&self) -> u64 {
        self.threads.len() as u64 + self.others.threads
    }

    /// Name of a thread.
    pub fn thread_name(&self, thread: ThreadId) -> String {
        let known = self.threads.binary_search_by_key(&thread, |summary| summary.thread);
        known.map_or_else(|_| format!("thread {}", thread.0), |index| self.threads[index].name.clone())
    }

    /// Name of a lock or queue: the guessed one, or its kind and number.
    pub fn object_name(&self, object: Option<u32>) -> String {
        let summary = object.and_then(|number| self.locks.get(number as usize));
        match (summary.and_then(|lock| lock.name.clone()), summary.and_then(|lock| lock.kind), object) {
            (Some(name), _, _) => name,
            (None, Some(kind), Some(number)) => format!("{} {number}", crate::recording::object_kind_word(kind)),
            (None, None, Some(number)) => format!("object {number}"),
            (None, _, None) => "an object".to_owned(),
        }
    }

    /// Jain's fairness index in millionths over the threads that competed for the GIL: of the time each could have
    /// run (running or wanting the GIL), the share it got. 1,000,000 is perfectly fair, 1/n is one thread getting
    /// everything. `None` with fewer than two such threads.
    pub fn fairness_ppm(&self) -> Option<u64> {
        let shares: Vec<u128> = self
            .threads
            .iter()
            .filter(|thread| thread.numbers.gil_waits.count() > 0)
            .filter_map(|thread| {
                let run = thread.numbers.time_ns(State::Running);
                ratio_ppm(run, run.saturating_add(thread.numbers.time_ns(State::WantsGil)))
            })
            .map(u128::from)
            .collect();
        let sum: u128 = shares.iter().sum();
        let squares: u128 = shares.iter().map(|share| share * share).sum();
        match (shares.len(), squares) {
            (0 | 1, _) | (_, 0) => None,
            (count, squares) => u64::try_from(sum * sum * 1_000_000 / (count as u128 * squares)).ok(),
        }
    }
}

/// `part / whole` in millionths.
fn ratio_ppm(part: u64, whole: u64) -> Option<u64> {
    match whole {
        0 => None,
        _ => u64::try_from(u128::from(part) * 1_000_000 / u128::from(whole)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(runs_and_wants: &[(u64, u64)]) -> Summary {
        let thread = |(number, (run, want)): (usize, &(u64, u64))| {
            let mut numbers = Numbers::default();
            numbers.state_ns[State::Running.index()] = *run;
            numbers.state_ns[State::WantsGil.index()] = *want;
            if *want > 0 {
                numbers.gil_waits.add(*want);
            }
            ThreadSummary {
                thread: ThreadId(number as u32),
                interpreter: 0,
                name: String::new(),
                daemon: false,
                created_ns: 0,
                end: None,
                numbers,
            }
        };
        Summary { threads: runs_and_wants.iter().enumerate().map(thread).collect(), ..Summary::default() }
    }

    /// Time run and time wanted of each thread, and the index.
    type Row = (&'static [(u64, u64)], Option<u64>);

    #[test]
    fn fairness_is_one_for_equal_shares_and_one_over_n_for_a_winner() {
        let table: [Row; 5] = [
            (&[], None),
            (&[(5, 5)], None),
            (&[(50, 50), (20, 20), (7, 0)], Some(1_000_000)),
            (&[(1_000_000_000, 1), (0, 1_000_000_000)], Some(500_000)),
            (&[(3, 1), (1, 3)], Some(800_000)),
        ];
        for (numbers, expected) in table {
            assert_eq!(summary(numbers).fairness_ppm(), expected, "{numbers:?}");
        }
    }

    #[test]
    fn rates_are_whole_numbers() {
        let gil = GilSummary { busy_ns: 3_000_000, free_ns: 1_000_000, switches: 10, ..GilSummary::default() };
        assert_eq!((gil.utilisation_ppm(), gil.switches_per_second_milli()), (750_000, 2_500_000));
        assert_eq!(GilSummary::default().switches_per_second_milli(), 0);
    }
}
