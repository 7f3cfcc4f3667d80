# gilsim: atomic
"""Bodies of builtins that call back into Python code: the interpreter comes here where its native path ends.

Each file _prelude*.py is loaded when one of its functions is called for the first time (vm/src/interp/prelude.rs).
"""


def import_star(module, namespace):
    """`from module import *` into a namespace."""
    names = getattr(module, '__all__', None)
    if names is None:
        names = [name for name in module.__dict__ if not name.startswith('_')]
    for name in names:
        if type(name) is not str:
            raise TypeError(f"Item in {module.__name__}.__all__ must be str, not {type(name).__name__}")
        namespace[name] = getattr(module, name)


def print_to(file, args, sep, end, flush):
    """print() to any object with write(): one write per argument, separator and end, then perhaps flush()."""
    first = True
    for arg in args:
        if not first:
            file.write(sep)
        first = False
        file.write(arg if type(arg) is str else str(arg))
    file.write(end)
    if flush:
        file.flush()


def call_library(module, function, *args):
    """A function of a library module, for native functions whose work is done in Python."""
    return getattr(__import__(module), function)(*args)


def display(value):
    """What an interactive statement does with its value."""
    import sys
    sys.displayhook(value)
