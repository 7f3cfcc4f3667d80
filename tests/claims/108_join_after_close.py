"""Pool.join needs close or terminate before it; the end of a with block terminates."""
from multiprocessing.dummy import Pool

with Pool(2) as pool:
    try:
        pool.join()
    except ValueError as error:
        print(error)
print(pool)
try:
    pool.map(len, [])
except ValueError as error:
    print(error)
pool.join()

# ends: well
# stdout:
# Pool is still running
# <multiprocessing.pool.ThreadPool state=TERMINATE pool_size=2>
# Pool not running
