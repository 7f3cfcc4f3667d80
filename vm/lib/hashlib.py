# gilsim: atomic
"""Message digests: md5, sha1, sha224, sha256, sha512.

Mirrors the objects of CPython 3.13's Lib/hashlib.py; the algorithms are those of RFC 1321 and FIPS 180-4. Missing: sha384,
sha3, blake2, key derivation.
"""

import _sha512
from _sha512 import _primes, _root_bits

__all__ = ('md5', 'sha1', 'sha224', 'sha256', 'sha512', 'new', 'algorithms_guaranteed', 'algorithms_available')

algorithms_guaranteed = algorithms_available = {'md5', 'sha1', 'sha224', 'sha256', 'sha512'}

_MASK = 0xffffffff


_K256 = [_root_bits(p, 3) >> 32 for p in _primes(64)]
_H256 = tuple([_root_bits(p, 2) >> 32 for p in _primes(8)])
_H224 = tuple([_root_bits(p, 2) & _MASK for p in _primes(16)[8:]])


def _sha256_block(state, block):
    w = [int.from_bytes(block[i:i + 4], 'big') for i in range(0, 64, 4)]
    for i in range(16, 64):
        x, y = w[i - 15], w[i - 2]
        s0 = (x >> 7 | x << 25) ^ (x >> 18 | x << 14) ^ x >> 3
        s1 = (y >> 17 | y << 15) ^ (y >> 19 | y << 13) ^ y >> 10
        w.append((w[i - 16] + (s0 & _MASK) + w[i - 7] + (s1 & _MASK)) & _MASK)
    a, b, c, d, e, f, g, h = state
    for k, word in zip(_K256, w):
        s1 = ((e >> 6 | e << 26) ^ (e >> 11 | e << 21) ^ (e >> 25 | e << 7)) & _MASK
        t1 = h + s1 + (e & f ^ ~e & g) + k + word
        s0 = ((a >> 2 | a << 30) ^ (a >> 13 | a << 19) ^ (a >> 22 | a << 10)) & _MASK
        t2 = s0 + (a & b ^ a & c ^ b & c)
        h, g, f, e, d, c, b, a = g, f, e, (d + t1) & _MASK, c, b, a, (t1 + t2) & _MASK
    return tuple([(x + y) & _MASK for x, y in zip(state, (a, b, c, d, e, f, g, h))])


def _sha1_block(state, block):
    w = [int.from_bytes(block[i:i + 4], 'big') for i in range(0, 64, 4)]
    for i in range(16, 80):
        x = w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16]
        w.append((x << 1 | x >> 31) & _MASK)
    a, b, c, d, e = state
    for i, word in enumerate(w):
        if i < 20:
            f, k = b & c | ~b & d, 0x5a827999
        elif i < 40:
            f, k = b ^ c ^ d, 0x6ed9eba1
        elif i < 60:
            f, k = b & c | b & d | c & d, 0x8f1bbcdc
        else:
            f, k = b ^ c ^ d, 0xca62c1d6
        t = ((a << 5 | a >> 27) + f + e + k + word) & _MASK
        e, d, c, b, a = d, c, (b << 30 | b >> 2) & _MASK, a, t
    return tuple([(x + y) & _MASK for x, y in zip(state, (a, b, c, d, e))])


def _md5_sines():
    import math
    return [int(abs(math.sin(i + 1)) * 2 ** 32) for i in range(64)]


_SINES = _md5_sines()
_SHIFTS = (7, 12, 17, 22) * 4 + (5, 9, 14, 20) * 4 + (4, 11, 16, 23) * 4 + (6, 10, 15, 21) * 4


def _md5_block(state, block):
    w = [int.from_bytes(block[i:i + 4], 'little') for i in range(0, 64, 4)]
    a, b, c, d = state
    for i in range(64):
        if i < 16:
            f, j = b & c | ~b & d, i
        elif i < 32:
            f, j = d & b | ~d & c, (5 * i + 1) % 16
        elif i < 48:
            f, j = b ^ c ^ d, (3 * i + 5) % 16
        else:
            f, j = c ^ (b | ~d & _MASK), 7 * i % 16
        f = (f + a + _SINES[i] + w[j]) & _MASK
        s = _SHIFTS[i]
        a, d, c, b = d, c, b, (b + (f << s | f >> 32 - s)) & _MASK
    return tuple([(x + y) & _MASK for x, y in zip(state, (a, b, c, d))])


_H1 = 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0

# name: block function, first state, bytes of the digest, order of bytes
_KINDS = {
    'md5': (_md5_block, _H1[:4], 16, 'little'),
    'sha1': (_sha1_block, _H1, 20, 'big'),
    'sha224': (_sha256_block, _H224, 28, 'big'),
    'sha256': (_sha256_block, _H256, 32, 'big'),
}


class HASH:
    """A digest in the making."""

    __module__ = '_hashlib'
    block_size = 64

    def __init__(self, name, data):
        self.name = name
        self._block, self._state, self.digest_size, self._order = _KINDS[name]
        self._rest = b''
        self._count = 0
        self.update(data)

    def update(self, obj, /):
        """Add bytes."""
        data = _bytes(obj)
        self._count += len(data)
        data = self._rest + data
        whole = len(data) - len(data) % 64
        for i in range(0, whole, 64):
            self._state = self._block(self._state, data[i:i + 64])
        self._rest = data[whole:]

    def digest(self):
        """The digest of all bytes so far."""
        tail = self._rest + b'\x80' + bytes((55 - self._count) % 64)
        tail += (self._count * 8).to_bytes(8, self._order)
        state = self._state
        for i in range(0, len(tail), 64):
            state = self._block(state, tail[i:i + 64])
        return b''.join([word.to_bytes(4, self._order) for word in state])[:self.digest_size]

    def hexdigest(self):
        """The digest as hexadecimal digits."""
        return self.digest().hex()

    def copy(self):
        """A second object that goes on from here."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    def __repr__(self):
        return f'<{self.name} _hashlib.HASH object @ {id(self):#x}>'


def _bytes(obj):
    if isinstance(obj, str):
        raise TypeError("Strings must be encoded before hashing")
    if isinstance(obj, (bytes, bytearray, memoryview)):
        return bytes(obj)
    raise TypeError("object supporting the buffer API required")


class _Long(HASH):
    block_size = 128

    def __init__(self, name, data):
        self.name = name
        self.digest_size = 64
        self._data = b''
        self.update(data)

    def update(self, obj, /):
        self._data += _bytes(obj)

    def digest(self):
        return _sha512.digest(self._data)


def new(name, data=b'', *, usedforsecurity=True):
    """A digest by name."""
    name = name.lower()
    if name == 'sha512':
        return _Long(name, data)
    if name not in _KINDS:
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


def sha512(string=b'', *, usedforsecurity=True):
    """A digest of 64 bytes."""
    return _Long('sha512', string)
