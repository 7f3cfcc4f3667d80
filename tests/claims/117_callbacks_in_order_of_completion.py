"""Done callbacks see the futures in the order in which they end."""
import time
from concurrent.futures import ThreadPoolExecutor

log = []


def work(ms):
    time.sleep(ms / 1000)
    return ms


with ThreadPoolExecutor(max_workers=4) as pool:
    for ms in (300, 100, 400, 200):
        pool.submit(work, ms).add_done_callback(lambda future: log.append(future.result()))
print(log)

# ends: well
# lasts_ms: 400
# stdout:
# [100, 200, 300, 400]
