# A thread pool counts primes in chunks: computing threads that share nothing.
from concurrent.futures import ThreadPoolExecutor


def count(bounds):
    low, high = bounds
    found = 0
    for n in range(low, high):
        if n < 2:
            continue
        d = 2
        while d * d <= n:
            if n % d == 0:
                break
            d += 1
        else:
            found += 1
    return found


with ThreadPoolExecutor(max_workers=4) as pool:
    chunks = [(i * 18_000, (i + 1) * 18_000) for i in range(16)]
    print(sum(pool.map(count, chunks)))
