import os
import os.path as p
from sys import argv as args, path
from collections import *


class Box:
    """A box."""

    size: int = 3

    def __init__(self, value, *rest, key=None, **more):
        self.value = value
        self.__secret = key
        super().__init__(*rest, **more)

    @property
    def double(self):
        return self.value.real.imag * super().double

    @staticmethod
    def make(x, /, y=1, *, z=2):
        box = Box(x, key=y)
        box.items[0] += z
        box.items[1:2] = box.items[::2]
        del box.items[0], box.value
        box.value.count += 1
        return box.make(
            x,
        ).make(y, y=1)
