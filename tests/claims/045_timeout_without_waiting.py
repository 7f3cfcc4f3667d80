"""acquire(blocking=False) cannot be given a timeout."""
import threading

lock = threading.Lock()
try:
    lock.acquire(blocking=False, timeout=1)
except ValueError as error:
    print(error)
print(lock.acquire(False), lock.acquire(False), lock.acquire(True, 0.1))

# ends: well
# lasts_ms: 100
# stdout:
# can't specify a timeout for a non-blocking call
# True False False
