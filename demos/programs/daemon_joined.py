"""A thread saves every 0.2 s, for ever, and is joined. When does the program end?"""
import threading
import time

saved = 0


def save_for_ever():
    global saved
    try:
        while True:
            saved += 1
            time.sleep(0.2)
    finally:
        print("the file is closed")


def work():
    time.sleep(0.7)
    print("the work is done")


worker = threading.Thread(target=work, name="worker")
saver = threading.Thread(target=save_for_ever, name="saver", daemon=True)
worker.start()
saver.start()
worker.join()
saver.join()                        # waits for the end of an endless loop
print("saved", saved, "times; the main thread ends")
