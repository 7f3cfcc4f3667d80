//! Why an execution failed: the known pattern that its steps fit.
//!
//! Patterns are looked for in the easiest failing execution, the most telling one first. A pattern is a conjecture about
//! the cause, not a proof: the execution itself is what happened.

use crate::report::{Kind, Step, Stuck};
use crate::story::{RESUMED, STEPS_OF_CIRCLE};
use gilsim_vm::value::ThreadId;

/// A known pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pattern {
    /// A value is read, changed by another thread, and overwritten with what was computed from the old one.
    LostUpdate,
    /// A decision is based on something that another thread changes before it is carried out.
    CheckThenAct,
    /// An object can be seen by others before it is complete.
    PublishBeforeInit,
    /// Something is read before it is written, and nothing makes the reader wait.
    UnorderedAccess,
    /// Threads take locks in different orders and wait for each other.
    LockOrder,
    /// A thread waits for a lock that it holds itself.
    SelfDeadlock,
    /// A notification or signal came before the wait, or went to another thread.
    LostWakeup,
    /// Tasks wait for tasks that have no thread to run in.
    PoolExhausted,
    /// A thread waits for something that nobody will do any more.
    NeverComes,
    /// Threads ask again and again for what will not be.
    Circle,
}

impl Pattern {
    /// The code in reports.
    pub fn code(self) -> &'static str {
        match self {
            Pattern::LostUpdate => "LOST-UPDATE",
            Pattern::CheckThenAct => "CHECK-THEN-ACT",
            Pattern::PublishBeforeInit => "PUBLISH-BEFORE-INIT",
            Pattern::UnorderedAccess => "UNORDERED-ACCESS",
            Pattern::LockOrder => "LOCK-ORDER",
            Pattern::SelfDeadlock => "SELF-DEADLOCK",
            Pattern::LostWakeup => "LOST-WAKEUP",
            Pattern::PoolExhausted => "POOL-EXHAUSTED",
            Pattern::NeverComes => "WAITS-FOR-EVER",
            Pattern::Circle => "LIVELOCK",
        }
    }

    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Pattern::LostUpdate => "read and write under one lock",
            Pattern::CheckThenAct => "test and act under one lock, or use one operation that does both",
            Pattern::PublishBeforeInit => "make the object complete before others can see it",
            Pattern::UnorderedAccess => "make the reader wait: join the thread, or use an event, a queue or a lock",
            Pattern::LockOrder => "take the locks in the same order everywhere",
            Pattern::SelfDeadlock => "use an RLock, or do not take the lock a second time",
            Pattern::LostWakeup => {
                "set the state under the lock, test it in a `while` around wait(), and notify everyone whom it may concern"
            }
            Pattern::PoolExhausted => "do not wait inside a task for another task of the same pool",
            Pattern::NeverComes => "make sure that somebody always wakes it",
            Pattern::Circle => "wait for it instead of asking again and again, and let one thread go first",
        }
    }
}

/// A pattern and the steps that show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cause {
    /// The pattern.
    pub pattern: Pattern,
    /// The place or objects concerned.
    pub place: String,
    /// Indices of the steps that matter.
    pub steps: Vec<usize>,
}

/// The pattern that a failing execution fits.
pub fn find(kind: &Kind, steps: &[Step], stuck: &[Stuck]) -> Option<Cause> {
    match kind {
        Kind::Deadlock => deadlock(steps, stuck),
        Kind::Livelock { threads } => circling(steps, threads),
        Kind::Exception { .. } | Kind::ThreadException { .. } => stale_after_wait(steps)
            .or_else(|| lost_update(steps))
            .or_else(|| published(steps))
            .or_else(|| check_then_act(steps, looks))
            .or_else(|| overwritten(steps))
            .or_else(|| early_read(steps))
            .or_else(|| check_then_act(steps, asks))
            .or_else(|| last_read(steps))
            .or_else(|| check_then_act(steps, synchronises)),
        Kind::Output { .. } => lost_update(steps).or_else(|| published(steps)),
        Kind::NotSerial(_) => lost_update(steps).or_else(|| published(steps)).or_else(|| {
            let checks: [fn(&Step) -> bool; 3] = [looks, asks, synchronises];
            checks.into_iter().find_map(|is_check| check_then_act(steps, is_check))
        }),
    }
}

/// The last steps of the threads that go on, and what they asked for at last.
fn circling(steps: &[Step], threads: &[ThreadId]) -> Option<Cause> {
    let of_circle = |step: &Step| threads.contains(&step.thread);
    let mut last: Vec<usize> =
        (0..steps.len()).rev().filter(|at| of_circle(&steps[*at])).take(STEPS_OF_CIRCLE).collect();
    last.reverse();
    let asked = |how: &dyn Fn(&Step) -> bool| last.iter().rev().map(|at| &steps[*at]).find(|step| how(step));
    let asked = asked(&|step| reads(step) && tests(step)).or_else(|| asked(&|step| reads(step) || synchronises(step)));
    Some(cause(Pattern::Circle, asked.map_or("", |step| &step.object), last))
}

