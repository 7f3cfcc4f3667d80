"""Two workers share five items of 0.1 to 0.5 s and are done after 0.9 s."""
import queue
import threading
import time

items = queue.Queue()
begin = time.perf_counter()
log = []


def work(name):
    while True:
        item = items.get()
        log.append(f"{name} begins {item}")
        time.sleep(item / 10)
        log.append(f"{name} ends {item}")
        items.task_done()


for number in range(1, 6):
    items.put(number)
for name in "AB":
    threading.Thread(target=work, args=(name,), daemon=True).start()
items.join()
print(f"{time.perf_counter() - begin:.1f} s", len(log), log[:3], log[-1])

# ends: well
# lasts_ms: 900
# stdout:
# 0.9 s 10 ['A begins 1', 'B begins 2', 'A ends 1'] A ends 5
