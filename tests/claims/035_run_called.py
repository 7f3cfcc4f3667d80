"""start() calls run() in the new thread; who calls run() executes it."""
import threading


def where():
    print("in the main thread:", threading.current_thread() is threading.main_thread())


threading.Thread(target=where).run()
thread = threading.Thread(target=where)
thread.start()
thread.join()

# ends: well
# stdout:
# in the main thread: True
# in the main thread: False
