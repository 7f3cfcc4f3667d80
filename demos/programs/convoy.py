"""A thread that waits for short input and output, beside one that computes. How late is its every answer?"""
import sys
import threading
import time

ANSWERS = 8
stop = False


def compute():
    number = 0
    while not stop:
        number = (number * 31 + 7) % 1_000_003


def answer(delays):
    for _ in range(ANSWERS):
        begin = time.perf_counter()
        time.sleep(0.001)                   # a request is on its way, without the GIL
        delays.append(time.perf_counter() - begin - 0.001)


def mean_delay_ms(beside_computing):
    global stop
    stop = False
    delays = []
    background = threading.Thread(target=compute, name="computing")
    server = threading.Thread(target=answer, args=(delays,), name="answering")
    if beside_computing:
        background.start()
    server.start()
    server.join()
    stop = True
    if beside_computing:
        background.join()
    return sum(delays) / len(delays) * 1000


print(f"alone:                                {mean_delay_ms(False):5.1f} ms late")
for interval_ms in (1, 5, 20):
    sys.setswitchinterval(interval_ms / 1000)
    delay = mean_delay_ms(True)
    print(f"beside computing, interval {interval_ms:2d} ms:    {delay:5.1f} ms late")
