"""Measures what CPython's instructions and native functions cost, and prints the rows of gilsim's cost tables.

    python3.13 measure.py PYTHON3.13 PYTHON... > costs.txt

Method. Each snippet of `snippets.py` is repeated inside a loop and timed on each interpreter, the minimum of many short
rounds, all snippets in turn so that a disturbance hits no one alone; an empty loop is subtracted. What a snippet executes is
counted, not guessed: this program runs it under `sys.settrace` with opcode events (so it must run on 3.13; its
super-instructions are split into their parts, which gives gilsim's instruction set). Then costs per instruction
and per native callee are fitted: non-negative least squares of the relative errors (those of typical loops count more) by coordinate descent, with a weak pull
towards a plausible start, first in real numbers, then in whole nanoseconds of at least one, so that rounding errors
of neighbours cancel. Snippets that a version cannot parse are left out there. The first interpreter is the measure of the others:
all times are scaled so that the median of its snippets is what the present table says, and its own column is printed
as it was; so columns measured at different times are comparable. The fit starts from the present columns.

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
ROUND_NS = 400000
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
CLOCK = getattr(time, "perf_counter", time.time)
RANGE = range if sys.version_info[0] > 2 else xrange
NATIVE = ("native ", "operator: ")
NOT_COUNTED = {"RESUME", "EXTENDED_ARG", "CACHE"}  # RESUME is counted by "call" events


cached = getattr(functools, "cache", lambda function: function)


def all_snippets():
    """(name, module, prologue, body, natives, version it needs or None)"""
    for row in snippets.SNIPPETS:
        yield row if len(row) == 6 else row + (None,)
    for name, call in snippets.NATIVE:
        calls = [part.strip() for part in call.split(";")]
        natives = {}
        for part, other in zip(calls, [name] + [other for other, c in snippets.NATIVE if c == call and other != name]):
            natives[other] = 1
        yield ("call of " + name, snippets.NATIVE_MODULE, snippets.LOCALS, "\n".join(calls), natives, None)


def define(module, namespace):
    """Executes those definitions of a module's text that this interpreter has."""
    blocks = []
    for line in module.split("\n"):
        if line[:1] in ("", " ") and blocks:
            blocks[-1] += "\n" + line
        else:
            blocks.append(line)
    for block in blocks:
        try:
            exec(compile(block, "<snippet>", "exec"), namespace)
        except (SyntaxError, ImportError, AttributeError):
            pass


def source(prologue, body, unrolled):
    indent = lambda text, depth: "".join("    " * depth + line + "\n" for line in text.strip().split("\n") if line)
    return "def bench(it):\n" + indent(prologue.replace("; ", "\n"), 1) + "    for _ in it:\n" + (indent(body, 2) * unrolled or "        pass\n")


def function(module, prologue, body, unrolled):
    namespace = {}
    if sys.version_info[0] == 2:
        namespace = {"__metaclass__": type, "__name__": "snippet", "range": xrange}
    define(module, namespace)
    exec(compile(source(prologue, body, unrolled), "<snippet>", "exec"), namespace)
    return namespace["bench"]


def timed(bench, n):
    it = iter(RANGE(n))
    start = CLOCK()
    bench(it)
    return (CLOCK() - start) * 1e9


def measure():
    """Run by the interpreter under test: prints nanoseconds per body as JSON."""
    rows = [("empty", "", "", "", 0)] + [r[:4] + (UNROLLED,) for r in all_snippets()]
    benches = []
    for name, module, prologue, body, unrolled in rows:
        try:
            bench = function(module, prologue, body, unrolled)
            timed(bench, 20)  # specialise
        except (SyntaxError, NameError, AttributeError, TypeError):
            continue  # not in this version
        n = max(1, int(20 * ROUND_NS / max(timed(bench, 20), 1)))
        benches.append([name, bench, n, 1e18])
    for _ in range(ROUNDS):
        for row in benches:
            row[3] = min(row[3], timed(row[1], row[2]) / row[2])
    empty = benches[0][3]
    times = {row[0]: (row[3] - empty) / UNROLLED for row in benches[1:]}
    json.dump({"version": "%d.%d" % sys.version_info[:2], "empty": empty, "times": times}, sys.stdout)


@cached
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


def table(times, counted, present):
    rows, labels = [], []
    for name, ns in times.items():
        if name in counted and ns > 0:
            rows.append((counted[name], ns))
            labels.append(name)
    names = sorted({k for counts, _ in rows for k in counts})
    start = {k: present.get(k, START.get(k, 25 if k.startswith(NATIVE) else 5)) for k in names}
    least = lambda name: 0 if name.startswith(NATIVE) else 1
    cost, _ = fit(rows, labels, names, start, least, False)
    cost, predicted = fit(rows, labels, names, {k: max(round(v), least(k)) for k, v in cost.items()}, least, True)
    errors = sorted((abs(p / ns - 1), label, p, ns) for (_, ns), p, label in zip(rows, predicted, labels))
    return cost, errors


