"""Two threads serve a request each, with notes of their own. Whose name is in the log?"""
import threading
import time

current = threading.local()         # one object, other attributes in each thread


def log(text):
    print(f"[{current.user}] {text}")


def serve(user):
    current.user = user
    log(f"{user}'s request begins")
    time.sleep(0.1)
    log(f"{user}'s request ends")


anna = threading.Thread(target=serve, args=("Anna",), name="serves-Anna")
ben = threading.Thread(target=serve, args=("Ben",), name="serves-Ben")
anna.start()
time.sleep(0.05)
ben.start()
anna.join()
ben.join()
print("the main thread has a user:", hasattr(current, "user"))
