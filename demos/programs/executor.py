"""A ready-made pool of two threads. When do results come, and where do errors go?"""
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

begin = time.perf_counter()


def now():
    return f"{time.perf_counter() - begin:.1f} s"


def cook(minutes):
    if minutes < 0:
        raise ValueError("cannot cook back in time")
    time.sleep(minutes / 10)
    return f"dish of {minutes} minutes"


with ThreadPoolExecutor(max_workers=2, thread_name_prefix="cook") as kitchen:
    print("map: in the order of the orders")
    for dish in kitchen.map(cook, (5, 1, 2)):
        print(f"  {now()}: {dish}")

    print("as_completed: in the order of their ends")
    orders = [kitchen.submit(cook, minutes) for minutes in (5, 1, 2)]
    for order in as_completed(orders):
        print(f"  {now()}: {order.result()}")

    order = kitchen.submit(cook, -1)
    print("error in the thread:", repr(order.exception()))
