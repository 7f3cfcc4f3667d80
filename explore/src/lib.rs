//! The search over schedules: does any order of the threads' steps make a program fail, and if not, can that be proved?
//!
//! [`machine`] is a program with several threads whose next steps are known: a plain state machine without time and
//! without a GIL, in which a *step* is everything a thread does up to its next access to something that another thread
//! can reach. [`search`] goes through its executions: all of them up to the order of independent steps
//! ([`search::dpor`]), all of them ([`search::enumerate`]), or some. Step rules, dependence and what is not modelled are
//! described where they are implemented.
//!
//! # Searching a program
//!
//! ```
//! use gilsim_explore::explore::{Options, explore};
//! use gilsim_explore::machine::Machine;
//! use gilsim_explore::report::Verdict;
//! use gilsim_scheduler::profile::Profile;
//!
//! let program = "
//! import threading
//! class Account: balance = 0
//! account = Account()
//! def pay(): account.balance += 1
//! threads = [threading.Thread(target=pay) for _ in range(2)]
//! for t in threads: t.start()
//! for t in threads: t.join()
//! assert account.balance == 2
//! ";
//! let origin = Machine::of_text("bank.py", program, Profile::default().code_rules()).expect("it compiles");
//! let report = explore(&origin, &Options::default(), &mut |_| true);
//! assert_eq!(report.verdict, Verdict::Fails);
//! assert_eq!((report.classes, report.failing), (Some(4), 2));
//! let failure = report.failure.expect("a failing schedule");
//! assert_eq!(failure.preemptions, 1);
//! assert_eq!(failure.cause.expect("a known pattern").pattern.code(), "LOST-UPDATE");
//! ```
//!
//! What must hold in every state is asked by [`invariant::always`]; [`picks`] are schedules for property tests.
//!
//! # A strategy and an invariant of one's own
//!
//! A [`strategy::Strategy`] says who goes on; a [`search::sample::Sampler`] makes executions by it and shows the end of
//! each. What must hold there is for the caller to say.
//!
//! ```
//! use gilsim_explore::machine::Machine;
//! use gilsim_explore::search::sample::Sampler;
//! use gilsim_explore::strategy::{Past, Point, Strategy};
//! use gilsim_scheduler::profile::Profile;
//! use gilsim_vm::value::{ThreadId, Value};
//!
//! /// Every thread takes one step, in turn.
//! struct InTurn;
//!
//! impl Strategy for InTurn {
//!     fn begin(&mut self, _execution: u64, _past: &Past) {}
//!     fn choose(&mut self, point: &Point<'_>) -> ThreadId {
//!         let last = point.last.unwrap_or(ThreadId(0));
//!         *point.candidates.iter().find(|thread| **thread > last).unwrap_or(&point.candidates[0])
//!     }
//! }
//!
//! let program = "
//! import threading
//! count = 0
//! def work():
//!     global count
//!     count += 1
//! threads = [threading.Thread(target=work) for _ in range(3)]
//! for t in threads: t.start()
//! for t in threads: t.join()
//! ";
//! let origin = Machine::of_text("count.py", program, Profile::default().code_rules()).expect("it compiles");
//! let mut sampler = Sampler::new(origin, 1_000);
//! let counts: Vec<_> = (0..5).map(|_| sampler.execute(&mut InTurn, |end, _| end.global("count"))).collect();
//! // The first executions show what is shared; then all three read before anyone writes.
//! assert_eq!(counts.last(), Some(&Some(Value::Int(1))));
//! ```
//!
//! An invariant over all classes of executions:
//!
//! ```
//! use gilsim_explore::machine::Machine;
//! use gilsim_explore::search::dpor::{self, Verdict};
//! use gilsim_scheduler::profile::Profile;
//! use gilsim_vm::value::Value;
//!
//! let program = "
//! import threading
//! first = None
//! lock = threading.Lock()
//! def work(me):
//!     global first
//!     with lock:
//!         if first is None: first = me
//! threads = [threading.Thread(target=work, args=(me,)) for me in (1, 2)]
//! for t in threads: t.start()
//! for t in threads: t.join()
//! ";
//! let mut machine = Machine::of_text("first.py", program, Profile::default().code_rules()).expect("it compiles");
//! machine.begin();
//! let mut firsts = Vec::new();
//! let (finished, counts) = dpor::explore(&mut machine, 1_000, &mut |end, _history| {
//!     firsts.push(end.global("first"));
//!     Verdict::GoOn
//! });
//! assert!(finished && counts.executions == 2);
//! assert!(firsts.contains(&Some(Value::Int(1))) && firsts.contains(&Some(Value::Int(2))));
//! ```

pub(crate) mod beside;
pub mod cause;
pub mod checkpoint;
pub mod explore;
pub mod invariant;
pub mod machine;
pub mod picks;
pub mod profiles;
pub mod races;
pub mod report;
pub(crate) mod rounds;
pub mod schedule;
pub mod search;
pub mod single;
pub mod story;
pub mod strategy;
pub(crate) mod workers;
