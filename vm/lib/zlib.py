# gilsim: atomic
"""Compression and checksums.

Mirrors CPython 3.13's Modules/zlibmodule.c on a native deflate: results can be read by any zlib, and are not byte for byte
those of the C library. Objects keep their data until it is asked for. Leaves out: gzip's format (wbits above 15), flushing in
the middle of a stream, dictionaries.
"""

import _zlib
from _gilsim import library_rule, system_call

__all__ = ['compress', 'decompress', 'compressobj', 'decompressobj', 'crc32', 'adler32', 'error']

MAX_WBITS = 15
DEFLATED = 8
DEF_MEM_LEVEL = 8
DEF_BUF_SIZE = 16384
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION = 0, 1, 9, -1
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED = 0, 1, 2, 3, 4
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH = 0, 1, 2, 3, 4
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = '1.2.13'

_lock_releases = library_rule('zlib_lock_releases')


class error(Exception):
    """Something is wrong with compressed data."""

    __module__ = 'zlib'


def _is_raw(wbits):
    if -15 <= wbits <= -8:
        return True
    if wbits != 0 and not 8 <= wbits <= 15:
        raise ValueError('gzip streams are not supported' if wbits > 15 else 'Invalid initialization option')
    return False


def _bytes(data):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return bytes(data)


def compress(data, /, level=-1, wbits=15):
    """Compressed bytes."""
    if not -1 <= level <= 9:
        raise error('Bad compression level')
    return _zlib.compress(_bytes(data), level, _is_raw(wbits))


def decompress(data, /, wbits=15, bufsize=DEF_BUF_SIZE):
    """The bytes that were compressed."""
    found = _zlib.decompress(_bytes(data), _is_raw(wbits))
    if isinstance(found, str):
        raise error(f'Error -3 while decompressing data: {found}')
    output, _, ended = found
    if not ended:
        raise error('Error -5 while decompressing data: incomplete or truncated stream')
    return output


def crc32(data, value=0, /):
    """CRC of 32 bits."""
    return _zlib.crc32(_bytes(data), value & 0xffffffff)


def adler32(data, value=1, /):
    """Adler-32."""
    return _zlib.adler32(_bytes(data), value & 0xffffffff)


def _enter():
    # Taking the object's lock: without the GIL up to 3.9.
    if _lock_releases:
        system_call()


class Compress:
    """A stream of bytes to be compressed."""

    __module__ = 'zlib'

    def __init__(self, level, wbits):
        self._level, self._raw = level, _is_raw(wbits)
        self._parts = []

    def compress(self, data, /):
        """Take bytes; what comes of them is given by flush()."""
        if self._parts is None:
            raise error('Error -2 while compressing data: inconsistent stream state')
        _enter()
        system_call()
        self._parts.append(_bytes(data))
        return b''

    def flush(self, mode=Z_FINISH, /):
        """The end of the stream."""
        if mode == Z_NO_FLUSH:
            return b''
        if mode != Z_FINISH:
            raise ValueError('flushing in the middle of a stream is not supported')
        if self._parts is None:
            raise error('Error -2 while finishing compression: inconsistent stream state')
        parts, self._parts = self._parts, None
        _enter()
        return _zlib.compress(b''.join(parts), self._level, self._raw)

    def copy(self):
        """A second stream that goes on from here."""
        other = Compress(self._level, -15 if self._raw else 15)
        other._parts = self._parts[:]
        return other


def compressobj(level=-1, method=DEFLATED, wbits=15, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=None):
    """A stream of bytes to be compressed."""
    if zdict is not None:
        raise ValueError('dictionaries are not supported')
    return Compress(level, wbits)


class Decompress:
    """A stream of compressed bytes."""

    __module__ = 'zlib'

    def __init__(self, wbits):
        self._raw = _is_raw(wbits)
        self._data, self._given = b'', 0
        self._output = b''
        self.eof = False
        self.unused_data = self.unconsumed_tail = b''

    def decompress(self, data, /, max_length=0):
        """What comes of some more bytes, at most max_length of it."""
        if max_length < 0:
            raise ValueError('max_length must be non-negative')
        _enter()
        data = _bytes(data)
        if self.eof:
            self.unused_data += data
        else:
            # What was not consumed is here already.
            self._data += data[len(self.unconsumed_tail):] if self.unconsumed_tail else data
            found = _zlib.decompress(self._data, self._raw)
            if isinstance(found, str):
                raise error(f'Error -3 while decompressing data: {found}')
            self._output, used, ended = found
            if ended and not (max_length and len(self._output) - self._given > max_length):
                self.eof, self.unused_data = True, self._data[used:]
        return self._give(max_length)

    def _give(self, max_length):
        rest = len(self._output) - self._given
        size = min(rest, max_length) if max_length else rest
        given = self._output[self._given:self._given + size]
        self._given += size
        self.unconsumed_tail = self._data[-1:] if size < rest else b''
        return given

    def flush(self, length=DEF_BUF_SIZE, /):
        """What is left."""
        if length <= 0:
            raise ValueError('length must be greater than zero')
        _enter()
        return self._give(0)


def decompressobj(wbits=15, zdict=b''):
    """A stream of compressed bytes."""
    if zdict:
        raise ValueError('dictionaries are not supported')
    return Decompress(wbits)
