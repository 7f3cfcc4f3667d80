"""Two workers share five orders, one of them faulty. When does tasks.join() return?"""
import queue
import threading
import time

tasks = queue.Queue()
begin = time.perf_counter()


def work():
    while True:
        order = tasks.get()
        if order is None:
            print("a faulty order is skipped")
            continue                        # back to get(), past task_done()
        time.sleep(order / 10)
        print(f"order {order} done after {time.perf_counter() - begin:.1f} s")
        tasks.task_done()


for name in ("worker-1", "worker-2"):
    threading.Thread(target=work, name=name, daemon=True).start()
for order in (1, 2, None, 3, 4):
    tasks.put(order)
tasks.join()                                # until task_done() was called for each
print("all orders are done")
