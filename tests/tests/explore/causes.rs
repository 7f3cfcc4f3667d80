//! Causes and words of failures, for programs as people write them: pattern, place, and who is stuck where.

use super::origin;
use gilsim_explore::explore::{Options, explore};

const BEGIN: &str = "
import threading, queue
def run(*targets):
    ts = [threading.Thread(target=t) for t in targets]
    for t in ts: t.start()
    for t in ts: t.join()
";

/// What is said of a program's easiest failure: pattern and place, and of each stuck thread what it waits for.
fn said(program: &str) -> (String, Vec<String>) {
    let options = Options { after_failure: u64::MAX, ..Options::default() };
    let report = explore(&origin(&format!("{BEGIN}{program}")), &options, &mut |_| true);
    let failure = report.failure.as_ref().unwrap_or_else(|| panic!("holds: {program}"));
    let cause = failure.cause.as_ref().map(|cause| format!("{} of {}", cause.pattern.code(), cause.place));
    let stuck = failure.stuck.iter().filter(|stuck| stuck.what != "end of");
    (cause.unwrap_or_default(), stuck.map(|stuck| format!("{} {}", stuck.what, stuck.object)).collect())
}

#[test]
fn a_wait_that_is_not_in_a_loop_acts_on_what_it_saw_before() {
    let get = |test: &str| {
        format!(
            "items, ready = [], threading.Condition()\ndef get():\n  with ready:\n    {test} not items: ready.wait()\n    items.pop()\n\
             def put():\n  with ready:\n    items.append(1)\n    ready.notify()\nrun(get, get, put, put)"
        )
    };
    assert_eq!(said(&get("if")).0, "LOST-WAKEUP of items");
}

#[test]
fn what_a_thread_has_made_itself_is_not_published_too_early() {
    let cache = "class Cache:\n  def __init__(self): self.data = {}; self.loads = 0\n  def get(self):\n    if 7 not in self.data:\n      \
                 self.loads += 1\n      self.data[7] = 1\n    return self.data[7]\n\
                 cache = Cache()\nrun(cache.get, cache.get)\nassert cache.loads == 1, cache.loads";
    assert_eq!(said(cache).0, "CHECK-THEN-ACT of data");
}

#[test]
fn semaphores_are_told_apart_by_what_the_program_calls_them() {
    let program = "left, right, done = threading.Semaphore(1), threading.Semaphore(1), threading.Event()\n\
                   def one(): left.acquire(); right.acquire(); done.set(); right.release(); left.release()\n\
                   def two(): right.acquire(); left.acquire(); left.release(); right.release()\n\
                   threading.Thread(target=one).start()\nthreading.Thread(target=two).start()\ndone.wait()";
    let (cause, stuck) = said(program);
    assert_eq!(cause, "LOCK-ORDER of right, left");
    assert_eq!(stuck, ["Event.wait() done", "Semaphore.acquire() right", "Semaphore.acquire() left"]);
}

#[test]
fn queues_have_the_name_that_the_program_calls_them_by() {
    let program = "requests, answers = queue.SimpleQueue(), queue.SimpleQueue()\ndef serve(): answers.put(requests.get()); requests.get()\n\
                   def ask(): requests.put(1); answers.get()\nrun(serve, ask)";
    assert_eq!(said(program), ("WAITS-FOR-EVER of requests".to_owned(), vec!["an item of requests".to_owned()]));
}
