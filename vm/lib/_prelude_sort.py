# gilsim: atomic
"""Sorting with comparisons or keys that are Python code.

Mirrors list.sort() of CPython 3.13's Objects/listobject.c (and its description, Objects/listsort.txt): the same
comparisons in the same order, with `<` only. The list is cut into runs; short ones are extended by binary insertion;
runs are merged in the order of the powersort rule, leaping ahead ("galloping") where one run wins often.
"""

_GALLOP = 7    # wins in a row that make a merge leap


class Sorter:
    """Sorts the list `keys`, and `values` (or None) along with it."""

    __slots__ = 'keys', 'values', 'pending', 'min_gallop'

    def __init__(self, keys, values):
        self.keys = keys
        self.values = values
        self.pending = []    # runs not merged yet: [start, length, power]
        self.min_gallop = _GALLOP

    def sort(self, reverse):
        # Turning the list round before and after keeps equal items in order.
        if reverse:
            self.reverse(0, len(self.keys))
        try:
            self.sort_ascending()
        finally:
            if reverse:
                self.reverse(0, len(self.keys))

    def sort_ascending(self):
        total = remaining = len(self.keys)
        if total < 2:
            return
        low = 0
        min_run = _min_run(total)
        while remaining:
            length = self.count_run(low, remaining)
            if length < min_run:
                forced = min(min_run, remaining)
                self.insert_binary(low, forced, length)
                length = forced
            self.found_run(length, total)
            self.pending.append([low, length, 0])
            low += length
            remaining -= length
        while len(self.pending) > 1:
            at = len(self.pending) - 2
            if at > 0 and self.pending[at - 1][1] < self.pending[at + 1][1]:
                at -= 1
            self.merge_at(at)

    def reverse(self, low, high):
        # The items of keys[low:high] (and the values) in the opposite order.
        self.keys[low:high] = self.keys[low:high][::-1]
        if self.values is not None:
            self.values[low:high] = self.values[low:high][::-1]

    def count_run(self, low, remaining):
        # The length of the run at low; a descending run is turned round, equal items inside it keep their order.
        keys = self.keys
        length = 1
        while length < remaining and not keys[low + length] < keys[low + length - 1]:
            length += 1
        if length == remaining:
            return length
        equal = 0
        if length > 1:
            if keys[low] < keys[low + length - 1]:
                return length
            equal = length - 1
        length += 1
        if equal:
            self.reverse(low, low + length - 1)
            equal = 0
        while length < remaining:
            if keys[low + length] < keys[low + length - 1]:
                if equal:
                    self.reverse(low + length - equal - 1, low + length)
                    equal = 0
            elif keys[low + length - 1] < keys[low + length]:
                break
            else:
                equal += 1
            length += 1
        if equal:
            self.reverse(low + length - equal - 1, low + length)
        self.reverse(low, low + length)
        while length < remaining and not keys[low + length] < keys[low + length - 1]:
            length += 1
        return length

    def insert_binary(self, low, length, sorted_length):
        # keys[low:low + sorted_length] is sorted; insert the rest one by one, after equal ones.
        keys, values = self.keys, self.values
        for at in range(low + sorted_length, low + length):
            pivot = keys[at]
            left, right = low, at
            while left < right:
                middle = (left + right) >> 1
                if pivot < keys[middle]:
                    right = middle
                else:
                    left = middle + 1
            keys[left + 1:at + 1] = keys[left:at]
            keys[left] = pivot
            if values is not None:
                value = values[at]
                values[left + 1:at + 1] = values[left:at]
                values[left] = value

    def found_run(self, length, total):
        # Powersort: merge earlier runs as long as the boundary to the new one has a smaller power than theirs.
        if not self.pending:
            return
        start, previous, _ = self.pending[-1]
        power = _power(start, previous, length, total)
        while len(self.pending) > 1 and self.pending[-2][2] > power:
            self.merge_at(len(self.pending) - 2)
        self.pending[-1][2] = power

    def merge_at(self, at):
        # Merges run number `at` with the next.
        start_a, length_a, _ = self.pending[at]
        start_b, length_b, power = self.pending[at + 1]
        self.pending[at] = [start_a, length_a + length_b, self.pending[at][2]]
        del self.pending[at + 1]
        keys = self.keys
        # What of A is not after the first of B stays; what of B is not before the last of A too.
        skip = _gallop_right(keys[start_b], keys, start_a, length_a, 0)
        start_a += skip
        length_a -= skip
        if not length_a:
            return
        length_b = _gallop_left(keys[start_a + length_a - 1], keys, start_b, length_b, length_b - 1)
        if not length_b:
            return
        if length_a <= length_b:
            _Merge(self).forward(start_a, length_a, start_b, length_b)
        else:
            _Merge(self).backward(start_a, length_a, start_b, length_b)


