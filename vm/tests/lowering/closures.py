def outer(a, b):
    c = 1

    def inner(x=a, *, y: int = b) -> str:
        nonlocal c
        c += a
        return c + x + y

    class K:
        b = b

        def method(self):
            return __class__, c

    def unbound():
        if a:
            late = 1
        return late

    del c
    return inner, K, unbound
