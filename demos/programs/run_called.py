"""Two threads made from a class of their own, but run() is called. Who counts?"""
import threading
import time


class Counter(threading.Thread):
    def __init__(self, pause_s):
        super().__init__()          # first of all: without it there is no thread
        self.pause_s = pause_s

    def run(self):
        for number in (1, 2, 3):
            print(f"{threading.current_thread().name} counts {number}")
            time.sleep(self.pause_s)


t1 = Counter(0.10)
t2 = Counter(0.15)
begin = time.perf_counter()
t1.run()                            # an ordinary call: no thread is started
t2.run()
print(f"both together took {time.perf_counter() - begin:.2f} s")
