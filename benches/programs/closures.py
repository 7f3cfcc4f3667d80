# Closures and lambdas: counters made by a factory, composed functions.
def make_counter(step):
    count = 0

    def bump():
        nonlocal count
        count += step
        return count

    return bump


def compose(f, g):
    return lambda x: f(g(x))


counters = [make_counter(i) for i in range(10)]
total = 0
for _ in range(400_000):
    for bump in counters:
        total += bump()
chain = lambda x: x
for i in range(20):
    chain = compose(lambda x: x + 1, chain)
for i in range(20_000):
    total += chain(i)
print(total)
