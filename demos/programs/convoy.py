"""Short waits for input beside a thread that computes. How late is every answer?"""
import sys
import threading
import time

ANSWERS = 8
stop = False


def compute():
    number = 0
    while not stop:
        number = (number * 31 + 7) % 1_000_003


def mean_delay_ms():
    delay = 0.0
    for _ in range(ANSWERS):
        begin = time.perf_counter()
        time.sleep(0.001)                   # a request is on its way, without the GIL
        delay += time.perf_counter() - begin - 0.001
    return delay / ANSWERS * 1000


def mean_delay_beside_computing_ms(computing=1):
    global stop
    stop = False
    background = [threading.Thread(target=compute, name="computing")
                  for _ in range(computing)]
    for thread in background:
        thread.start()
    delay_ms = mean_delay_ms()
    stop = True
    for thread in background:
        thread.join()
    return delay_ms


if len(sys.argv) > 1:                       # so many computing threads, at the interval set outside
    print(f"{mean_delay_beside_computing_ms(int(sys.argv[1])):.3f} ms late")
else:
    print(f"alone:                              {mean_delay_ms():5.1f} ms late")
    for interval_ms in (1, 5, 20):
        sys.setswitchinterval(interval_ms / 1000)
        delay_ms = mean_delay_beside_computing_ms()
        print(f"beside computing, interval {interval_ms:2d} ms:  {delay_ms:5.1f} ms late")
