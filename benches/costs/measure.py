"""Measures what CPython's instructions and native functions cost, and prints the rows of gilsim's cost tables.

    python3.13 measure.py PYTHON3.13 PYTHON3.9 > costs.txt

Method. Each snippet of `snippets.py` is repeated inside a loop and timed on both interpreters, the minimum of many short
rounds, all snippets in turn so that a disturbance hits no one alone; an empty loop is subtracted. What a snippet executes is
counted, not guessed: this program runs it under `sys.settrace` with opcode events (so it must run on 3.13; its
super-instructions are split into their parts, which gives gilsim's instruction set). Then costs per instruction
and per native callee are fitted: non-negative least squares of the relative errors (those of typical loops count more) by coordinate descent, with a weak pull
towards a plausible start, first in real numbers, then in whole nanoseconds of at least one, so that rounding errors
of neighbours cancel. A virtual nanosecond is a nanosecond of the machine it was measured on.

What it misses: costs that depend on data (long strings, big integers, large containers) are added by the functions
that know the data; caches, allocation patterns and branch predictors of large programs.
"""

import collections
import dis
import functools
import json
import os
import re
import subprocess
import sys
import time

import snippets

UNROLLED = 10
ROUNDS = 150
ROUND_NS = 400_000
PULL = 0.003  # weight of the start value beside the measurements
PULL_NATIVE = 0.00001
# What programs spend their time in counts more.
TYPICAL = {
    "for range large", "for range large use", "while large", "while down", "fib", "prime", "sieve", "count words", "bodies", "global add", "method bump",
    "method get", "attr add", "instance", "call 1", "raise call", "key error", "with lock counter", "call of list.append", "call of dict.get", "generator 50",
    "comprehension long", "int lcg", "for list", "while",
}
TYPICAL_WEIGHT = 4.0

PARTS = {
    "LOAD_FAST_LOAD_FAST": ["LOAD_FAST", "LOAD_FAST"],
    "STORE_FAST_STORE_FAST": ["STORE_FAST", "STORE_FAST"],
    "STORE_FAST_LOAD_FAST": ["STORE_FAST", "LOAD_FAST"],
}
NATIVE = ("native ", "operator: ")
NOT_COUNTED = {"RESUME", "EXTENDED_ARG", "CACHE"}  # RESUME is counted by "call" events


def all_snippets():
    """(name, module, prologue, body, natives, version it needs or None)"""
    for row in snippets.SNIPPETS:
        yield row if len(row) == 6 else (*row, None)
    for name, call in snippets.NATIVE:
        calls = [part.strip() for part in call.split(";")]
        natives = {}
        for part, other in zip(calls, [name] + [other for other, c in snippets.NATIVE if c == call and other != name]):
            natives[other] = 1
        yield ("call of " + name, snippets.NATIVE_MODULE, snippets.LOCALS, "\n".join(calls), natives, None)


def source(module, prologue, body, unrolled):
    indent = lambda text, depth: "".join("    " * depth + line + "\n" for line in text.strip().split("\n") if line)
    return module + "\ndef bench(it):\n" + indent(prologue.replace("; ", "\n"), 1) + "    for _ in it:\n" + (indent(body, 2) * unrolled or "        pass\n")


def function(module, prologue, body, unrolled):
    namespace = {}
    exec(compile(source(module, prologue, body, unrolled), "<snippet>", "exec"), namespace)
    return namespace["bench"]


def timed(bench, n):
    it = iter(range(n))
    start = time.perf_counter_ns()
    bench(it)
    return time.perf_counter_ns() - start


def measure():
    """Run by the interpreter under test: prints nanoseconds per body as JSON."""
    version = "%d.%d" % sys.version_info[:2]
    rows = [("empty", "", "", "", 0)] + [(r[0], *r[1:4], UNROLLED) for r in all_snippets() if r[5] in (None, version, "called on 3.9")]
    benches = []
    for name, module, prologue, body, unrolled in rows:
        bench = function(module, prologue, body, unrolled)
        timed(bench, 20)  # specialise
        n = max(1, int(20 * ROUND_NS / max(timed(bench, 20), 1)))
        benches.append([name, bench, n, 1e18])
    for _ in range(ROUNDS):
        for row in benches:
            row[3] = min(row[3], timed(row[1], row[2]) / row[2])
    empty = benches[0][3]
    json.dump({"empty": empty, **{row[0]: (row[3] - empty) / UNROLLED for row in benches[1:]}}, sys.stdout)


