# livelock: each gives way to the other
import threading, time
class S: pass
s = S()
s.wants = [False, False]
def work(me):
    other = 1 - me
    s.wants[me] = True
    while s.wants[other]:
        s.wants[me] = False
        time.sleep(0.001)
        s.wants[me] = True
    s.wants[me] = False
ts = [threading.Thread(target=work, args=(i,)) for i in (0, 1)]
for t in ts: t.start()
for t in ts: t.join()
