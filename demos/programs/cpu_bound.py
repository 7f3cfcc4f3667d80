"""The same computation twice, first in turn, then on two threads. Is it faster?"""
import threading
import time


def count_primes(limit):
    found = 0
    for number in range(2, limit):
        divisor = 2
        while divisor * divisor <= number and number % divisor:
            divisor += 1
        if divisor * divisor > number:
            found += 1
    return found


def measure(label, work):
    begin = time.perf_counter()
    work()
    seconds = time.perf_counter() - begin
    print(f"{label}: {seconds * 1000:.0f} ms")
    return seconds


def one_after_the_other():
    count_primes(15_000)
    count_primes(15_000)


def on_two_threads():
    left = threading.Thread(target=count_primes, args=(15_000,), name="left")
    right = threading.Thread(target=count_primes, args=(15_000,), name="right")
    left.start()
    right.start()
    left.join()
    right.join()


serial = measure("one after the other", one_after_the_other)
threaded = measure("on two threads", on_two_threads)
print(f"speed-up: {serial / threaded:.1f}")