@functools.cache
def code_start(code):
    """The instructions that run before a frame's first RESUME, which trace events do not show, and that one's place."""
    before = []
    for instruction in dis.get_instructions(code):
        if instruction.opname == "RESUME":
            return before, instruction.offset
        if instruction.opname not in NOT_COUNTED:
            before.append(instruction.opname)


def count(module, prologue, body):
    """Instructions that one body executes, by name."""
    bench = function(module, prologue, body, 1)
    counts = collections.Counter()

    def trace(frame, event, arg):
        frame.f_trace_opcodes = True
        if event == "call":
            counts["RESUME"] += 1
            if code_start(frame.f_code)[1] == frame.f_lasti:
                counts.update(code_start(frame.f_code)[0])
        elif event == "opcode":
            code = frame.f_code.co_code[frame.f_lasti]
            name = dis.opname[code]
            if name not in NOT_COUNTED:
                counts.update(PARTS.get(name, [name]))
        return trace

    def run(n):
        counts.clear()
        it = iter(range(n))
        sys.settrace(trace)
        bench(it)
        sys.settrace(None)
        return counts.copy()

    one, two = run(1), run(2)
    two.subtract(one)
    two.subtract({"FOR_ITER": 1, "STORE_FAST": 1, "JUMP_BACKWARD": 1})
    return {name: n for name, n in two.items() if n}


def as_call(counts):
    """The counts of a comprehension that is a function of its own (before 3.12) from those of an inlined one."""
    called = collections.Counter(counts)
    called.subtract({"LOAD_FAST_AND_CLEAR": 1, "SWAP": counts["SWAP"], "STORE_FAST": 1})
    called.update(["LOAD_CONST", "MAKE_FUNCTION", "CALL", "RESUME", "LOAD_FAST", "RETURN_VALUE"])
    return {name: n for name, n in called.items() if n > 0}


def fit(rows, labels, names, start, least, whole):
    """Coordinate descent on sum(((predicted - measured) / measured) ** 2) + pull."""
    cost = dict(start)
    by_name = {name: [i for i, (counts, _) in enumerate(rows) if counts.get(name)] for name in names}
    predicted = [sum(cost[k] * n for k, n in counts.items()) for counts, _ in rows]
    weight = [(TYPICAL_WEIGHT if label in TYPICAL else 1.0) / max(ns, 5.0) for (_, ns), label in zip(rows, labels)]

    def set_cost(name, value):
        for i in by_name[name]:
            predicted[i] += (value - cost[name]) * rows[i][0][name]
        cost[name] = value

    def pull_of(name):
        return PULL_NATIVE if name.startswith(NATIVE) or start[name] > 500 else PULL

    def loss(name):
        pull = pull_of(name) * ((cost[name] - start[name]) / max(start[name], 2.0)) ** 2
        return pull + sum(((predicted[i] - rows[i][1]) * weight[i]) ** 2 for i in by_name[name])

    for _ in range(3000 if not whole else 60):
        moved = 0.0
        for name in names:
            before = cost[name]
            if whole:
                best = (loss(name), before)
                for value in (before - 1, before + 1):
                    if value >= least(name):
                        set_cost(name, value)
                        best = min(best, (loss(name), value))
                set_cost(name, best[1])
            else:
                pull = pull_of(name) / max(start[name], 2.0) ** 2
                top, bottom = pull * start[name], pull
                for i in by_name[name]:
                    n, w = rows[i][0][name], weight[i] ** 2
                    top += w * n * (rows[i][1] - (predicted[i] - cost[name] * n))
                    bottom += w * n * n
                set_cost(name, max(top / bottom, least(name)))
            moved = max(moved, abs(cost[name] - before))
        if moved < 1e-6:
            break
    return cost, predicted


START = {  # where nothing else is known, on 3.13; 3.9 starts half as dear again
    "CALL": 8, "CALL_KW": 15, "CALL_FUNCTION_EX": 30, "RESUME": 8, "BINARY_OP": 8, "RAISE_VARARGS": 100, "RERAISE": 60, "IMPORT_NAME": 60, "LOAD_BUILD_CLASS": 9000,
    "LOAD_FAST": 1.5, "LOAD_CONST": 1.5, "STORE_FAST": 1.5, "POP_TOP": 1.5, "COPY": 1.5, "SWAP": 1.5, "NOP": 1, "PUSH_NULL": 1, "JUMP_FORWARD": 1.5,
}


