"""Exceptions that end threads, generators in several threads, daemons left behind."""
import threading
import time


def numbers(limit):
    for number in range(limit):
        yield number
    print("used up", limit)


def fail(number):
    for value in numbers(number):
        if value == 2:
            raise KeyError(value)


def endless():
    try:
        while True:
            time.sleep(0.0007)
    finally:
        print("a daemon never gets here")


threading.excepthook = lambda args: print("died of", args.exc_type.__name__, args.thread.name)
threading.Thread(target=endless, daemon=True).start()
threads = [threading.Thread(target=fail, args=(n,), name=f"t{n}") for n in range(2, 5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(numbers(10)))
