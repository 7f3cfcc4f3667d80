"""Condition() makes an RLock; several conditions can share one lock."""
import threading

lock = threading.Lock()
not_empty = threading.Condition(lock)
not_full = threading.Condition(lock)
buffer = []
taken = []


def put():
    for item in range(5):
        with not_full:
            while len(buffer) == 2:
                not_full.wait()
            buffer.append(item)
            not_empty.notify()


def get():
    for _ in range(5):
        with not_empty:
            while not buffer:
                not_empty.wait()
            taken.append(buffer.pop(0))
            not_full.notify()


threads = [threading.Thread(target=get), threading.Thread(target=put)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(taken)
own = threading.Condition()
with own:
    with own:
        print("taken twice")

# ends: well
# stdout:
# [0, 1, 2, 3, 4]
# taken twice
