"""The operating system of the simulated machine.

The process's numbers, its environment, and path names, as in CPython 3.13's Lib/os.py. Files, pipes and descriptors are in
_os_files. Leaves out everything about signals and other programs.
"""

import sys as _sys
import posix as _posix
import posixpath as path
from _ospath import PathLike, fspath
from errno import ENOTTY as _ENOTTY
from posix import (getpid, getppid, getuid, geteuid, getgid, getegid, getgroups, getpriority, cpu_count, sched_yield,
                   urandom, _exit, PRIO_PROCESS, PRIO_PGRP, PRIO_USER)
from posixpath import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull

_sys.modules['os.path'] = path

name = 'posix'
linesep = '\n'
error = OSError
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0, 1, 2, 64, 128, 512, 1024
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
EX_OK, EX_USAGE, EX_SOFTWARE, EX_OSERR = 0, 64, 70, 71

# Made when they are first asked for: most programs import os for other things.
_FILE_NAMES = frozenset("""DirEntry access chdir close fdatasync fdopen fstat fsync ftruncate getcwd isatty listdir lseek lstat
    makedirs mkdir open pipe read remove removedirs rename replace rmdir scandir stat stat_result truncate unlink walk
    write""".split())


def __getattr__(name):
    if name not in _FILE_NAMES:
        raise AttributeError(f"module 'os' has no attribute {name!r}", name=name, obj=_sys.modules['os'])
    import _os_files
    found = globals()[name] = getattr(_os_files, name)
    return found


class _Environ:
    """The environment variables; changes are seen by this process only."""

    def __init__(self, data):
        self._data = data

    def __getitem__(self, key):
        try:
            return self._data[_checked(key)]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        self._data[_checked(key)] = _checked(value)

    def __delitem__(self, key):
        try:
            del self._data[_checked(key)]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        return iter(list(self._data))

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        items = ', '.join([f"{key!r}: {value!r}" for key, value in self._data.items()])
        return f"environ({{{items}}})"

    def copy(self):
        """A dict of the variables."""
        return dict(self._data)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __contains__(self, key):
        return key in self._data

    def __eq__(self, other):
        return dict(self._data) == (other._data if isinstance(other, _Environ) else other)

    def get(self, key, default=None):
        return self._data.get(key, default)

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()

    def pop(self, key, *default):
        return self._data.pop(key, *default)

    def popitem(self):
        return self._data.popitem()

    def clear(self):
        self._data.clear()

    def update(self, other=(), /, **kwargs):
        for key, value in dict(other, **kwargs).items():
            self[key] = value

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        return dict(self._data) | dict(other)

    def __ror__(self, other):
        return dict(other) | dict(self._data)


def _checked(text):
    if not isinstance(text, str):
        raise TypeError("str expected, not %s" % type(text).__name__)
    return text


environ = _Environ(_posix.environ)


def getenv(key, default=None):
    """An environment variable, or the default."""
    return environ.get(key, default)


def putenv(name, value, /):
    """Set an environment variable behind the back of os.environ: nothing would see it."""
    _checked(name), _checked(value)


def unsetenv(name, /):
    """Remove an environment variable behind the back of os.environ."""
    _checked(name)


def process_cpu_count():
    """How many processors this process may use."""
    return cpu_count()


def sched_getaffinity(pid, /):
    """The processors that a process may use."""
    return set(range(cpu_count()))


def getlogin():
    """The name of the user."""
    return environ.get('USER', 'user')


def getloadavg():
    """How busy the machine was before: not at all."""
    return 0.0, 0.0, 0.0


def getcwdb():
    """The current folder as bytes."""
    return fsencode(_sys.modules['os'].getcwd())


def fsencode(filename):
    """A path as bytes."""
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    """A path as text."""
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


class terminal_size(tuple):
    """(columns, lines)"""

    __slots__ = ()
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])

    def __repr__(self):
        return f"os.terminal_size(columns={self[0]}, lines={self[1]})"


def get_terminal_size(fd=1, /):
    """The size of the simulated terminal."""
    if not _sys.__stdout__.isatty():
        raise OSError(_ENOTTY, 'Inappropriate ioctl for device')
    return terminal_size((80, 24))


__all__ = [_name for _name in dir() if not _name.startswith('_')] + sorted(_FILE_NAMES) + ['_exit']
