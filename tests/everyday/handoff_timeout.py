# thread-exception: the result of wait() is not looked at
import threading
ready = threading.Event()
box = {}
def make():
    box['v'] = 1
    ready.set()
def use():
    ready.wait(timeout=5)
    assert box['v'] == 1
ts = [threading.Thread(target=f) for f in (make, use)]
for t in ts: t.start()
for t in ts: t.join()
