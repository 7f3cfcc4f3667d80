"""Semaphore(2) lets in two threads at a time."""
import threading
import time

semaphore = threading.Semaphore(2)
inside = most = 0
begin = time.perf_counter()


def download():
    global inside, most
    with semaphore:
        inside += 1
        most = max(most, inside)
        time.sleep(0.2)
        inside -= 1


threads = [threading.Thread(target=download) for _ in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("at most", most, f"in {time.perf_counter() - begin:.1f} s")

# ends: well
# lasts_ms: 600
# stdout:
# at most 2 in 0.6 s
