"""A daemon thread is stopped when all others have ended."""
import threading
import time


def poll():
    while True:
        print("polls")
        time.sleep(0.2)


def work():
    time.sleep(0.7)
    print("work done")


threading.Thread(target=poll, daemon=True).start()
threading.Thread(target=work).start()

# ends: well
# lasts_ms: 700
# stdout:
# polls
# polls
# polls
# polls
# work done
