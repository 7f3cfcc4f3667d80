# holds: two threads hand over in turns
import threading
ping, pong, out = threading.Event(), threading.Event(), []
def a():
    for i in range(2):
        ping.wait(); ping.clear(); out.append('a'); pong.set()
def b():
    for i in range(2):
        pong.wait(); pong.clear(); out.append('b'); ping.set()
ts = [threading.Thread(target=f) for f in (a, b)]
for t in ts: t.start()
ping.set()
for t in ts: t.join()
assert out == list('abab')
