"""Producers and consumers around one condition."""
import threading
import time

SIZE = 3
buffer = []
changed = threading.Condition()
taken = []


def produce(first):
    for item in range(first, first + 6):
        with changed:
            changed.wait_for(lambda: len(buffer) < SIZE)
            buffer.append(item)
            changed.notify_all()
        time.sleep(0.0003)


def consume():
    while True:
        with changed:
            while not buffer:
                changed.wait()
            item = buffer.pop(0)
            changed.notify_all()
        if item is None:
            return
        taken.append(item)


consumers = [threading.Thread(target=consume, name=f"consumer-{n}") for n in range(2)]
producers = [threading.Thread(target=produce, args=(10 * n,)) for n in range(2)]
for thread in consumers + producers:
    thread.start()
for thread in producers:
    thread.join()
for _ in consumers:
    with changed:
        changed.wait_for(lambda: len(buffer) < SIZE)
        buffer.append(None)
        changed.notify_all()
for thread in consumers:
    thread.join()
print(sorted(taken))
