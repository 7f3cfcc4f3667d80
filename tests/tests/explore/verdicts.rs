//! Programs whose classes can be counted by hand.
//!
//! A class is a set of executions that differ only in the order of independent steps. Two threads that each read and then
//! write one attribute have 4: each reads before the other writes (one write last: 2), or one does both first (2).

use super::origin;
use gilsim_explore::explore::{Options, explore, failure_of};
use gilsim_explore::machine::timeouts::Timeouts;
use gilsim_explore::report::{Report, Verdict};
use gilsim_explore::schedule::replay::{Guide, replay};

const BEGIN: &str = "
import threading, queue
class S:
    def __init__(self): self.x = 0; self.y = 0
def run(*targets):
    ts = [threading.Thread(target=t) for t in targets]
    for t in ts: t.start()
    for t in ts: t.join()
s = S()
lock, other = threading.Lock(), threading.Lock()
cond, event, sem = threading.Condition(), threading.Event(), threading.Semaphore(1)
q = queue.Queue()
";

fn search(body: &str) -> Report {
    let options = Options { after_failure: u64::MAX, ..Options::default() };
    explore(&origin(&format!("{BEGIN}{body}")), &options, &mut |_| true)
}

/// Body, classes, how many fail, preemptions of the easiest failure, its cause, places that race.
type Row = (&'static str, u64, u64, Option<u32>, Option<&'static str>, &'static [&'static str]);

const ROWS: &[Row] = &[
    ("def f(): s.x += 1\nrun(f, f)\nassert s.x == 2", 4, 2, Some(1), Some("LOST-UPDATE"), &["x"]),
    ("def f():\n  with lock: s.x += 1\nrun(f, f)\nassert s.x == 2", 2, 0, None, None, &[]),
    ("def f():\n  with lock: s.x += 1\nrun(f, f, f)\nassert s.x == 3", 6, 0, None, None, &[]),
    (
        "def f():\n  with lock:\n    with other: pass\ndef g():\n  with other:\n    with lock: pass\nrun(f, g)",
        3,
        1,
        Some(1),
        Some("LOCK-ORDER"),
        &[],
    ),
    ("def f():\n  with lock:\n    with lock: pass\nrun(f)", 1, 1, Some(0), Some("SELF-DEADLOCK"), &[]),
    ("def f(): s.x = 1\ndef g(): assert s.x == 1\nrun(f, g)", 2, 1, Some(0), Some("UNORDERED-ACCESS"), &["x"]),
    ("def f(): s.x = 1; event.set()\ndef g(): event.wait(); assert s.x == 1\nrun(f, g)", 1, 0, None, None, &[]),
    ("def f(): s.x = 1; q.put(0)\ndef g(): q.get(); assert s.x == 1\nrun(f, g)", 1, 0, None, None, &[]),
    (
        "def f():\n  with cond: cond.wait()\ndef g():\n  with cond: cond.notify()\nrun(f, g)",
        2,
        1,
        Some(0),
        Some("LOST-WAKEUP"),
        &[],
    ),
    ("def f():\n  with sem: s.x += 1\nrun(f, f)\nassert s.x == 2", 2, 0, None, None, &[]),
    // Both look before either stores: two orders of the lock, two of the stores. Else one after the other.
    (
        "d = {}\ndef build():\n  with lock: s.x = s.x + 1\n  return 1\ndef get():\n  if 'k' not in d: d['k'] = build()\n\
         run(get, get)\nassert s.x == 1",
        6,
        4,
        Some(1),
        Some("CHECK-THEN-ACT"),
        &["d"],
    ),
    // What one execution sets of the interpreter is not there when the next one begins.
    (
        "import sys\ndef f():\n  with lock: sys.setrecursionlimit(500); sys.set_int_max_str_digits(0); s.x = 1\n\
         def g():\n  with lock: assert (sys.getrecursionlimit() == 500) == (s.x == 1) == (not sys.get_int_max_str_digits())\n\
         run(f, g)",
        2,
        0,
        None,
        None,
        &[],
    ),
    // A daemon can go on until the program ends, and fail.
    (
        "def f(): s.x += 1; assert s.x < 2\nts = [threading.Thread(target=f, daemon=True) for _ in 'ab']\nfor t in ts: t.start()",
        8,
        4,
        Some(0),
        Some("UNORDERED-ACCESS"),
        &["x"],
    ),
    (
        "def f(): q.get(); s.x = 1\nthreading.Thread(target=f, daemon=True).start()\nassert s.x == 0",
        1,
        0,
        None,
        None,
        &[],
    ),
    // A generator that runs cannot be asked by another thread; whoever comes second finds it running, or done.
    ("def n():\n  while 1: yield 1\nc = n()\nrun(lambda: next(c), lambda: next(c))", 4, 2, Some(1), None, &["c", "n"]),
    ("def f(): s.x = 1\ndef g(): s.y = 1\nrun(f, g)\nassert s.x + s.y == 2", 1, 0, None, None, &[]),
    ("d = {}\ndef f(k):\n  d[k] = 1\nrun(lambda: f(1), lambda: f(2))\nassert len(d) == 2", 1, 0, None, None, &[]),
    ("d = {}\ndef f(k): d.setdefault(k, 1)\nrun(lambda: f(1), lambda: f(2))", 1, 0, None, None, &["d"]),
    ("r = S()\ndef f(): s.x = r.x\ndef g(): r.x = s.x\nrun(f, g)", 3, 0, None, None, &["r", "s"]),
    (
        "out = []\ndef f():\n  if event.wait(1): out.append(1)\nrun(f, event.set)\nassert len(out) < 2",
        2,
        0,
        None,
        None,
        &[],
    ),
];

