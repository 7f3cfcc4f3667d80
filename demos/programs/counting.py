"""Threads are made, started, and end. How many are alive at each moment, and which?"""
import threading
import time


def show(moment):
    names = ", ".join(thread.name for thread in threading.enumerate())
    print(f"{moment:20} {threading.active_count()} alive: {names}")


show("at the beginning:")
short = threading.Thread(target=time.sleep, args=(0.1,), name="short")
long = threading.Thread(target=time.sleep, args=(0.3,), name="long")
show("made, not started:")
short.start()
long.start()
show("both started:")
time.sleep(0.2)
show("0.2 s later:")
short.join()
long.join()
show("both joined:")
