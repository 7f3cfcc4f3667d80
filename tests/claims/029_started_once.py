"""A thread can be started once."""
import threading

thread = threading.Thread(target=print, args=("runs",))
thread.start()
thread.join()
try:
    thread.start()
except RuntimeError as error:
    print(error)

# ends: well
# stdout:
# runs
# threads can only be started once
