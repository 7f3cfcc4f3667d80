"""Joining a daemon with an endless loop never returns; it is no deadlock."""
import threading
import time


def poll():
    while True:
        time.sleep(2)


thread = threading.Thread(target=poll, daemon=True)
thread.start()
thread.join()
print("joined")

# ends: limit
# lasts_ms: 3600000
# stdout:
