"""The old names setName, getName, setDaemon and notifyAll are still there; isAlive is gone."""
import threading
import warnings

warnings.simplefilter("ignore")
thread = threading.Thread(target=print)
thread.setName("old")
thread.setDaemon(True)
print(thread.getName(), thread.name, thread.isDaemon(), thread.daemon)
condition = threading.Condition()
with condition:
    condition.notifyAll()
print(hasattr(thread, "isAlive"), hasattr(thread, "is_alive"))

# ends: well
# stdout:
# old old True True
# False True
