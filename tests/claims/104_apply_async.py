"""apply_async hands tasks to whoever is free; get() keeps the order of the requests and raises the pool's own TimeoutError."""
import multiprocessing
import time
from multiprocessing.dummy import Pool


def nap(number):
    time.sleep(0.05 * number)
    return number


with Pool(2) as pool:
    # One worker naps for 0.2 s; the other makes the rest meanwhile.
    results = [pool.apply_async(nap, (number,)) for number in (4, 1, 1, 1)]
    try:
        results[0].get(timeout=0.01)
    except TimeoutError:
        print("the builtin one")
    except multiprocessing.TimeoutError:
        print("the pool's")
    print([result.get() for result in results])

# ends: well
# lasts_ms: 200
# stdout:
# the pool's
# [4, 1, 1, 1]
