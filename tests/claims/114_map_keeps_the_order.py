"""Executor.map gives results in the order of the inputs, and raises at the one that failed."""
import time
from concurrent.futures import ThreadPoolExecutor


def work(number):
    time.sleep((5 - number) / 100)
    if number == 3:
        raise ValueError("three")
    return 10 * number


results = []
with ThreadPoolExecutor(max_workers=4) as pool:
    try:
        for result in pool.map(work, (1, 2, 3, 4)):
            results.append(result)
    except ValueError as error:
        print("stopped at", error)
print(results)

# ends: well
# lasts_ms: 40
# stdout:
# stopped at three
# [10, 20]
