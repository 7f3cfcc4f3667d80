# gilsim: atomic
"""Binary data as text: base 64, 32 and 16.

Mirrors CPython 3.13's Lib/base64.py and the parts of Modules/binascii.c it stands on. Missing: base 85.
"""

__all__ = ['encode', 'decode', 'encodebytes', 'decodebytes', 'b64encode', 'b64decode', 'standard_b64encode',
           'standard_b64decode', 'urlsafe_b64encode', 'urlsafe_b64decode', 'b32encode', 'b32decode', 'b16encode',
           'b16decode']


class Error(ValueError):
    """Text that is no such encoding."""

    __module__ = 'binascii'


_STANDARD = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
_VALUES = {code: i for i, code in enumerate(_STANDARD)}
_B32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


def _bytes(s):
    if isinstance(s, (bytes, bytearray)):
        return s
    if isinstance(s, memoryview):
        return s.tobytes()
    raise TypeError(f"a bytes-like object is required, not '{type(s).__name__}'")


def _text_bytes(s):
    if isinstance(s, str):
        try:
            return s.encode('ascii')
        except UnicodeEncodeError:
            raise ValueError('string argument should contain only ASCII characters')
    if isinstance(s, (bytes, bytearray)):
        return bytes(s)
    if isinstance(s, memoryview):
        return s.tobytes()
    raise TypeError(f"argument should be a bytes-like object or ASCII string, not {s.__class__.__name__!r}")


def b64encode(s, altchars=None):
    """Encode bytes; altchars replace + and /."""
    s = _bytes(s)
    out = bytearray()
    for i in range(0, len(s) - 2, 3):
        n = s[i] << 16 | s[i + 1] << 8 | s[i + 2]
        out += bytes((_STANDARD[n >> 18], _STANDARD[n >> 12 & 63], _STANDARD[n >> 6 & 63], _STANDARD[n & 63]))
    rest = len(s) % 3
    if rest == 1:
        n = s[-1] << 4
        out += bytes((_STANDARD[n >> 6], _STANDARD[n & 63])) + b'=='
    elif rest == 2:
        n = (s[-2] << 8 | s[-1]) << 2
        out += bytes((_STANDARD[n >> 12], _STANDARD[n >> 6 & 63], _STANDARD[n & 63])) + b'='
    encoded = bytes(out)
    if altchars is not None:
        assert len(altchars) == 2, repr(altchars)
        return encoded.translate(bytes.maketrans(b'+/', altchars))
    return encoded


def b64decode(s, altchars=None, validate=False):
    """Decode bytes or ASCII text; what is no letter of the alphabet is left out, or with validate an error."""
    s = _text_bytes(s)
    if altchars is not None:
        altchars = _text_bytes(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b'+/'))
    out = bytearray()
    quad = value = pads = 0
    for i, code in enumerate(s):
        if code == 61:
            pads += 1
            if validate and (i == 0 or quad == 0):
                raise Error("Leading padding not allowed" if i == 0 else "Excess padding not allowed")
            if quad >= 2 and quad + pads >= 4:
                if validate and i + 1 < len(s):
                    raise Error("Excess data after padding")
                return bytes(out)
            continue
        digit = _VALUES.get(code)
        if digit is None:
            if validate:
                raise Error("Only base64 data is allowed")
            continue
        if pads and validate:
            raise Error("Discontinuous padding not allowed")
        pads = 0
        if quad == 0:
            value = digit
        elif quad == 1:
            out.append(value << 2 | digit >> 4)
            value = digit & 15
        elif quad == 2:
            out.append(value << 4 | digit >> 2)
            value = digit & 3
        else:
            out.append(value << 6 | digit)
        quad = (quad + 1) % 4
    if quad == 1:
        count = len(out) // 3 * 4 + 1
        raise Error("Invalid base64-encoded string: "
                    f"number of data characters ({count}) cannot be 1 more than a multiple of 4")
    if quad:
        raise Error("Incorrect padding")
    return bytes(out)


def standard_b64encode(s):
    """Encode with the usual alphabet."""
    return b64encode(s)


def standard_b64decode(s):
    """Decode the usual alphabet."""
    return b64decode(s)


def urlsafe_b64encode(s):
    """Encode with - and _ instead of + and /."""
    return b64encode(s).translate(bytes.maketrans(b'+/', b'-_'))


def urlsafe_b64decode(s):
    """Decode - and _ instead of + and /."""
    return b64decode(_text_bytes(s).translate(bytes.maketrans(b'-_', b'+/')))


def b32encode(s):
    """Encode in base 32."""
    s = bytes(_bytes(s))
    missing = -len(s) % 5
    s += bytes(missing)
    out = bytearray()
    for i in range(0, len(s), 5):
        n = int.from_bytes(s[i:i + 5], 'big')
        out += bytes([_B32[n >> shift & 31] for shift in range(35, -1, -5)])
    pads = {0: 0, 4: 6, 3: 4, 2: 3, 1: 1}[missing]
    if pads:
        out[-pads:] = b'=' * pads
    return bytes(out)


def b32decode(s, casefold=False, map01=None):
    """Decode base 32."""
    s = _text_bytes(s)
    if len(s) % 8:
        raise Error('Incorrect padding')
    if map01 is not None:
        s = s.translate(bytes.maketrans(b'01', b'O' + _text_bytes(map01)))
    if casefold:
        s = s.upper()
    stripped = s.rstrip(b'=')
    pads = len(s) - len(stripped)
    if pads not in (0, 1, 3, 4, 6):
        raise Error('Incorrect padding')
    out = bytearray()
    full = stripped + b'A' * pads
    for i in range(0, len(full), 8):
        n = 0
        for code in full[i:i + 8]:
            digit = _B32.find(code)
            if digit < 0:
                raise Error('Non-base32 digit found')
            n = n << 5 | digit
        out += n.to_bytes(5, 'big')
    return bytes(out[:len(out) - {0: 0, 1: 1, 3: 2, 4: 3, 6: 4}[pads]])


def b16encode(s):
    """Encode as hexadecimal digits."""
    return bytes(_bytes(s)).hex().upper().encode()


def b16decode(s, casefold=False):
    """Decode hexadecimal digits."""
    s = _text_bytes(s)
    if casefold:
        s = s.upper()
    if s.translate(None, b'0123456789ABCDEF'):
        raise Error('Non-base16 digit found')
    if len(s) % 2:
        raise Error('Odd-length string')
    return bytes.fromhex(s.decode())


def encodebytes(s):
    """Encode in lines of 76 characters."""
    s = _bytes(s)
    return b''.join([b64encode(s[i:i + 57]) + b'\n' for i in range(0, len(s), 57)])


def decodebytes(s):
    """Decode lines."""
    return b64decode(bytes(_bytes(s)))


def encode(input, output):
    """Encode a file."""
    output.write(encodebytes(input.read()))


def decode(input, output):
    """Decode a file."""
    output.write(decodebytes(input.read()))
