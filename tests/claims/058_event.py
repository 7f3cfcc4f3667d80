"""set() wakes all who wait and stays set; clear() arms the event again; wait(timeout) returns the flag."""
import threading
import time

event = threading.Event()
begin = time.perf_counter()
log = []


def work():
    event.wait()
    log.append(f"{time.perf_counter() - begin:.1f} s")


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
time.sleep(0.5)
event.set()
for thread in threads:
    thread.join()
print(log, event.is_set(), event.wait())
event.clear()
print(event.is_set(), event.wait(0.2), f"{time.perf_counter() - begin:.1f} s")

# ends: well
# lasts_ms: 700
# stdout:
# ['0.5 s', '0.5 s'] True True
# False False 0.7 s
