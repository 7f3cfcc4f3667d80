# Matrix product with lists of lists.
def product(a, b):
    n, m, p = len(a), len(b), len(b[0])
    result = []
    for i in range(n):
        row = a[i]
        line = []
        for j in range(p):
            total = 0
            for k in range(m):
                total += row[k] * b[k][j]
            line.append(total)
        result.append(line)
    return result


n = 240
a = [[(i * j) % 7 for j in range(n)] for i in range(n)]
b = [[(i + j) % 5 for j in range(n)] for i in range(n)]
c = product(a, b)
print(sum(map(sum, c)))
