//! The reduction by several workers beside that by one: the same counts, and how much faster.
//!
//!     cargo bench -p gilsim-benches --bench workers -- [--repeat=20] [--workers=1,2,4] FOLDER_OR_FILES
//!
//! So often, in turn: searches each program by one worker as `gilsim explore` does; by two workers that know nothing of
//! each other, each the whole; and by so many workers together from the first execution on. Each line has the classes and
//! the least time of one worker; then medians of the ratios of neighbours in time: how many times as much two *apart* get
//! done, which is what this host can give; how many times faster so many workers are; and behind a colon how many times
//! more processor time they take. The last line says how many searches counted otherwise (status 1). Programs with more
//! than 200,000 classes are given up.

use gilsim_benches::{files, origin, processor_s};
use gilsim_explore::explore::until_nothing_is_learned;
use gilsim_explore::machine::Machine;
use gilsim_explore::search::dpor::{self, Counts, Verdict};
use gilsim_explore::search::parallel::{self, Pace};
use gilsim_explore::search::tree::Tree;
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
    let tree = Tree::of_frames(&[]);
    let (done, _) = parallel::resume(start, STEPS_MAX, tree, vec![(); workers], visit, &mut |_| Pace::Idle);
    done.iter().fold(Counts::default(), |sum, (counts, ..)| sum.and(*counts))
}

/// Two searches at once, with nothing in common.
fn apart(start: &Machine) {
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| dpor::explore(&mut start.unshared(), STEPS_MAX, &mut |_, _| Verdict::GoOn));
        }
    });
}

/// Seconds by the clock, and of the processor.
#[derive(Clone, Copy)]
struct Time {
    clock_s: f64,
    processor_s: f64,
}

#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a benchmark measures the host's time")]
fn time(search: impl FnOnce()) -> Time {
    let (started, before_s) = (std::time::Instant::now(), processor_s());
    search();
    Time { clock_s: started.elapsed().as_secs_f64(), processor_s: processor_s() - before_s }
}

/// What was measured of one program.
struct Measured {
    least_s: f64,
    /// By two apart: how many times as much was done.
    apart: Vec<f64>,
    /// For each number of workers: how many times faster they were, and how many times more processor time they took.
    together: Vec<(Vec<f64>, Vec<f64>)>,
    /// Searches that counted otherwise.
    wrong: u32,
}

fn measure(start: &Machine, right: Counts, repeat: u32, workers: &[usize]) -> Measured {
    let together = vec![(Vec::new(), Vec::new()); workers.len()];
    let mut measured = Measured { least_s: f64::INFINITY, apart: Vec::new(), together, wrong: 0 };
    for _ in 0..repeat {
        let mut machine = start.clone();
        let one = time(|| {
            dpor::explore(&mut machine, STEPS_MAX, &mut |_, _| Verdict::GoOn);
        });
        measured.least_s = measured.least_s.min(one.clock_s);
        measured.apart.push(2.0 * one.clock_s / time(|| apart(start)).clock_s);
        for (workers, (faster, dearer)) in workers.iter().zip(&mut measured.together) {
            let mut counts = Counts::default();
            let many = time(|| counts = by_workers(start, *workers));
            faster.push(one.clock_s / many.clock_s);
            dearer.push(many.processor_s / one.processor_s);
            if counts != right {
                println!("    {workers} workers: {counts:?} instead of {right:?}");
                measured.wrong += 1;
            }
        }
    }
    measured
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() -> ExitCode {
    let repeat = argument("--repeat=").and_then(|number| number.parse().ok()).unwrap_or(20_u32).max(1);
    let numbers = argument("--workers=").unwrap_or("1,2,4".to_owned());
    let workers: Vec<usize> = numbers.split(',').filter_map(|number| number.parse().ok()).collect();
    println!("{:<28} {:>8} {:>9} {:>6}  times faster by {numbers} workers", "program", "classes", "seconds", "apart");
    let (mut wrong, mut searches) = (0, 0);
    for path in files() {
        let Some((start, right)) = alone(&origin(&path)) else { continue };
        let mut measured = measure(&start, right, repeat, &workers);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let together = measured.together.iter_mut();
        let times: Vec<String> =
            together.map(|(faster, dearer)| format!("{:.2}:{:.2}", median(faster), median(dearer))).collect();
        let (least_s, apart) = (measured.least_s, median(&mut measured.apart));
        println!("{name:<28} {:>8} {least_s:>9.4} {apart:>6.2}  {}", right.executions, times.join("  "));
        wrong += measured.wrong;
        searches += repeat * workers.len() as u32;
    }
    println!("{wrong} of {searches} searches by workers counted otherwise than one");
    ExitCode::from(u8::from(wrong > 0))
}
