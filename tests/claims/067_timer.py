"""Timer(interval, f) calls f after the interval, unless it is cancelled; it is a thread."""
import threading
import time

begin = time.monotonic()


def hello(text):
    print(f"{text} after {time.monotonic() - begin:.0f} s")


timer = threading.Timer(30.0, hello, args=("hello, world",))
cancelled = threading.Timer(20.0, hello, args=("never",))
timer.start()
cancelled.start()
time.sleep(10)
cancelled.cancel()
print(isinstance(timer, threading.Thread), timer.is_alive())

# ends: well
# lasts_ms: 30000
# stdout:
# True True
# hello, world after 30 s
