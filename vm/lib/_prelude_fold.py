# gilsim: atomic
"""min, max, any, all and sum over iterables or items that run Python code.

Mirrors CPython 3.13's Python/bltinmodule.c: the same calls of user code in the same order, the same messages.
"""
_real_iter = iter


def min_max(name, args, key, default, is_max):
    """min() and max(). `default` is () if none was given, else a tuple of one."""
    if len(args) > 1:
        if default:
            raise TypeError(f"Cannot specify a default for {name}() with multiple positional arguments")
        items = args
    else:
        items = args[0]
    found = False
    best = best_key = None
    for item in items:
        item_key = item if key is None else key(item)
        if not found:
            found = True
        elif is_max:
            if not item_key > best_key:
                continue
        elif not item_key < best_key:
            continue
        best, best_key = item, item_key
    if found:
        return best
    if default:
        return default[0]
    raise ValueError(f"{name}() iterable argument is empty")


def any(iterable):
    """any()"""
    for item in iterable:
        if item:
            return True
    return False


def all(iterable):
    """all()"""
    for item in iterable:
        if not item:
            return False
    return True


def sum(iterable, start):
    """sum(): integers exactly, floats with the rounding errors carried along (Neumaier), then plain addition."""
    if isinstance(start, str):
        raise TypeError("sum() can't sum strings [use ''.join(seq) instead]")
    if isinstance(start, bytes):
        raise TypeError("sum() can't sum bytes [use b''.join(seq) instead]")
    if isinstance(start, bytearray):
        raise TypeError("sum() can't sum bytearray [use b''.join(seq) instead]")
    total = start
    items = _real_iter(iterable)
    for item in items:
        total = total + item
        if type(total) is float:
            total = _sum_floats(total, items)
    return total


def _sum_floats(total, items):
    # Goes on until the items end or one is neither float nor a small int.
    lost = 0.0
    for item in items:
        if type(item) is float:
            grown = total + item
            if abs(total) >= abs(item):
                lost += (total - grown) + item
            else:
                lost += (item - grown) + total
            total = grown
        elif isinstance(item, int) and -0x8000000000000000 <= item <= 0x7fffffffffffffff:
            total += float(item)
        else:
            return _with_lost(total, lost) + item
    return _with_lost(total, lost)


def _with_lost(total, lost):
    # An infinite or undefined correction would spoil the sum.
    return total + lost if lost and lost - lost == 0.0 else total
