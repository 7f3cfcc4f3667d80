//! What a thread does without the GIL.

use crate::Ended;
use crate::effects::Performed;
use crate::waiting::{Held, Waiting, wait};
use crate::world::{Machine, World};
use gilsim_scheduler::sync::WaitPlace;
use gilsim_vm::effect::{Reply, Stream};
use gilsim_vm::value::{ObjId, ThreadId};
use parking_lot::MutexGuard;
use std::time::{Duration, Instant};

/// One operation.
pub enum Operation {
    /// Acquire a lock.
    Acquire { lock: ObjId, depth: u32, deadline: Option<Instant> },
    /// Wait for an item of a queue, in whose line the thread stands already.
    Get { queue: ObjId, deadline: Option<Instant> },
    /// Wait for the end of a thread.
    Join { target: ThreadId, deadline: Option<Instant> },
    /// Wait for the end of all threads that keep the program alive.
    JoinAll,
    /// Sleep.
    Sleep { until: Option<Instant> },
    /// Sleep for as short as the operating system can.
    SleepForSlack,
    /// Let another thread of the operating system run.
    Yield,
    /// Write.
    Write { stream: Stream, text: String },
    /// Native code that computes.
    Compute { duration: Duration },
}

impl Operation {
    /// Does it; whether it succeeded before its deadline.
    pub fn wait(&self, world: &World, thread: ThreadId) -> bool {
        match self {
            Operation::Acquire { lock, deadline, .. } => {
                let claimed = |waiting: &mut Waiting| waiting.claim(*lock, Held::Claimed);
                wait_until(world, thread, WaitPlace::Lock(*lock), *deadline, claimed)
            }
            Operation::Get { queue, deadline } => {
                let mut waiting = world.waiting.lock();
                let is_woken = sleep(world, &mut waiting, thread, *deadline);
                waiting.queues.remove(WaitPlace::Queue(*queue), thread);
                is_woken
            }
            Operation::Join { target, deadline } => join(world, thread, *target, *deadline),
            Operation::JoinAll => loop {
                let first = world.waiting.lock().not_daemons.first().copied();
                let Some(target) = first else { break true };
                if !join(world, thread, target, None) {
                    break false;
                }
            },
            Operation::Sleep { until } => {
                sleep(world, &mut world.waiting.lock(), thread, *until);
                true
            }
            Operation::SleepForSlack => {
                std::thread::sleep(Duration::from_nanos(1));
                true
            }
            Operation::Yield => {
                std::thread::yield_now();
                true
            }
            Operation::Write { stream, text } => {
                world.write(*stream, text);
                true
            }
            Operation::Compute { duration } => {
                compute(world, *duration);
                true
            }
        }
    }

    /// The thread has the GIL again.
    pub fn finish(self, world: &World, machine: &mut Machine, thread: ThreadId, succeeded: bool) -> Performed {
        match self {
            Operation::Acquire { lock, depth, .. } => {
                if succeeded {
                    machine.take_lock(thread, lock, depth, world.elapsed_ns());
                    world.waiting.lock().locks.insert(lock, Held::Known);
                }
                Performed::Reply(Reply::Bool(succeeded))
            }
            Operation::Get { queue, deadline } => {
                let item = machine.vm.simple_queue_mut(queue).items.pop_front();
                match item {
                    Some(item) => Performed::Reply(Reply::Value(item)),
                    None if !succeeded => Performed::Reply(Reply::TimedOut),
                    None => Operation::get(world, thread, queue, deadline),
                }
            }
            Operation::Join { .. } => Performed::Reply(Reply::Bool(succeeded)),
            _ => Performed::Reply(Reply::Done),
        }
    }

    /// Stands in line for an item, with the GIL, so that no put is missed.
    pub fn get(world: &World, thread: ThreadId, queue: ObjId, deadline: Option<Instant>) -> Performed {
        world.waiting.lock().queues.push(WaitPlace::Queue(queue), thread);
        Performed::Wait(Operation::Get { queue, deadline })
    }
}

fn join(world: &World, thread: ThreadId, target: ThreadId, deadline: Option<Instant>) -> bool {
    let has_ended = |waiting: &mut Waiting| waiting.ended.contains(&target);
    wait_until(world, thread, WaitPlace::Thread(target), deadline, has_ended)
}

/// Stands in line at a place until something is so. False when the deadline has passed or the run is over.
fn wait_until(
    world: &World,
    thread: ThreadId,
    place: WaitPlace,
    deadline: Option<Instant>,
    mut is_so: impl FnMut(&mut Waiting) -> bool,
) -> bool {
    let mut waiting = world.waiting.lock();
    while !is_so(&mut waiting) {
        if waiting.over || deadline.is_some_and(|deadline| deadline <= Instant::now()) {
            return false;
        }
        waiting.queues.push(place, thread);
        sleep(world, &mut waiting, thread, deadline);
        waiting.queues.remove(place, thread);
    }
    true
}

fn sleep(world: &World, waiting: &mut MutexGuard<'_, Waiting>, thread: ThreadId, deadline: Option<Instant>) -> bool {
    wait(waiting, thread, deadline, |waiting| world.end_with(waiting, Ended::Deadlock))
}

/// Keeps a core busy.
fn compute(world: &World, duration: Duration) {
    let began = Instant::now();
    while began.elapsed() < duration && !world.is_over() {
        std::hint::spin_loop();
    }
}
