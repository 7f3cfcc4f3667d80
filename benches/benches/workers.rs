//! The reduction by several workers beside that by one: the same counts, and how much faster.
//!
//!     cargo bench -p gilsim-benches --bench workers -- [--repeat=20] [--workers=1,2,4] FOLDER_OR_FILES
//!
//! Searches each program by one worker as `gilsim explore` does, and by so many workers from the first execution on,
//! so often. Each line has the classes, the least time of one worker, and for each number of workers how many times less
//! their least time was, by the clock, and behind a colon how many times more processor time they took together at least,
//! which shows what is lost between them when the host has other work. The last line says how many searches counted
//! otherwise (status 1). Programs with more than 200,000 classes are given up.

use gilsim_benches::{files, origin, processor_s};
use gilsim_explore::explore::until_nothing_is_learned;
use gilsim_explore::machine::Machine;
use gilsim_explore::search::dpor::{self, Counts, Verdict};
use gilsim_explore::search::parallel::{self, Pace};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EXECUTIONS_MAX: u64 = 200_000;
const STEPS_MAX: usize = 20_000;

/// What the argument of this name says.
fn argument(name: &str) -> Option<String> {
    std::env::args().find_map(|argument| Some(argument.strip_prefix(name)?.to_owned()))
}

/// The counts of a search by one worker, and the machine it began with, which knows all that can be learned.
fn alone(origin: &Machine) -> Option<(Machine, Counts)> {
    until_nothing_is_learned(origin, |machine| {
        let start = machine.clone();
        let mut left = EXECUTIONS_MAX;
        let (finished, counts) = dpor::explore(machine, STEPS_MAX, &mut |machine, _| {
            left -= 1;
            if machine.knowledge.changed || left == 0 { Verdict::Stop } else { Verdict::GoOn }
        });
        finished.then_some((start, counts))
    })
}

fn by_workers(start: &Machine, workers: usize) -> Counts {
    let visit = |(): &mut (), _: &Machine, _: &_| Verdict::GoOn;
    let done = parallel::resume(start, STEPS_MAX, &[], vec![(); workers], visit, &mut |_| Pace::Idle);
    done.iter().fold(Counts::default(), |sum, (counts, ..)| sum.and(*counts))
}

/// Seconds by the clock, and of the processor.
#[derive(Clone, Copy)]
struct Time {
    clock_s: f64,
    processor_s: f64,
}

impl Time {
    const LONGEST: Time = Time { clock_s: f64::INFINITY, processor_s: f64::INFINITY };

    /// The lesser of each.
    fn min(self, other: Time) -> Time {
        Time { clock_s: self.clock_s.min(other.clock_s), processor_s: self.processor_s.min(other.processor_s) }
    }
}

#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a benchmark measures the host's time")]
fn time(search: impl FnOnce()) -> Time {
    let (started, before_s) = (std::time::Instant::now(), processor_s());
    search();
    Time { clock_s: started.elapsed().as_secs_f64(), processor_s: processor_s() - before_s }
}

fn main() -> ExitCode {
    let repeat = argument("--repeat=").and_then(|number| number.parse().ok()).unwrap_or(20_u32);
    let numbers = argument("--workers=").unwrap_or("1,2,4".to_owned());
    let workers: Vec<usize> = numbers.split(',').filter_map(|number| number.parse().ok()).collect();
    println!("{:<28} {:>8} {:>9}  times faster by {numbers} workers", "program", "classes", "seconds");
    let (mut wrong, mut searches) = (0, 0);
    for path in files() {
        let Some((start, right)) = alone(&origin(&path)) else { continue };
        let (mut one, mut many) = (Time::LONGEST, vec![Time::LONGEST; workers.len()]);
        for _ in 0..repeat {
            let mut machine = start.clone();
            one = one.min(time(|| {
                dpor::explore(&mut machine, STEPS_MAX, &mut |_, _| Verdict::GoOn);
            }));
            for (workers, least) in workers.iter().zip(&mut many) {
                let mut counts = Counts::default();
                *least = least.min(time(|| counts = by_workers(&start, *workers)));
                searches += 1;
                if counts != right {
                    println!("    {workers} workers: {counts:?} instead of {right:?}");
                    wrong += 1;
                }
            }
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let faster = |many: &Time| one.clock_s / many.clock_s;
        let costs = |many: &Time| many.processor_s / one.processor_s;
        let times: Vec<String> = many.iter().map(|many| format!("{:.2}:{:.2}", faster(many), costs(many))).collect();
        println!("{name:<28} {:>8} {:>9.4}  {}", right.executions, one.clock_s, times.join("  "));
    }
    println!("{wrong} of {searches} searches by workers counted otherwise than one");
    ExitCode::from(u8::from(wrong > 0))
}
