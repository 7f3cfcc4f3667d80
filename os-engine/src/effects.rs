//! What instructions ask of the world, with the GIL.

use crate::Ended;
use crate::operation::Operation;
use crate::thread;
use crate::waiting::Held;
use crate::world::{Machine, Own, World};
use gilsim_scheduler::profile::{LockRule, SleepZeroRule, YieldRule};
use gilsim_scheduler::simulation::Uncaught;
use gilsim_scheduler::sync::WaitPlace;
use gilsim_vm::effect::{Clock, Effect, Refusal, Reply, Wait};
use gilsim_vm::interp::Vm;
use gilsim_vm::object::sync::{HandleState, LockKind};
use gilsim_vm::value::{ObjId, ThreadId, Value};
use rand_chacha::rand_core::RngCore;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What came of an effect.
pub enum Performed {
    /// The instruction can go on.
    Reply(Reply),
    /// The thread has to do this first, without the GIL.
    Wait(Operation),
    /// The run is over.
    Over,
}

/// Does what an instruction of the holder asks for.
pub fn perform(world: &Arc<World>, machine: &mut Machine, thread: ThreadId, effect: Effect) -> Performed {
    use Performed::{Over, Wait as Waits};
    let done = Performed::Reply(Reply::Done);
    match effect {
        Effect::Spawn { function, args, kwargs, handle, daemon } => {
            Performed::Reply(spawn(world, machine, (function, &args, &kwargs), handle, daemon))
        }
        Effect::Join { handle, wait } => join(world, machine, handle, wait),
        Effect::SetDone { handle } => {
            set_done(world, machine, handle);
            done
        }
        Effect::JoinAll => Waits(Operation::JoinAll),
        Effect::Finalize => {
            machine.finalizing = true;
            done
        }
        Effect::Acquire { lock, wait, depth } => acquire(world, machine, thread, lock, wait, depth),
        Effect::Release { lock, fully } => Performed::Reply(release(world, machine, lock, fully)),
        Effect::QueuePut { queue, item } => {
            machine.vm.simple_queue_mut(queue).items.push_back(item);
            world.waiting.lock().wake_first(WaitPlace::Queue(queue));
            done
        }
        Effect::QueueGet { queue, wait } => get(world, machine, thread, queue, wait),
        Effect::Sleep { duration_ns } => Waits(sleep(world, duration_ns)),
        Effect::YieldCpu if world.config.profile.sched_yield == YieldRule::KeepsGil => {
            std::thread::yield_now();
            done
        }
        Effect::YieldCpu => Waits(Operation::Yield),
        Effect::Write { stream, text } => Waits(Operation::Write { stream, text }),
        Effect::Native { cost_ns, drops_gil: true } => {
            Waits(Operation::Compute { duration: Duration::from_nanos(cost_ns) })
        }
        Effect::Native { cost_ns, drops_gil: false } => {
            Operation::Compute { duration: Duration::from_nanos(cost_ns) }.wait(world, thread);
            done
        }
        Effect::Uncaught { class, message } => {
            machine.uncaught = Some(Uncaught { class, message });
            done
        }
        Effect::NameThread { .. } | Effect::Mark(_) | Effect::ThreadDied { .. } => done,
        Effect::Exit(exit) => {
            world.end(Ended::Finished(exit));
            Over
        }
        Effect::Now(_)
        | Effect::Random
        | Effect::SetInterval { .. }
        | Effect::GetInterval
        | Effect::CheckInterval { .. }
        | Effect::ThreadCount => Performed::Reply(ask(world, machine, thread, &effect)),
    }
}

/// Questions and settings.
fn ask(world: &World, machine: &mut Machine, thread: ThreadId, effect: &Effect) -> Reply {
    match effect {
        Effect::Now(clock) => {
            let now_ns = match clock {
                Clock::Wall => world.config.epoch_ns.saturating_add(world.elapsed_ns()),
                Clock::Monotonic => world.elapsed_ns(),
                Clock::Process => machine.cpu_ns,
                Clock::Thread => machine.threads[thread.0 as usize].cpu_ns,
            };
            Reply::Int(i64::try_from(now_ns).unwrap_or(i64::MAX))
        }
        Effect::Random => Reply::Int(machine.random.next_u64().cast_signed()),
        Effect::SetInterval { interval_us } => {
            let interval_ns = (*interval_us).min(u64::MAX / 1000) * 1000;
            world.gil.with_model(|gil| gil.set_interval_ns(interval_ns));
            Reply::Done
        }
        Effect::GetInterval => Reply::Int((world.gil.with_model(|gil| gil.interval_ns()) / 1000).cast_signed()),
        Effect::CheckInterval { ticks } => {
            let before = machine.check_interval_ticks;
            if let Some(ticks) = ticks {
                machine.check_interval_ticks = *ticks;
                world.gil.with_model(|gil| gil.set_check_interval(*ticks));
            }
            Reply::Int(before)
        }
        _ => Reply::Int(i64::from(machine.live_threads)),
    }
}

