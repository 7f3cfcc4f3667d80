"""Too few threads at a barrier without a timeout wait for ever."""
import threading

barrier = threading.Barrier(3)
for _ in range(2):
    threading.Thread(target=barrier.wait).start()
print("two of three are there")

# ends: deadlock
# stdout:
# two of three are there
