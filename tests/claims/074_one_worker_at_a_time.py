"""Under one lock five items of 1 s take 5 s with two workers."""
import queue
import threading
import time

lock = threading.Lock()
items = queue.Queue()
log = []
begin = time.perf_counter()


def work():
    while True:
        with lock:
            try:
                item = items.get_nowait()
            except queue.Empty:
                return
            log.append(("begin", item))
            time.sleep(1)
            log.append(("end", item))


for item in range(5):
    items.put(item)
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(log == [(what, item) for item in range(5) for what in ("begin", "end")])
print(f"{time.perf_counter() - begin:.0f} s")

# ends: well
# lasts_ms: 5000
# stdout:
# True
# 5 s
