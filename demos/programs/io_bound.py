"""Five downloads, first in turn, then on five threads. Is it faster?"""
import threading
import time


def download(page):
    time.sleep(0.2)         # waits for the network, without the GIL


def measure(label, work):
    begin = time.perf_counter()
    work()
    seconds = time.perf_counter() - begin
    print(f"{label}: {seconds:.1f} s")
    return seconds


def one_after_the_other():
    for page in range(5):
        download(page)


def on_five_threads():
    threads = [
        threading.Thread(target=download, args=(page,), name=f"page-{page}")
        for page in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


serial = measure("one after the other", one_after_the_other)
threaded = measure("on five threads", on_five_threads)
print(f"speed-up: {serial / threaded:.1f}")
