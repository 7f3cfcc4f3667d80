//! Small programs of many kinds: the search ends them in all the ways in which the finest steps do.
//!
//! A search takes steps at places that it has learned to be shared; the finest steps rest on nothing learned. What is
//! compared is how executions end: with which exception and message, or a deadlock. The programs are searched once more
//! with timeouts in the order of time.

use super::origin;
use gilsim_explore::explore::{failure_of, until_nothing_is_learned};
use gilsim_explore::machine::Machine;
use gilsim_explore::machine::knowledge::Knowledge;
use gilsim_explore::machine::timeouts::Timeouts;
use gilsim_explore::search::dpor::{self, Verdict};
use gilsim_explore::search::stateful;
use std::collections::BTreeSet;

const BEGIN: &str = "
import threading, queue, time
from threading import Thread, Lock, RLock, Condition, Event, Semaphore, Barrier, Timer
def run(*targets):
    ts = [Thread(target=t) for t in targets]
    for t in ts: t.start()
    for t in ts: t.join()
def start(*targets):
    for t in targets: Thread(target=t).start()
lock, other, cond, event, q = Lock(), Lock(), Condition(), Event(), queue.Queue()
";

/// Steps of one execution.
const STEPS_MAX: usize = 5_000;

/// States with the finest steps.
const STATES_MAX: u32 = 20_000;

