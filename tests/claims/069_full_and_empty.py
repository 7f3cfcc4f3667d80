"""put() waits while the queue is full, get() while it is empty; or Full and Empty are raised."""
import queue
import threading
import time

begin = time.perf_counter()
items = queue.Queue(maxsize=1)
items.put("a")
for put in (lambda: items.put("b", block=False), lambda: items.put("b", timeout=0.1), lambda: items.put_nowait("b")):
    try:
        put()
    except queue.Full:
        print(f"Full after {time.perf_counter() - begin:.1f} s")
threading.Timer(0.2, items.get).start()
items.put("b")
print(f"put after {time.perf_counter() - begin:.1f} s")
print(items.get())
for get in (lambda: items.get(block=False), lambda: items.get(timeout=0.1), items.get_nowait):
    try:
        get()
    except queue.Empty:
        print(f"Empty after {time.perf_counter() - begin:.1f} s")
endless = queue.Queue(maxsize=-1)
for number in range(1000):
    endless.put(number)
print(endless.qsize(), endless.full())

# ends: well
# lasts_ms: 400
# stdout:
# Full after 0.0 s
# Full after 0.1 s
# Full after 0.1 s
# put after 0.3 s
# b
# Empty after 0.3 s
# Empty after 0.4 s
# Empty after 0.4 s
# 1000 False
