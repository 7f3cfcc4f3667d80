"""Ten blocking calls of 0.1 s take 1 s in one thread and 0.1 s on ten threads."""
import threading
import time


def call():
    time.sleep(0.1)


begin = time.perf_counter()
for _ in range(10):
    call()
print(f"in one thread: {time.perf_counter() - begin:.1f} s")
begin = time.perf_counter()
threads = [threading.Thread(target=call) for _ in range(10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"on ten threads: {time.perf_counter() - begin:.1f} s")

# ends: well
# lasts_ms: 1100
# stdout:
# in one thread: 1.0 s
# on ten threads: 0.1 s
