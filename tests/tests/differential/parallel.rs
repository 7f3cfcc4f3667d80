//! A map over independent pieces of work, on all cores of the machine; results in the order of the input.

use std::sync::Mutex;
use std::thread::Builder;

/// Stack of a worker: native recursion of an unoptimised build needs more than the default of a thread.
const STACK_BYTES: usize = 64 << 20;

/// Applies a function to every item.
pub fn map<T: Send, R: Send>(items: Vec<T>, apply: impl Fn(T) -> R + Sync) -> Vec<R> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    let work = Mutex::new(items.into_iter().zip(&mut results));
    std::thread::scope(|scope| {
        let run = || {
            loop {
                let next = work.lock().expect("no worker panics while it holds the lock").next();
                let Some((item, place)) = next else { break };
                *place = Some(apply(item));
            }
        };
        for _ in 0..workers {
            Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, run).expect("a worker starts");
        }
    });
    results.into_iter().map(|result| result.expect("every item was worked on")).collect()
}
