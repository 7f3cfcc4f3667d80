"""Two threads count to three, with pauses. In which order do their lines come?"""
import threading
import time


def count(pause_s):
    for number in (1, 2, 3):
        print(f"{threading.current_thread().name} counts {number}")
        time.sleep(pause_s)         # a pause without the GIL: the other thread can run


t1 = threading.Thread(target=count, args=(0.10,), name="t1")
t2 = threading.Thread(target=count, args=(0.15,), name="t2")
begin = time.perf_counter()
t1.start()
t2.start()
t1.join()
t2.join()
print(f"both together took {time.perf_counter() - begin:.2f} s")
