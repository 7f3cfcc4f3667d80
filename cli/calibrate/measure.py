"""Times every snippet of `snippets.py`, whose text stands before this one, on the interpreter that runs it.

`gilsim calibrate` runs it, with the number of rounds as its argument, on any CPython from 2.7 on. It prints one JSON object: what the interpreter is, and
for each snippet its text, the native functions it calls, and nanoseconds.

Each body is repeated inside a loop, which is a snippet of its own and is subtracted. Those whose names begin with `cold` are `while` loops of
functions that are made anew for each round, so no version that specialises code as a whole has specialised them. All snippets take turns, in many short rounds of processor time.
A machine that does other work is slower from moment to moment, also in processor time. So a short loop, the probe, is timed before and after every round:
the round counts as what it would have taken at the probe's best, and the median of the rounds is the snippet's time. Where the medians of every second round
disagree, there are more rounds. What this misses: other work that slows a snippet down more, or less, than the probe; `benches/run_time/timed.py`
times whole programs by the same measure. A snippet that the interpreter cannot parse or lacks functions for is left out.
"""

import json
import platform
import sys
import time
from functools import partial

UNROLLED = 10
HEAD = "    for _ in range(turns):\n"
COLD_HEAD = "    while turns > 0:\n        turns -= 1\n"
ROUND_NS = 200000
CLOCK = getattr(time, "process_time", None) or time.clock  # 2.7: processor time too
LOOP = "operator: range item"
DISAGREE = 0.02
MORE_MAX = 4
RANGE = range if sys.version_info[0] > 2 else xrange


def all_snippets():
    """(name, module, prologue, body, natives)"""
    for row in SNIPPETS:
        yield row
    for name, call in NATIVE:
        calls = [part.strip() for part in call.split(";")]
        natives = dict.fromkeys([name] + [other for other, same in NATIVE if same == call], 1)
        yield ("call of " + name, NATIVE_MODULE, LOCALS, "\n".join(calls), natives)


def is_cold(name):
    return name.startswith("cold ")


def source(head, prologue, body, unrolled):
    def indent(text, depth):
        return "".join("    " * depth + line + "\n" for line in text.strip().split("\n") if line)

    repeated = indent(body, 2) * unrolled or "        pass\n"
    return "def bench(turns):\n" + indent(prologue.replace("; ", "\n"), 1) + head + repeated


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
        except (SyntaxError, ImportError, AttributeError, NameError):
            pass


def function(module, text):
    namespace = {"__name__": "snippet"}
    if sys.version_info[0] == 2:
        namespace.update({"__metaclass__": type, "range": xrange})
    define(module, namespace)
    exec(compile(text, "<snippet>", "exec"), namespace)
    return namespace["bench"]


def timed(bench, n):
    start = CLOCK()
    bench(n)
    return (CLOCK() - start) * 1e9


def probe():
    start = CLOCK()
    x = 0
    for i in RANGE(1000, 1400):
        x += i
    return CLOCK() - start


def repeat(row):
    _, _, _, make, n, rounds = row
    bench = make()
    before = probe()
    took = timed(bench, n) / n
    rounds.append((took, (before + probe()) / 2))


def median(values):
    values = sorted(values)
    return values[len(values) // 2]


def typical(rounds, best):
    """What a turn takes where the probe takes its best time."""
    return median(took * best / max(probed, best) for took, probed in rounds)


def disagrees(rounds, best):
    one, other = typical(rounds[::2], best), typical(rounds[1::2], best)
    return max(one, other) > min(one, other) * (1 + DISAGREE)


def measure(rounds):
    """(name, text, natives, nanoseconds) of each snippet, and nanoseconds of the probe"""
    benches = []
    for name, module, prologue, body, natives in [("loop", "", "", "", {})] + list(all_snippets()):
        head, unrolled = (COLD_HEAD, 1) if is_cold(name) else (HEAD, UNROLLED)
        text = source(head, prologue, body, unrolled)
        try:
            bench = function(module, text)
            timed(bench, 20)  # specialise
        except (SyntaxError, NameError, AttributeError, TypeError):
            continue  # not in this version
        n = max(1, int(20 * ROUND_NS / max(timed(bench, 20), 1)))
        make = partial(function, module, text) if is_cold(name) else (lambda bench=bench: bench)
        natives = dict(natives)
        natives[LOOP] = natives.get(LOOP, 0) + (0 if is_cold(name) else 1)
        benches.append((name, module + "\n" + source(head, prologue, body, 1), natives, make, n, []))
    doubtful = benches
    for _ in range(1 + MORE_MAX):
        for row in max(rounds, 2) * doubtful:
            repeat(row)
        probes = sorted(probed for row in benches for _, probed in row[5])
        best = probes[len(probes) // 50]  # the clock itself errs now and then
        doubtful = [row for row in doubtful if disagrees(row[5], best)]
    loop = typical(benches[0][5], best)
    found = [benches[0][:3] + (loop,)]
    for name, text, natives, _, _, times in benches[1:]:
        found.append((name, text, natives, (typical(times, best) - loop) / (1 if is_cold(name) else UNROLLED)))
    return found, best * 1e9


def main():
    keys = ("name", "text", "natives", "ns")
    found, probe_ns = measure(int(sys.argv[1]))
    snippets = [dict(zip(keys, row), cold=is_cold(row[0])) for row in found]
    json.dump({"build": platform.python_version(), "platform": platform.platform(), "probe_ns": probe_ns, "snippets": snippets}, sys.stdout)


main()