def count_all():
    """What each snippet executes: on 3.12 and later, and before."""
    inlined, called = {}, {}
    for name, module, prologue, body, natives, version in all_snippets():
        counts = count(module, prologue, body)
        before = as_call(counts) if version == "called before 3.12" else dict(counts)
        for target, of in ((inlined, counts), (called, before)):
            target[name] = dict(of, **{native if native.startswith(NATIVE) else "native " + native: n for native, n in natives.items()})
    for target in (inlined, called):
        target["empty"] = {"FOR_ITER": 1, "STORE_FAST": 1, "JUMP_BACKWARD": 1}
    return inlined, called


def main():
    here = os.path.abspath(__file__)
    runs = [json.loads(subprocess.check_output([python, here, "--measure"])) for python in sys.argv[1:]]
    inlined, called = count_all()
    present = present_columns()
    scale = scale_of(runs[0], inlined, present[runs[0]["version"]])
    print("# this machine takes %.2f times as long for %s as the table says" % (scale, runs[0]["version"]))
    columns = dict(present)
    for run in runs[1:]:
        version = run["version"]
        counted = called if tuple(map(int, version.split("."))) < (3, 12) else inlined
        cost, errors = table({name: ns / scale for name, ns in run["times"].items()}, counted, present[version])
        columns[version] = dict(present[version], **cost)
        print("# %s: %d snippets, median error %.0f %%, 90th percentile %.0f %%; worst:" % (version, len(errors), errors[len(errors) // 2][0] * 100, errors[len(errors) * 9 // 10][0] * 100))
        for error, label, p, ns in errors[-6:]:
            print("#   %-24s fitted %7.1f measured %7.1f" % (label, p, ns))
    print_rows(columns)


def scale_of(run, counted, column):
    predicted = {name: sum(column[k] * n for k, n in counted[name].items()) for name in run["times"]}
    ratios = sorted(ns / predicted[name] for name, ns in run["times"].items() if predicted[name] > 0)
    return ratios[len(ratios) // 2]


# What no snippet executes: as another instruction.
ALIKE = {
    "LOAD_FAST_CHECK": "LOAD_FAST", "LOAD_FAST_AND_CLEAR": "LOAD_FAST", "DELETE_DEREF": "STORE_DEREF", "LOAD_FROM_DICT_OR_DEREF": "LOAD_DEREF",
    "LOAD_FROM_DICT_OR_GLOBALS": "LOAD_NAME", "DELETE_GLOBAL": "STORE_GLOBAL", "DELETE_NAME": "STORE_NAME", "LOAD_LOCALS": "LOAD_FAST",
    "LOAD_ASSERTION_ERROR": "LOAD_CONST", "SETUP_ANNOTATIONS": "STORE_NAME", "END_FOR": "POP_TOP", "CALL_INTRINSIC_1": "CONVERT_VALUE",
    "CALL_INTRINSIC_2": "CONVERT_VALUE", "CHECK_EG_MATCH": "CHECK_EXC_MATCH", "CLEANUP_THROW": "CHECK_EXC_MATCH", "WITH_EXCEPT_START": "BEFORE_WITH",
}

TABLES = ("../../vm/src/code/costs.rs", "../../vm/src/native/costs.rs")
ROW = re.compile(r'\((?:Op::(\w+)|"([^"]+)"), \[([0-9, ]+)\]\)')


def read(path):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), path)) as file:
        return file.read()


@cached
def opcodes():
    """Name of the variant and of the instruction, in the order of `Op`."""
    return re.findall(r'^    (\w+) "([A-Z_0-9]+)" \w+;', read("../../vm/src/code/op.rs"), re.M)


def versions():
    return re.search(r"COLUMNS: .* = &?\[(.*)\];", read(TABLES[0])).group(1).replace('"', "").split(", ")


def present_columns():
    """The present tables as one column per version, native functions with their prefix."""
    names = dict(opcodes())
    columns = {version: {} for version in versions()}
    for path in TABLES:
        for variant, native, numbers in ROW.findall(read(path)):
            name = names[variant] if variant else native if native.startswith(NATIVE) else "native " + native
            for version, ns in zip(columns, numbers.split(", ")):
                columns[version][name] = int(ns)
    for column in columns.values():  # half of it for each way
        column["native lock.with"] = 2 * column.pop("native lock.__enter__")
        del column["native lock.__exit__"]
    return columns


def print_rows(columns):
    """Rows for the two tables, with all columns."""
    def row(of):
        return ", ".join(str(of(column)) for column in columns.values())

    for variant, name in opcodes():
        print("    (Op::%s, [%s])," % (variant, row(lambda column: column[ALIKE.get(name, name)])))
    rows = {}
    for name in sorted(columns["3.13"]):
        if name == "native lock.with":
            rows["lock.__enter__"] = rows["lock.__exit__"] = row(lambda column: column[name] // 2)
        elif name.startswith(NATIVE):
            rows[name.removeprefix("native ")] = row(lambda column: column[name])
    for name, numbers in sorted(rows.items()):
        print('    ("%s", [%s]),' % (name, numbers))


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["--measure"] else main()
