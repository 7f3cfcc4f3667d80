//! Which functions of the library are one step each, and when they can be taken.
//!
//! The methods of locks are effects and need no rule. Methods of the synchronisation classes that the library writes in
//! Python run to their end in one step, on the library's own code; a rule says what the step touches and what must hold
//! before it can be taken. `Condition.wait` and `Barrier.wait` are two steps: up to where the thread waits, and from there.
//! Inside [`Rule::Silent`] functions nothing is a step: starting and joining threads order things, but make no choices.
//! A worker of a pool takes its next call in one step, which waits for one. So no worker ever counts as idle, and a pool
//! starts new ones up to its limit: as many calls can be under way as with idle ones, but which worker makes a call, and
//! what its name is, can differ.

use super::Points;
use super::names::{Name, Names};
use gilsim_vm::code::CodeFlags;
use gilsim_vm::interp::Vm;
use gilsim_vm::interp::groups::Mark;
use gilsim_vm::source::Flavour;
use gilsim_vm::value::CodeId;

/// What a call of a library function is to the search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// One step that changes the object.
    Write(Guard),
    /// One step that looks at the object.
    Read(Guard),
    /// Two steps: up to the wait, and from it.
    Wait,
    /// One step that asks whether a thread has ended.
    AsksForEnd,
    /// One step of a pool of threads: it changes the pool, its queue of work and its count of idle workers.
    Pool,
    /// One step that changes a future, and what waits for many of them, if anything ever does.
    Future,
    /// One step of what waits for many futures: they count as one place from then on.
    Many,
    /// One step that changes the files, pipes and descriptors of the machine, all of which are one place.
    Files,
    /// No step, nor are the rules of its callers in force inside. It calls a function of the program: where that is a method
    /// of a container (`Thread(target=items.append)`), the call is a step as it would be in the program.
    Boundary,
    /// The same, and where it would look into a queue without waiting, it waits for an item: one step with a guard.
    Worker,
    /// No step at all.
    Silent,
    /// The same: the program ends with it. It may be known what it does.
    Last,
    /// The same: waiting for the end of a thread.
    Join,
    /// The same: a thread that ends is taken off the list of those that live.
    Unlist,
}

impl Rule {
    /// Whether a call is no step of its own.
    pub fn is_no_step(self) -> bool {
        matches!(self, Rule::Silent | Rule::Boundary | Rule::Worker | Rule::Last | Rule::Join | Rule::Unlist)
    }
}

/// What must hold before a step can be taken, unless a timeout or non-blocking call lets it fail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Guard {
    /// Nothing.
    None,
    /// The number in this attribute is positive.
    Positive(Name),
    /// This attribute is true.
    True(Name),
    /// The queue is not empty.
    NotEmpty,
    /// The queue is not full.
    NotFull,
    /// The number in this attribute is zero.
    Zero(Name),
    /// The future is done.
    Done,
}

