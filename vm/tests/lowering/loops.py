def f(a):
    for i in a:
        if i:
            continue
        elif a:
            break
        print(i)
    else:
        a = 2
    while a:
        a -= 1
        if a == 3:
            break
    else:
        return None
    while True:
        for x, (y, z) in [1, 2]:
            pass
