"""A cook calls, and puts the soup on the table. Does the late waiter find it?"""
import threading
import time

kitchen = threading.Condition()
soup_ready = False
begin = time.perf_counter()


def serve(late_s):
    time.sleep(late_s)
    with kitchen:
        kitchen.wait_for(lambda: soup_ready)    # looks before it waits, and after each call
    name = threading.current_thread().name
    print(f"{name} serves after {time.perf_counter() - begin:.1f} s")


def cook():
    global soup_ready
    time.sleep(0.2)
    with kitchen:
        print("the soup is ready!")
        soup_ready = True
        kitchen.notify_all()


early = threading.Thread(target=serve, args=(0.1,), name="early")
late = threading.Thread(target=serve, args=(0.3,), name="late")
chef = threading.Thread(target=cook, name="chef")
for thread in (early, late, chef):
    thread.start()
for thread in (early, late, chef):
    thread.join()
