//! What happens to a thread without the GIL: operations begin, block, are woken, time out, are done.

use super::Driver;
use crate::choice::{ChoiceKind, Strategy};
use crate::chronicle::Cause;
use crate::config::StdoutMode;
use crate::event::{EventId, EventKind, Limit, Observer, WakeCause, interest};
use crate::jitter::Latency;
use crate::profile::QueueRule;
use crate::sync::WaitPlace;
use crate::threads::{Burst, BurstClock, BurstEnd, Next, OnTake, Operation, State};
use crate::timers::Due;
use gilsim_vm::effect::{Reply, Stream};
use gilsim_vm::value::ThreadId;

/// From so many threads on it matters what a blocked one keeps.
const MANY_THREADS: u32 = 1_000;

impl<S: Strategy, O: Observer> Driver<'_, S, O> {
    /// Begins an operation, or tries it again after a wake-up.
    pub fn begin(&mut self, thread: ThreadId, operation: Operation) {
        match operation {
            Operation::Acquire { lock, depth, tried_ns, .. } => {
                if self.lock_is_free(thread, lock) {
                    self.grab(thread, lock, depth, tried_ns);
                    self.done(thread, OnTake::Reply(Reply::Bool(true)));
                } else {
                    self.wait_in_queue(thread, operation);
                }
            }
            Operation::Get { queue, handed: true, .. } => {
                self.tell_handed(thread, queue);
                self.want_gil(thread);
            }
            Operation::Get { queue, deadline_ns, .. } => {
                let competes = self.sim.config.profile.queue == QueueRule::Compete;
                if competes && !self.sim.interpreter_of(thread).vm.simple_queue(queue).items.is_empty() {
                    self.done(thread, OnTake::GetAgain { queue, deadline_ns });
                } else {
                    self.wait_in_queue(thread, operation);
                }
            }
            Operation::Join { target, at_exit, .. } => {
                if self.sim.thread(target).joinable {
                    self.done(thread, OnTake::Joined { target, at_exit });
                } else {
                    self.wait_in_queue(thread, operation);
                }
            }
            Operation::Sleep { until_ns } => self.block_until(thread, operation, until_ns),
            Operation::JoinSystemThread { .. } => {
                let duration_ns = self.sim.config.latencies.call_ns;
                self.block_for(thread, operation, duration_ns);
            }
            Operation::Call { duration_ns, .. } => self.block_for(thread, operation, duration_ns),
            Operation::Write { .. } => self.begin_write(thread, operation),
            Operation::Compute { cost_ns } => self.begin_compute(thread, operation, cost_ns),
        }
    }

    /// The operation is over; the thread wants the GIL, and then this.
    fn done(&mut self, thread: ThreadId, then: OnTake) {
        self.sim.thread_mut(thread).on_take = Some(then);
        self.want_gil(thread);
    }

    fn wait_in_queue(&mut self, thread: ThreadId, operation: Operation) {
        let now_ns = self.sim.now_ns;
        if operation.deadline_ns().is_some_and(|deadline_ns| deadline_ns <= now_ns) {
            return self.give_up(thread, &operation);
        }
        if !self.queues_before_drop(&operation) {
            let place = operation.place().expect("the operation has a queue");
            self.sim.interpreter_of_mut(thread).waits.push(place, thread);
        }
        let deadline_ns = operation.deadline_ns();
        self.block(thread, operation, deadline_ns);
        if let Some(deadline_ns) = deadline_ns {
            let late_ns = self.latency_ns(Latency::TimedWait);
            self.set_timer(thread, deadline_ns.saturating_add(late_ns), Due::Deadline);
        }
    }

    /// Whether a thread stands in the queue for this operation already when it lets go of the GIL.
    pub fn queues_before_drop(&self, operation: &Operation) -> bool {
        matches!(operation, Operation::Get { .. }) && self.sim.config.profile.queue == QueueRule::HandOff
    }

    fn block_for(&mut self, thread: ThreadId, operation: Operation, duration_ns: u64) {
        let until_ns = self.sim.now_ns.saturating_add(duration_ns);
        self.block_until(thread, operation, until_ns);
    }

    fn block_until(&mut self, thread: ThreadId, operation: Operation, until_ns: u64) {
        let until_ns = until_ns.max(self.sim.now_ns);
        self.block(thread, operation, Some(until_ns));
        self.set_timer(thread, until_ns, Due::Done);
    }

    fn block(&mut self, thread: ThreadId, operation: Operation, deadline_ns: Option<u64>) {
        if let Some(WaitPlace::Lock(object) | WaitPlace::Queue(object)) = operation.place() {
            self.introduce(interest::WAIT, thread, object);
        }
        let reason = operation.reason(self.owner(thread, &operation));
        let by = self.sim.chronicle.take(Cause::Waker(thread));
        self.tell(Some(thread), EventKind::Block { reason, deadline_ns }, by);
        let since_ns = self.sim.now_ns;
        self.set_state(thread, State::Blocked { operation, since_ns });
        let home = self.sim.interpreter_of(thread);
        if home.live_threads >= MANY_THREADS && home.main != thread {
            self.sim.thread_mut(thread).green.shrink();
        }
    }

    fn begin_write(&mut self, thread: ThreadId, operation: Operation) {
        let Operation::Write { stream, text } = &operation else { unreachable!("called for writes") };
        let (stream, text) = (*stream, text.clone());
        let latencies = &self.sim.config.latencies;
        let duration_ns = match (stream, self.sim.config.stdout) {
            // Only as far as the C library's buffer (2.7).
            _ if text.is_empty() => latencies.call_ns,
            (Stream::Stdout, StdoutMode::Pipe) => latencies.write_pipe_ns,
            (Stream::Stdout, StdoutMode::Tty) | (Stream::Stderr, _) => latencies.write_tty_ns,
        };
        self.block_for(thread, operation, duration_ns);
        if !text.is_empty() {
            self.write(thread, stream, &text);
        }
    }

    fn write(&mut self, thread: ThreadId, stream: Stream, text: &str) {
        let left = self.sim.config.limits.output_max_bytes.saturating_sub(self.sim.output.bytes());
        let fits = text.len() as u64 <= left;
        let text = if fits { text } else { &text[..text.floor_char_boundary(left as usize)] };
        self.sim.output.push(stream, text);
        if O::INTEREST & interest::OUTPUT != 0 {
            self.tell(Some(thread), EventKind::Output { stream, text: text.to_owned() }, None);
        }
        if !fits {
            self.limit(Limit::Output);
        }
    }

    fn begin_compute(&mut self, thread: ThreadId, operation: Operation, cost_ns: u64) {
        let kind = EventKind::Block { reason: operation.reason(None), deadline_ns: None };
        self.tell(Some(thread), kind, None);
        self.charge(thread, cost_ns);
        let burst = Burst { clock: BurstClock::Left(cost_ns), end: BurstEnd::Computed };
        self.set_state(thread, State::Native { burst });
        self.enter_core(thread);
    }

    /// A sleep, system call, write or native computation is over.
    pub fn operation_done(&mut self, thread: ThreadId) {
        self.leave_core(thread);
        let (cause, then) = match &self.sim.thread(thread).state {
            State::Blocked { operation: Operation::Sleep { .. }, .. } => {
                (WakeCause::Timeout, OnTake::Reply(Reply::Done))
            }
            State::Blocked { operation: Operation::JoinSystemThread { at_exit, .. }, .. } => {
                (WakeCause::Done, OnTake::SystemThreadJoined { at_exit: *at_exit })
            }
            State::Blocked { .. } | State::Native { .. } => (WakeCause::Done, OnTake::Reply(Reply::Done)),
            _ => unreachable!("only an operation that takes time is done after it"),
        };
        self.tell_wake(thread, cause, None);
        self.done(thread, then);
    }

    /// A thread that waits in a queue has reached its deadline.
    pub fn deadline_passed(&mut self, thread: ThreadId) {
        let State::Blocked { operation, .. } = &self.sim.thread(thread).state else {
            unreachable!("only a blocked thread has a deadline");
        };
        let operation = operation.clone();
        self.tell_wake(thread, WakeCause::Timeout, None);
        self.give_up(thread, &operation);
    }

    fn give_up(&mut self, thread: ThreadId, operation: &Operation) {
        if let Some(place) = operation.place() {
            self.sim.interpreter_of_mut(thread).waits.remove(place, thread);
        }
        let reply = match operation {
            Operation::Get { .. } => Reply::TimedOut,
            _ => Reply::Bool(false),
        };
        if let Operation::Join { target, .. } = operation {
            self.tell(Some(thread), EventKind::ThreadJoin { target: *target, ended: false }, None);
        }
        self.done(thread, OnTake::Reply(reply));
    }

    /// The thread that a release, a put or an end wakes, if any waits there: the one that has waited longest, unless the
    /// strategy picks another. It is out of the queue then.
    pub fn pick_waiter(&mut self, by: ThreadId, place: WaitPlace, what: ChoiceKind) -> Option<ThreadId> {
        let waits = &self.sim.interpreter_of(by).waits;
        let first = waits.waiting(place).next()?;
        let picked = if self.hears_choices(what) {
            let all: Vec<ThreadId> = waits.waiting(place).collect();
            self.choose(what, &all)?
        } else {
            first
        };
        self.sim.interpreter_of_mut(by).waits.remove(place, picked);
        Some(picked)
    }

    /// Tells a blocked thread to go on; it runs after its wake latency. One that is still in its forced wait finds out
    /// by itself.
    pub fn wake(&mut self, thread: ThreadId, cause: WakeCause, by: Option<EventId>) {
        self.note(Cause::Waker(thread), by);
        if let State::Blocked { operation, since_ns } = &self.sim.thread(thread).state {
            let (operation, since_ns) = (operation.clone(), *since_ns);
            self.cancel_timer(thread);
            self.set_state(thread, State::Woken { operation, since_ns, cause });
            self.arrive_later(thread, Due::WakeArrival);
        }
    }

    /// A woken thread is awake.
    pub fn woken(&mut self, thread: ThreadId) {
        let State::Woken { operation, cause, .. } = &self.sim.thread(thread).state else {
            unreachable!("only a woken thread arrives");
        };
        let (operation, cause) = (operation.clone(), *cause);
        let by = self.sim.chronicle.take(Cause::Waker(thread));
        self.tell_wake(thread, cause, by);
        match operation {
            Operation::Acquire { lock, .. } if !self.lock_is_free(thread, lock) => {
                self.tell(Some(thread), EventKind::LockTry { lock, blocking: true }, None);
                self.begin(thread, operation);
            }
            Operation::Get { queue, deadline_ns, handed: false } => {
                self.done(thread, OnTake::GetAgain { queue, deadline_ns });
            }
            _ => self.begin(thread, operation),
        }
    }

    /// The operation a thread is about to begin or in, for changing.
    pub fn operation_mut(&mut self, thread: ThreadId) -> Option<&mut Operation> {
        match &mut self.sim.thread_mut(thread).state {
            State::Forced { next: Next::Begin(operation) }
            | State::Blocked { operation, .. }
            | State::Woken { operation, .. } => Some(operation),
            _ => None,
        }
    }
}
