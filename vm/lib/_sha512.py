# gilsim: atomic
"""The hash function SHA-512 (FIPS 180-4), which random needs to turn texts into seeds.

CPython has it in C (Modules/sha2module.c). The constants are computed as the standard defines them.
"""

_MASK = (1 << 64) - 1


def _primes(count):
    found = []
    number = 2
    while len(found) < count:
        if all([number % prime for prime in found]):
            found.append(number)
        number += 1
    return found


def _root_bits(number, degree):
    # The first 64 bits of the fraction of the square or cube root: an integer root of number << (64 * degree).
    target = number << (64 * degree)
    low, high = 0, 1 << (64 + 9)
    while low + 1 < high:
        middle = (low + high) >> 1
        if middle ** degree <= target:
            low = middle
        else:
            high = middle
    return low & _MASK


_ROUND = [_root_bits(prime, 3) for prime in _primes(80)]
_START = [_root_bits(prime, 2) for prime in _primes(8)]


def _turn(word, bits):
    return (word >> bits | word << (64 - bits)) & _MASK


def _mix(state, block):
    words = [int.from_bytes(block[at:at + 8], 'big') for at in range(0, 128, 8)]
    for at in range(16, 80):
        early, late = words[at - 15], words[at - 2]
        s0 = _turn(early, 1) ^ _turn(early, 8) ^ early >> 7
        s1 = _turn(late, 19) ^ _turn(late, 61) ^ late >> 6
        words.append(words[at - 16] + s0 + words[at - 7] + s1 & _MASK)
    a, b, c, d, e, f, g, h = state
    for at in range(80):
        s1 = _turn(e, 14) ^ _turn(e, 18) ^ _turn(e, 41)
        t1 = h + s1 + (e & f ^ ~e & g) + _ROUND[at] + words[at]
        s0 = _turn(a, 28) ^ _turn(a, 34) ^ _turn(a, 39)
        t2 = s0 + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = t1 + t2 & _MASK, a, b, c, d + t1 & _MASK, e, f, g
    return [old + new & _MASK for old, new in zip(state, (a, b, c, d, e, f, g, h))]


def digest(data):
    """The 64 bytes of the hash of a bytes object."""
    padding = b'\x80' + b'\0' * ((111 - len(data)) % 128)
    message = bytes(data) + padding + (8 * len(data)).to_bytes(16, 'big')
    state = _START
    for at in range(0, len(message), 128):
        state = _mix(state, message[at:at + 128])
    return b''.join([word.to_bytes(8, 'big') for word in state])
