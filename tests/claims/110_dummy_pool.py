"""multiprocessing.dummy.Pool is a ThreadPool with the same methods: workers and three threads that serve them."""
import threading
from multiprocessing.dummy import Pool
from multiprocessing.pool import ThreadPool

pools = [Pool(2), ThreadPool(2)]
print([type(pool).__name__ for pool in pools])
print([pool.starmap(pow, [(2, 3), (3, 2)]) for pool in pools])
print(threading.active_count())
for pool in pools:
    pool.close()
    pool.join()
print(threading.active_count())

# ends: well
# stdout:
# ['ThreadPool', 'ThreadPool']
# [[8, 9], [8, 9]]
# 11
# 1
