def f(x):
    match x:
        case 0 | 1.5 | "s" | None:
            return 1
        case [a, b, *_] if a:
            return a
        case [1, *rest]:
            return rest
        case {"k": v, **rest}:
            return v, rest
        case Point(x=0, y=y) | Point(y, 0):
            return y
        case (a, _) as pair:
            return pair
        case -1 | x.y:
            return 2
        case _:
            return 3
