"""as_completed yields futures as they end, and raises TimeoutError with the number of unfinished ones."""
import time
from concurrent.futures import ThreadPoolExecutor, TimeoutError, as_completed


def work(ms):
    time.sleep(ms / 1000)
    if ms == 100:
        raise ValueError(ms)
    return ms


with ThreadPoolExecutor(max_workers=6) as pool:
    futures = [pool.submit(work, ms) for ms in (500, 100, 400, 200, 300, 900)]
    try:
        for future in as_completed(futures, timeout=0.7):
            print(future.exception() or future.result())
    except TimeoutError as error:
        print("TimeoutError:", error)

# ends: well
# lasts_ms: 900
# stdout:
# 100
# 200
# 300
# 400
# 500
# TimeoutError: 1 (of 6) futures unfinished
