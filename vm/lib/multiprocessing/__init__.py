"""What of multiprocessing works on threads: `multiprocessing.pool.ThreadPool` and `multiprocessing.dummy`.

Processes are not simulated yet; a name that belongs to them raises AttributeError with that word.
"""

from os import cpu_count

from .context import ProcessError, BufferTooShort, TimeoutError, AuthenticationError

__all__ = ['AuthenticationError', 'BufferTooShort', 'ProcessError', 'TimeoutError', 'cpu_count', 'freeze_support']


def freeze_support():
    """Does nothing outside a frozen program."""


def __getattr__(name):
    if name.startswith('_'):
        raise AttributeError(f"module 'multiprocessing' has no attribute {name!r}")
    raise AttributeError(f"multiprocessing.{name} belongs to processes, which gilsim does not simulate yet; "
                         "multiprocessing.dummy has the same interface on threads")
