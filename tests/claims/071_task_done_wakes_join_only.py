"""task_done() does not wake get(): it wakes join() when every item is done."""
import queue
import threading
import time

items = queue.Queue()
begin = time.perf_counter()
log = []


def get():
    items.get()
    items.task_done()
    log.append(f"get returns after {time.perf_counter() - begin:.1f} s")


items.put(1)
items.get()
thread = threading.Thread(target=get)
thread.start()
time.sleep(0.1)
items.task_done()
items.join()
log.append(f"join returns after {time.perf_counter() - begin:.1f} s")
time.sleep(0.1)
items.put(2)
thread.join()
print(log)

# ends: well
# lasts_ms: 200
# stdout:
# ['join returns after 0.1 s', 'get returns after 0.2 s']
