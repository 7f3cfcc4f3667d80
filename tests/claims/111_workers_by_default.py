"""ThreadPoolExecutor has min(32, cpu_count + 4) workers unless told otherwise."""
import os
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as pool:
    print(pool._max_workers == min(32, os.cpu_count() + 4))

# ends: well
# stdout:
# True
