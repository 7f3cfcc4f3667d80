"""Two threads that each sleep three times for one second end after three seconds, not six."""
import threading
import time


def wait():
    for _ in range(3):
        time.sleep(1)


begin = time.perf_counter()
threads = [threading.Thread(target=wait) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"{time.perf_counter() - begin:.0f} s")

# ends: well
# lasts_ms: 3000
# stdout:
# 3 s
