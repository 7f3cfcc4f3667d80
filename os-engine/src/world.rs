//! What the threads of a run share, and how the run ends.

use crate::gil::RealGil;
use crate::waiting::Waiting;
use crate::{Ended, Sink};
use gilsim_scheduler::config::Config;
use gilsim_scheduler::event::Limit;
use gilsim_scheduler::simulation::Uncaught;
use gilsim_vm::code::Code;
use gilsim_vm::effect::{Reply, Stream};
use gilsim_vm::interp::{Budget, GreenThread, Step, Vm};
use gilsim_vm::object::Object;
use gilsim_vm::object::sync::{HandleState, Hold};
use gilsim_vm::value::{ObjId, ThreadId};
use parking_lot::{Condvar, Mutex};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Instant;

/// After so much of costs, at most, a holder looks whether somebody has asked for the GIL.
const LOOK_EVERY_NS: u64 = 10_000;

/// One thread of the program.
pub struct Own {
    /// Frames and values.
    pub green: GreenThread,
    /// The object through which it is joined.
    pub handle: Option<ObjId>,
    /// Whether it keeps the program alive.
    pub daemon: bool,
    /// Costs of what it has executed.
    pub cpu_ns: u64,
}

/// What only the holder of the GIL touches.
pub struct Machine {
    /// Heap, code, modules.
    pub vm: Vm,
    /// All threads that ever were, by id: a collection looks into all of them.
    pub threads: Vec<Own>,
    /// Threads started and not ended, without the main thread.
    pub live_threads: u32,
    /// Daemon threads stop when they next get the GIL.
    pub finalizing: bool,
    /// What `sys.getcheckinterval()` says.
    pub check_interval_ticks: i64,
    /// For generators without a seed.
    pub random: ChaCha8Rng,
    /// The exception that left the main program.
    pub uncaught: Option<Uncaught>,
    /// Instructions executed.
    pub instructions: u64,
    /// Costs of all of them.
    pub cpu_ns: u64,
}

impl Machine {
    /// Executes some instructions of the holder.
    ///
    /// A request can come at any moment. Looks at even distances would fall on the same few instructions of a loop over and over, and see
    /// every request there; so real time decides how far it is to the next one.
    pub fn execute(
        &mut self,
        thread: ThreadId,
        stop_at_check: bool,
        config: &Config,
        now_ns: u64,
    ) -> Result<Step, Limit> {
        self.end_objects(thread);
        self.collect()?;
        let own = &mut self.threads[thread.0 as usize];
        let cost_ns = 1 + now_ns % LOOK_EVERY_NS;
        let budget = if stop_at_check { Budget::to_check(cost_ns) } else { Budget::of(cost_ns) };
        let progress = self.vm.run_until(&mut own.green, budget);
        own.cpu_ns += progress.cost_ns;
        self.cpu_ns += progress.cost_ns;
        self.instructions += progress.instructions;
        if self.instructions > config.limits.steps_max { Err(Limit::Steps) } else { Ok(progress.step) }
    }

    /// Objects that the thread's last instruction let go of may have ended: what has to be called for them becomes a frame.
    fn end_objects(&mut self, thread: ThreadId) {
        if !self.vm.is_watching() {
            return;
        }
        let green = &mut self.threads[thread.0 as usize].green;
        if self.vm.wants_check(green) {
            let by = (green.id, green.frames.len());
            let drops = std::mem::take(&mut green.drops);
            self.vm.end_objects(by, &drops, &mut self.threads.iter().map(|own| &own.green));
        }
        self.vm.start_due(&mut self.threads[thread.0 as usize].green);
    }

    /// Collects garbage if enough was allocated.
    fn collect(&mut self) -> Result<(), Limit> {
        if self.vm.wants_collection() {
            self.vm.collect(&mut self.threads.iter().map(|own| &own.green));
            if self.vm.heap_limit_reached() {
                return Err(Limit::Heap);
            }
        }
        Ok(())
    }

    /// Completes the instruction that asked for something.
    pub fn reply(&mut self, thread: ThreadId, reply: Reply) {
        self.vm.reply(&mut self.threads[thread.0 as usize].green, reply);
    }

    /// Whether the thread has passed an eval check since it was last asked.
    pub fn passed_check(&mut self, thread: ThreadId) -> bool {
        std::mem::take(&mut self.threads[thread.0 as usize].green.check_due)
    }

