# Floats in nested loops: escape times of a small Mandelbrot picture.
def escape(cr, ci, limit):
    zr = zi = 0.0
    for n in range(limit):
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4.0:
            return n
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    return limit


total = 0
for y in range(360):
    for x in range(480):
        total += escape(x / 240.0 - 1.5, y / 180.0 - 1.0, 100)
print(total)
