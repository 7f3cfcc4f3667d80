"""Two locks taken in opposite order: a deadlock."""
import threading
import time

left = threading.Lock()
right = threading.RLock()


def take(one, other):
    with one:
        time.sleep(0.001)
        with other:
            print("not reached")


threads = [
    threading.Thread(target=take, args=(left, right), name="left first"),
    threading.Thread(target=take, args=(right, left), name="right first"),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
