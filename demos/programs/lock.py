"""Two threads add one to the same counter, with a lock. How much is lost now?"""
import threading

counter = 0
counter_lock = threading.Lock()


def work():
    global counter
    for _ in range(50_000):
        with counter_lock:  # load, add and store of one thread are not mixed with another's
            counter += 1


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print("expected 100000")
print("lost", 100_000 - counter)
