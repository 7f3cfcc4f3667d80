"""If a task_done() is missing, join() waits for ever."""
import queue

items = queue.Queue()
items.put(1)
print(items.get())
items.join()
print("joined")

# ends: deadlock
# stdout:
# 1
