# holds: the daemon only looks
import threading, time
beats = []
total = 0
lock = threading.Lock()
def beat():
    while True:
        time.sleep(0.5)
        beats.append(total)
def work():
    global total
    with lock:
        total += 1
threading.Thread(target=beat, daemon=True).start()
ts = [threading.Thread(target=work) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
assert total == 2
