# assert: check then act on a dict
import threading
cache, made = {}, []
def get(k):
    if k not in cache:
        made.append(k)
        cache[k] = object()
    return cache[k]
ts = [threading.Thread(target=get, args=('a',)) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
assert len(made) == 1
