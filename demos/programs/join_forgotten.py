"""Three threads each fetch a price. What is the sum that the main thread prints?"""
import threading
import time

prices = []


def fetch(price):
    time.sleep(0.1)                 # the shop's server takes its time
    prices.append(price)


threads = [threading.Thread(target=fetch, args=(price,)) for price in (10, 20, 30)]
for thread in threads:
    thread.start()

print("sum of", len(prices), "prices:", sum(prices))
