def f(lock, other):
    with lock:
        x = 1
    with lock as a, other() as (b, c):
        if a:
            return b
    for i in x:
        with lock:
            if i:
                break
    return x
