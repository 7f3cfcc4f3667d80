# holds: phases are separated by a barrier
import threading
b = threading.Barrier(2)
left, right = [0, 0], [0, 0]
def work(i):
    left[i] = i + 1
    b.wait()
    right[i] = left[1 - i]
ts = [threading.Thread(target=work, args=(i,)) for i in range(2)]
for t in ts: t.start()
for t in ts: t.join()
assert right == [2, 1]