fn deadlock(steps: &[Step], stuck: &[Stuck]) -> Option<Cause> {
    let last_of = |thread: ThreadId| steps.iter().rposition(|step| step.thread == thread);
    let involved = |threads: &[ThreadId]| threads.iter().filter_map(|thread| last_of(*thread)).collect::<Vec<_>>();
    if let Some(own) = stuck.iter().find(|stuck| stuck.what == "lock" && stuck.owner == Some(stuck.thread)) {
        return Some(cause(Pattern::SelfDeadlock, &own.object, involved(&[own.thread])));
    }
    let circle = circle(steps, stuck);
    if !circle.is_empty() {
        let place: Vec<&str> =
            stuck.iter().filter(|stuck| circle.contains(&stuck.thread)).map(|stuck| stuck.object.as_str()).collect();
        return Some(cause(Pattern::LockOrder, &place.join(", "), involved(&circle)));
    }
    let waiting = |what: &str| stuck.iter().find(|stuck| stuck.what.starts_with(what));
    if let Some(waiter) = waiting("Future.").or_else(|| waiting("wait")) {
        return Some(cause(Pattern::PoolExhausted, &waiter.object, involved(&[waiter.thread])));
    }
    if let Some(waiter) = waiting("notification").or_else(|| waiting("Event.wait")) {
        let told = steps.iter().rposition(|step| step.what.contains("notify") || step.what.contains(".set"));
        let mut matter = involved(&[waiter.thread]);
        matter.extend(told);
        matter.sort_unstable();
        return Some(cause(Pattern::LostWakeup, &waiter.object, matter));
    }
    let first = stuck.iter().find(|stuck| stuck.what != "end of")?;
    Some(cause(Pattern::NeverComes, &first.object, involved(&[first.thread])))
}

/// Who has taken a semaphore last and not given it back, besides the one who waits for it.
fn taker(steps: &[Step], waits: &Stuck) -> Option<ThreadId> {
    let acquire = waits.what.strip_suffix("acquire()")?;
    let of_it = |step: &&Step| step.object == waits.object && step.thread != waits.thread;
    let last = steps.iter().rev().filter(of_it).find(|step| step.what.contains(acquire))?;
    last.what.ends_with("acquire()").then_some(last.thread)
}

/// Threads that wait for locks or semaphores of each other in a circle.
fn circle(steps: &[Step], stuck: &[Stuck]) -> Vec<ThreadId> {
    let owner = |thread: ThreadId| {
        let waits = stuck.iter().find(|stuck| stuck.thread == thread)?;
        if waits.what == "lock" { waits.owner } else { taker(steps, waits) }
    };
    for start in stuck {
        let mut seen = vec![start.thread];
        while let Some(next) = seen.last().and_then(|last| owner(*last)) {
            if next == start.thread {
                return seen;
            }
            if seen.contains(&next) {
                break;
            }
            seen.push(next);
        }
    }
    Vec::new()
}

fn cause(pattern: Pattern, place: &str, steps: Vec<usize>) -> Cause {
    Cause { pattern, place: place.to_owned(), steps }
}

fn reads(step: &Step) -> bool {
    step.what == "reads"
}

/// Whether a read is the test of a condition: whether something is there, or a flag is set.
fn tests(step: &Step) -> bool {
    step.what == "looks into" || matches!(step.value.as_deref(), Some("None" | "True" | "False"))
}

fn writes(step: &Step) -> bool {
    step.what == "writes"
}

/// A thread looks at something, waits to be notified, and then acts on what it saw before the wait, which another has changed meanwhile.
fn stale_after_wait(steps: &[Step]) -> Option<Cause> {
    for (wait, resumed) in steps.iter().enumerate().filter(|(_, step)| step.what == RESUMED) {
        let own = |step: &Step| step.thread == resumed.thread;
        let Some(look) = steps[..wait].iter().rposition(|step| own(step) && looks(step)) else { continue };
        let same = |step: &Step| step.object == steps[look].object;
        let act = steps[wait + 1..].iter().position(|step| own(step) && same(step)).map(|at| wait + 1 + at);
        let Some(act) = act.filter(|act| writes(&steps[*act])) else { continue };
        let taken = steps[look..act].iter().rposition(|step| !own(step) && same(step) && writes(step));
        if let Some(taken) = taken {
            return Some(cause(Pattern::LostWakeup, &steps[look].object, vec![look, look + taken, wait, act]));
        }
    }
    None
}