/// Bodies; what they assert shows what they saw.
const PROGRAMS: &[&str] = &[
    // Read without waiting for the one who writes.
    "x = 0\ndef f():\n  global x\n  x = 1\nstart(f)\nassert False, x",
    "x = []\nstart(lambda: x.append(1))\nassert False, x",
    "d = {}\nstart(lambda: d.update(a=1))\nassert False, d.get('a')",
    "class C: n = 0\ndef f(): C.n += 1\nstart(f, f)\nassert False, C.n",
    "def outer():\n  n = 0\n  def f():\n    nonlocal n\n    n += 1\n  start(f, f)\n  return n\nassert False, outer()",
    "s = set()\nstart(lambda: s.add(1), lambda: s.add(2))\nassert False, len(s)",
    "class C:\n  __slots__ = ('v',)\nc = C(); c.v = 0\ndef f(): c.v += 1\nstart(f, f)\nassert False, c.v",
    "class C:\n  def __init__(self): self._v = 0\n  @property\n  def v(self): return self._v\n  @v.setter\n\
     \x20 def v(self, v): self._v = v\nc = C()\ndef f(): c.v = c.v + 1\nrun(f, f)\nassert False, c.v",
    // Each waits for only one of two.
    "x = []\ndef f(): x.append('f')\ndef g(): x.append('g')\nt = Thread(target=f); t.start()\nstart(g)\nt.join()\nassert False, x",
    "x = []\ndef g(): x.append('g')\ndef f():\n  t = Thread(target=g); t.start(); x.append('f')\nrun(f)\nassert False, x",
    "x = []\ndef g(): x.append('g')\ndef f():\n  t = Thread(target=g); t.start(); t.join(); x.append('f')\nrun(f)\nassert False, x",
    // Ends that are asked for.
    "x = []\ndef f(): x.append(1)\nt = Thread(target=f); t.start()\nalive = t.is_alive()\nassert False, str((alive, x))",
    "x = []\ndef f(): x.append(1)\nt = Thread(target=f); t.start()\nt.join(0.5)\nassert False, str((t.is_alive(), x))",
    "t = Thread(target=time.sleep, args=(1,)); t.start()\nassert False, threading.active_count()",
    // Timers.
    "x = []\nt = Timer(1, x.append, (1,)); t.start(); t.cancel()\nassert False, x",
    "x = []\nt = Timer(1, x.append, (1,)); t.start(); t.join(); t.cancel()\nassert False, x",
    "x = []\nfor n in (1, 2): Timer(n, x.append, (n,)).start()\ntime.sleep(3)\nassert False, x",
    // Waits with a timeout.
    "def f():\n  with cond: cond.notify()\nstart(f)\nwith cond: got = cond.wait(1)\nassert False, got",
    "x = 0\ndef f():\n  global x\n  with cond: x = 1; cond.notify_all()\nstart(f)\n\
     with cond: got = cond.wait_for(lambda: x, timeout=1)\nassert False, got",
    "start(event.set)\nassert False, event.wait(0.1)",
    "start(lambda: q.put(1))\ntry: got = q.get(timeout=1)\nexcept queue.Empty: got = None\nassert False, got",
    "q = queue.Queue(1); q.put(0)\nstart(q.get)\ntry: got = q.put(1, timeout=1)\nexcept queue.Full: got = 'full'\nassert False, got",
    "lock.acquire()\nstart(lock.release)\nassert False, lock.acquire(timeout=1)",
    "s = Semaphore(0)\nstart(s.release)\nassert False, str((s.acquire(timeout=1), s.acquire(blocking=False)))",
    "b = Barrier(2)\ndef f():\n  try: b.wait(1)\n  except threading.BrokenBarrierError: pass\nstart(f)\n\
     try: b.wait(1); got = 1\nexcept threading.BrokenBarrierError: got = 0\nassert False, got",
    "b = Barrier(2)\nstart(b.abort)\ntry: got = b.wait()\nexcept threading.BrokenBarrierError: got = 'broken'\nassert False, got",
    // Sleeps.
    "x = []\ndef f(n): time.sleep(n); x.append(n)\nfor n in (0.2, 0.1): Thread(target=f, args=(n,)).start()\ntime.sleep(0.3)\nassert False, x",
    "x = []\ndef f(n):\n  with lock: time.sleep(n); x.append(n)\nrun(lambda: f(0.1), lambda: f(0.2))\nassert False, x",
    // Locks.
    "def f():\n  with lock:\n    with other: pass\ndef g():\n  with other:\n    with lock: pass\nstart(f, g)",
    "r = RLock()\nx = []\ndef f():\n  with r:\n    with r: x.append(1)\n    x.append(2)\nrun(f, f)\nassert False, x",
    "x = []\ndef f():\n  if lock.acquire(blocking=False): x.append(1); lock.release()\n  else: x.append(0)\nrun(f, f)\nassert False, x",
    "x = []\ndef f(): x.append(lock.locked())\ndef g():\n  with lock: pass\nrun(f, g)\nassert False, x",
    "def f(): lock.acquire()\nstart(f)\nlock.acquire()\nassert False",
    // Queues.
    "def f():\n  q.put(1); q.put(2)\nstart(f)\nassert False, str((q.get(), q.qsize()))",
    "x = []\ndef f():\n  while (n := q.get()) is not None: x.append(n); q.task_done()\n  q.task_done()\nstart(f)\n\
     q.put(1); q.put(None); q.join()\nassert False, x",
    "q = queue.LifoQueue()\ndef f(n): q.put(n)\nstart(lambda: f(1), lambda: f(2))\nassert False, str((q.get(), q.get()))",
    "q = queue.SimpleQueue()\ndef f(n): q.put(n)\nstart(lambda: f(1), lambda: f(2))\nassert False, str((q.get(), q.get()))",
    "q = queue.SimpleQueue()\nstart(lambda: q.put(1))\nassert False, str((q.empty(), q.qsize()))",
    // Pools.
    "from concurrent.futures import ThreadPoolExecutor\nx = []\nwith ThreadPoolExecutor(2) as p:\n  p.submit(x.append, 1); p.submit(x.append, 2)\nassert False, x",
    "from concurrent.futures import ThreadPoolExecutor\nx = 0\ndef f():\n  global x\n  x += 1\n  return x\n\
     with ThreadPoolExecutor(2) as p:\n  a, b = p.submit(f), p.submit(f)\n  r = sorted([a.result(), b.result()])\nassert False, str((r, x))",
    "from concurrent.futures import ThreadPoolExecutor\nx = []\np = ThreadPoolExecutor(1)\nf = p.submit(x.append, 1)\nassert False, str((f.done(), x))",
    "from concurrent.futures import Future\nf = Future()\nstart(lambda: f.set_result(1))\ntry: got = f.result(timeout=1)\nexcept TimeoutError: got = None\nassert False, got",
    // Containers inside containers, and calls that the library makes for the program.
    "x = [[0]]\nstart(lambda: x[0].append(1))\nassert False, f'{x}'",
    "x = [0]\nd = {'k': x}\nstart(lambda: x.append(1))\nassert False, '%s' % (d,)",
    "x = [0]\nstart(lambda: x.append(1))\nassert (x, 1) == ([0], 1)",
    "x = [0]\nstart(lambda: x.append(1))\nassert False, '{}'.format((x,))",
    "x = []\nThread(target=x.append, args=(1,)).start()\nassert False, str(x)",
    "x = []\nrun(lambda: x.append(1), *[lambda: x.extend([2])])\nts = [Thread(target=x.append, args=(n,)) for n in (3, 4)]\n\
     for t in ts: t.start()\nfor t in ts: t.join()\nassert False, str(x)",
    "from concurrent.futures import ThreadPoolExecutor\nx = []\nwith ThreadPoolExecutor(1) as p:\n  p.submit(len, x).add_done_callback(lambda f: x.append(1))\n\
     \x20 n = len(x)\nassert False, str((n, x))",
    // Exceptions and ends of threads.
    "x = []\ndef f():\n  x.append(1)\n  raise ValueError(len(x))\nrun(f, f)",
    "x = []\ndef f(): x.append(1)\nThread(target=f, daemon=True).start()\nassert False, x",
    "d = {0: 0}\ndef f():\n  for k in d: d.get(k)\ndef g(): d[1] = 1\nrun(f, g)",
    "x = [1]\ndef f():\n  if x: x.pop()\nrun(f, f)",
    "local = threading.local(); local.n = 0\nx = []\ndef f():\n  local.n = getattr(local, 'n', 5) + 1; x.append(local.n)\nrun(f, f)\nassert False, str((x, local.n))",
    "import itertools\nc = itertools.count()\nx = []\ndef f(): x.append(next(c))\nrun(f, f)\nassert False, x",
    "def gen():\n  yield 1\n  yield 2\ng = gen()\nx = []\ndef f(): x.append(next(g))\nrun(f, f)\nassert False, x",
    "import collections\nd = collections.deque([1])\ndef f():\n  if d: d.popleft()\nrun(f, f)",
    "d = collections_d = {}\ndef f(n): d.setdefault('k', []).append(n)\nrun(lambda: f(1), lambda: f(2))\nassert False, d['k']",
    "class C:\n  _one = None\n  @classmethod\n  def one(cls):\n    if cls._one is None: cls._one = cls()\n    return cls._one\n\
     x = []\ndef f(): x.append(C.one())\nrun(f, f)\nassert False, x[0] is x[1]",
];

