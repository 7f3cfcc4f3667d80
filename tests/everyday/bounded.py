# thread-exception: one condition for both sides, and `if` in place of `while`
import threading
class Buffer:
    def __init__(self): self.items = []; self.cond = threading.Condition()
    def put(self, x):
        with self.cond:
            if len(self.items) >= 1: self.cond.wait()
            self.items.append(x)
            assert len(self.items) <= 1
            self.cond.notify()
    def get(self):
        with self.cond:
            if not self.items: self.cond.wait()
            x = self.items.pop(0)
            self.cond.notify()
            return x
b = Buffer()
ts = [threading.Thread(target=b.put, args=(i,)) for i in range(2)] + [threading.Thread(target=b.get) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
