"""Two transfers in opposite directions, but nobody waits for ever. Do both get through?"""
import threading
import time


class Account:
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance
        self.lock = threading.Lock()


def try_transfer(source, target, amount, patience_s):
    with source.lock:
        time.sleep(0.1)                     # ask the bank whether the money is there
        if not target.lock.acquire(timeout=patience_s):
            return False                    # and let go of the first lock as well
        try:
            source.balance -= amount
            target.balance += amount
            return True
        finally:
            target.lock.release()


def transfer(source, target, amount, patience_s):
    name = threading.current_thread().name
    while not try_transfer(source, target, amount, patience_s):
        print(f"{name} gives up, and will try again")
        time.sleep(patience_s)              # let the other one finish
    print(f"{name} is done")


anna = Account("Anna", 100)
ben = Account("Ben", 100)
there = threading.Thread(target=transfer, args=(anna, ben, 30, 0.2), name="there")
back = threading.Thread(target=transfer, args=(ben, anna, 50, 0.5), name="back")
there.start()
back.start()
there.join()
back.join()
print("Anna has", anna.balance, "and Ben has", ben.balance)
