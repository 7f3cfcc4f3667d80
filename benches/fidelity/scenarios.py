"""Small programs that measure themselves, for CPython 2.7 to 3.13 and for gilsim alike.

    python scenarios.py SETTING SCENARIO [ARGUMENT...]

SETTING is `ms=5` (the switch interval) or `ticks=100` (2.7's check interval). Each scenario prints lines `name value`; names with `_s` are in seconds.
"""

from __future__ import division, print_function

import sys
import threading
import time

clock = getattr(time, "perf_counter", time.time)


def run_all(target, argument_lists):
    threads = [threading.Thread(target=target, args=arguments) for arguments in argument_lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def median(values):
    values = sorted(values)
    return values[len(values) // 2] if values else 0.0


def slices(count, seconds):
    """Threads that only look at the clock, until the main thread has slept: a gap between two looks is a time without the GIL."""
    count, seconds = int(count), float(seconds)
    found = [[] for _ in range(count)]
    begin_all = threading.Event()
    stop = []

    def watch(mine):
        begin_all.wait()
        begin = last = clock()
        ended = False
        while not ended:
            # Who was waiting when the end came looks once more: one more slice.
            ended = bool(stop)
            now = clock()
            if now - last > 0.0015:
                mine.append((begin, last))
                begin = now
            last = now
        mine.append((begin, last))

    threads = [threading.Thread(target=watch, args=(mine,)) for mine in found]
    for thread in threads:
        thread.start()
    begin_all.set()
    time.sleep(seconds)
    stop.append(True)
    for thread in threads:
        thread.join()
    everyone = sorted(slice for mine in found for slice in mine)
    lengths = [end - begin for mine in found for begin, end in mine[1:-1]]
    span = max(end for _, end in everyone) - everyone[0][0]
    ran = [sum(end - begin for begin, end in mine) for mine in found]
    print("slice_ms", median(lengths) * 1000)
    print("slice_p50_s", median(lengths))
    print("switches_per_s", (len(everyone) - 1) / span)
    print("share_min", min(ran) / sum(ran))
    print("share_max", max(ran) / sum(ran))


def sleeps(computing, count):
    """time.sleep(0.001) beside threads that compute: the length that half of the time went into."""
    stop = []

    def compute():
        number = 0
        while not stop:
            number = (number * 31 + 7) % 1000003

    threads = [threading.Thread(target=compute) for _ in range(int(computing))]
    for thread in threads:
        thread.start()
    took = []
    for _ in range(int(count)):
        begin = clock()
        time.sleep(0.001)
        took.append(clock() - begin)
    stop.append(True)
    for thread in threads:
        thread.join()
    took.sort()
    total, passed = sum(took), 0.0
    for length in took:
        passed += length
        if passed * 2 >= total:
            break
    print("sleep_ms", length * 1000)
    print("latency_time_weighted_median_s", length)


def scaling(count):
    """The same work in so many threads."""
    turns = 400000 // int(count)

    def compute():
        number = 0
        for turn in range(turns):
            number = (number * 31 + turn) % 1000003

    begin = clock()
    run_all(compute, [()] * int(count))
    print("wall_ms", (clock() - begin) * 1000)


def locks(count, body):
    """`with lock:` loops, each acquisition noted."""
    lock = threading.Lock()
    order = []
    begin = clock()
    until = begin + 0.3

    def work(number):
        while clock() < until:
            with lock:
                order.append(number)
                if body in ("sleeps", "io"):
                    time.sleep(0.0005)
                elif body in ("computes", "cpu", "cpu_and_outside"):
                    for _ in range(200):
                        pass
            if body == "computes":
                for _ in range(1200):
                    pass
            elif body == "cpu_and_outside":
                for _ in range(200):
                    pass

    run_all(work, [(number,) for number in range(int(count))])
    changes = sum(1 for one, other in zip(order, order[1:]) if one != other)
    print("hand_over_share", changes / max(len(order), 1))
    print("handovers_per_s", changes / (clock() - begin))
    print("largest_share", max(order.count(number) for number in range(int(count))) / max(len(order), 1))


class Box(object):
    def __init__(self):
        self.n = 0

    def bump(self):
        self.n += 1


def give_one():
    return 1


x = 0
box = Box()
table = {"k": 0}
values = []
L = [1]


def global_iadd(turns):
    global x
    for _ in range(turns):
        x += 1


def while_global_iadd(turns):
    global x
    i = 0
    while i < turns:
        x += 1
        i += 1


def split_statements(turns):
    global x
    for _ in range(turns):
        t = x
        x = t + 1


def method_self_iadd(turns):
    for _ in range(turns):
        box.bump()


def attr_iadd(turns):
    for _ in range(turns):
        box.n += 1


def dict_iadd(turns):
    for _ in range(turns):
        table["k"] += 1


def dict_get_store(turns):
    for _ in range(turns):
        table["k"] = table.get("k", 0) + 1


def python_call(turns):
    global x
    for _ in range(turns):
        x = x + give_one()


def c_call_int(turns):
    global x
    for _ in range(turns):
        x = x + int(1)


def c_call_abs(turns):
    global x
    for _ in range(turns):
        x = x + abs(1)


def c_call_len(turns):
    global x
    for _ in range(turns):
        x = x + len(L)


def loop_between(turns):
    global x
    for _ in range(turns):
        t = x
        for _ in L:
            pass
        x = t + 1


def list_append(turns):
    for _ in range(turns):
        values.append(1)


def lost(case, count, turns):
    """The share of updates that are lost."""
    count, turns = int(count), int(turns)
    begin = clock()
    run_all(globals()[case], [(turns,)] * count)
    kept = x + box.n + table["k"] + len(values)
    print("lost", 1 - kept / (count * turns))
    print("lost_s", clock() - begin)


def main():
    name, number = sys.argv[1].split("=")
    if name == "ticks":
        sys.setcheckinterval(int(number))
    else:
        sys.setswitchinterval(float(number) / 1000)
    {"slices": slices, "sleeps": sleeps, "scaling": scaling, "locks": locks, "lost": lost}[sys.argv[2]](*sys.argv[3:])


main()
