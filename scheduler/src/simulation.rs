//! A simulation: one simulated machine as a plain value.
//!
//! It can be cloned, compared, fingerprinted and stepped. The strategy that answers choices and the observer that hears
//! events are handed in at each call and leave nothing behind.
//!
//! # The order of things
//!
//! Time does not pass by itself: it jumps to whatever happens next. What can happen is a *timer* (the end of a wait, of a
//! wake latency, of a system call), the end of a *burst* (an instruction, or native code, takes its cost on a core), or the
//! *execution* of a thread that has the GIL and a core. Of several things possible at one instant the order is: timers,
//! bursts, executions. One step is one of them; an execution whose burst ends before anything else can happen is one step
//! together with that end. So, for one instruction:
//!
//! 1. *collect*: if the heap has grown enough since the last collection;
//! 2. *run*: the virtual machine executes the instruction; heap and frames change;
//! 3. *charge time*: timers that are due before its cost has passed fire, each at its own time; then the clock is at its end;
//! 4. *effect*: what the instruction asked of the world is done, events are stamped with the time of its end;
//! 5. *GIL poll*: if the instruction ended at an eval check and a waiter has asked for the GIL, it is dropped;
//! 6. *pick*: what happens next, by time; ties are choices.
//!
//! [`Simulation::step`] is the definition. [`Simulation::run`] lets the virtual machine execute many instructions at a
//! time, up to the next timer, and means the same.

use crate::choice::Strategy;
use crate::chronicle::Chronicle;
use crate::config::{Config, Switching};
use crate::cores::Cores;
use crate::drive::{Driver, Pace};
use crate::event::{InterpreterId, Observer};
use crate::fingerprint::Fingerprint;
use crate::gil::Gil;
use crate::gil::eager::EagerGil;
use crate::outcome::Outcome;
use crate::output::Output;
use crate::sync::WaitQueues;
use crate::threads::Thread;
use crate::timers::{TimerKey, Timers};
use gilsim_vm::code::Code;
use gilsim_vm::interp::Vm;
use gilsim_vm::value::ThreadId;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An exception that left the main program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Uncaught {
    /// Class name.
    pub class: String,
    /// `str()` of the exception.
    pub message: String,
}

/// One interpreter: a heap, a GIL, and who waits in it.
#[derive(Clone, PartialEq, Debug)]
pub struct Interpreter {
    /// Its number.
    pub id: InterpreterId,
    /// Heap, code, modules.
    pub vm: Vm,
    /// Its GIL.
    pub gil: Gil,
    /// What `sys.getcheckinterval()` says.
    pub check_interval_ticks: i64,
    /// Its main thread.
    pub main: ThreadId,
    /// Who waits for which lock, queue or thread.
    pub waits: WaitQueues,
    /// Virtual time its threads have computed.
    pub cpu_ns: u64,
    /// Threads started and not ended, without the main thread.
    pub live_threads: u32,
    /// Those of them that are no daemons.
    pub not_daemons: BTreeSet<ThreadId>,
    /// The main thread has begun to take the interpreter down: daemon threads stop at their next take.
    pub finalizing: bool,
    /// Its threads have been joined for the last time; what remains are the exit functions.
    pub joined: bool,
    /// The exception that left the main program.
    pub uncaught: Option<Uncaught>,
    /// How its main program ended, if it has.
    pub ended: Option<Outcome>,
    /// When the GIL was taken last, and how many instructions were executed since.
    pub(crate) held_since_ns: u64,
    pub(crate) held_instructions: u64,
    /// Whether the last drop was made on request and nobody has taken the GIL since.
    pub(crate) dropped_on_request: bool,
}

/// One simulated machine.
#[derive(Clone, PartialEq, Debug)]
pub struct Simulation {
    pub(crate) config: Arc<Config>,
    pub(crate) interpreters: Vec<Interpreter>,
    #[expect(clippy::vec_box, reason = "a million large records would be moved whenever their vector grows")]
    pub(crate) threads: Vec<Box<Thread>>,
    pub(crate) cores: Cores,
    pub(crate) core_timer: Option<TimerKey>,
    pub(crate) now_ns: u64,
    pub(crate) timers: Timers,
    pub(crate) random: ChaCha8Rng,
    pub(crate) jitter: ChaCha8Rng,
    pub(crate) steps: u64,
    pub(crate) output: Output,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) chronicle: Chronicle,
}

impl Simulation {
    /// A machine at time 0 whose first interpreter is about to run `main`. `vm` is made with [`Config::vm_config`], to
    /// which the program's surroundings may have been added.
    pub fn new(config: Arc<Config>, vm: Vm, main: Arc<Code>) -> Simulation {
        let mut simulation = Simulation {
            interpreters: Vec::new(),
            threads: Vec::new(),
            cores: Cores::new(config.cores, config.latencies.core_slice_ns),
            core_timer: None,
            now_ns: 0,
            timers: Timers::default(),
            random: ChaCha8Rng::seed_from_u64(config.seed),
            jitter: crate::jitter::generator(config.seed),
            steps: 0,
            output: Output::default(),
            outcome: None,
            chronicle: Chronicle::default(),
            config,
        };
        simulation.add_interpreter(vm, &main);
        simulation
    }

