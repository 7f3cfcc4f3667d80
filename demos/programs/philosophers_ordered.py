"""Five philosophers, five numbered forks; each takes the lower one first. Who eats?"""
import threading
import time

NAMES = ["Aristotle", "Bacon", "Confucius", "Descartes", "Epicurus"]
forks = [threading.Lock() for _ in NAMES]


def dine(seat):
    low, high = sorted((seat, (seat + 1) % len(forks)))
    with forks[low]:
        time.sleep(0.1)                     # thinks
        with forks[high]:
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
