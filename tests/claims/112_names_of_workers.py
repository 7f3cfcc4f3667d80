"""The workers of executor N are called ThreadPoolExecutor-N_0, N_1 and so on."""
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def name(_):
    time.sleep(0.1)
    return threading.current_thread().name


for _ in range(2):
    with ThreadPoolExecutor(max_workers=2) as pool:
        print(sorted(pool.map(name, range(2))))

# ends: well
# lasts_ms: 200
# stdout:
# ['ThreadPoolExecutor-0_0', 'ThreadPoolExecutor-0_1']
# ['ThreadPoolExecutor-1_0', 'ThreadPoolExecutor-1_1']
