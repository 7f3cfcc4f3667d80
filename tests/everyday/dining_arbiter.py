# holds: at most N - 1 sit down
import threading
N = 3
forks = [threading.Lock() for _ in range(N)]
room = threading.Semaphore(N - 1)
meals = []
def eat(i):
    with room:
        with forks[i]:
            with forks[(i + 1) % N]:
                meals.append(i)
ts = [threading.Thread(target=eat, args=(i,)) for i in range(N)]
for t in ts: t.start()
for t in ts: t.join()
assert sorted(meals) == list(range(N))
