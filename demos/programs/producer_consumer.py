"""A baker makes rolls and closes the shop, a customer eats them all. Who waits for whom?"""
import queue
import threading
import time

CLOSED = None
counter = queue.Queue(maxsize=2)            # no room for a third roll
begin = time.perf_counter()


def bake():
    for roll in range(1, 6):
        time.sleep(0.1)
        counter.put(roll)                   # waits while the counter is full
    counter.put(CLOSED)                     # the last thing that comes


def eat():
    while (roll := counter.get()) is not CLOSED:    # waits while the counter is empty
        time.sleep(0.2)
        print(f"roll {roll} eaten after {time.perf_counter() - begin:.1f} s")


baker = threading.Thread(target=bake, name="baker")
customer = threading.Thread(target=eat, name="customer")
baker.start()
customer.start()
baker.join()
customer.join()
print("all rolls are eaten")
