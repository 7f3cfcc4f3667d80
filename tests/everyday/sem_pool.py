# holds: at most two are inside
import threading
sem, guard = threading.Semaphore(2), threading.Lock()
inside = most = 0
def work():
    global inside, most
    with sem:
        with guard:
            inside += 1; most = max(most, inside)
        with guard: inside -= 1
ts = [threading.Thread(target=work) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
assert most <= 2
