"""Five philosophers, five forks; each takes the left fork, then the right one. Who eats?"""
import threading
import time

NAMES = ["Aristotle", "Bacon", "Confucius", "Descartes", "Epicurus"]
forks = [threading.Lock() for _ in NAMES]


def dine(seat):
    left = forks[seat]
    right = forks[(seat + 1) % len(forks)]
    with left:
        time.sleep(0.1)                     # thinks
        with right:
            time.sleep(0.2)
            print(NAMES[seat], "has eaten")


philosophers = [
    threading.Thread(target=dine, args=(seat,), name=NAMES[seat])
    for seat in range(len(NAMES))
]
for philosopher in philosophers:
    philosopher.start()
for philosopher in philosophers:
    philosopher.join()
print("all have eaten")