    /// Whether a thread that has just got the GIL is stopped instead.
    pub fn must_stop(&self, thread: ThreadId) -> bool {
        self.finalizing && thread.0 != 0 && self.threads[thread.0 as usize].daemon
    }

    /// The thread has a free lock now.
    pub fn take_lock(&mut self, thread: ThreadId, lock: ObjId, depth: u32, since_ns: u64) {
        self.vm.lock_mut(lock).take(thread, depth, Hold { since_ns, at: None });
    }

    /// A thread has no frames any more.
    pub fn bury(&mut self, thread: ThreadId) {
        let own = &mut self.threads[thread.0 as usize];
        own.green = GreenThread::new(thread);
        self.live_threads -= u32::from(thread.0 != 0);
        // The handle of a thread that nobody can join may be collected before the thread ends.
        if let Some(handle) = own.handle
            && let Object::ThreadHandle(state) = self.vm.heap.get_mut(handle)
            && state.thread == Some(thread)
        {
            state.state = HandleState::Done;
        }
    }
}

/// One run. Locks are taken in the order machine, waiting, then the others.
pub struct World {
    /// How the run is made.
    pub config: Arc<Config>,
    /// What only the holder of the GIL touches.
    pub machine: Mutex<Machine>,
    /// The GIL.
    pub gil: RealGil,
    /// Who waits for what.
    pub waiting: Mutex<Waiting>,
    /// Threads of the operating system that have been started.
    pub os_threads: Mutex<Vec<JoinHandle<()>>>,
    sink: Mutex<Sink>,
    output_bytes: AtomicU64,
    over: AtomicBool,
    ended: Mutex<Option<Ended>>,
    end_bell: Condvar,
    began: Instant,
}

impl World {
    /// A program about to begin.
    pub fn new(config: Arc<Config>, mut vm: Vm, main: &Arc<Code>, sink: Sink) -> World {
        let green = vm.main_thread(main);
        let machine = Machine {
            vm,
            threads: vec![Own { green, handle: None, daemon: false, cpu_ns: 0 }],
            live_threads: 0,
            finalizing: false,
            check_interval_ticks: config.check_interval_ticks,
            random: ChaCha8Rng::seed_from_u64(config.seed),
            uncaught: None,
            instructions: 0,
            cpu_ns: 0,
        };
        World {
            gil: RealGil::new(&config),
            machine: Mutex::new(machine),
            waiting: Mutex::new(Waiting::new()),
            os_threads: Mutex::default(),
            sink: Mutex::new(sink),
            output_bytes: AtomicU64::new(0),
            over: AtomicBool::new(false),
            ended: Mutex::new(None),
            end_bell: Condvar::new(),
            began: Instant::now(),
            config,
        }
    }

    /// Time since the start.
    pub fn elapsed_ns(&self) -> u64 {
        self.began.elapsed().as_nanos() as u64
    }

    /// Whether the run is over.
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// Writes text of the program.
    pub fn write(&self, stream: Stream, text: &str) {
        let before = self.output_bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
        let left = self.config.limits.output_max_bytes.saturating_sub(before);
        let fits = text.len() as u64 <= left;
        let text = if fits { text } else { &text[..text.floor_char_boundary(left as usize)] };
        (self.sink.lock())(stream, text);
        if !fits {
            self.end(Ended::Limit(Limit::Output));
        }
    }

    /// The run is over, if it is not already.
    pub fn end(&self, ended: Ended) {
        self.end_with(&mut self.waiting.lock(), ended);
    }

    /// The same, for one who looks at what is waited for.
    pub fn end_with(&self, waiting: &mut Waiting, ended: Ended) {
        self.ended.lock().get_or_insert(ended);
        self.over.store(true, Ordering::Relaxed);
        waiting.close();
        self.gil.close();
        self.end_bell.notify_all();
    }

    /// Waits for the end, at most until the deadline, which is one then.
    pub fn wait_for_end(&self, deadline: Option<Instant>) {
        let mut ended = self.ended.lock();
        while ended.is_none() {
            match deadline {
                None => self.end_bell.wait(&mut ended),
                Some(deadline) if self.end_bell.wait_until(&mut ended, deadline).timed_out() => {
                    drop(ended);
                    return self.end(Ended::Limit(Limit::Time));
                }
                Some(_) => {}
            }
        }
    }

    /// Waits for all threads to go away; how the run ended.
    pub fn close(&self) -> Ended {
        while let Some(os_thread) = { self.os_threads.lock().pop() } {
            if let Err(panic) = os_thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
        self.ended.lock().clone().expect("a run that is over has an end")
    }
}
