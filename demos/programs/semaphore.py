"""Three places, eight visitors. How many are inside at once, and who waits?"""
import threading
import time

PLACES = 3
STAYS_S = [0.5, 0.9, 0.7, 0.6, 0.6, 0.3, 0.3, 0.2]
places = threading.BoundedSemaphore(PLACES)
inside = []
begin = time.perf_counter()


def visit(visitor, stay_s):
    time.sleep(visitor / 20)                # they come one after the other
    with places:
        inside.append(visitor)
        now_s = time.perf_counter() - begin
        print(f"{now_s:.2f} s: visitor {visitor} enters, {len(inside)} inside")
        time.sleep(stay_s)
        inside.remove(visitor)


visitors = [
    threading.Thread(target=visit, args=(number, stay_s), name=f"visitor-{number}")
    for number, stay_s in enumerate(STAYS_S, start=1)
]
for visitor in visitors:
    visitor.start()
for visitor in visitors:
    visitor.join()

try:
    places.release()                        # nobody had taken this place
except ValueError as error:
    print("one release too many:", error)