def table(times, counted, factor):
    rows, labels = [], []
    for name, ns in times.items():
        if name in counted and ns > 0:
            rows.append((counted[name], ns))
            labels.append(name)
    names = sorted({k for counts, _ in rows for k in counts})
    start = {k: START.get(k, 25 if k.startswith(NATIVE) else 5) * factor for k in names}
    least = lambda name: 0 if name.startswith(NATIVE) else 1
    cost, _ = fit(rows, labels, names, start, least, False)
    cost, predicted = fit(rows, labels, names, {k: max(round(v), least(k)) for k, v in cost.items()}, least, True)
    errors = sorted((abs(p / ns - 1), label, p, ns) for (_, ns), p, label in zip(rows, predicted, labels))
    return cost, errors


def main():
    here = os.path.abspath(__file__)
    timings = [json.loads(subprocess.check_output([python, here, "--measure"])) for python in sys.argv[1:3]]
    counted = {}
    inlined = set()
    for name, module, prologue, body, natives, version in all_snippets():
        if version == "called on 3.9":
            inlined.add(name)
        counts = count(module, prologue, body)
        for native, n in natives.items():
            counts[native if native.startswith(NATIVE) else "native " + native] = n
        counted[name] = counts
    results = []
    for times, factor in zip(timings, (1.0, 1.5)):
        counted["empty"] = {"FOR_ITER": 1, "STORE_FAST": 1, "JUMP_BACKWARD": 1}
        if factor > 1:
            counted.update({name: as_call(counted[name]) for name in inlined})
        cost, errors = table(times, counted, factor)
        results.append(cost)
        print("# median error %.0f %%, 90th percentile %.0f %%; worst:" % (errors[len(errors) // 2][0] * 100, errors[len(errors) * 9 // 10][0] * 100))
        for error, label, p, ns in errors[-12:]:
            print("#   %-24s fitted %7.1f measured %7.1f" % (label, p, ns))
    print_rows(*results)


# What no snippet executes: as another instruction, or a round number.
ALIKE = {
    "LOAD_FAST_CHECK": "LOAD_FAST", "LOAD_FAST_AND_CLEAR": "LOAD_FAST", "DELETE_DEREF": "STORE_DEREF", "LOAD_FROM_DICT_OR_DEREF": "LOAD_DEREF",
    "LOAD_FROM_DICT_OR_GLOBALS": "LOAD_NAME", "DELETE_GLOBAL": "STORE_GLOBAL", "DELETE_NAME": "STORE_NAME", "LOAD_LOCALS": "LOAD_FAST",
    "LOAD_ASSERTION_ERROR": "LOAD_CONST", "SETUP_ANNOTATIONS": "STORE_NAME", "END_FOR": "POP_TOP", "CALL_INTRINSIC_1": "CONVERT_VALUE",
    "CALL_INTRINSIC_2": "CONVERT_VALUE", "CHECK_EG_MATCH": "CHECK_EXC_MATCH", "CLEANUP_THROW": "CHECK_EXC_MATCH", "WITH_EXCEPT_START": "BEFORE_WITH",
    "LOAD_BUILD_CLASS": "LOAD_BUILD_CLASS", "GET_LEN": "UNPACK_SEQUENCE", "MAKE_CELL": "STORE_FAST", "COPY_FREE_VARS": "NOP",
}


def print_rows(new, old):
    """Rows for `vm/src/code/costs.rs` in the order of `Op`, then for `vm/src/native/costs.rs`."""
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../../vm/src/code/op.rs")) as file:
        ops = re.findall(r'^    (\w+) "([A-Z_0-9]+)" \w+;', file.read(), re.M)
    for variant, name in ops:
        known = name if name in new else ALIKE[name]
        ns = new[known]
        print("    (Op::%s, %d, %d)," % (variant, ns, old.get(name, old.get(known, ns))))
    natives = {}
    for name in (name for name in new if name.startswith(NATIVE)):
        pair = (new[name], old.get(name, new[name]))
        name = name.removeprefix("native ")
        if name == "lock.with":  # half of it for each way
            pair = (pair[0] // 2, pair[1] // 2)
            natives["lock.__enter__"] = pair
            name = "lock.__exit__"
        natives[name] = pair
    for name, pair in sorted(natives.items()):
        print('    ("%s", %d, %d),' % (name, *pair))


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["--measure"] else main()
