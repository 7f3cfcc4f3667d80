# deadlock: the last reader does not notify
import threading
class RW:
    def __init__(self):
        self.cond = threading.Condition()
        self.readers = 0
        self.writing = False
    def read_on(self):
        with self.cond:
            while self.writing: self.cond.wait()
            self.readers += 1
    def read_off(self):
        with self.cond:
            self.readers -= 1
            pass
    def write_on(self):
        with self.cond:
            while self.writing or self.readers: self.cond.wait()
            self.writing = True
    def write_off(self):
        with self.cond:
            self.writing = False
            self.cond.notify_all()
rw = RW()
data = [0, 0]
def writer():
    rw.write_on(); data[0] += 1; data[1] += 1; rw.write_off()
def reader():
    rw.read_on(); assert data[0] == data[1]; rw.read_off()
ts = [threading.Thread(target=f) for f in (writer, reader, writer)]
for t in ts: t.start()
for t in ts: t.join()
assert data == [2, 2]
