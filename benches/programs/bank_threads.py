# Four threads move money between accounts, each account with its own lock, taken in order.
import threading


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


def move(source, target, amount):
    first, second = (source, target) if source.number < target.number else (target, source)
    with first.lock:
        with second.lock:
            if source.balance >= amount:
                source.balance -= amount
                target.balance += amount


def work(accounts, seed, times):
    state = seed
    for _ in range(times):
        state = (state * 4093 + 57) % 65536
        a = state % len(accounts)
        b = (a + 1 + state // 7 % (len(accounts) - 1)) % len(accounts)
        move(accounts[a], accounts[b], state % 10)


accounts = [Account(i, 1000) for i in range(10)]
threads = [threading.Thread(target=work, args=(accounts, seed, 200_000)) for seed in (1, 2, 3, 4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sum(a.balance for a in accounts))
