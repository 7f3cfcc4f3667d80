"""All threads of a process share its globals."""
import threading

shared = []
thread = threading.Thread(target=lambda: shared.append(1))
thread.start()
thread.join()
print(shared)

# ends: well
# stdout:
# [1]
