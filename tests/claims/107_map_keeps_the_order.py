"""Pool.map returns results in the order of the inputs, imap_unordered in the order in which they are there."""
import time
from multiprocessing.dummy import Pool


def nap(tenths):
    time.sleep(tenths / 10)
    return tenths


with Pool(3) as pool:
    print(pool.map(nap, [3, 1, 2]))
    print(list(pool.imap_unordered(nap, [3, 1, 2])))

# ends: well
# lasts_ms: 600
# stdout:
# [3, 1, 2]
# [1, 2, 3]
