def f(a, b):
    x = [a, *b, 1]
    y = {1, 2, 3}, {a, *b}, {**a, "k": 1, 2: b}, {}
    z = (a, *b), [1, 2, 3, 4], {"a": 1, "b": a}
    p, *q, (r, s) = a
    p = q = r
    p, q = q, p
    p, q, r = r, p, q
    return f"{a!r:>{b}} and {b=} {a}" + f"" + "%s-%5r" % (a, b)
