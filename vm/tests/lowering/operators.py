def f(a, b, c):
    x = a + b * -c ** 2 // ~a
    x += 1; x <<= b
    y = a < b <= c != 3
    z = a and b or not c
    w = a if b else c
    v = not a is b, a not in b, a is not None
    u = +a @ b
    if a is None or b is not None and not c:
        return x, y, z
    t = 1 + 2 * 3, -1, "a" "b", ("x", (1, 2.5, None))[1]
    return a in [1, 2], b in {1, 2}, w, v, u, t
