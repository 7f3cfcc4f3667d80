"""Pool.map takes the whole input before any result is there, imap gives the first before it has taken the last."""
import time
from multiprocessing.dummy import Pool

log = []


def items():
    for number in range(3):
        log.append(f"took {number}")
        time.sleep(0.1)
        yield number


def work(number):
    log.append(f"made {number}")
    return number


with Pool(1) as pool:
    pool.map(work, items(), chunksize=1)
    print(log)
    log.clear()
    results = pool.imap(work, items())
    next(results)
    print(log[:2], "took 2" in log)

# ends: well
# stdout:
# ['took 0', 'took 1', 'took 2', 'made 0', 'made 1', 'made 2']
# ['took 0', 'took 1'] False
