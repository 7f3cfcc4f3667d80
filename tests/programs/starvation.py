"""A sleeper beside two threads that compute."""
import sys
import threading
import time

sys.setswitchinterval(0.0005)
stop = False
turns = [0, 0]


def compute(number):
    while not stop:
        turns[number] += 1


threads = [threading.Thread(target=compute, args=(n,), daemon=True) for n in range(2)]
for thread in threads:
    thread.start()
for _ in range(6):
    time.sleep(0.0002)
stop = True
for thread in threads:
    thread.join()
print(all(turns))
