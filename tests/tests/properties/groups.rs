//! The loop's groups of instructions mean the same as their instructions one after the other: values, virtual time, places of
//! preemption, events.

use crate::machine::{ALL_PROFILES, Listener, Machine};
use gilsim_scheduler::choice::Faithful;
use gilsim_scheduler::event::Deaf;

/// Every kind of group with operands of the usual kinds, of others, and with ones that change their kind on the way.
const PROGRAM: &str = r#"
import threading

class Box:
    def __init__(self, n):
        self.n = n
        self.m = n

    def add(self, k):
        self.n += k
        self.m = self.n
        return self

    def __getitem__(self, i):
        return self.n + i

    def __setitem__(self, i, value):
        self.n = value

    def __bool__(self):
        return self.n % 2 == 1

class Slow(Box):
    @property
    def m(self):
        return self.n * 2

    @m.setter
    def m(self, value):
        self.n = value + 1

def numbers(limit):
    for i in range(limit):
        j = i
        yield j

def arithmetic(x, y):
    z = x + y
    w = x * 3
    x = 2 * y
    v = (x + y) * (z - 1) // 7
    u = x + 1 + z
    x -= 1
    a = b = z
    return [x, y, z, w, v, u, a, b, x / 3, -x, x & 7 if isinstance(x, int) else x]

def compare(x, y):
    out = 0
    if x < y:
        out += 1
    if x >= 3:
        out += 2
    if x + 1 != y:
        out += 4
    if not x:
        out += 8
    while y > x + 2:
        y -= 1
    if x + y == y + x:
        out += 16
    return out, y

def items(seq, i):
    seq[i] = seq[0]
    seq[i] += 1
    seq[1] -= 2
    k = seq[i + 1 - 1]
    seq[0] = k
    return k, seq[-1]

def failing(call, *args):
    try:
        return call(*args)
    except Exception as error:
        return type(error).__name__, str(error)

lock = threading.Lock()
total = 0

def work(seed):
    global total
    out = []
    for round in range(6):
        for x, y in ((seed, 3), (1 << 62, 1 << 62), (0.5, 2), (2, 0.25), (float("nan"), 1.0), ("a", "b"), (True, 7)):
            out.append(failing(arithmetic, x, y))
            out.append(failing(compare, x, y))
        for seq in ([1, 2, 3], [1.5, 2.5, 3.5], {0: 1, 1: 5, 2: 9}, (1, 2, 3), Box(3), Slow(4), "abc", [1]):
            out.append(str(failing(items, seq, 2))[:40])
            out.append(bool(seq))
        for box in (Box(round), Slow(round)):
            for k in numbers(5):
                out.append(box.add(k).m)
        for pair in [[1, 2], (3, 4)]:
            a, b = pair
            out.extend(i for i in pair if i > 1)
        with lock:
            total += len(out)
    return sorted(map(str, out))

results = []
threads = [threading.Thread(target=lambda s: results.append(work(s)), args=(s,)) for s in (1, 2, 3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total, sorted(map(str, results)))
"#;

#[test]
fn groups_mean_what_their_instructions_mean() {
    for profile in ALL_PROFILES {
        for interval_ns in [1_000, 7_000, 63_000, 5_000_000] {
            let machine = Machine::new(profile, PROGRAM).with(|config| config.switch_interval_ns = interval_ns);
            let (mut batched, mut singly) = (machine.simulation(), machine.simulation());
            let (mut heard, mut heard_singly) = (Listener::default(), Listener::default());
            let outcome = batched.run(&mut Faithful, &mut heard);
            let outcome_singly = loop {
                if let Some(outcome) = singly.step(&mut Faithful, &mut heard_singly) {
                    break outcome;
                }
            };
            assert_eq!(outcome, outcome_singly);
            assert_eq!((batched.now_ns(), batched.steps()), (singly.now_ns(), singly.steps()));
            assert!(heard == heard_singly, "the same events at the same times under {profile}, {interval_ns} ns");
            assert!(batched == singly, "{profile}");
            let mut unheard = machine.simulation();
            assert_eq!(unheard.run(&mut Faithful, &mut Deaf), outcome);
            assert_eq!(unheard.output(), batched.output());
        }
    }
}
