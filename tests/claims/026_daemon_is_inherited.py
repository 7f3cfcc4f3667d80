"""A thread made by a daemon is a daemon, unless told otherwise."""
import threading


def inner():
    pass


def outer():
    print("inside a daemon:", threading.Thread(target=inner).daemon)
    print("told otherwise:", threading.Thread(target=inner, daemon=False).daemon)


thread = threading.Thread(target=outer, daemon=True)
print("in the main thread:", threading.Thread(target=inner).daemon)
thread.start()
thread.join()

# ends: well
# stdout:
# in the main thread: False
# inside a daemon: True
# told otherwise: False
