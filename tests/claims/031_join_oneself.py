"""A thread cannot join itself."""
import threading

try:
    threading.current_thread().join()
except RuntimeError as error:
    print(error)

# ends: well
# stdout:
# cannot join current thread
