"""Runs a program and prints, on stderr, how many times as long as the probe it computed.

    python3 timed.py PROGRAM [elapsed]

The probe is the short loop of `cli/calibrate/measure.py`, whose best time stands in the cost file. A machine that does other work is slower from moment to moment,
also in processor time. So every few milliseconds a signal handler times the probe, and the processor time since the last look counts in units
of that. The handler's own time is left out. What this misses: other work that slows the program down more, or less, than the probe, and a slowdown that
comes and goes between two looks.

With `elapsed` it is the time of the clock on the wall: for programs with threads, of which several can use up processor time at once, or none.
"""

import io
import signal
import sys
import time

LOOK_EVERY_S = 0.002
clock = time.process_time


def probe():
    start = clock()
    x = 0
    for i in range(1000, 1400):
        x += i
    return clock() - start


def main():
    with open(sys.argv[1]) as file:
        code = compile(file.read(), sys.argv[1], "exec")
    now = time.perf_counter if sys.argv[2:] == ["elapsed"] else clock
    looks = []  # (time since the last look, time of the loop)

    def look(*_):
        passed = now() - look.last
        probe()  # so that the next one finds warm caches, as those before the program did
        looks.append((passed, probe()))
        look.last = now()

    out, sys.stdout = sys.stdout, io.StringIO()
    signal.signal(signal.SIGALRM, look)
    look.last = now()
    signal.setitimer(signal.ITIMER_REAL, LOOK_EVERY_S, LOOK_EVERY_S)
    exec(code, {"__name__": "__main__"})
    signal.setitimer(signal.ITIMER_REAL, 0)
    look()
    text, sys.stdout = sys.stdout.getvalue(), out
    sys.stdout.write(text)
    sys.stderr.write("%.6f\n" % sum(passed / loop for passed, loop in looks))


main()