/// How executions end, in the last of the rounds of a search.
fn searched(start: &Machine) -> BTreeSet<String> {
    until_nothing_is_learned(start, |machine| {
        let mut ends = BTreeSet::new();
        dpor::explore(machine, STEPS_MAX, &mut |machine, _| {
            ends.insert(end(machine));
            if machine.knowledge.changed { Verdict::Stop } else { Verdict::GoOn }
        });
        ends
    })
}

/// How they end with the finest steps.
fn finest(start: &Machine) -> Option<BTreeSet<String>> {
    let mut machine = start.clone();
    machine.knowledge = Knowledge::of_everything();
    machine.begin();
    let mut ends = BTreeSet::new();
    let (finished, _) = stateful::explore(&mut machine, STEPS_MAX, &mut |machine, state| {
        if machine.enabled().next().is_none() {
            ends.insert(end(machine));
        }
        if state < STATES_MAX { Verdict::GoOn } else { Verdict::Stop }
    });
    finished.then_some(ends)
}

fn end(machine: &Machine) -> String {
    format!("{:?} {:?}", failure_of(machine), machine.ending.cut)
}

#[test]
fn a_search_ends_programs_in_all_the_ways_of_the_finest_steps() {
    let mut wrong = Vec::new();
    for body in PROGRAMS {
        for timeouts in [Timeouts::Free, Timeouts::Virtual] {
            let mut start = origin(&format!("{BEGIN}{body}\n"));
            start.set_timeouts(timeouts);
            let Some(all) = finest(&start) else {
                wrong.push(format!("too many states, {timeouts:?}:\n{body}\n"));
                continue;
            };
            let found = searched(&start);
            if found != all {
                wrong.push(format!("{timeouts:?}:\n{body}\nfinest steps {all:#?}\nsearch {found:#?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
