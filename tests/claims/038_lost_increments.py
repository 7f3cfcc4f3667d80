"""Unlocked increments by ten threads lose updates before CPython 3.10, and none since."""
import sys
import threading

counter = 0
sys.setswitchinterval(0.0001)       # many switches, wherever they fall


def add():
    global counter
    for _ in range(20_000):
        counter += 1


threads = [threading.Thread(target=add) for _ in range(10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("nothing is lost" if counter == 200_000 else "updates are lost")
assert 20_000 <= counter <= 200_000

# ends: well
# stdout:
# nothing is lost
# stdout 3.9:
# updates are lost
