"""An event is set and cleared like a traffic light. When does each car pass?"""
import threading
import time

green = threading.Event()           # red at first
begin = time.perf_counter()
passed = {}


def drive(car, arrives_s):
    time.sleep(arrives_s)
    green.wait()
    passed[car] = time.perf_counter() - begin


ARRIVALS_S = [0.0, 0.1, 0.3, 0.7, 1.2]
cars = [
    threading.Thread(target=drive, args=(car, arrives_s), name=f"car-{car}")
    for car, arrives_s in enumerate(ARRIVALS_S, start=1)
]
for car in cars:
    car.start()
time.sleep(0.5)
green.set()                         # wakes all who wait, and stays green
time.sleep(0.5)
green.clear()                       # red again, for those who come later
time.sleep(0.5)
green.set()
for car in cars:
    car.join()
for car, arrives_s in enumerate(ARRIVALS_S, start=1):
    print(f"car {car} arrives at {arrives_s:.1f} s and passes at {passed[car]:.1f} s")
