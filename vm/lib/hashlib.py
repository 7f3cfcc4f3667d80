# gilsim: atomic
"""Message digests: md5, sha1, sha224, sha256, sha384, sha512.

Mirrors the objects of CPython 3.13's Lib/hashlib.py and Modules/_hashopenssl.c on native algorithms: many bytes at once are
added without the GIL. An object keeps its data until a digest is asked for. Missing: sha3, blake2, key derivation.
"""

import _hashlib

__all__ = ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'new', 'algorithms_guaranteed', 'algorithms_available')

algorithms_guaranteed = algorithms_available = {'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'}

# name: bytes of the digest, bytes of a block
_SIZES = {'md5': (16, 64), 'sha1': (20, 64), 'sha224': (28, 64), 'sha256': (32, 64), 'sha384': (48, 128),
          'sha512': (64, 128)}


class HASH:
    """A digest in the making."""

    __module__ = '_hashlib'

    def __init__(self, name, data):
        self.name = name
        self.digest_size, self.block_size = _SIZES[name]
        self._parts = []
        self.update(data)

    def update(self, obj, /):
        """Add bytes."""
        data = _bytes(obj)
        _hashlib.work(self.name, len(data))
        self._parts.append(data)

    def digest(self):
        """The digest of all bytes so far."""
        self._parts = [b''.join(self._parts)]
        return _hashlib.digest(self.name, self._parts[0])

    def hexdigest(self):
        """The digest as hexadecimal digits."""
        return self.digest().hex()

    def copy(self):
        """A second object that goes on from here."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._parts = self._parts[:]
        return other

    def __repr__(self):
        return f'<{self.name} _hashlib.HASH object @ {id(self):#x}>'


def _bytes(obj):
    if isinstance(obj, str):
        raise TypeError("Strings must be encoded before hashing")
    if isinstance(obj, (bytes, bytearray, memoryview)):
        return bytes(obj)
    raise TypeError("object supporting the buffer API required")


def new(name, data=b'', *, usedforsecurity=True):
    """A digest by name."""
    name = name.lower()
    if name not in _SIZES:
        raise ValueError(f'unsupported hash type {name}')
    return HASH(name, data)


def md5(string=b'', *, usedforsecurity=True):
    """A digest of 16 bytes."""
    return HASH('md5', string)


def sha1(string=b'', *, usedforsecurity=True):
    """A digest of 20 bytes."""
    return HASH('sha1', string)


def sha224(string=b'', *, usedforsecurity=True):
    """A digest of 28 bytes."""
    return HASH('sha224', string)


def sha256(string=b'', *, usedforsecurity=True):
    """A digest of 32 bytes."""
    return HASH('sha256', string)


def sha384(string=b'', *, usedforsecurity=True):
    """A digest of 48 bytes."""
    return HASH('sha384', string)


def sha512(string=b'', *, usedforsecurity=True):
    """A digest of 64 bytes."""
    return HASH('sha512', string)
