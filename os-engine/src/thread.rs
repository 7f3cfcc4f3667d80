//! The life of one thread: it takes the GIL, executes, lets go when it is asked to or has to wait, and ends.

use crate::effects::{self, Performed};
use crate::gil::Letting;
use crate::operation::Operation;
use crate::world::{Machine, World};
use crate::{Ended, waiting};
use gilsim_scheduler::sync::WaitPlace;
use gilsim_vm::interp::Step;
use gilsim_vm::value::{ThreadId, Value};
use parking_lot::MutexGuard;
use std::io;
use std::sync::Arc;

/// Stack of an OS thread, in bytes: imports compile, and the compiler descends into nested programs. Address space only.
const STACK_BYTES: usize = 16 << 20;

/// Begins the OS thread of a thread whose frames are made.
pub fn start(world: &Arc<World>, thread: ThreadId) -> io::Result<()> {
    let shared = Arc::clone(world);
    let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
    let os_thread = builder.spawn(move || {
        let end_if_panicking = EndIfPanicking(&shared);
        live(&shared, thread);
        drop(end_if_panicking);
    })?;
    world.os_threads.lock().push(os_thread);
    Ok(())
}

/// A thread that panics is a defect; the others must not wait for it.
struct EndIfPanicking<'a>(&'a World);

impl Drop for EndIfPanicking<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.end(Ended::Deadlock);
        }
    }
}

/// From the first take of the GIL to the end. Returns early when the run is over.
fn live(world: &Arc<World>, thread: ThreadId) {
    let Some(mut machine) = take(world, thread) else { return };
    while !world.is_over() {
        if machine.must_stop(thread) {
            return end(world, machine, thread);
        }
        let step = match machine.execute(thread, world.gil.stops_at_checks(), &world.config, world.elapsed_ns()) {
            Ok(step) => step,
            Err(limit) => return world.end(Ended::Limit(limit)),
        };
        let passed = match step {
            Step::EvalCheck => true,
            Step::Ran | Step::BudgetSpent | Step::Marked => machine.passed_check(thread),
            Step::Needs(effect) => {
                let performed = effects::perform(world, &mut machine, thread, *effect);
                let Some(mut back) = settle(world, machine, thread, performed) else { return };
                let passed = back.passed_check(thread);
                machine = back;
                passed
            }
            Step::Finished(value) if thread.0 == 0 => return world.end(program_end(&machine, value)),
            Step::Finished(_) | Step::Died(_) => return end(world, machine, thread),
        };
        if passed && world.gil.check(thread) {
            let Some(back) = without_gil(world, machine, thread, Letting::OnRequest, || ()) else { return };
            machine = back.0;
        }
    }
}

type Held<'a> = MutexGuard<'a, Machine>;

fn take(world: &World, thread: ThreadId) -> Option<Held<'_>> {
    world.gil.take(thread).then(|| world.machine.lock())
}

/// Lets go of the GIL, acts, and takes it again; `None` when the run is over.
fn without_gil<'a, T>(
    world: &'a World,
    machine: Held<'a>,
    thread: ThreadId,
    letting: Letting,
    act: impl FnOnce() -> T,
) -> Option<(Held<'a>, T)> {
    drop(machine);
    world.gil.drop(thread, letting);
    let done = act();
    take(world, thread).map(|machine| (machine, done))
}

/// Gives an instruction its reply, after whatever has to be waited for.
fn settle<'a>(
    world: &'a Arc<World>,
    mut machine: Held<'a>,
    thread: ThreadId,
    mut performed: Performed,
) -> Option<Held<'a>> {
    loop {
        match performed {
            Performed::Over => return None,
            Performed::Reply(reply) => {
                machine.reply(thread, reply);
                return Some(machine);
            }
            Performed::Wait(operation) => {
                let act = || operation.wait(world, thread);
                let (back, succeeded) = without_gil(world, machine, thread, Letting::ToWait, act)?;
                machine = back;
                if machine.must_stop(thread) {
                    // Whatever it waited for, nobody will see the reply.
                    return Some(machine);
                }
                performed = Operation::finish(operation, world, &mut machine, thread, succeeded);
            }
        }
    }
}

fn program_end(machine: &Machine, value: Value) -> Ended {
    let Value::Int(exit) = value else { unreachable!("the main thread ends with an exit status") };
    match machine.uncaught.clone() {
        Some(uncaught) => Ended::Uncaught(exit as i32, uncaught),
        None => Ended::Finished(exit as i32),
    }
}

/// A thread other than the main thread ends.
fn end(world: &World, mut machine: Held<'_>, thread: ThreadId) {
    machine.bury(thread);
    drop(machine);
    world.gil.drop(thread, Letting::Last);
    let mut waiting: MutexGuard<'_, waiting::Waiting> = world.waiting.lock();
    waiting.live -= 1;
    waiting.not_daemons.remove(&thread);
    waiting.ended.insert(thread);
    waiting.wake_all(WaitPlace::Thread(thread));
    if waiting.is_deadlock() {
        world.end_with(&mut waiting, Ended::Deadlock);
    }
}
