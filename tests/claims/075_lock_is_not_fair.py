"""A Lock is not fair: who releases it may take it again before the waiter; a pause lets the waiter in."""
import threading
import time

lock = threading.Lock()
log = []


def work(name, pause_s):
    for _ in range(10):
        with lock:
            log.append(name)
            time.sleep(0.1)
        if pause_s:
            time.sleep(pause_s)


for pause_s in (0, 0.05):
    log.clear()
    threads = [threading.Thread(target=work, args=(name, pause_s)) for name in "AB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("some thread had it twice running:", any(a == b for a, b in zip(log, log[1:])))

# ends: well
# lasts_ms: 4050
# stdout:
# some thread had it twice running: True
# some thread had it twice running: False
