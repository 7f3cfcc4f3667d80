"""Sections under one lock are serialised: three of 0.2 s take 0.6 s."""
import threading
import time

lock = threading.Lock()
data = {"n": 0}
begin = time.perf_counter()


def add():
    with lock:
        n = data["n"]
        time.sleep(0.2)
        data["n"] = n + 1


threads = [threading.Thread(target=add) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(data["n"], f"{time.perf_counter() - begin:.1f} s")

# ends: well
# lasts_ms: 600
# stdout:
# 3 0.6 s
