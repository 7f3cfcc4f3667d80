"""Tasks of a pool wait for tasks of the same pool. Who is left to do them?"""
import time
from concurrent.futures import ThreadPoolExecutor


def side_dish(name):
    time.sleep(0.1)
    return name


def menu(main_dish, side):
    time.sleep(0.1)
    print(main_dish, "is ready and waits for the", side)
    return f"{main_dish} with {sides.submit(side_dish, side).result()}"


mains = ThreadPoolExecutor(max_workers=2, thread_name_prefix="cook")
sides = mains                               # two cooks are enough for all
menus = [mains.submit(menu, "fish", "rice"), mains.submit(menu, "steak", "salad")]
for ordered in menus:
    print(ordered.result())
