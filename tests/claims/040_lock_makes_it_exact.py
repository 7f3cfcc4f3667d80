"""With a lock the result is exact, and the program slower."""
import threading
import time

counter = 0
lock = threading.Lock()


def unlocked():
    global counter
    for _ in range(20_000):
        counter += 1


def locked():
    global counter
    for _ in range(20_000):
        with lock:
            counter += 1


def seconds(work):
    begin = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begin


quick = seconds(unlocked)
counter = 0
slow = seconds(locked)
print(counter)
print("slower:", slow > quick)

# ends: well
# stdout:
# 80000
# slower: True
