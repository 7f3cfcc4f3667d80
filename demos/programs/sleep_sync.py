"""A shop opens when its prices are loaded. Is a pause of 0.4 s long enough?"""
import threading
import time

prices = {}
begin = time.perf_counter()


def load():
    time.sleep(0.5)                 # it took 0.3 s when the program was written
    prices["tea"] = 3


def sell():
    time.sleep(0.4)                 # the prices will be there by then
    print(f"after {time.perf_counter() - begin:.1f} s tea costs {prices.get('tea')}")


loader = threading.Thread(target=load, name="loader")
seller = threading.Thread(target=sell, name="seller")
loader.start()
seller.start()
loader.join()
seller.join()
