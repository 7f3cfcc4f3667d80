"""A Lock may be released by any thread, an RLock by its owner only."""
import threading


def release(lock):
    try:
        lock.release()
        print("released")
    except RuntimeError as error:
        print(error)


for lock in (threading.Lock(), threading.RLock()):
    lock.acquire()
    thread = threading.Thread(target=release, args=(lock,))
    thread.start()
    thread.join()

# ends: well
# stdout:
# released
# cannot release un-acquired lock
