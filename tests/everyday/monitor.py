# assert: the list that the daemon writes is read twice, without the lock
import threading, time
class S: count = 0
lock = threading.Lock()
seen = []
def watch():
    while True:
        with lock: n = S.count
        if not seen or n > seen[-1]: seen.append(n)
        time.sleep(0.1)
threading.Thread(target=watch, daemon=True).start()
def work():
    for _ in range(2):
        with lock: S.count += 1
ts = [threading.Thread(target=work) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
assert S.count == 4 and seen == sorted(seen)
