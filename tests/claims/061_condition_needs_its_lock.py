"""wait() and notify() need the lock."""
import threading

condition = threading.Condition()
for method in (condition.wait, condition.notify, condition.notify_all, condition.release):
    try:
        method()
    except RuntimeError as error:
        print(error)

# ends: well
# stdout:
# cannot wait on un-acquired lock
# cannot notify on un-acquired lock
# cannot notify on un-acquired lock
# cannot release un-acquired lock
