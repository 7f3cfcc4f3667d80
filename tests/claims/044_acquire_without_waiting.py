"""acquire(blocking=False) returns False at once if the lock is taken, and other work can be done."""
import threading
import time

lock = threading.Lock()
begin = time.perf_counter()


def hold():
    with lock:
        time.sleep(0.3)


thread = threading.Thread(target=hold)
thread.start()
other_work = 0
while not lock.acquire(blocking=False):
    time.sleep(0.2)
    other_work += 1
print("other work:", other_work, f"{time.perf_counter() - begin:.1f} s")
lock.release()
thread.join()

# ends: well
# lasts_ms: 400
# stdout:
# other work: 2 0.4 s
