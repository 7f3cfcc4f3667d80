# holds: Peterson's algorithm
import threading
flag = [False, False]
turn = 0
count = 0
def work(me):
    global turn, count
    other = 1 - me
    flag[me] = True
    turn = other
    while flag[other] and turn == other: pass
    count += 1
    flag[me] = False
ts = [threading.Thread(target=work, args=(i,)) for i in (0, 1)]
for t in ts: t.start()
for t in ts: t.join()
assert count == 2
