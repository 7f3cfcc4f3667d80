"""A hundred threads that sleep one second end after one second, whatever the number of cores."""
import threading
import time

begin = time.perf_counter()
threads = [threading.Thread(target=time.sleep, args=(1,)) for _ in range(100)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"{time.perf_counter() - begin:.1f} s")

# ends: well
# lasts_ms: 1000
# stdout:
# 1.0 s
