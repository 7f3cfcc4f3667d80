"""reset() gives the waiting threads BrokenBarrierError; abort() breaks the barrier for later ones, too."""
import threading
import time

barrier = threading.Barrier(3)
log = []


def work(name):
    try:
        barrier.wait()
        log.append(f"{name} passed")
    except threading.BrokenBarrierError:
        log.append(f"{name} broken")


def start(*names):
    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    return threads


first = start("a", "b")
barrier.reset()
for thread in first:
    thread.join()
print(sorted(log), barrier.broken)
second = start("c")
barrier.abort()
for thread in second + start("d"):
    thread.join()
print(sorted(log), barrier.broken)
barrier.reset()
for thread in start("e", "f", "g"):
    thread.join()
print(sorted(log)[4:], barrier.broken)

# ends: well
# lasts_ms: 700
# stdout:
# ['a broken', 'b broken'] False
# ['a broken', 'b broken', 'c broken', 'd broken'] True
# ['e passed', 'f passed', 'g passed'] False
