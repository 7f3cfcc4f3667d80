"""Of five threads at a Barrier(2) with a timeout two pairs pass, the fifth gets BrokenBarrierError."""
import threading
import time

log = []
barrier = threading.Barrier(2, action=lambda: log.append("action"), timeout=1)


def work():
    try:
        barrier.wait()
        log.append("end")
    except threading.BrokenBarrierError:
        log.append("TIMEOUT")


threads = [threading.Thread(target=work) for _ in range(5)]
for thread in threads:
    thread.start()
    time.sleep(0.05)
for thread in threads:
    thread.join()
print(log.count("action"), "actions,", log.count("end"), "ends,", log.count("TIMEOUT"), "timeout")
print(barrier.broken)

# ends: well
# lasts_ms: 1200
# stdout:
# 2 actions, 4 ends, 1 timeout
# True