/// Module, qualified name, rule.
const RULES: &[(&str, &str, Rule)] = &[
    ("threading", "Semaphore.acquire", Rule::Write(Guard::Positive(Name::Value))),
    ("threading", "Semaphore.release", Rule::Write(Guard::None)),
    ("threading", "BoundedSemaphore.release", Rule::Write(Guard::None)),
    ("threading", "Event.set", Rule::Write(Guard::None)),
    ("threading", "Event.clear", Rule::Write(Guard::None)),
    ("threading", "Event.is_set", Rule::Read(Guard::None)),
    ("threading", "Event.wait", Rule::Read(Guard::True(Name::Flag))),
    ("threading", "Condition.wait", Rule::Wait),
    ("threading", "Condition.notify", Rule::Write(Guard::None)),
    ("threading", "Condition.notify_all", Rule::Write(Guard::None)),
    ("threading", "Thread.run", Rule::Boundary),
    ("threading", "Timer.run", Rule::Boundary),
    ("threading", "Thread.is_alive", Rule::AsksForEnd),
    ("threading", "Thread.join", Rule::Join),
    ("threading", "Thread._delete", Rule::Unlist),
    ("_main", "_wait_for_threads", Rule::Last),
    ("_threading_barrier", "Barrier.wait", Rule::Wait),
    ("_threading_barrier", "Barrier.reset", Rule::Write(Guard::None)),
    ("_threading_barrier", "Barrier.abort", Rule::Write(Guard::None)),
    ("queue", "Queue.put", Rule::Write(Guard::NotFull)),
    ("queue", "Queue.get", Rule::Write(Guard::NotEmpty)),
    ("queue", "Queue.put_nowait", Rule::Write(Guard::None)),
    ("queue", "Queue.get_nowait", Rule::Write(Guard::None)),
    ("queue", "Queue.task_done", Rule::Write(Guard::None)),
    ("queue", "Queue.shutdown", Rule::Write(Guard::None)),
    ("queue", "Queue.join", Rule::Read(Guard::Zero(Name::UnfinishedTasks))),
    ("queue", "Queue.qsize", Rule::Read(Guard::None)),
    ("queue", "Queue.empty", Rule::Read(Guard::None)),
    ("queue", "Queue.full", Rule::Read(Guard::None)),
    ("_functools", "_lru_cache_wrapper._find_unbounded", Rule::Boundary),
    ("_functools", "_lru_cache_wrapper._find_bounded", Rule::Boundary),
    ("_functools", "_lru_cache_wrapper._find_nothing", Rule::Boundary),
    ("_functools", "_lru_cache_wrapper._look", Rule::Read(Guard::None)),
    ("_functools", "_lru_cache_wrapper._use", Rule::Write(Guard::None)),
    ("_functools", "_lru_cache_wrapper._keep", Rule::Write(Guard::None)),
    ("_functools", "_lru_cache_wrapper._keep_bounded", Rule::Write(Guard::None)),
    // Looks count, but in no order.
    ("_functools", "_lru_cache_wrapper.cache_info", Rule::Write(Guard::None)),
    ("_functools", "_lru_cache_wrapper.cache_clear", Rule::Write(Guard::None)),
    ("collections._defaultdict", "defaultdict.__missing__", Rule::Boundary),
    ("concurrent.futures.thread", "ThreadPoolExecutor.submit", Rule::Pool),
    ("concurrent.futures.thread", "_worker", Rule::Worker),
    ("concurrent.futures.thread", "_WorkItem.run", Rule::Boundary),
    ("concurrent.futures._base", "Future._invoke_callbacks", Rule::Boundary),
    ("concurrent.futures._base", "Future.result", Rule::Read(Guard::Done)),
    ("concurrent.futures._base", "Future.exception", Rule::Read(Guard::Done)),
    ("concurrent.futures._base", "Future.done", Rule::Read(Guard::None)),
    ("concurrent.futures._base", "Future.running", Rule::Read(Guard::None)),
    ("concurrent.futures._base", "Future.cancelled", Rule::Read(Guard::None)),
    ("concurrent.futures._base", "Future.cancel", Rule::Future),
    ("concurrent.futures._base", "Future.set_result", Rule::Future),
    ("concurrent.futures._base", "Future.set_exception", Rule::Future),
    ("concurrent.futures._base", "Future.set_running_or_notify_cancel", Rule::Future),
    ("concurrent.futures._base", "_begin_as_completed", Rule::Many),
    ("concurrent.futures._base", "_begin_wait", Rule::Many),
    ("concurrent.futures._base", "_take_finished", Rule::Many),
    ("concurrent.futures._base", "_remove_waiter", Rule::Many),
    ("concurrent.futures._base", "Future.add_done_callback", Rule::Write(Guard::None)),
];

/// Functions that others can come between, as in those of the program: module, qualified name.
const OPEN: &[(&str, &str)] = &[("functools", "cached_property.__get__")];

/// Functions and classes whose calls are no steps: module, beginning of the qualified name.
const SILENT: &[(&str, &str)] = &[
    ("threading", "Thread."),
    ("threading", "_MainThread."),
    ("threading", "_DummyThread."),
    ("threading", "_new"),
    ("threading", "_make"),
    ("threading", "current_thread"),
    ("threading", "enumerate"),
    ("threading", "active_count"),
    ("threading", "_shutdown"),
    ("threading", "_register_atexit"),
    ("threading", "Condition.__init__"),
    ("threading", "Semaphore.__init__"),
    ("threading", "Event.__init__"),
    ("_threading_excepthook", ""),
    ("_main", ""),
    ("weakref", ""),
    ("_weakref", ""),
    ("atexit", ""),
];

/// Beginnings of the names of modules that measure how long they wait.
const MEASURING: &[&str] = &["threading", "_threading", "queue", "concurrent.futures"];

