"""Warnings: messages to standard error that do not stop the program.

Mirrors CPython 3.13's Lib/warnings.py with its default filters: a warning is shown once per place; DeprecationWarning
only if the program's own top-level module causes it. Patterns for messages and modules are plain beginnings of texts
unless a module `re` exists. Leaves out the command line option -W.
"""

import sys

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter",
           "resetwarnings", "catch_warnings", "deprecated"]

# (action, beginning of the message or None, category, module or None, line or 0), first match counts.
filters = [("default", None, DeprecationWarning, "__main__", 0), ("ignore", None, DeprecationWarning, None, 0),
           ("ignore", None, PendingDeprecationWarning, None, 0), ("ignore", None, ImportWarning, None, 0),
           ("ignore", None, ResourceWarning, None, 0)]
defaultaction = "default"
onceregistry = {}
_version = 1    # grows when the filters change: what was shown under other filters may be shown again
_ACTIONS = ("error", "ignore", "always", "default", "module", "once")


class WarningMessage:
    """One warning, as showwarning() gets it."""

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return ("{message : %r, category : %r, filename : %r, lineno : %s, line : %r}"
                % (self.message, self._category_name, self.filename, self.lineno, self.line))


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning."""
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    if line is None:
        import linecache
        line = linecache.getline(filename, lineno)
    return text + f"  {line.strip()}\n" if line else text


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to a file, by default sys.stderr."""
    if file is None:
        file = sys.stderr
        if file is None:
            return
    file.write(formatwarning(message, category, filename, lineno, line))


_showwarning_original = showwarning


def _show(message):
    # catch_warnings(record=True) puts another function in this place.
    if showwarning is not _showwarning_original and not callable(showwarning):
        raise TypeError("warnings.showwarning() must be set to a function or method")
    showwarning(message.message, message.category, message.filename, message.lineno, message.file, message.line)


def _check_action(action):
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")


def _add_filter(item, append):
    global _version
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _version += 1


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Add a filter for messages and modules that begin with these texts."""
    _check_action(action)
    if not isinstance(message, str):
        raise TypeError("message must be a string")
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError("category must be a Warning subclass")
    if not isinstance(module, str):
        raise TypeError("module must be a string")
    if not isinstance(lineno, int):
        raise TypeError("lineno must be an int")
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")
    _add_filter((action, _pattern(message, True), category, _pattern(module, False), lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Add a filter for all messages of a category."""
    _check_action(action)
    if not isinstance(lineno, int):
        raise TypeError("lineno must be an int")
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")
    _add_filter((action, None, category, None, lineno), append)


def resetwarnings():
    """Take all filters away."""
    global _version
    filters[:] = []
    _version += 1


def _pattern(text, ignore_case):
    if not text:
        return None
    if any(char in text for char in '\\.^$*+?{}[]|()'):
        try:
            import re
        except ImportError:
            raise NotImplementedError(f"patterns in warning filters are not supported: {text!r}") from None
        return re.compile(text, re.I if ignore_case else 0)
    return text.lower() if ignore_case else text


def _matches(pattern, text, ignore_case):
    if pattern is None:
        return True
    if isinstance(pattern, str):
        return (text.lower() if ignore_case else text).startswith(pattern)
    return pattern.match(text)


def _caller(stacklevel):
    # The frame that a warning blames, counted from the caller of warn().
    frame = sys._getframe(2)
    while stacklevel > 1 and frame is not None:
        frame = frame.f_back
        stacklevel -= 1
    return frame


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Issue a warning about the caller, or with stacklevel about somebody further out."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    frame = _caller(stacklevel)
    if frame is None:
        namespace, filename, lineno = sys.__dict__, "<sys>", 0
    else:
        namespace, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    registry = namespace.setdefault("__warningregistry__", {})
    warn_explicit(message, category, filename, lineno, namespace.get('__name__', "<string>"), registry, source=source)


def _action(text, category, module, lineno):
    for action, message, kind, modules, line in filters:
        if (_matches(message, text, True) and issubclass(category, kind) and _module_matches(modules, module)
                and (line == 0 or line == lineno)):
            return action
    return defaultaction


def _module_matches(pattern, module):
    # The only plain text among the default filters stands for the whole name.
    if pattern == "__main__":
        return module == pattern
    return _matches(pattern, module, False)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Issue a warning about a given place; registry remembers what was shown."""
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module.endswith('.py'):
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get('version', 0) != _version:
        registry.clear()
        registry['version'] = _version
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    action = _action(text, category, module, lineno)
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        if onceregistry.get((text, category)):
            return
        onceregistry[(text, category)] = 1
    elif action == "module":
        registry[key] = 1
        if registry.get((text, category, 0)):
            return
        registry[(text, category, 0)] = 1
    elif action == "default":
        registry[key] = 1
    elif action != "always":
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n {action}")
    _show(WarningMessage(message, category, filename, lineno, source=source))


class catch_warnings:
    """Context manager: puts filters and showwarning back at the end; with record=True gives a list of the warnings."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        return f"catch_warnings({'record=True' if self._record else ''})"

    def __enter__(self):
        global showwarning, _version
        if self._entered:
            raise RuntimeError("Cannot enter %r twice" % self)
        self._entered = True
        self._saved = filters[:], showwarning
        _version += 1
        if self._filter is not None:
            simplefilter(*self._filter)
        if not self._record:
            return None
        log = []

        def record(message, category, filename, lineno, file=None, line=None):
            log.append(WarningMessage(message, category, filename, lineno, file, line))

        showwarning = record
        return log

    def __exit__(self, *exc_info):
        global showwarning, _version
        if not self._entered:
            raise RuntimeError("Cannot exit %r without entering first" % self)
        filters[:], showwarning = self._saved
        _version += 1


class deprecated:
    """Decorator: calling the function, or making an instance of the class, warns."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(f"Expected an object of type str for 'message', not {type(message).__name__!r}")
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        message, category, stacklevel = self.message, self.category, self.stacklevel
        if category is None:
            arg.__deprecated__ = message
            return arg
        if isinstance(arg, type):
            original = arg.__new__

            def __new__(cls, /, *args, **kwargs):
                if cls is arg:
                    warn(message, category=category, stacklevel=stacklevel + 1)
                if original is not object.__new__:
                    return original(cls, *args, **kwargs)
                if cls.__init__ is object.__init__ and (args or kwargs):
                    raise TypeError(f"{cls.__name__}() takes no arguments")
                return original(cls)

            arg.__new__ = staticmethod(__new__)
            arg.__deprecated__ = __new__.__deprecated__ = message
            return arg
        if not callable(arg):
            raise TypeError("@deprecated decorator with non-None category must be applied to a class or callable, "
                            f"not {arg!r}")
        from functools import wraps

        @wraps(arg)
        def wrapper(*args, **kwargs):
            warn(message, category=category, stacklevel=stacklevel + 1)
            return arg(*args, **kwargs)

        arg.__deprecated__ = wrapper.__deprecated__ = message
        return wrapper
