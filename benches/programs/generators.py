# A pipeline of generators.
def numbers(limit):
    for i in range(limit):
        yield i


def odd(source):
    for i in source:
        if i & 1:
            yield i


def squares(source):
    for i in source:
        yield i * i


total = 0
for value in squares(odd(numbers(4_500_000))):
    total += value
print(total, sum(x * 2 for x in range(2_000_000)))