/// When a wait that begins now is over: `Some(None)` never, `None` it must not wait at all.
fn deadline(wait: Wait) -> Option<Option<Instant>> {
    match wait {
        Wait::No | Wait::AtMost(0) => None,
        Wait::Forever => Some(None),
        Wait::AtMost(ns) => Some(Instant::now().checked_add(Duration::from_nanos(ns))),
    }
}

type Call<'a> = (Value, &'a [Value], &'a [(ObjId, Value)]);

fn spawn(world: &Arc<World>, machine: &mut Machine, call: Call<'_>, handle: ObjId, daemon: bool) -> Reply {
    let refused = || Reply::Failed(Refusal::NoThread);
    if machine.live_threads >= world.config.limits.threads_max {
        return refused();
    }
    let id = ThreadId(machine.threads.len() as u32);
    let green = machine.vm.new_thread(id, call.0, call.1, call.2);
    let state = machine.vm.thread_handle_mut(handle);
    state.thread = Some(id);
    state.state = HandleState::Running;
    machine.threads.push(Own { green, handle: Some(handle), daemon, cpu_ns: 0 });
    machine.live_threads += 1;
    let mut waiting = world.waiting.lock();
    waiting.live += 1;
    if !daemon {
        waiting.not_daemons.insert(id);
    }
    drop(waiting);
    if thread::start(world, id).is_err() {
        machine.bury(id);
        let mut waiting = world.waiting.lock();
        waiting.live -= 1;
        waiting.not_daemons.remove(&id);
        return refused();
    }
    Reply::Int(Vm::ident(id))
}

fn join(world: &World, machine: &Machine, handle: ObjId, wait: Wait) -> Performed {
    let Some(target) = machine.vm.thread_handle(handle).thread else { return Performed::Reply(Reply::Bool(true)) };
    let has_ended = world.waiting.lock().ended.contains(&target);
    match deadline(wait) {
        Some(deadline) if !has_ended => Performed::Wait(Operation::Join { target, deadline }),
        _ => Performed::Reply(Reply::Bool(has_ended)),
    }
}

fn set_done(world: &World, machine: &mut Machine, handle: ObjId) {
    let state = machine.vm.thread_handle_mut(handle);
    state.state = HandleState::Done;
    if let Some(target) = state.thread {
        let mut waiting = world.waiting.lock();
        waiting.ended.insert(target);
        waiting.wake_all(WaitPlace::Thread(target));
    }
}

fn acquire(world: &World, machine: &mut Machine, thread: ThreadId, lock: ObjId, wait: Wait, depth: u32) -> Performed {
    let state = machine.vm.lock_mut(lock);
    if state.kind == LockKind::Reentrant && state.holder == Some(thread) {
        state.depth += depth;
        return Performed::Reply(Reply::Bool(true));
    }
    let is_known_free = state.holder.is_none();
    let mut waiting = world.waiting.lock();
    if is_known_free && waiting.locks.get(&lock) == Some(&Held::Known) {
        waiting.locks.remove(&lock);
    }
    let deadline = deadline(wait);
    if world.config.profile.lock == LockRule::AlwaysReleases {
        let deadline = deadline.unwrap_or_else(|| Some(Instant::now()));
        return Performed::Wait(Operation::Acquire { lock, depth, deadline });
    }
    if waiting.claim(lock, Held::Known) {
        machine.take_lock(thread, lock, depth, world.elapsed_ns());
        return Performed::Reply(Reply::Bool(true));
    }
    match deadline {
        None => Performed::Reply(Reply::Bool(false)),
        Some(deadline) => Performed::Wait(Operation::Acquire { lock, depth, deadline }),
    }
}

fn release(world: &World, machine: &mut Machine, lock: ObjId, fully: bool) -> Reply {
    let state = machine.vm.lock_mut(lock);
    let before = state.give_back(fully);
    if state.depth == 0 {
        let mut waiting = world.waiting.lock();
        waiting.locks.remove(&lock);
        waiting.wake_first(WaitPlace::Lock(lock));
    }
    Reply::Int(i64::from(before))
}

fn get(world: &World, machine: &mut Machine, thread: ThreadId, queue: ObjId, wait: Wait) -> Performed {
    if let Some(item) = machine.vm.simple_queue_mut(queue).items.pop_front() {
        return Performed::Reply(Reply::Value(item));
    }
    match deadline(wait) {
        None => Performed::Reply(Reply::TimedOut),
        Some(deadline) => Operation::get(world, thread, queue, deadline),
    }
}

fn sleep(world: &World, duration_ns: u64) -> Operation {
    let slack = world.config.profile.sleep_zero == SleepZeroRule::SleepsForSlack;
    match duration_ns {
        0 if slack => Operation::SleepForSlack,
        0 => Operation::Yield,
        ns => Operation::Sleep { until: Instant::now().checked_add(Duration::from_nanos(ns)) },
    }
}
