"""Attributes of a threading.local belong to one thread; another has none of them."""
import threading

local = threading.local()
local.n = 0


def work():
    print("worker has n:", hasattr(local, "n"))
    local.n = 1
    print("worker", local.n)


thread = threading.Thread(target=work)
thread.start()
thread.join()
print("MainThread", local.n)

# ends: well
# stdout:
# worker has n: False
# worker 1
# MainThread 0
