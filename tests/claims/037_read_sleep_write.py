"""Without a data race in the sense of C there are race conditions: read, sleep, write gives 1, not 3."""
import threading
import time

data = {"n": 0}


def add():
    n = data["n"]
    time.sleep(0.2)
    data["n"] = n + 1


threads = [threading.Thread(target=add) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(data["n"])

# ends: well
# lasts_ms: 200
# stdout:
# 1
