"""Five philosophers who all take their left fork first starve together."""
import threading
import time

forks = [threading.Lock() for _ in range(5)]


def dine(seat):
    with forks[seat]:
        time.sleep(0.1)
        with forks[(seat + 1) % 5]:
            print("eats")


for seat in range(5):
    threading.Thread(target=dine, args=(seat,)).start()

# ends: deadlock
# lasts_ms: 100
# stdout:
