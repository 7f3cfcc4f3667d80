# gilsim: atomic
"""Pairs of connected sockets within the process.

Mirrors the part of CPython 3.13's Lib/socket.py and Modules/socketmodule.c that needs no network: socketpair(), and what can
be done with its sockets. Each call releases the GIL once, as there. Leaves out: addresses, connecting, listening, timeouts
other than none, messages with boundaries.
"""

import _files
from _files import system_call

__all__ = ['AF_UNIX', 'AF_INET', 'SOCK_STREAM', 'SHUT_RD', 'SHUT_WR', 'SHUT_RDWR', 'error', 'timeout', 'socket',
           'socketpair']

AF_UNIX, AF_INET, SOCK_STREAM = 1, 2, 1
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
error, timeout = OSError, TimeoutError


class _Both:
    # A descriptor that reads from one pipe and writes into another.

    mode, readable, writable = 0o140777, True, True
    size, seek, truncate = _files.ReadEnd.size, _files.ReadEnd.seek, _files.ReadEnd.truncate

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    def read(self, size):
        if self.reader is None:
            system_call()
            return b''
        return self.reader.read(size)

    def write(self, data):
        if self.writer is None:
            system_call()
            raise BrokenPipeError(32, 'Broken pipe')
        return self.writer.write(data)

    def close_reader(self):
        if self.reader is not None:
            self.reader.close()
            self.reader = None

    def close_writer(self):
        if self.writer is not None:
            self.writer.close()
            self.writer = None

    def close(self):
        self.close_reader()
        self.close_writer()


class socket:
    """One end of a connection; made by socketpair()."""

    __module__ = 'socket'

    def __init__(self, family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None):
        if fileno is None:
            raise OSError(97, 'Address family not supported by protocol')
        self.family, self.type, self.proto = family, type, proto
        self._fd = fileno

    def fileno(self):
        """The descriptor; -1 when closed."""
        return self._fd

    def send(self, data, flags=0, /):
        """Write bytes; gives how many were written."""
        return _files.write(self._fd, data)

    def sendall(self, data, flags=0, /):
        """Write all bytes."""
        _files.write(self._fd, data)

    def recv(self, size, flags=0, /):
        """At most so many bytes; waits for the first. Nothing: the other end is closed."""
        if size < 0:
            raise ValueError('negative buffersize in recv')
        return _files.read(self._fd, size)

    def shutdown(self, how, /):
        """Close one direction or both."""
        system_call()
        file = _files.opened(self._fd)
        if how != SHUT_WR:
            file.close_reader()
        if how != SHUT_RD:
            file.close_writer()

    def close(self):
        """Close the socket."""
        if self._fd >= 0:
            number, self._fd = self._fd, -1
            _files.close(number)

    def detach(self):
        """Gives the descriptor away."""
        number, self._fd = self._fd, -1
        return number

    def settimeout(self, value, /):
        """Only None: calls wait as long as they have to."""
        if value is not None:
            raise ValueError('timeouts of sockets are not supported')

    def gettimeout(self):
        """None"""

    def setblocking(self, flag, /):
        """Only true."""
        self.settimeout(None if flag else 0.0)

    def getblocking(self):
        """True"""
        return True

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __del__(self):
        self.close()

    def __repr__(self):
        closed = ' [closed]' if self._fd < 0 else ''
        return f'<socket.socket{closed} fd={self._fd}, family={self.family}, type={self.type}, proto={self.proto}>'


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0):
    """Two sockets that are connected to each other."""
    if family != AF_UNIX or type != SOCK_STREAM:
        raise OSError(95, 'Operation not supported')
    system_call()
    one, other = _files.new_pipe(), _files.new_pipe()
    ends = _Both(one[0], other[1]), _Both(other[0], one[1])
    first, second = [socket(family, type, proto, _files.number_of(end)) for end in ends]
    return first, second
