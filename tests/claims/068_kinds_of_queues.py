"""Queue is first in, first out, LifoQueue a stack, PriorityQueue gives the smallest first."""
import queue

for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
    items = kind()
    for item in (2, 3, 1):
        items.put(item)
    print(kind.__name__, [items.get() for _ in range(3)])

# ends: well
# stdout:
# Queue [2, 3, 1]
# LifoQueue [1, 3, 2]
# PriorityQueue [1, 2, 3]
