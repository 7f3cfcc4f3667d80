"""The first argument of Thread is group, and must be None; the target goes by keyword."""
import threading

try:
    threading.Thread(1)
except AssertionError as error:
    print("AssertionError:", error)
thread = threading.Thread(None, print, "name", ("the target ran",))
thread.start()
thread.join()

# ends: well
# stdout:
# AssertionError: group argument must be None for now
# the target ran
