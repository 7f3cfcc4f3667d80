"""Pool.map cuts its input into chunks, about four for each worker: of ten items and two workers, two each."""
import time
from multiprocessing.dummy import Pool

begun = []


def nap(number):
    begun.append(number)
    time.sleep(0.1)


with Pool(2) as pool:
    result = pool.map_async(nap, range(10))
    time.sleep(0.05)
    print(sorted(begun))
    result.wait()
    begun.clear()
    result = pool.map_async(nap, range(10), chunksize=5)
    time.sleep(0.05)
    print(sorted(begun))

# ends: well
# stdout:
# [0, 2]
# [0, 5]
