# Sorting with keys, and a quicksort by hand.
import random

random.seed(7)
data = [random.random() for _ in range(120_000)]
by_key = sorted(data, key=lambda x: -x)
pairs = sorted((int(x * 1000), i) for i, x in enumerate(data))


def quicksort(items):
    if len(items) <= 1:
        return items
    pivot = items[len(items) // 2]
    left = [x for x in items if x < pivot]
    middle = [x for x in items if x == pivot]
    right = [x for x in items if x > pivot]
    return quicksort(left) + middle + quicksort(right)


mine = quicksort(data)
print(mine == sorted(data), by_key[0] == mine[-1], pairs[0], pairs[-1][0])