class _Merge:
    # One merge of two neighbouring runs; the shorter one is copied out first.

    __slots__ = 'sorter', 'keys', 'values'

    def __init__(self, sorter):
        self.sorter = sorter
        self.keys = sorter.keys
        self.values = sorter.values

    def copy_out(self, start, length):
        values = self.values
        return self.keys[start:start + length], None if values is None else values[start:start + length]

    def put(self, dest, from_keys, from_values, source, length):
        # Copies a stretch; source and destination may overlap in the same list.
        self.keys[dest:dest + length] = from_keys[source:source + length]
        if self.values is not None:
            self.values[dest:dest + length] = from_values[source:source + length]

    def forward(self, a, na, b, nb):
        # A is copied out; the result grows from the left.
        keys, values = self.keys, self.values
        tmp_keys, tmp_values = self.copy_out(a, na)
        dest, at = a, 0
        self.put(dest, keys, values, b, 1)
        dest += 1
        b += 1
        nb -= 1
        try:
            if nb == 0 or na == 1:
                return
            gallop = self.sorter.min_gallop
            while True:
                wins_a = wins_b = 0
                while True:
                    if keys[b] < tmp_keys[at]:
                        self.put(dest, keys, values, b, 1)
                        dest += 1
                        b += 1
                        nb -= 1
                        wins_b += 1
                        wins_a = 0
                        if nb == 0:
                            return
                        if wins_b >= gallop:
                            break
                    else:
                        self.put(dest, tmp_keys, tmp_values, at, 1)
                        dest += 1
                        at += 1
                        na -= 1
                        wins_a += 1
                        wins_b = 0
                        if na == 1:
                            return
                        if wins_a >= gallop:
                            break
                gallop += 1
                while True:
                    gallop -= gallop > 1
                    self.sorter.min_gallop = gallop
                    wins_a = _gallop_right(keys[b], tmp_keys, at, na, 0)
                    if wins_a:
                        self.put(dest, tmp_keys, tmp_values, at, wins_a)
                        dest += wins_a
                        at += wins_a
                        na -= wins_a
                        if na <= 1:
                            return
                    self.put(dest, keys, values, b, 1)
                    dest += 1
                    b += 1
                    nb -= 1
                    if nb == 0:
                        return
                    wins_b = _gallop_left(tmp_keys[at], keys, b, nb, 0)
                    if wins_b:
                        self.put(dest, keys, values, b, wins_b)
                        dest += wins_b
                        b += wins_b
                        nb -= wins_b
                        if nb == 0:
                            return
                    self.put(dest, tmp_keys, tmp_values, at, 1)
                    dest += 1
                    at += 1
                    na -= 1
                    if na == 1:
                        return
                    if wins_a < _GALLOP and wins_b < _GALLOP:
                        break
                gallop += 1
                self.sorter.min_gallop = gallop
        finally:
            # With one item of A left and B not empty, that item is the greatest: it comes last.
            if na == 1 and nb:
                self.put(dest, keys, values, b, nb)
                dest += nb
            self.put(dest, tmp_keys, tmp_values, at, na)

    def backward(self, a, na, b, nb):
        # B is copied out; the result grows from the right.
        keys, values = self.keys, self.values
        tmp_keys, tmp_values = self.copy_out(b, nb)
        dest = b + nb - 1
        at = nb - 1
        a_last = a + na - 1
        self.put(dest, keys, values, a_last, 1)
        dest -= 1
        a_last -= 1
        na -= 1
        try:
            if na == 0 or nb == 1:
                return
            gallop = self.sorter.min_gallop
            while True:
                wins_a = wins_b = 0
                while True:
                    if tmp_keys[at] < keys[a_last]:
                        self.put(dest, keys, values, a_last, 1)
                        dest -= 1
                        a_last -= 1
                        na -= 1
                        wins_a += 1
                        wins_b = 0
                        if na == 0:
                            return
                        if wins_a >= gallop:
                            break
                    else:
                        self.put(dest, tmp_keys, tmp_values, at, 1)
                        dest -= 1
                        at -= 1
                        nb -= 1
                        wins_b += 1
                        wins_a = 0
                        if nb == 1:
                            return
                        if wins_b >= gallop:
                            break
                gallop += 1
                while True:
                    gallop -= gallop > 1
                    self.sorter.min_gallop = gallop
                    wins_a = na - _gallop_right(tmp_keys[at], keys, a, na, na - 1)
                    if wins_a:
                        self.put(dest - wins_a + 1, keys, values, a_last - wins_a + 1, wins_a)
                        dest -= wins_a
                        a_last -= wins_a
                        na -= wins_a
                        if na == 0:
                            return
                    self.put(dest, tmp_keys, tmp_values, at, 1)
                    dest -= 1
                    at -= 1
                    nb -= 1
                    if nb == 1:
                        return
                    wins_b = nb - _gallop_left(keys[a_last], tmp_keys, 0, nb, nb - 1)
                    if wins_b:
                        self.put(dest - wins_b + 1, tmp_keys, tmp_values, at - wins_b + 1, wins_b)
                        dest -= wins_b
                        at -= wins_b
                        nb -= wins_b
                        if nb <= 1:
                            return
                    self.put(dest, keys, values, a_last, 1)
                    dest -= 1
                    a_last -= 1
                    na -= 1
                    if na == 0:
                        return
                    if wins_a < _GALLOP and wins_b < _GALLOP:
                        break
                gallop += 1
                self.sorter.min_gallop = gallop
        finally:
            # With one item of B left and A not empty, that item is the smallest: it comes first.
            if nb == 1 and na:
                self.put(dest - na + 1, keys, values, a_last - na + 1, na)
                dest -= na
            self.put(dest - nb + 1, tmp_keys, tmp_values, 0, nb)


