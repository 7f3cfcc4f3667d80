"""A task that waits for a future of its own pool waits for ever if no worker is left (here with threads)."""
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(max_workers=1)


def outer():
    return pool.submit(print, "inner").result()


print("submitted")
pool.submit(outer).result()

# ends: deadlock
# stdout:
# submitted