/// Read by one thread, write by another, write by the first, all of one place.
fn lost_update(steps: &[Step]) -> Option<Cause> {
    for (first, read) in steps.iter().enumerate().filter(|(_, step)| reads(step) && !tests(step)) {
        let same = |step: &Step| step.object == read.object;
        let own = steps[first + 1..].iter().position(|step| step.thread == read.thread && same(step));
        let last = first + 1 + own.unwrap_or(steps.len());
        if !steps.get(last).is_some_and(writes) {
            continue;
        }
        let between =
            steps[first + 1..last].iter().position(|step| step.thread != read.thread && same(step) && writes(step));
        if let Some(between) = between {
            return Some(cause(Pattern::LostUpdate, &read.object, vec![first, first + 1 + between, last]));
        }
    }
    None
}

/// A place is written by one thread and read by another, which then reads something that the first has yet to write.
fn published(steps: &[Step]) -> Option<Cause> {
    for (at, publish) in steps.iter().enumerate().filter(|(_, step)| writes(step)) {
        for (late, init) in steps.iter().enumerate().skip(at + 1) {
            if !writes(init) || init.thread != publish.thread || init.object == publish.object {
                continue;
            }
            let next = |from: usize, how: &dyn Fn(&Step) -> bool| {
                steps[from..late].iter().position(|step| step.thread != publish.thread && how(step)).map(|at| from + at)
            };
            let seen = |object: &str, from: usize| next(from, &|step| reads(step) && step.object == object);
            // Who has written it itself does not miss it.
            let made = |reader: ThreadId, until: usize| {
                steps[..until].iter().any(|step| step.thread == reader && writes(step) && step.object == init.object)
            };
            if let Some(first) = seen(&publish.object, at + 1)
                && let Some(second) = seen(&init.object, first + 1)
                && !made(steps[second].thread, second)
            {
                return Some(cause(Pattern::PublishBeforeInit, &publish.object, vec![at, first, second, late]));
            }
        }
    }
    None
}

/// Whether a step looks at the program's data.
fn looks(step: &Step) -> bool {
    reads(step) || tests(step)
}

/// Whether a step asks an object of the library how it is.
fn asks(step: &Step) -> bool {
    const QUESTIONS: &[&str] = &[
        "is_set",
        "empty",
        "full",
        "qsize",
        "locked",
        "is_alive",
        "done",
        "running",
        "cancelled",
        "n_waiting",
        "broken",
    ];
    let asked = step.what.strip_suffix("()").and_then(|call| call.rsplit('.').next());
    asked.is_some_and(|name| QUESTIONS.contains(&name))
}

/// Whether a step uses a lock or another object of the library.
fn synchronises(step: &Step) -> bool {
    step.what.starts_with("calls") || step.what == "acquires"
}

/// A thread looks at something, another changes it, and the first acts on what it saw.
fn check_then_act(steps: &[Step], is_check: fn(&Step) -> bool) -> Option<Cause> {
    let changes = |step: &Step| writes(step) || step.what.starts_with("calls") || step.what == "takes from";
    for (first, check) in steps.iter().enumerate().filter(|(_, step)| is_check(step) && !step.object.is_empty()) {
        let between = steps[first + 1..]
            .iter()
            .position(|step| step.thread != check.thread && step.object == check.object && changes(step));
        let Some(between) = between.map(|between| first + 1 + between) else { continue };
        let act = steps[between + 1..].iter().position(|step| step.thread == check.thread);
        if let Some(act) = act {
            return Some(cause(Pattern::CheckThenAct, &check.object, vec![first, between, between + 1 + act]));
        }
    }
    None
}

/// A thread writes something, another overwrites it, and the first reads it as if it were its own.
fn overwritten(steps: &[Step]) -> Option<Cause> {
    for (first, own) in steps.iter().enumerate().filter(|(_, step)| writes(step)) {
        let next = |from: usize, how: &dyn Fn(&Step) -> bool| {
            let found = steps[from..].iter().position(|step| step.object == own.object && how(step));
            found.map(|found| from + found)
        };
        if let Some(between) = next(first + 1, &|step| reads(step) || writes(step))
            && steps[between].thread != own.thread
            && writes(&steps[between])
            && let Some(act) = next(between + 1, &|step| step.thread == own.thread)
            && reads(&steps[act])
        {
            return Some(cause(Pattern::CheckThenAct, &own.object, vec![first, between, act]));
        }
    }
    None
}

/// A read that comes before the write it should have waited for.
fn early_read(steps: &[Step]) -> Option<Cause> {
    for (first, read) in steps.iter().enumerate().filter(|(_, step)| reads(step)) {
        if steps[..first].iter().any(|step| writes(step) && step.object == read.object) {
            continue;
        }
        let late = steps[first + 1..]
            .iter()
            .position(|step| step.thread != read.thread && writes(step) && step.object == read.object);
        if let Some(late) = late {
            return Some(cause(Pattern::UnorderedAccess, &read.object, vec![first, first + 1 + late]));
        }
    }
    None
}

/// What was read last was not what it should have been.
fn last_read(steps: &[Step]) -> Option<Cause> {
    let read = steps.iter().rposition(reads)?;
    Some(cause(Pattern::UnorderedAccess, &steps[read].object, vec![read]))
}
