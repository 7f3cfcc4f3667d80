"""A thread that gets the GIL again goes on where it stopped, with its local variables."""
import threading

sums = {}


def add(name):
    total = 0
    for number in range(100_000):
        total += number
    sums[name] = total


threads = [threading.Thread(target=add, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(sums.items()))

# ends: well
# stdout:
# [('a', 4999950000), ('b', 4999950000), ('c', 4999950000)]
