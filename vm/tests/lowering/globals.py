counter = 0
total: int = 0


def increment():
    global counter
    counter += 1
    counter = counter + len([1])
    print(counter, sep="")
    del counter


increment()
