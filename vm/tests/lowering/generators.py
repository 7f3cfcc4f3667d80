def f(a):
    x = yield
    y = yield a, x
    z = yield from a
    try:
        yield y
    finally:
        yield z
    return x


def g(a):
    return (lambda: (yield a))
