# livelock: each takes its first lock, does not get the other, and begins again
import threading
a, b = threading.Lock(), threading.Lock()
def work(first, second):
    while True:
        with first:
            if second.acquire(blocking=False):
                second.release()
                return
ts = [threading.Thread(target=work, args=ls) for ls in ((a, b), (b, a))]
for t in ts: t.start()
for t in ts: t.join()
