"""Two transfers in opposite directions, locked in one order. Do both get through?"""
import threading
import time


class Account:
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.owner)
    with first.lock:
        print(f"{threading.current_thread().name} has locked {first.owner}'s account")
        time.sleep(0.01)            # ask the bank whether the money is there
        with second.lock:
            source.balance -= amount
            target.balance += amount


anna = Account("Anna", 100)
ben = Account("Ben", 100)
there = threading.Thread(target=transfer, args=(anna, ben, 30), name="there")
back = threading.Thread(target=transfer, args=(ben, anna, 50), name="back")
there.start()
back.start()
there.join()
back.join()
print("Anna has", anna.balance, "and Ben has", ben.balance)
