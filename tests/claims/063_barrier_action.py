"""Barrier(n) releases n threads at once; one of them runs the action first."""
import threading

log = []
barrier = threading.Barrier(2, action=lambda: log.append("passed through"))


def work():
    index = barrier.wait()
    log.append("end")
    indices.append(index)


indices = []
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(log, sorted(indices))

# ends: well
# stdout:
# ['passed through', 'end', 'end'] [0, 1]
