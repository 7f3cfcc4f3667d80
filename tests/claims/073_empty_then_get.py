"""Between empty() and get() another thread may take the item: then get() waits for ever."""
import queue
import threading
import time

items = queue.Queue()
items.put(1)


def take():
    if not items.empty():
        time.sleep(0.1)
        print("takes", items.get())


threading.Thread(target=take).start()
threading.Thread(target=take).start()

# ends: deadlock
# lasts_ms: 100
# stdout:
# takes 1
