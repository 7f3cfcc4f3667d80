import threading

lock = threading.Lock()
count = 0


def worker(n):
    global count
    for _ in range(n):
        with lock:
            count += 1
    try:
        count -= 1
    except Exception as error:
        print(error)


class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, amount):
        self.balance += amount