#[test]
fn classes_failures_preemptions_causes_and_races_are_as_counted_by_hand() {
    for (body, classes, failing, preemptions, cause, races) in ROWS {
        let report = search(body);
        assert_eq!((report.classes, report.failing), (Some(*classes), *failing), "{body}");
        assert_eq!(report.counts.blocked, 0, "{body}");
        let failure = report.failure.as_ref();
        assert_eq!(failure.map(|failure| failure.preemptions), *preemptions, "{body}");
        let code = failure.and_then(|failure| failure.cause.as_ref()).map(|cause| cause.pattern.code());
        assert_eq!(code, *cause, "{body}");
        let mut places: Vec<&str> = report.races.iter().map(|race| race.place.as_str()).collect();
        places.dedup();
        assert_eq!(places, *races, "{body}");
        let expected = if failure.is_some() { Verdict::Fails } else { Verdict::Holds };
        assert_eq!(report.verdict, expected, "{body}");
    }
}

#[test]
fn what_was_left_out_is_said() {
    let endless = "def f():\n  while True: s.x += 1\nrun(f, f)";
    let options = Options { steps_max: 50, executions_max: 20, ..Options::default() };
    let report = explore(&origin(&format!("{BEGIN}{endless}")), &options, &mut |_| true);
    assert!(matches!(report.verdict, Verdict::Unfinished(_)), "{:?}", report.verdict);
    assert_eq!(report.classes, None);
}

