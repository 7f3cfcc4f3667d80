"""Times every snippet of `snippets.py`, whose text stands before this one, on the interpreter that runs it.

`gilsim calibrate` runs it, with the number of rounds as its argument, on any CPython from 2.7 on. It prints one JSON object: what the interpreter is, and
for each snippet its text, the native functions it calls, and nanoseconds.

Each body is repeated inside a loop; the time is the minimum of many short rounds, all snippets in turn, so that a disturbance hits no one
alone; the loop itself, which is a snippet of its own, is subtracted. A snippet that the interpreter cannot parse or lacks functions for is left out.
"""

import json
import platform
import sys
import time

UNROLLED = 10
ROUND_NS = 400000
CLOCK = getattr(time, "perf_counter", time.time)
RANGE = range if sys.version_info[0] > 2 else xrange


def all_snippets():
    """(name, module, prologue, body, natives)"""
    for row in SNIPPETS:
        yield row
    for name, call in NATIVE:
        calls = [part.strip() for part in call.split(";")]
        natives = dict.fromkeys([name] + [other for other, same in NATIVE if same == call], 1)
        yield ("call of " + name, NATIVE_MODULE, LOCALS, "\n".join(calls), natives)


def source(prologue, body, unrolled):
    def indent(text, depth):
        return "".join("    " * depth + line + "\n" for line in text.strip().split("\n") if line)

    repeated = indent(body, 2) * unrolled or "        pass\n"
    return "def bench(it):\n" + indent(prologue.replace("; ", "\n"), 1) + "    for _ in it:\n" + repeated


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


def function(module, prologue, body, unrolled):
    namespace = {"__name__": "snippet"}
    if sys.version_info[0] == 2:
        namespace.update({"__metaclass__": type, "range": xrange})
    define(module, namespace)
    exec(compile(source(prologue, body, unrolled), "<snippet>", "exec"), namespace)
    return namespace["bench"]


def timed(bench, n):
    it = iter(RANGE(n))
    start = CLOCK()
    bench(it)
    return (CLOCK() - start) * 1e9


def measure(rounds):
    """(name, text, natives, nanoseconds) of each snippet"""
    benches = []
    for name, module, prologue, body, natives in [("loop", "", "", "", {})] + list(all_snippets()):
        try:
            bench = function(module, prologue, body, UNROLLED if body else 0)
            timed(bench, 20)  # specialise
        except (SyntaxError, NameError, AttributeError, TypeError):
            continue  # not in this version
        n = max(1, int(20 * ROUND_NS / max(timed(bench, 20), 1)))
        benches.append([name, module + "\n" + source(prologue, body, 1 if body else 0), natives, bench, n, 1e18])
    for _ in range(rounds):
        for row in benches:
            row[5] = min(row[5], timed(row[3], row[4]) / row[4])
    loop = benches[0][5]
    yield benches[0][:3] + [loop]
    for name, text, natives, _, _, ns in benches[1:]:
        yield name, text, natives, (ns - loop) / UNROLLED


def main():
    keys = ("name", "text", "natives", "ns")
    snippets = [dict(zip(keys, row)) for row in measure(int(sys.argv[1]))]
    json.dump({"build": platform.python_version(), "platform": platform.platform(), "snippets": snippets}, sys.stdout)


main()
