"""A Semaphore may be released above its first value, a BoundedSemaphore not; the default is 1."""
import threading

semaphore = threading.Semaphore()
semaphore.release()
semaphore.release(2)
taken = 0
while semaphore.acquire(blocking=False):
    taken += 1
print(taken)
bounded = threading.BoundedSemaphore()
try:
    bounded.release()
except ValueError as error:
    print(error)

# ends: well
# stdout:
# 4
# Semaphore released too many times
