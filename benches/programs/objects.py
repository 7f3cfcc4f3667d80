# A small class hierarchy with properties, methods and operators.
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    @property
    def norm(self):
        return self.x * self.x + self.y * self.y


class Particle:
    def __init__(self, position, velocity):
        self.position = position
        self.velocity = velocity

    def step(self):
        self.position = self.position + self.velocity


particles = [Particle(Vector(i, -i), Vector(1, 2)) for i in range(100)]
for _ in range(15_000):
    for p in particles:
        p.step()
print(sum(p.position.norm for p in particles))
