"""Two locks taken in opposite order deadlock."""
import threading
import time

lock1, lock2 = threading.Lock(), threading.Lock()


def take(first, second):
    with first:
        time.sleep(0.1)
        with second:
            print("both")


threading.Thread(target=take, args=(lock1, lock2)).start()
threading.Thread(target=take, args=(lock2, lock1)).start()

# ends: deadlock
# lasts_ms: 100
# stdout:
