"""Beside a computing thread each return from a wait is late by about one switch interval."""
import sys
import threading
import time

stop = False


def compute():
    while not stop:
        pass


def late_ms():
    late = 0.0
    for _ in range(10):
        begin = time.perf_counter()
        time.sleep(0.001)
        late += time.perf_counter() - begin - 0.001
    return late / 10 * 1000


print("alone:", late_ms() < 1)
background = threading.Thread(target=compute)
background.start()
print("interval 5 ms:", 4.5 < late_ms() < 6)
sys.setswitchinterval(0.001)
print("interval 1 ms:", 0.9 < late_ms() < 2)
stop = True
background.join()

# ends: well
# stdout:
# alone: True
# interval 5 ms: True
# interval 1 ms: True
