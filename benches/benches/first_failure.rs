//! How many random executions each strategy makes until a program fails: the median over 100 seeds.
//!
//!     cargo bench -p gilsim-benches --bench first_failure -- philosophers.py folder
//!
//! All executions count, also those that show which places are shared. A dash: the median is above 200. Every failure
//! is replayed from its schedule.

use gilsim_benches::{files, origin};
use gilsim_explore::explore::{failure_of, record_with};
use gilsim_explore::machine::Machine;
use gilsim_explore::schedule::replay::{Guide, replay};
use gilsim_explore::search::sample::Sampler;
use gilsim_explore::strategy::{NAMED, by_name};
use std::path::Path;

const SEEDS: u64 = 100;
const EXECUTIONS_MAX: u64 = 200;
const STEPS_MAX: usize = 20_000;

/// Executions until the first that fails.
fn first(origin: &Machine, name: &str, seed: u64) -> Option<u64> {
    let mut strategy = (by_name(name)?.make)(seed);
    let mut sampler = Sampler::new(origin.clone(), STEPS_MAX);
    while sampler.executions() < EXECUTIONS_MAX {
        let found = sampler.execute(&mut *strategy, |machine, schedule| {
            let failed = failure_of(machine).is_some() && !machine.knowledge.changed;
            failed.then(|| (machine.knowledge.clone(), schedule.to_vec()))
        });
        if let Some((knowledge, schedule)) = found {
            let recorded = record_with(origin, knowledge, &schedule).expect("it can be repeated");
            let replayed = replay(origin, Guide::Schedule(&recorded)).expect("the schedule fits");
            assert!(failure_of(&replayed.machine).is_some(), "it fails again");
            return Some(sampler.executions());
        }
    }
    None
}

fn median(path: &Path, name: &'static str) -> Option<u64> {
    let origin = origin(path);
    let mut counts: Vec<u64> = (0..SEEDS).map(|seed| first(&origin, name, seed).unwrap_or(u64::MAX)).collect();
    counts.sort_unstable();
    Some(counts[counts.len() / 2]).filter(|count| *count <= EXECUTIONS_MAX)
}

fn main() {
    let names: Vec<&'static str> = NAMED.iter().map(|named| named.name).collect();
    println!("{:<32} {}", "program", names.iter().map(|name| format!("{name:>9}")).collect::<String>());
    for path in files() {
        let medians = names.iter().map(|name| median(&path, name).map_or("-".to_owned(), |count| count.to_string()));
        let columns: String = medians.map(|count| format!("{count:>9}")).collect();
        println!("{:<32} {columns}", path.file_stem().unwrap_or_default().to_string_lossy());
    }
}
