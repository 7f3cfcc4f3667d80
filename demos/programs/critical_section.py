"""Three visitors are counted by three threads in turn. What is better, what worse?"""
import threading
import time

visitors = {"count": 0}
visitors_lock = threading.Lock()


def enter():
    with visitors_lock:             # nobody else looks until the new number is stored
        seen = visitors["count"]
        time.sleep(0.2)             # the camera looks, the thread waits
        visitors["count"] = seen + 1


begin = time.perf_counter()
threads = [threading.Thread(target=enter, name=f"door-{n}") for n in (1, 2, 3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("3 came in,", visitors["count"], "counted")
print(f"it took {time.perf_counter() - begin:.1f} s")
