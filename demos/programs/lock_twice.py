"""A function that holds a lock calls itself. Does it get the lock a second time?"""
import threading
import time

hole = threading.Lock()


def dig(depth_m):
    name = threading.current_thread().name
    with hole:
        print(name, "is at", depth_m, "m")
        time.sleep(0.1)
        if depth_m < 3:
            dig(depth_m + 1)
        print(name, "is back at", depth_m, "m")


first = threading.Thread(target=dig, args=(1,), name="first")
second = threading.Thread(target=dig, args=(3,), name="second")
first.start()
second.start()
first.join()
second.join()