def _min_run(n):
    # The length that short runs are extended to: n halved until below 64, rounded up if a bit fell off.
    lost = 0
    while n >= 64:
        lost |= n & 1
        n >>= 1
    return n + lost


def _power(start, length_a, length_b, total):
    # The first binary digit in which the middles of two neighbouring runs differ, as fractions of the whole.
    a = 2 * start + length_a
    b = a + length_a + length_b
    power = 0
    while True:
        power += 1
        if a >= total:
            a -= total
            b -= total
        elif b >= total:
            return power
        a <<= 1
        b <<= 1


def _gallop_left(key, keys, start, length, hint):
    # How many of keys[start:start + length] are < key; looks outward from hint in doubling steps, then halves.
    offset, last = 1, 0
    if keys[start + hint] < key:
        limit = length - hint
        while offset < limit and keys[start + hint + offset] < key:
            last = offset
            offset = (offset << 1) + 1
        offset = min(offset, limit)
        last, offset = last + hint, offset + hint
    else:
        limit = hint + 1
        while offset < limit and not keys[start + hint - offset] < key:
            last = offset
            offset = (offset << 1) + 1
        offset = min(offset, limit)
        last, offset = hint - offset, hint - last
    last += 1
    while last < offset:
        middle = last + ((offset - last) >> 1)
        if keys[start + middle] < key:
            last = middle + 1
        else:
            offset = middle
    return offset


def _gallop_right(key, keys, start, length, hint):
    # How many of keys[start:start + length] are <= key; otherwise as _gallop_left().
    offset, last = 1, 0
    if key < keys[start + hint]:
        limit = hint + 1
        while offset < limit and key < keys[start + hint - offset]:
            last = offset
            offset = (offset << 1) + 1
        offset = min(offset, limit)
        last, offset = hint - offset, hint - last
    else:
        limit = length - hint
        while offset < limit and not key < keys[start + hint + offset]:
            last = offset
            offset = (offset << 1) + 1
        offset = min(offset, limit)
        last, offset = last + hint, offset + hint
    last += 1
    while last < offset:
        middle = last + ((offset - last) >> 1)
        if key < keys[start + middle]:
            offset = middle
        else:
            last = middle + 1
    return offset
