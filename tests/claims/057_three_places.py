"""A semaphore admits a given number, as three toilets do with a queue of people."""
import threading
import time

toilets = threading.BoundedSemaphore(3)
log = []


def visit(person):
    time.sleep(person / 10)
    with toilets:
        log.append(f"{person} in")
        time.sleep(1)
        log.append(f"{person} out")


people = [threading.Thread(target=visit, args=(person,)) for person in range(1, 6)]
for person in people:
    person.start()
for person in people:
    person.join()
print(", ".join(log))

# ends: well
# lasts_ms: 2200
# stdout:
# 1 in, 2 in, 3 in, 1 out, 4 in, 2 out, 5 in, 3 out, 4 out, 5 out
