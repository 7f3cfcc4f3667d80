def f(a, b):
    x = [i for i in a]
    y = {i: j for i, j in a if i if j}
    z = {i + k for i in a for k in [i * 2]}
    w = sum(i * b for i in a if i)
    i = [lambda: i for i in a]
    return [[k for k in row] for row in b], (v := x), y, z, w, [last := q for q in a]


module = [n for n in range(3) if n]


class C:
    items = [n for n in (1, 2)]
