"""The connection is made once, and logged in. Does every thread find it logged in?"""
import threading
import time

connection = None
connection_lock = threading.Lock()
ready = {}


class Connection:
    def __init__(self):
        self.logged_in = False

    def log_in(self):
        time.sleep(0.1)             # the server answers
        self.logged_in = True


def get_connection():
    global connection
    if connection is None:
        with connection_lock:
            if connection is None:
                connection = Connection()   # from here on the others find it ...
                connection.log_in()         # ... but it is not ready yet
    return connection


def use(late_s):
    time.sleep(late_s)
    ready[threading.current_thread().name] = get_connection().logged_in


first = threading.Thread(target=use, args=(0,), name="first")
second = threading.Thread(target=use, args=(0.05,), name="second")
first.start()
second.start()
first.join()
second.join()
for name in ("first", "second"):
    print(f"the {name} thread's connection is logged in: {ready[name]}")
