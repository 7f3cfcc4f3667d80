# holds: every worker gets its sentinel
import threading, queue
tasks, results = queue.Queue(), queue.Queue()
def worker():
    while True:
        n = tasks.get()
        if n is None: return
        results.put(n * n)
ts = [threading.Thread(target=worker) for _ in range(2)]
for t in ts: t.start()
for n in range(3): tasks.put(n)
for _ in ts: tasks.put(None)
for t in ts: t.join()
assert sorted(results.get() for _ in range(3)) == [0, 1, 4]
