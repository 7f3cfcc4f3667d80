"""Abstract classes of numbers, for isinstance() checks.

Mirrors the tower of CPython 3.13's Lib/numbers.py. Leaves out the mixed-in arithmetic of subclasses.
"""

from abc import ABCMeta

__all__ = ["Number", "Complex", "Real", "Rational", "Integral"]


class Number(metaclass=ABCMeta):
    """All numbers."""

    __slots__ = ()
    __hash__ = None


class Complex(Number):
    """Numbers with a real and an imaginary part."""

    __slots__ = ()


class Real(Complex):
    """Numbers on a line."""

    __slots__ = ()


class Rational(Real):
    """Fractions."""

    __slots__ = ()


class Integral(Rational):
    """Whole numbers."""

    __slots__ = ()


Complex.register(complex)
Real.register(float)
Integral.register(int)
