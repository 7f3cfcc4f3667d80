"""enumerate() lists threads that were started and have not ended, and always the main thread."""
import threading
import time


def show():
    print([thread.name for thread in threading.enumerate()])


thread = threading.Thread(target=time.sleep, args=(0.1,), name="sleeper")
show()
thread.start()
show()
thread.join()
show()

# ends: well
# lasts_ms: 100
# stdout:
# ['MainThread']
# ['MainThread', 'sleeper']
# ['MainThread']
