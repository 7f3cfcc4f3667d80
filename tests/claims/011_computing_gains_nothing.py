"""Two computing threads take at least twice as long as one."""
import threading
import time


def compute():
    number = 0
    for step in range(60_000):
        number = (number * 31 + step) % 1_000_003


def seconds(count):
    begin = time.perf_counter()
    threads = [threading.Thread(target=compute) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begin


one = seconds(1)
print("two threads at least twice:", seconds(2) >= 1.99 * one)
print("four threads at least four times:", seconds(4) >= 3.98 * one)

# ends: well
# stdout:
# two threads at least twice: True
# four threads at least four times: True
