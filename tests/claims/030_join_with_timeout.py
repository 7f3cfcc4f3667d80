"""join(timeout) returns None in any case; is_alive() tells whether the thread has ended."""
import threading
import time

begin = time.perf_counter()
thread = threading.Thread(target=time.sleep, args=(1,))
thread.start()
print(thread.join(0.1), thread.is_alive(), f"{time.perf_counter() - begin:.1f} s")
print(thread.join(), thread.is_alive(), f"{time.perf_counter() - begin:.1f} s")

# ends: well
# lasts_ms: 1000
# stdout:
# None True 0.1 s
# None False 1.0 s