    /// Adds an interpreter with a GIL of its own, as of PEP 684 (CPython 3.12 on) or of a process: it begins now, with
    /// `main` as its main program. Interpreters share cores, time and the standard streams, and nothing else; the run
    /// ends when the main programs of all have ended, as the first one's did.
    pub fn add_interpreter(&mut self, mut vm: Vm, main: &Arc<Code>) -> InterpreterId {
        let id = InterpreterId(self.interpreters.len() as u32);
        let thread = ThreadId(self.threads.len() as u32);
        vm.main = thread;
        let green = vm.main_thread(main);
        let config = &self.config;
        let gil = match config.switching {
            Switching::OnRequest => {
                Gil::of(config.profile.gil, config.switch_interval_ns, config.check_interval_ticks, config.seed)
            }
            Switching::EveryInstruction => Gil::Eager(EagerGil::new(config.switch_interval_ns)),
        };
        self.interpreters.push(Interpreter {
            id,
            vm,
            gil,
            check_interval_ticks: config.check_interval_ticks,
            main: thread,
            waits: WaitQueues::default(),
            cpu_ns: 0,
            live_threads: 0,
            not_daemons: BTreeSet::new(),
            finalizing: false,
            joined: false,
            uncaught: None,
            ended: None,
            held_since_ns: 0,
            held_instructions: 0,
            dropped_on_request: false,
        });
        self.threads.push(Box::new(Thread::new(thread, id, green, false)));
        let boot = self.timers.set(self.now_ns, thread, crate::timers::Due::Boot);
        self.threads[thread.0 as usize].timer = Some(boot);
        id
    }

    /// Replaces the GIL of an interpreter; only before its first step.
    pub fn set_gil(&mut self, interpreter: InterpreterId, gil: Gil) {
        assert!(self.steps == 0 && self.now_ns == 0, "a GIL is replaced before the first step");
        self.interpreters[interpreter.0 as usize].gil = gil;
    }

    /// Runs to the end.
    pub fn run<S: Strategy, O: Observer>(&mut self, strategy: &mut S, observer: &mut O) -> Outcome {
        loop {
            if let Some(outcome) = self.advance(strategy, observer) {
                return outcome;
            }
        }
    }

    /// One timer, the end of one burst, or one instruction; `Some` when the run has ended.
    pub fn step<S: Strategy, O: Observer>(&mut self, strategy: &mut S, observer: &mut O) -> Option<Outcome> {
        Driver { sim: self, strategy, observer, pace: Pace::Single }.step()
    }

    /// As [`Simulation::step`], but with as many instructions as fit before anything else can happen, at most some
    /// hundred thousand: what [`Simulation::run`] repeats.
    pub fn advance<S: Strategy, O: Observer>(&mut self, strategy: &mut S, observer: &mut O) -> Option<Outcome> {
        Driver { sim: self, strategy, observer, pace: Pace::Batch }.step()
    }

    /// Makes clones taken from now on cheap.
    pub fn freeze(&mut self) {
        for interpreter in &mut self.interpreters {
            interpreter.vm.freeze();
        }
    }

    /// 64 bits that are equal for equal simulations.
    pub fn fingerprint(&self) -> u64 {
        let mut print = Fingerprint::new();
        print.debug(&self.config);
        for interpreter in &self.interpreters {
            print.debug(&(interpreter.id, &interpreter.vm, interpreter.main, &interpreter.waits));
            print.debug(&(interpreter.cpu_ns, interpreter.live_threads, &interpreter.not_daemons));
            print.debug(&(
                interpreter.check_interval_ticks,
                interpreter.finalizing,
                interpreter.joined,
                &interpreter.uncaught,
                &interpreter.ended,
            ));
            print.debug(&(interpreter.held_since_ns, interpreter.held_instructions, interpreter.dropped_on_request));
            interpreter.gil.model().fingerprint(&mut print);
        }
        print.debug(&(&self.threads, &self.cores, &self.core_timer, self.now_ns, &self.timers));
        print.debug(&(&self.random, &self.jitter, self.steps, &self.output, &self.outcome));
        print.finish()
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The interpreters.
    pub fn interpreters(&self) -> &[Interpreter] {
        &self.interpreters
    }

    /// All threads that ever were, by id.
    pub fn threads(&self) -> impl ExactSizeIterator<Item = &Thread> {
        self.threads.iter().map(Box::as_ref)
    }

    /// Virtual time since the start, in nanoseconds.
    pub fn now_ns(&self) -> u64 {
        self.now_ns
    }

    /// Instructions executed.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// What the program has written.
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// How the run ended, if it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    pub(crate) fn thread(&self, id: ThreadId) -> &Thread {
        &self.threads[id.0 as usize]
    }

    pub(crate) fn thread_mut(&mut self, id: ThreadId) -> &mut Thread {
        &mut self.threads[id.0 as usize]
    }

    pub(crate) fn interpreter_of(&self, id: ThreadId) -> &Interpreter {
        &self.interpreters[self.thread(id).interpreter.0 as usize]
    }

    pub(crate) fn interpreter_of_mut(&mut self, id: ThreadId) -> &mut Interpreter {
        let interpreter = self.thread(id).interpreter;
        &mut self.interpreters[interpreter.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simulation_can_be_sent_to_another_os_thread() {
        fn is_plain<T: Send + Sync + Clone + PartialEq>() {}
        is_plain::<Simulation>();
    }
}
