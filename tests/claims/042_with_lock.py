"""with lock is acquire, try, finally release: the lock is free afterwards, also after an exception."""
import threading

lock = threading.Lock()
try:
    with lock:
        print(lock.locked())
        raise KeyError("inside")
except KeyError as error:
    print(error, lock.locked())
lock.acquire()
try:
    print(lock.locked())
finally:
    lock.release()
print(lock.locked())

# ends: well
# stdout:
# True
# 'inside' False
# True
# False
