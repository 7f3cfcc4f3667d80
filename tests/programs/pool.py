"""A thread pool: results, exceptions, callbacks."""
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
import time


def work(number):
    time.sleep(0.001 * (5 - number % 5))
    if number == 3:
        raise ValueError("three")
    return number * 10


done = []
with ThreadPoolExecutor(max_workers=3, thread_name_prefix="pool") as pool:
    futures = [pool.submit(work, number) for number in range(7)]
    for future in futures:
        future.add_done_callback(lambda f: done.append(f.exception() is None))
    for future in as_completed(futures):
        if future.exception() is not None:
            print("failed:", future.exception())
    print([future.result() for future in futures if not future.exception()])
    print(list(pool.map(work, [4, 5, 6])))
    print(len(wait(futures).done), sorted(done))
