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
    begin = time.perf_counter()
    for _ in range(ANSWERS):
        time.sleep(0.001)                   # a request is on its way, without the GIL
    return (time.perf_counter() - begin) / ANSWERS * 1000 - 1


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


if len(sys.argv) > 1:                   # so many threads compute
    print(f"{mean_delay_beside_computing_ms(int(sys.argv[1])):.3f} ms late")
else:
    print(f"alone:                              {mean_delay_ms():5.1f} ms late")
    for interval_ms in (1, 5, 20):
        sys.setswitchinterval(interval_ms / 1000)
        delay_ms = mean_delay_beside_computing_ms()
        print(f"beside computing, interval {interval_ms:2d} ms:  {delay_ms:5.1f} ms late")
