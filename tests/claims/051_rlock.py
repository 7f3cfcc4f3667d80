"""An RLock may be taken again by its owner, and is free when it was released as often."""
import threading

lock = threading.RLock()
data = {"n": 0}


def try_it():
    print("another thread gets it:", lock.acquire(blocking=False))


def ask():
    thread = threading.Thread(target=try_it)
    thread.start()
    thread.join()


def add(times):
    with lock:
        data["n"] += 1
        if times > 1:
            add(times - 1)
        else:
            ask()


add(3)
print(data["n"])
lock.acquire()
lock.acquire()
lock.release()
ask()
lock.release()
ask()

# ends: well
# stdout:
# another thread gets it: False
# 3
# another thread gets it: False
# another thread gets it: True
