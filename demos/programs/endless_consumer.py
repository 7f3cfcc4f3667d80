"""A baker makes rolls, a customer eats them all. When is the customer done?"""
import queue
import threading
import time

counter = queue.Queue(maxsize=2)            # no room for a third roll
begin = time.perf_counter()


def bake():
    for roll in range(1, 6):
        time.sleep(0.1)
        counter.put(roll)                   # waits while the counter is full


def eat():
    while True:
        roll = counter.get()                # waits while the counter is empty
        time.sleep(0.2)
        print(f"roll {roll} eaten after {time.perf_counter() - begin:.1f} s")


baker = threading.Thread(target=bake, name="baker")
customer = threading.Thread(target=eat, name="customer")
baker.start()
customer.start()
baker.join()
customer.join()
print("all rolls are eaten")
