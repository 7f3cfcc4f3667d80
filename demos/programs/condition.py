"""Two threads wait. Who goes on after notify_all(), after notify(), after neither?"""
import threading
import time

bell = threading.Condition()
log = []


def note(text, begin):
    log.append(f"{text} after {time.perf_counter() - begin:.1f} s")


def answer(begin, timeout_s):
    with bell:
        rung = bell.wait(timeout_s)         # gives the lock back while it waits
        note("  woken" if rung else "  time is up", begin)
        time.sleep(0.2)                     # holds the lock again


def ring(how, timeout_s=None):
    begin = time.perf_counter()
    threads = [threading.Thread(target=answer, args=(begin, timeout_s)) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    with bell:
        how()
        note(how.__name__, begin)
        time.sleep(0.4)                     # the notifier holds the lock, too
    for thread in threads:
        thread.join()


def neither():
    pass


ring(bell.notify_all)
ring(bell.notify, timeout_s=1)
ring(neither, timeout_s=1)
print("\n".join(log))
