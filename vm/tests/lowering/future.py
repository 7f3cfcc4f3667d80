from __future__ import annotations


def f(a: list [ int ], *b: 'x' | None) -> dict[str, tuple[int, ...]]:
    y: undefined
    return a


z: Callable[[int], "int"] = None
