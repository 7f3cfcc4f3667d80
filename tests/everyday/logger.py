# holds: the daemon waits on a queue that is joined
import threading, queue
q, out = queue.Queue(), []
def log():
    while True:
        out.append(q.get()); q.task_done()
threading.Thread(target=log, daemon=True).start()
def work(n): q.put(n)
ts = [threading.Thread(target=work, args=(n,)) for n in range(2)]
for t in ts: t.start()
for t in ts: t.join()
q.join()
assert sorted(out) == [0, 1]
