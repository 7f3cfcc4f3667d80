"""Three stages connected by queues of every kind."""
import queue
import threading

first = queue.Queue(maxsize=2)
second = queue.SimpleQueue()
third = queue.PriorityQueue()
END = 10**6


def square():
    while (number := first.get()) is not None:
        second.put(number * number)
        first.task_done()
    second.put(None)
    first.task_done()


def negate():
    while (number := second.get()) is not None:
        third.put(-number)
    third.put(END)


stages = [threading.Thread(target=square), threading.Thread(target=negate)]
for stage in stages:
    stage.start()
for number in range(12):
    first.put(number)
first.put(None)
first.join()
for stage in stages:
    stage.join()
results = []
while (number := third.get(timeout=1)) != END:
    results.append(number)
print(results)
try:
    third.get_nowait()
except queue.Empty:
    print("empty")
