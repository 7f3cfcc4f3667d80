"""A future gives the result or raises the exception; only before its start it can be cancelled; callbacks run in order."""
import time
from concurrent.futures import ThreadPoolExecutor

log = []


def fail():
    raise ValueError("no")


with ThreadPoolExecutor(max_workers=1) as pool:
    running = pool.submit(time.sleep, 0.1)
    waiting = pool.submit(time.sleep, 0.1)
    failing = pool.submit(fail)
    time.sleep(0.05)
    print(running.cancel(), waiting.cancel(), waiting.cancelled())
    running.add_done_callback(lambda future: log.append("first"))
    running.add_done_callback(lambda future: log.append("second"))
    print(running.result(), log)
    running.add_done_callback(lambda future: log.append("at once"))
    print(log)
    try:
        failing.result()
    except ValueError as error:
        print("raised:", error)
    print(type(failing.exception()).__name__)

# ends: well
# lasts_ms: 100
# stdout:
# False True True
# None ['first', 'second']
# ['first', 'second', 'at once']
# raised: no
# ValueError
