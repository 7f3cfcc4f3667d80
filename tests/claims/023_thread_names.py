"""Threads are called Thread-N (with the function since 3.10), MainThread, or as they are told."""
import threading


def run():
    print(threading.current_thread().name)


class Own(threading.Thread):
    def run(self):
        run()


run()
for thread in (threading.Thread(target=run), threading.Thread(target=run, name="T2"), Own()):
    thread.start()
    thread.join()

# ends: well
# stdout:
# MainThread
# Thread-1 (run)
# T2
# Thread-2