/// Body, and classes with how many of them fail: when timeouts fire at any time, and when they do in the order of time.
type Timed = (&'static str, (u64, u64), (u64, u64));

const TIMED: &[Timed] = &[
    // A sleep orders nothing; in time it does. The look before the assignment is one class, with the message another.
    ("def f(): time.sleep(0.1); s.x = 1\nstart(f)\ntime.sleep(0.5)\nassert s.x == 1", (2, 1), (1, 0)),
    // Two sleeps that end at one moment: either order.
    (
        "def f(): time.sleep(0.2); s.x = 1\ndef g(): time.sleep(0.1); time.sleep(0.1); s.x = 2\nrun(f, g)\nassert s.x == 2",
        (2, 1),
        (2, 1),
    ),
    // The lock is free again after one second: the first wait for it is in vain, the second is not.
    (
        "def f():\n  with lock: time.sleep(1)\ndef g():\n  time.sleep(0.1)\n  s.x = lock.acquire(timeout=0.5)\n\
         \x20 s.y = lock.acquire(timeout=0.5)\nrun(f, g)\nassert (s.x, s.y) == (False, True)",
        (4, 3),
        (1, 0),
    ),
    // The clock says for how long the wait took, whatever else went on meanwhile.
    (
        "def f():\n  begin = time.monotonic()\n  try: q.get(timeout=1)\n  except queue.Empty: pass\n\
         \x20 s.x = round(time.monotonic() - begin, 1)\ndef g(): time.sleep(0.4); time.sleep(0.4); time.sleep(0.7); q.put(0)\n\
         run(f, g)\nassert s.x == 1.0",
        (2, 1),
        (1, 0),
    ),
    // Cancelled at once: before the timer waits, or while it does; else too late, before or after it has looked.
    (
        "t = threading.Timer(1, s.__setattr__, ('x', 1))\nt.start()\nt.cancel()\nt.join()\nassert s.x == 0",
        (4, 2),
        (1, 0),
    ),
    // A wait that ends in vain at the moment at which the event is set ends either way.
    ("def f(): time.sleep(1); event.set()\nstart(f)\nassert event.wait(1)", (2, 1), (2, 1)),
    ("def f(): time.sleep(1); event.set()\nstart(f)\nassert event.wait(1.1)", (2, 1), (1, 0)),
    // Each of two waits is notified or given up, which is not the same as the order in which the lock is taken.
    (
        "c = threading.Condition()\ndef n():\n  with c: c.notify()\ndef f():\n  with c: c.wait(0.1)\n\
         def g():\n  with c: c.wait(1)\nrun(n, f, g)",
        (30, 0),
        (8, 0),
    ),
    // They hold one lock each at the same time only if one of them sleeps with it.
    (
        "def f():\n  with lock:\n    time.sleep(0.2)\n    with other: pass\ndef g():\n  time.sleep(0.1)\n  with other:\n    with lock: pass\nrun(f, g)",
        (3, 1),
        (1, 1),
    ),
];

#[test]
fn timeouts_fire_at_any_time_or_in_the_order_of_time() {
    for (body, free, in_time) in TIMED {
        for (timeouts, wanted) in [(Timeouts::Free, free), (Timeouts::Virtual, in_time)] {
            let begin = format!("{BEGIN}import time\ndef start(f): threading.Thread(target=f).start()\n");
            let mut origin = origin(&format!("{begin}{body}"));
            origin.set_timeouts(timeouts);
            let options = Options { after_failure: u64::MAX, ..Options::default() };
            let report = explore(&origin, &options, &mut |_| true);
            assert_eq!((report.classes, report.failing), (Some(wanted.0), wanted.1), "{timeouts:?}\n{body}");
            assert_eq!(report.counts.blocked, 0, "{timeouts:?}\n{body}");
            if let Some(failure) = &report.failure {
                let again = replay(&origin, Guide::Schedule(&failure.schedule)).expect("it can be followed");
                assert_eq!(failure_of(&again.machine).as_ref(), Some(&failure.kind), "{timeouts:?}\n{body}");
            }
        }
    }
}

/// Bodies that fail because the library looks at a container while another thread changes it.
const LOOKED_AT: &[&str] = &[
    "import copy\nx = [1]; got = []\nrun(lambda: got.append(copy.copy(x)), lambda: x.append(2))\nassert got == [[1]]",
    "import copy\nx = [[1]]; got = []\nrun(lambda: got.append(copy.deepcopy(x)), lambda: x[0].append(2))\nassert got == [[[1]]]",
    "import json\nx = {'a': [1]}; got = []\nrun(lambda: got.append(json.dumps(x)), lambda: x['a'].append(2))\n\
     assert got == ['{\"a\": [1]}']",
    "import collections\nc = collections.Counter()\nrun(lambda: c.update('a'), lambda: c.clear())\nassert c['a'] == 1",
    "import random\nx = [1]\nrun(lambda: random.choice(x), lambda: x.clear())",
    "def f(n):\n  with open('log', 'a') as file: file.write(n)\nrun(lambda: f('1'), lambda: f('2'))\nassert open('log').read() == '12'",
    "import os\nrun(lambda: open('log', 'w').close(), lambda: setattr(s, 'x', os.path.exists('log')))\nassert s.x",
    "import os\nrun(lambda: open('log', 'w').close(), lambda: setattr(s, 'x', os.path.exists('log')))\nassert not s.x",
    "import os\nr, w = os.pipe()\nrun(lambda: os.write(w, b'1'), lambda: os.write(w, b'2'))\nassert os.read(r, 2) == b'12'",
];

#[test]
fn what_the_library_looks_at_is_a_place_of_the_program() {
    for body in LOOKED_AT {
        assert_eq!(search(body).verdict, Verdict::Fails, "{body}");
    }
}

/// Bodies that fail because a place can be reached in another way, or because others come between the calls that the
/// library makes for the program.
const REACHED: &[&str] = &[
    // A namespace as a dict.
    "g = globals(); n = 0\ndef f(): g['n'] += 1\ndef h():\n  global n\n  n += 1\nrun(f, h)\nassert n == 2",
    "g = globals(); n = 0\ndef f():\n  global n\n  n = 1\ndef h(): s.x = dict(g)['n']\nrun(f, h)\nassert s.x == 1",
    "d = vars(s)\ndef f(): d['x'] += 1\ndef h(): s.x += 1\nrun(f, h)\nassert s.x == 2",
    "def f(): s.__dict__['x'] = s.x + 1\nrun(f, f)\nassert s.x == 2",
    "d = vars(s)\ndef f(): s.x = 1\ndef h(): s.y = sum(d.values())\nrun(f, h)\nassert s.y == 1",
    "def f(): s.x = 1\ndef h(): s.y = len(s.__dict__)\ndel s.x, s.y\nrun(f, h)\nassert s.y == 1",
    "def f(): s.__dict__ = {'x': 1}\ndef h(): s.y = s.x\nrun(f, h)\nassert s.__dict__ == {'x': 1}",
    // An iterator that several use.
    "it = iter([1, 2]); got = []\ndef f():\n  for x in it: got.append(x)\nrun(f, f)\nassert got == [1, 2]",
    "it = iter(range(2)); got = []\ndef f(): got.append(next(it))\nrun(f, f)\nassert got == [0, 1]",
    "it = enumerate('ab'); got = []\ndef f(n): got.append((n, next(it)[0]))\nrun(lambda: f(0), lambda: f(1))\n\
     assert (0, 0) in got",
    "it = zip([1, 2], [3, 4])\ndef f(): s.x = list(it)\ndef h(): s.y = list(it)\nrun(f, h)\nassert s.x",
    "import itertools\nit = itertools.chain([1], [2])\ndef f(): s.x = next(it)\ndef h(): s.y = next(it)\nrun(f, h)\n\
     assert s.x == 1",
    // What stands for C code, or is an object of the library.
    "import operator\nxs=[0]\ndef f(): operator.setitem(xs, 0, 1)\ndef g(): s.x = xs[0]\nrun(f, g)\nassert s.x == 1",
    "import operator\nxs=[0]\ndef f(): operator.iadd(xs, [1])\ndef g(): s.x = len(xs)\nrun(f, g)\nassert s.x == 2",
    "import operator\nxs=[0]\nget=operator.itemgetter(0)\ndef f(): xs[0] = 1\ndef g(): s.x = get(xs)\nrun(f, g)\nassert s.x == 1",
    "import operator\nget=operator.attrgetter('y')\ndef f(): s.y = 1\ndef g(): s.x = get(s)\nrun(f, g)\nassert s.x == 1",
    "import functools\nxs=[]\np=functools.partial(xs.append)\nrun(lambda: p(1), lambda: p(2))\nassert xs == [1, 2]",
    "b=bytearray(1)\nm=memoryview(b)\ndef f(): m[0] = 1\ndef g(): s.x = b[0]\nrun(f, g)\nassert s.x == 1",
    "b=bytearray(1)\nm=memoryview(b)\ndef f(): b[0] = 1\ndef g(): s.x = m[0]\nrun(f, g)\nassert s.x == 1",
    "import io,contextlib\nb=io.StringIO()\ndef f(): print('1', file=b)\ndef g(): print('2', file=b)\nrun(f, g)\nassert b.getvalue() == '1\\n2\\n'",
    "import os\ndef f(): os.environ['A'] = '1'\ndef g(): s.x = os.environ.get('A')\nrun(f, g)\nassert s.x == '1'",
    "import os\ndef f(): os.environ['A'] = '1'\ndef g(): s.x = 'A' in os.environ\nrun(f, g)\nassert s.x",
    "import collections\nd=collections.UserDict()\ndef f(): d['A'] = '1'\ndef g(): s.x = d.get('A')\nrun(f, g)\nassert s.x == '1'",
    "import collections\nd=collections.UserDict()\ndef f(): d['A'] = '1'\ndef g(): s.x = 'A' in d\nrun(f, g)\nassert s.x",
    "import collections\nd=collections.UserList([0])\ndef f(): d[0] += 1\nrun(f, f)\nassert d[0] == 2",
    "import collections\nd=collections.ChainMap({})\ndef f(): d['a'] = 1\ndef g(): s.x = 'a' in d\nrun(f, g)\nassert s.x",
    "import collections\nd=collections.OrderedDict(a=1,b=2)\ndef f(): d.move_to_end('a')\ndef g(): s.x = list(d)\nrun(f, g)\nassert s.x == ['b', 'a']",
    "import weakref\nd=weakref.WeakValueDictionary()\nclass C: pass\nc=C()\ndef f(): d['a'] = c\ndef g(): s.x = 'a' in d\nrun(f, g)\nassert s.x",
    "def gen():\n  yield 1\n  yield 2\ng=gen()\ndef f(): s.x = list(g)\ndef h(): s.y = list(g)\nrun(f, h)\nassert s.x == [1, 2], s.x",
    "def gen():\n  while True:\n    x = yield\n    s.x = x\ng=gen()\nnext(g)\nrun(lambda: g.send(1), lambda: g.send(2))\nassert s.x == 2",
    "def gen():\n  yield 1\n  yield 2\ng=gen()\ndef f(): s.x = next(g, 0)\nrun(f, g.close)\nassert s.x == 1",
    "def gen():\n  yield 1\n  yield 2\ng=gen()\ndef d(): yield from g\ndef f(): s.x = next(d(), 0)\ndef h(): s.y = next(d(), 0)\nrun(f, h)\nassert s.x == 1",
    "xs=[1]\nm=map(str, xs)\ndef f(): xs.append(2)\ndef g(): s.x = list(m)\nrun(f, g)\nassert s.x == ['1', '2']",
    "m=map(str, [1])\ndef f(): s.x = next(m, 0)\ndef g(): s.y = next(m, 0)\nrun(f, g)\nassert s.x == '1'",
    "import itertools\na,b=itertools.tee([1])\ndef f(): s.x = next(a, 0)\ndef g(): s.y = next(a, 0)\nrun(f, g)\nassert s.x == 1",
    "n = 0\ndef f():\n  global n\n  n = 1\ndef g(): s.x = eval('n')\nrun(f, g)\nassert s.x == 1",
    "n = 0\ndef f(): exec('n += 1', globals())\nrun(f, f)\nassert n == 2",
    "d={'a': 1}\ndef f(): d['a'] = 2\ndef g():\n  match d:\n    case {'a': v}: s.x = v\nrun(f, g)\nassert s.x == 2",
    "class P:\n  __match_args__ = ('v',)\n  v = 1\np=P()\ndef f(): p.v = 2\ndef g():\n  match p:\n    case P(v): s.x = v\nrun(f, g)\nassert s.x == 2",
    "import dataclasses\n@dataclasses.dataclass\nclass P:\n  n: int = 0\np=P()\ndef f(): p.n = 1\ndef g(): s.x = dataclasses.asdict(p)['n']\nrun(f, g)\nassert s.x == 1",
    "import dataclasses\n@dataclasses.dataclass\nclass P:\n  n: int = 0\np=P()\ndef f(): p.n = 1\ndef g(): s.x = dataclasses.replace(p).n\nrun(f, g)\nassert s.x == 1",
    "e=Exception('a')\ndef f(): e.args = ('b',)\ndef g(): s.x = str(e)\nrun(f, g)\nassert s.x == 'b'",
    "class C:\n  def __init__(self): self.n = 0\n  def __iter__(self): return self\n  def __next__(self):\n    if self.n >= 2: raise StopIteration\n    self.n += 1\n    return self.n\nc=C()\ndef f(): s.x = list(c)\ndef g(): s.y = list(c)\nrun(f, g)\nassert s.x == [1, 2]",
    "class P:\n  n = 0\n  def __repr__(self): return str(self.n)\np=P()\ndef f(): p.n = 1\ndef g(): s.x = repr([p])\nrun(f, g)\nassert s.x == '[1]'",
    "class A: n = 0\nclass B(A): pass\nb = B()\ndef f(): B.n = 1\ndef g(): s.x = b.n\nrun(f, g)\nassert s.x == 1",
    "class A: n = 0\nclass B(A): pass\nclass C(B): pass\ndef f(): B.n = 1\ndef g(): s.x = C.n\nrun(f, g)\nassert s.x == 1",
    "class A: pass\na = A()\ndef f(): A.n = 1\ndef g(): s.x = hasattr(a, 'n')\nrun(f, g)\nassert s.x",
    "class A: n = 0\nclass B(A):\n  def f(self): s.x = super().n\nb = B()\ndef g(): A.n = 5\nrun(b.f, g)\nassert s.x == 0",
    "import types\nm = types.ModuleType('m'); m.n = 0\nimport sys; sys.modules['m'] = m\ndef f(): m.n = 1\n\
     def g():\n  from m import n\n  s.x = n\nrun(f, g)\nassert s.x == 1",
    // The order in which futures end.
    "from concurrent.futures import *\nwith ThreadPoolExecutor(2) as p:\n  fs = [p.submit(int, n) for n in range(2)]\n\
     \x20 got = [f.result() for f in as_completed(fs)]\nassert got == [0, 1]",
    "from concurrent.futures import *\nwith ThreadPoolExecutor(2) as p:\n  fs = [p.submit(int, n) for n in range(2)]\n\
     \x20 done, _ = wait(fs, return_when=FIRST_COMPLETED)\nassert fs[0] in done",
    // Between the calls of the library.
    "import functools\ncalls = []\n@functools.cache\ndef g(): calls.append(1)\nrun(g, g)\nassert len(calls) == 1",
    "import functools\ncalls = []\n@functools.lru_cache(1)\ndef g(n): calls.append(n)\nrun(lambda: g(1), lambda: g(1))\n\
     assert len(calls) == 1",
    "import functools\ncalls = []\nclass C:\n  @functools.cached_property\n  def p(self): calls.append(1)\nc = C()\n\
     run(lambda: c.p, lambda: c.p)\nassert len(calls) == 1",
    "import collections\nd = collections.defaultdict(lambda: [])\nrun(lambda: d[0].append(1), lambda: d[0].append(2))\n\
     assert len(d[0]) == 2",
    "import collections\nd = collections.defaultdict(list)\nrun(lambda: d[0].append(1), lambda: setattr(s, 'x', 0 in d))\n\
     assert s.x",
];

#[test]
fn a_place_is_one_place_in_whatever_way_it_is_reached() {
    for body in REACHED {
        assert_eq!(search(body).verdict, Verdict::Fails, "{body}");
    }
}

/// Bodies that hold, with their classes: what is in one piece stays so, and what threads keep for themselves is no step.
const IN_ONE_PIECE: &[(&str, u64)] = &[
    ("it = iter([1, 2]); got = set()\ndef f(): got.add(next(it))\nrun(f, f)\nassert got == {1, 2}", 2),
    ("def f():\n  for n, x in enumerate(zip([1], [2])): pass\nrun(f, f)", 1),
    (
        "import collections\nd = collections.defaultdict(list)\nrun(lambda: d[0].append(1), lambda: d[0].append(2))\n\
         assert sorted(d[0]) == [1, 2]",
        4,
    ),
    ("import functools\n@functools.cache\ndef g(n): return n\ng(1)\nrun(lambda: g(1), lambda: g(1))", 1),
];

#[test]
fn what_is_in_one_piece_stays_so() {
    for (body, classes) in IN_ONE_PIECE {
        let report = search(body);
        assert_eq!((report.verdict, report.classes), (Verdict::Holds, Some(*classes)), "{body}");
    }
}

#[test]
fn a_pool_of_threads_ends_under_every_schedule() {
    let pool = "from multiprocessing.pool import ThreadPool\n";
    for (body, classes) in [
        ("with ThreadPool(1) as p: assert p.map(abs, [-1]) == [1]", 8),
        ("p = ThreadPool(1)\nr = p.apply_async(abs, (-1,))\np.close()\np.join()\nassert r.get() == 1", 4),
        ("with ThreadPool(2) as p: assert p.map(abs, [1, -2], chunksize=1) == [1, 2]", 1920),
    ] {
        let report = search(&format!("{pool}{body}"));
        assert_eq!((report.verdict, report.classes), (Verdict::Holds, Some(classes)), "{body}");
    }
}
