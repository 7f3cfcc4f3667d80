# holds: whoever has the lock gives it back
import threading
lock = threading.Lock()
class S: x = 0
def work():
    while not lock.acquire(blocking=False):
        pass
    S.x += 1
    lock.release()
ts = [threading.Thread(target=work) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
assert S.x == 2
