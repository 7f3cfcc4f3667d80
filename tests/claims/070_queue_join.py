"""join() waits until task_done() was called for every item; once too often raises ValueError."""
import queue
import threading
import time

items = queue.Queue()


def work():
    while True:
        item = items.get()
        time.sleep(0.1)
        print("done", item)
        items.task_done()


threading.Thread(target=work, daemon=True).start()
for item in (1, 2):
    items.put(item)
items.join()
print("joined")
try:
    items.task_done()
except ValueError as error:
    print(error)

# ends: well
# lasts_ms: 200
# stdout:
# done 1
# done 2
# joined
# task_done() called too many times
