# assert: who does not get the lock in time works without it
import threading
lock = threading.Lock()
class S: x = 0
def work():
    got = lock.acquire(timeout=1)
    S.x += 1
    if got: lock.release()
ts = [threading.Thread(target=work) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
assert S.x == 2
