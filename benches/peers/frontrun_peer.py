"""frontrun on one problem of the benchmark: threads, additions of each, whether a lock is taken. Prints one line of it."""
import sys
import threading
import time

from frontrun import explore

EXECUTIONS_MAX = 2000
threads, times, locks = (int(argument) for argument in sys.argv[1:])


class State:
    def __init__(self):
        self.x = 0
        self.lock = threading.Lock()


def add(s):
    for _ in range(times):
        if locks:
            with s.lock:
                s.x += 1
        else:
            s.x += 1


began = time.perf_counter()
found = explore(setup=State, workers=[add] * threads, invariant=lambda s: True, preemption_bound=None,
                stop_on_first=False, max_executions=EXECUTIONS_MAX)
took = time.perf_counter() - began
number = found.num_explored
cut = " (cut: no answer)" if number >= EXECUTIONS_MAX else ""
print(f"  frontrun   {number:>9} executions {number / took:>10.0f} a second {took:>11.6f} s{cut}")
