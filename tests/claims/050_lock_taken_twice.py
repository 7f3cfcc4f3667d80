"""A Lock taken twice by one thread deadlocks."""
import threading

lock = threading.Lock()


def count(times):
    print(f"times={times}")
    with lock:
        if times < 3:
            count(times + 1)


count(0)

# ends: deadlock
# stdout:
# times=0
# times=1
