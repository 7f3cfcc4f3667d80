"""Barriers, events, semaphores, timers, thread locals."""
import threading
import time

barrier = threading.Barrier(3, action=lambda: print("all there"))
go = threading.Event()
seats = threading.BoundedSemaphore(2)
local = threading.local()
log = []


def visit(number):
    local.number = number
    go.wait()
    for round_number in range(2):
        barrier.wait()
        with seats:
            time.sleep(0.001)
            log.append((round_number, local.number))


visitors = [threading.Thread(target=visit, args=(n,)) for n in range(3)]
for visitor in visitors:
    visitor.start()
timer = threading.Timer(0.002, go.set)
late = threading.Timer(10, print, ["never"])
timer.start()
late.start()
late.cancel()
for visitor in visitors:
    visitor.join(timeout=5)
print(sorted(log), hasattr(local, "number"))
