"""Lines of source files, as tracebacks and warnings show them.

Mirrors the interface of CPython 3.13's Lib/linecache.py; the interpreter knows the sources, nothing is read or cached.
"""

from _gilsim import source_lines as _source_lines

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]


def getlines(filename, module_globals=None):
    """All lines of a file, each with its newline; none if the file is unknown."""
    return _source_lines(filename)


def getline(filename, lineno, module_globals=None):
    """Line number lineno (from 1) with its newline, or ''."""
    lines = _source_lines(filename)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ''


def clearcache():
    """There is no cache."""


def checkcache(filename=None):
    """There is no cache."""


def lazycache(filename, module_globals):
    """There is no cache."""
    return False
