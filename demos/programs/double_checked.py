"""Three threads need one connection, made at its first use. Why look twice?"""
import threading
import time

connection = None
connection_lock = threading.Lock()
made = 0
used = []


class Connection:
    def __init__(self):
        global made
        made += 1
        time.sleep(0.1)             # the server answers


def get_connection():
    global connection
    if connection is None:          # quick, without the lock: true for the first few only
        with connection_lock:
            if connection is None:  # has another thread made it while this one waited?
                connection = Connection()
    return connection


def use():
    used.append(get_connection())


begin = time.perf_counter()
threads = [threading.Thread(target=use, name=f"user-{n}") for n in (1, 2, 3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("connections made:", made)
print("the threads use the same one:", used[0] is used[1] is used[2])
print(f"it took {time.perf_counter() - begin:.1f} s")
