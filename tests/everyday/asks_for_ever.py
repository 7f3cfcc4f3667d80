# livelock: nobody sets the flag
import threading, time
stop = False
beats = []
def poll():
    while not stop:
        time.sleep(0.01)
    beats.append(1)
def setter():
    global stop
    stop = True
ts = [threading.Thread(target=f) for f in (poll,)]
for t in ts: t.start()
for t in ts: t.join()
assert beats == [1]
