# holds: a ticket lock
import threading
class Ticket:
    def __init__(self):
        self.next = 0; self.turn = 0; self.guard = threading.Lock()
    def acquire(self):
        with self.guard:
            mine = self.next; self.next += 1
        while self.turn != mine: pass
    def release(self): self.turn += 1
lock = Ticket()
total = 0
def work():
    global total
    lock.acquire(); total += 1; lock.release()
ts = [threading.Thread(target=work) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
assert total == 2
