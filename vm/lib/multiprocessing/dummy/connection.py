"""Pipes between threads."""

__all__ = ['Pipe']

from queue import Queue


class Connection:
    """One end of a pipe: what is sent here arrives there."""

    def __init__(self, _in, _out):
        self._in = _in
        self._out = _out
        self.send = self.send_bytes = _out.put
        self.recv = self.recv_bytes = _in.get

    def poll(self, timeout=0.0):
        """Whether something has arrived, or does within the time."""
        if self._in.qsize() > 0:
            return True
        if timeout <= 0.0:
            return False
        with self._in.not_empty:
            self._in.not_empty.wait(timeout)
        return self._in.qsize() > 0

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


def Pipe(duplex=True):
    """Both ends of a pipe."""
    one, other = Queue(), Queue()
    return Connection(one, other), Connection(other, one)
