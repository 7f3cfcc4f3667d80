# assert: a worker that has found the queue empty may end after items were put and the end was told
import threading, queue
tasks, done = queue.Queue(), []
stop = threading.Event()
def worker():
    while True:
        try:
            done.append(tasks.get(timeout=0.1))
        except queue.Empty:
            if stop.is_set(): return
ts = [threading.Thread(target=worker) for _ in range(2)]
for t in ts: t.start()
for n in range(2): tasks.put(n)
stop.set()
for t in ts: t.join()
assert sorted(done) == [0, 1]
