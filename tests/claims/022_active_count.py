"""active_count() counts the main thread: 3 with two others alive, 1 when they have been joined."""
import threading
import time

threads = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in range(2)]
for thread in threads:
    thread.start()
print("Active threads:", threading.active_count())
for thread in threads:
    thread.join()
print("Active threads:", threading.active_count())

# ends: well
# lasts_ms: 100
# stdout:
# Active threads: 3
# Active threads: 1
