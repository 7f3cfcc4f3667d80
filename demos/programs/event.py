"""A shop opens when its prices are loaded. How does it learn that they are?"""
import threading
import time

prices = {}
loaded = threading.Event()
begin = time.perf_counter()


def load():
    time.sleep(0.5)                 # it took 0.3 s when the program was written
    prices["tea"] = 3
    loaded.set()


def sell():
    loaded.wait()                   # as long as it takes, and no longer
    print(f"after {time.perf_counter() - begin:.1f} s tea costs {prices.get('tea')}")


loader = threading.Thread(target=load, name="loader")
seller = threading.Thread(target=sell, name="seller")
loader.start()
seller.start()
loader.join()
seller.join()
