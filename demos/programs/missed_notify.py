"""A cook calls once that the soup is ready. What happens to a waiter who comes later?"""
import threading
import time

kitchen = threading.Condition()
begin = time.perf_counter()


def serve(late_s):
    time.sleep(late_s)
    with kitchen:
        kitchen.wait()              # until the next call
    name = threading.current_thread().name
    print(f"{name} serves after {time.perf_counter() - begin:.1f} s")


def cook():
    time.sleep(0.2)
    with kitchen:
        print("the soup is ready!")
        kitchen.notify_all()


early = threading.Thread(target=serve, args=(0.1,), name="early")
late = threading.Thread(target=serve, args=(0.3,), name="late")
chef = threading.Thread(target=cook, name="chef")
for thread in (early, late, chef):
    thread.start()
for thread in (early, late, chef):
    thread.join()
