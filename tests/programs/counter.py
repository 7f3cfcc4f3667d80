"""Two threads count with and without a lock."""
import sys
import threading

sys.setswitchinterval(0.0001)
lock = threading.Lock()
bare = 0
guarded = 0


def count(turns):
    global bare, guarded
    for _ in range(turns):
        old = bare
        bare = abs(old) + 1
        with lock:
            guarded += 1


threads = [threading.Thread(target=count, args=(400,)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(guarded, bare <= guarded)
