# deadlock: transfers lock both accounts in the order of the arguments
import threading
class Account:
    def __init__(self, n): self.balance = n; self.lock = threading.Lock()
def transfer(a, b, n):
    with a.lock:
        with b.lock:
            a.balance -= n; b.balance += n
x, y = Account(10), Account(10)
ts = [threading.Thread(target=transfer, args=p) for p in ((x, y, 3), (y, x, 4))]
for t in ts: t.start()
for t in ts: t.join()
assert x.balance + y.balance == 20
