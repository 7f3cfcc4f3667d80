"""A timeout of acquire and an exception break a deadlock."""
import threading
import time

lock1, lock2 = threading.Lock(), threading.Lock()


def take(first, second, timeout):
    with first:
        time.sleep(0.1)
        if not second.acquire(timeout=timeout):
            raise TimeoutError("gave up")
        log.append("both")
        second.release()


def guarded(*arguments):
    try:
        take(*arguments)
    except TimeoutError as error:
        log.append(f"TimeoutError: {error}")


threads = [
    threading.Thread(target=guarded, args=(lock1, lock2, 3)),
    threading.Thread(target=guarded, args=(lock2, lock1, 5)),
]
log = []
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(log))

# ends: well
# lasts_ms: 3100
# stdout:
# ['TimeoutError: gave up', 'both']