/// Facts about a code object that the machine asks for wherever a thread may have a step.
#[derive(Clone, Copy, Debug)]
pub struct CodeFacts {
    /// Whether it is the program's own.
    pub is_user: bool,
    /// Its rule.
    pub rule: Option<Rule>,
    /// Whether it is of the modules that measure how long they wait.
    pub measures_waits: bool,
}

/// Facts about the code of a machine, by code number.
#[derive(Clone, Debug, Default)]
pub struct CodeTable {
    facts: Vec<CodeFacts>,
    /// Where threads stop before what may be a step.
    marks: Vec<Mark>,
    /// Where a thread stops that is alone.
    marks_alone: Vec<Mark>,
    /// Names that objects are asked for.
    pub names: Names,
    /// Whether the library is treated like the program, but for what stands for C code.
    opens_library: bool,
}

impl CodeTable {
    /// Without code.
    pub fn new(points: Points) -> CodeTable {
        CodeTable { opens_library: points == Points::All, ..CodeTable::default() }
    }

    /// Learns of code that was loaded since the last time.
    #[inline]
    pub fn update(&mut self, vm: &Vm) {
        if self.facts.len() < vm.codes.len() {
            self.names.update(&vm.heap.interned);
        }
        for at in self.facts.len()..vm.codes.len() {
            let facts = self.find(vm, at);
            self.facts.push(facts);
            let (mark, alone) = match facts {
                CodeFacts { is_user: true, .. } => (Mark::Touching, Mark::Nowhere),
                CodeFacts { rule: Some(Rule::Boundary), .. } => (Mark::Calling, Mark::Nowhere),
                CodeFacts { rule: None | Some(Rule::Silent | Rule::Worker), .. } => (Mark::Nowhere, Mark::Nowhere),
                CodeFacts { rule: Some(_), .. } => (Mark::Entry, Mark::Entry),
            };
            self.marks.push(mark);
            self.marks_alone.push(alone);
        }
    }

    /// The facts about a code object.
    #[inline]
    pub fn facts(&self, code: CodeId) -> CodeFacts {
        self.facts[code.0 as usize]
    }

    /// The same, if the code was loaded before the last [`CodeTable::update`].
    #[inline]
    pub fn known_facts(&self, code: CodeId) -> Option<CodeFacts> {
        self.facts.get(code.0 as usize).copied()
    }

    /// Where threads stop before what may be a step: all, or one that is alone.
    #[inline]
    pub fn marks(&self, is_alone: bool) -> &[Mark] {
        if is_alone { &self.marks_alone } else { &self.marks }
    }

    fn find(&self, vm: &Vm, at: usize) -> CodeFacts {
        let code = &vm.codes[at].code;
        let module = &*code.file.name;
        let is_generated = module.starts_with('<') && !code.flags.contains(CodeFlags::ATOMIC);
        let is_open = self.opens_library && code.file.flavour == Flavour::Library;
        let is_listed = OPEN.iter().any(|(file, name)| *file == module && *name == &*code.qualname);
        let is_user = code.file.flavour == Flavour::User || is_generated || is_open || is_listed;
        let rule = if is_user { None } else { rule_of(module, &code.qualname) };
        let measures_waits = !is_user && MEASURING.iter().any(|name| module.starts_with(name));
        CodeFacts { is_user, rule, measures_waits }
    }
}

/// The module of the system calls about files.
const FILES: &str = "_files";

fn rule_of(module: &str, qualname: &str) -> Option<Rule> {
    if module == FILES && qualname != "<module>" {
        return Some(Rule::Files);
    }
    let listed = RULES.iter().find(|(file, name, _)| *file == module && *name == qualname);
    let silent = || SILENT.iter().any(|(file, name)| *file == module && qualname.starts_with(name));
    listed.map(|(_, _, rule)| *rule).or_else(|| silent().then_some(Rule::Silent))
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn every_rule_names_a_function_of_the_library() {
        for (module, name, _) in RULES {
            let text = gilsim_vm::library::file(module).unwrap_or_else(|| panic!("no module {module}")).text;
            let Some((class, method)) = name.split_once('.') else {
                assert!(text.contains(&format!("def {name}(")), "{module}.{name}");
                continue;
            };
            assert!(text.contains(&format!("class {class}")), "{module}.{class}");
            assert!(text.contains(&format!("def {method}(self")), "{module}.{name}");
        }
    }
}
