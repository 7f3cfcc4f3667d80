# thread-exception: the object can be seen before it is ready
import threading
lock = threading.Lock()
instance = None
class Config:
    pass
def get():
    global instance
    if instance is None:
        with lock:
            if instance is None:
                instance = Config()
                instance.value = 42
    return instance.value
ts = [threading.Thread(target=get) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
