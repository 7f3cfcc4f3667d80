# Two producers and two consumers over one queue: library code, locks, conditions.
import queue
import threading

q = queue.Queue(maxsize=16)
total = 0
lock = threading.Lock()


def producer(n):
    for i in range(n):
        q.put(i)


def consumer():
    global total
    while True:
        item = q.get()
        if item is None:
            return
        with lock:
            total += item


producers = [threading.Thread(target=producer, args=(130_000,)) for _ in range(2)]
consumers = [threading.Thread(target=consumer) for _ in range(2)]
for t in producers + consumers:
    t.start()
for t in producers:
    t.join()
for _ in consumers:
    q.put(None)
for t in consumers:
    t.join()
print(total)
