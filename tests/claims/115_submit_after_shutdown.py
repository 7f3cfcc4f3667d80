"""After shutdown() nothing can be submitted."""
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()
pool.shutdown()
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)

# ends: well
# stdout:
# cannot schedule new futures after shutdown
