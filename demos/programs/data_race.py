"""Two threads add one to the same counter. How much is lost?"""
import threading

counter = 0


def work():
    global counter
    for _ in range(500_000):
        counter += 1        # load, add, store: another thread may come in between


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print("expected 1000000")
print("lost", 1_000_000 - counter)
