# holds: the generator is behind a lock
import threading
def ids():
    n = 0
    while True:
        yield n
        n += 1
gen, lock, got = ids(), threading.Lock(), []
def take():
    with lock: n = next(gen)
    got.append(n)
ts = [threading.Thread(target=take) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
assert sorted(got) == [0, 1, 2]
