//! The table of CPython's `set`: where each element lands, hence in which order a set iterates.
//!
//! Open addressing as in `Objects/setobject.c` of CPython 3.13: up to nine linear probes, then a jump that mixes in the upper bits of
//! the hash; dummies for deleted elements, of which an insertion takes the last it passed; a resize when three fifths of the slots
//! are filled. The order of any sequence of operations,
//! and of the results of the set operations, equals CPython's for equal hashes (see `hash.rs`).
//!
//! The table stores a hash and a small id per element and knows nothing of objects: what may call Python code, `__eq__`, comes in as a
//! closure over ids. CPython compares by identity first; so does the table (equal ids).
//! What is not modelled: a set that `__eq__` changes while it is being searched.

/// Smallest table.
const MIN_SIZE: usize = 8;
/// Slots tried in a row before a jump.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// Up to this many elements a growing table quadruples, beyond it doubles.
const LARGE_SET: usize = 50_000;

/// One slot of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot<K> {
    Empty,
    /// An element was here; searches go on behind it.
    Dummy,
    Used {
        hash: i64,
        key: K,
    },
}

/// The table of a set of keys `K` (handles of whatever the set holds).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetTable<K> {
    slots: Vec<Slot<K>>,
    /// Slots that are not empty: elements and dummies.
    fill: usize,
    used: usize,
    /// Where the next `pop` starts to look.
    finger: usize,
}

impl<K: Copy + Eq> Default for SetTable<K> {
    fn default() -> Self {
        Self::new()
    }
}

/// The slots a search for a hash visits, in order, without end.
struct Probes {
    mask: usize,
    perturb: u64,
    group: usize,
    offset: usize,
    last: usize,
}

impl Probes {
    fn new(hash: i64, mask: usize) -> Self {
        let group = hash as usize & mask;
        let mut probes = Self { mask, perturb: hash as u64, group, offset: 0, last: 0 };
        probes.open_group();
        probes
    }

    /// Linear probes are made only if all of them lie within the table.
    fn open_group(&mut self) {
        self.offset = 0;
        self.last = if self.group + LINEAR_PROBES <= self.mask { LINEAR_PROBES } else { 0 };
    }
}

impl Iterator for Probes {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.offset > self.last {
            self.perturb >>= PERTURB_SHIFT;
            let next = self.group.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb as usize);
            self.group = next & self.mask;
            self.open_group();
        }
        self.offset += 1;
        Some(self.group + self.offset - 1)
    }
}

impl<K: Copy + Eq> SetTable<K> {
    /// An empty set.
    pub fn new() -> Self {
        Self { slots: vec![Slot::Empty; MIN_SIZE], fill: 0, used: 0, finger: 0 }
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.used
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Number of slots, for `sys.getsizeof` (16 bytes each; a table of 8 is part of the object).
    pub fn slot_count(&self) -> usize {
        self.slots.len()
    }

    /// The elements with their hashes in iteration order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, K)> + '_ {
        self.slots.iter().filter_map(|slot| match *slot {
            Slot::Used { hash, key } => Some((hash, key)),
            Slot::Empty | Slot::Dummy => None,
        })
    }

    /// The first element in a slot from `position` on, and the position after it: an iterator's step.
    pub fn next_from(&self, position: usize) -> Option<(usize, i64, K)> {
        let rest = self.slots.get(position..)?;
        rest.iter().enumerate().find_map(|(offset, slot)| match *slot {
            Slot::Used { hash, key } => Some((position + offset + 1, hash, key)),
            Slot::Empty | Slot::Dummy => None,
        })
    }

    fn mask(&self) -> usize {
        self.slots.len() - 1
    }

    /// The slot of an element equal to (`hash`, `key`), or the empty slot where the search ended.
    fn lookup(&self, hash: i64, key: K, eq: &mut impl FnMut(K, K) -> bool) -> Result<usize, usize> {
        for index in Probes::new(hash, self.mask()) {
            match self.slots[index] {
                Slot::Empty => return Err(index),
                Slot::Used { hash: other_hash, key: other }
                    if other_hash == hash && (other == key || eq(other, key)) =>
                {
                    return Ok(index);
                }
                Slot::Used { .. } | Slot::Dummy => {}
            }
        }
        unreachable!("a probe sequence has no end")
    }

    /// The element equal to (`hash`, `key`), if any. `eq(element, key)` is asked for elements of the same hash only.
    pub fn get(&self, hash: i64, key: K, mut eq: impl FnMut(K, K) -> bool) -> Option<K> {
        self.lookup(hash, key, &mut eq).ok().and_then(|index| match self.slots[index] {
            Slot::Used { key, .. } => Some(key),
            Slot::Empty | Slot::Dummy => None,
        })
    }

    /// The elements a search for `hash` would compare with, in order: for a caller whose comparison is not a closure (it calls
    /// Python code). The search ends with the first that is equal.
    pub fn candidates(&self, hash: i64) -> impl Iterator<Item = K> + '_ {
        Probes::new(hash, self.mask())
            .map(|index| self.slots[index])
            .take_while(|slot| !matches!(slot, Slot::Empty))
            .filter_map(move |slot| match slot {
                Slot::Used { hash: other, key } if other == hash => Some(key),
                _ => None,
            })
    }

    /// `add`: whether the element is new. An equal element stays.
    pub fn add(&mut self, hash: i64, key: K, mut eq: impl FnMut(K, K) -> bool) -> bool {
        let known = self.lookup(hash, key, &mut eq).is_ok();
        if !known {
            self.add_new(hash, key);
        }
        !known
    }

    /// Adds an element that is known not to be in the set: into the last dummy on the way to the empty slot, or there.
    pub fn add_new(&mut self, hash: i64, key: K) {
        let mut free = None;
        for index in Probes::new(hash, self.mask()) {
            match self.slots[index] {
                Slot::Used { .. } => {}
                Slot::Dummy => free = Some(index),
                Slot::Empty => return self.fill_slot(free.unwrap_or(index), hash, key),
            }
        }
    }

    fn first_empty(&self, hash: i64) -> usize {
        Probes::new(hash, self.mask()).find(|&index| self.slots[index] == Slot::Empty).unwrap_or(0)
    }

    fn fill_slot(&mut self, index: usize, hash: i64, key: K) {
        self.used += 1;
        if std::mem::replace(&mut self.slots[index], Slot::Used { hash, key }) == Slot::Dummy {
            return;
        }
        self.fill += 1;
        if self.fill * 5 >= self.mask() * 3 {
            self.resize(if self.used > LARGE_SET { self.used * 2 } else { self.used * 4 });
        }
    }

    /// Rebuilds the table with more than `min_used` slots, without dummies.
    fn resize(&mut self, min_used: usize) {
        let mut size = MIN_SIZE;
        while size <= min_used {
            size *= 2;
        }
        if size == MIN_SIZE && self.slots.len() == MIN_SIZE && self.fill == self.used {
            return;
        }
        let old = std::mem::replace(&mut self.slots, vec![Slot::Empty; size]);
        self.fill = self.used;
        for slot in old {
            if let Slot::Used { hash, .. } = slot {
                let index = self.first_empty(hash);
                self.slots[index] = slot;
            }
        }
    }

    /// `discard`: removes the element equal to (`hash`, `key`) and gives it.
    pub fn discard(&mut self, hash: i64, key: K, mut eq: impl FnMut(K, K) -> bool) -> Option<K> {
        let index = self.lookup(hash, key, &mut eq).ok()?;
        let Slot::Used { key, .. } = std::mem::replace(&mut self.slots[index], Slot::Dummy) else { return None };
        self.used -= 1;
        Some(key)
    }

    /// `pop`: removes some element, the next one after the last popped.
    pub fn pop(&mut self) -> Option<(i64, K)> {
        if self.used == 0 {
            return None;
        }
        let mask = self.mask();
        let mut index = self.finger & mask;
        loop {
            if let Slot::Used { hash, key } = self.slots[index] {
                self.slots[index] = Slot::Dummy;
                self.used -= 1;
                self.finger = index + 1;
                return Some((hash, key));
            }
            index = if index == mask { 0 } else { index + 1 };
        }
    }

    /// `clear`
    pub fn clear(&mut self) {
        *self = Self { finger: self.finger, ..Self::new() };
    }

    /// Adds all of `other`, which is another set (`update`, `|=`, `set(other)`): grows at once, and an empty table takes over the
    /// order of a clean one of the same size. A union is a copy of the first operand with the others merged in.
    pub fn merge(&mut self, other: &Self, mut eq: impl FnMut(K, K) -> bool) {
        if other.used == 0 {
            return;
        }
        if (self.fill + other.used) * 5 >= self.mask() * 3 {
            self.resize((self.used + other.used) * 2);
        }
        if self.fill == 0 && self.mask() == other.mask() && other.fill == other.used {
            self.slots.clone_from(&other.slots);
            self.fill = other.fill;
            self.used = other.used;
        } else if self.fill == 0 {
            self.fill = other.used;
            self.used = other.used;
            for (hash, key) in other.iter() {
                let index = self.first_empty(hash);
                self.slots[index] = Slot::Used { hash, key };
            }
        } else {
            for (hash, key) in other.iter() {
                self.add(hash, key, &mut eq);
            }
        }
    }

    /// Makes room for `count` further keys of a dict (`update(dict)`), as CPython does before it adds them one by one.
    pub fn reserve_for_dict(&mut self, count: usize) {
        if (self.fill + count) * 5 >= self.mask() * 3 {
            self.resize((self.used + count) * 2);
        }
    }

    /// `set.copy()`, `set(other_set)`.
    pub fn copied(&self) -> Self {
        let mut copy = Self::new();
        copy.merge(self, |_, _| false);
        copy
    }

    /// `self & other` for another set `other`: the elements of the smaller operand in its order (of `other`, if the sizes are equal),
    /// taken from that operand. `self & self` is a copy. For any other iterable CPython adds what is in `self` one by one.
    pub fn intersection(&self, other: &Self, mut eq: impl FnMut(K, K) -> bool) -> Self {
        let (walked, searched) = if other.used > self.used { (self, other) } else { (other, self) };
        let mut result = Self::new();
        for (hash, key) in walked.iter() {
            if searched.lookup(hash, key, &mut eq).is_ok() {
                result.add(hash, key, &mut eq);
            }
        }
        result
    }

    /// `self &= …`: takes over the table of the intersection that was computed, but goes on popping where it was.
    pub fn replace_elements(&mut self, result: Self) {
        *self = Self { finger: self.finger, ..result };
    }

    /// `self - other` for another set `other`.
    pub fn difference(&self, other: &Self, mut eq: impl FnMut(K, K) -> bool) -> Self {
        if self.used >> 2 > other.used {
            let mut result = self.copied();
            result.difference_update(other, eq);
            return result;
        }
        let mut result = Self::new();
        for (hash, key) in self.iter() {
            if other.lookup(hash, key, &mut eq).is_err() {
                result.add(hash, key, &mut eq);
            }
        }
        result
    }

    /// `self -= other` for another set `other` (`self -= self` is `clear`).
    pub fn difference_update(&mut self, other: &Self, mut eq: impl FnMut(K, K) -> bool) {
        for (hash, key) in other.iter() {
            self.discard(hash, key, &mut eq);
        }
        self.shrink_after_difference();
    }

    /// `self ^ other`: a copy of `other` changed by `self`.
    pub fn symmetric_difference(&self, other: &Self, eq: impl FnMut(K, K) -> bool) -> Self {
        let mut result = other.copied();
        result.symmetric_difference_update(self, eq);
        result
    }

    /// What `difference_update` does last, whatever it went through: rebuilds a table of which more than a quarter is dummies.
    pub fn shrink_after_difference(&mut self) {
        if self.fill - self.used > self.mask() / 4 {
            self.resize(if self.used > LARGE_SET { self.used * 2 } else { self.used * 4 });
        }
    }

    /// `self ^= other` for another set `other` (`self ^= self` is `clear`).
    pub fn symmetric_difference_update(&mut self, other: &Self, mut eq: impl FnMut(K, K) -> bool) {
        for (hash, key) in other.iter() {
            if self.discard(hash, key, &mut eq).is_none() {
                self.add(hash, key, &mut eq);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::{hash_i64, hash_str};

    fn never(_: i64, _: i64) -> bool {
        false
    }

    fn add(set: &mut SetTable<i64>, value: i64) {
        set.add(hash_i64(value), value, never);
    }

    fn values(set: &SetTable<i64>) -> Vec<i64> {
        set.iter().map(|(_, value)| value).collect()
    }

    /// A program on one set (`+n` add, `-n` discard, `p` pop) and the order in which CPython 3.13 iterates over the result.
    #[test]
    fn order_after_any_history_is_cpythons() {
        let table: &[(&str, &[i64])] = &[
            ("+-1 +-3 +5 +6 +5 +-2 +-2 +5 +6 +0 -6 +3", &[0, 3, 5, -1, -3, -2]),
            (
                "+3 +84 +28 +-10 +46 -84 --10 +54 +62 +74 +49 p +76 +74 +48 +38 -38 +28 +18 +37 +98 -49 +19 +49 --17 p -48 -62 +24 -74 +53 +-18 +11 +6 +92 -28 +88 +30 -10 p",
                &[11, 76, 18, 19, 24, 88, 92, 30, 98, 46, -18, 49, 53, 54],
            ),
            (
                "-4 +1 +32 +21 -1 +24 +26 +-2 -22 -32 +15 +20 -15 +-3 +-7 +26 +-4 p +3 +-1 -24 +21 p +9 +-4 --3 +3 p +34 +-9 -9 -34 +0 +4 +39 +30 +38 -5 -26 +-9 p +2 -3 p +-4 +2 +20 -29 +31 +31 +32 +14 --2 +30 +36 +15 --5 +-2 +27 p +28 p p +-2 +36 -23 +2 -0 +5 -14 --7 +19 -31 +-1 +-9 --9 -19 +-3 +10 -38",
                &[2, 4, 5, 10, 15, 20, 32, 36, 39, -1, -4, -3, -2],
            ),
            (
                "-912882 +139054 +-57158 +915887 +-129250 +1022420 p +319156 +856236 -802688 -282260 -162714 +-7085 +400513 +242512 +183898 --5558 +505798 +25699 p -400513 +207014 +642822 p +148362 +-68800 -207014 +-224224 +822993 -812147 +217168 p +308114 +118596 +9553 -1022420 +423726 +-141503 --129250 +-226846 -25699 +-6968 +449108 p p -118596 p +117746 +392151 -851623 +786617 --226846 p +798289 +135175 +253083 p -856236 -562217 +189123",
                &[
                    -68800, -141503, 189123, 505798, 642822, -6968, 135175, 148362, 217168, 9553, 798289, 253083,
                    -224224, 423726, 117746, 319156, 786617, -57158,
                ],
            ),
            (
                "+1 +28 p +16 +-9 +32 -28 +7 +41 +30 p +-12 p +7 +32 +19 +9 +-16 +-5 +59 +-14 +13 +51 -32 -7 -59 +2 +49 -16 -56 -58 --16 +30 p --14 --12 +-8 -48 +51 +44 +-7 -14 +42 +32 +20 --5 +2 +22 --9 +-4 -30 +43 +-1 p +-6 p +-7 -41 +10 +-5 +51 +30 +49 +-2 -44 +4 +46 --4 +32 +26 +27 --1 +-15 p +-8 +59 +38 --8 --2 +18 +24 +31 -38 -35 p +-6 +36 +1 -43 +44 +20 +17 +14 +55 -2 +48 p +41 p +54 +-5 +55 +14 +56 +-14 -51 +32 +-9 +57 p -59 -4 +41 +23 -23 -44 +-7 +51 --7",
                &[1, 9, 10, 14, 17, 18, 20, 31, 32, 36, 41, 42, 46, 48, 49, 51, 54, 55, 56, 57, -15, -14, -9, -6, -5],
            ),
        ];
        for (program, expected) in table {
            let mut set = SetTable::new();
            for token in program.split(' ') {
                match token.split_at(1) {
                    ("+", value) => add(&mut set, value.parse().unwrap()),
                    ("-", value) => {
                        let value = value.parse().unwrap();
                        set.discard(hash_i64(value), value, never);
                    }
                    _ => assert!(set.pop().is_some()),
                }
            }
            assert_eq!(values(&set), *expected, "{program}");
        }
    }

    struct Row {
        ranges: [(i64, i64, i64); 2],
        union: &'static [i64],
        intersection: &'static [i64],
        difference: &'static [i64],
        symmetric_difference: &'static [i64],
    }

    /// Sets of two ranges and the order of what CPython 3.13 makes of them.
    #[test]
    fn order_of_results_is_cpythons() {
        let table = [
            Row {
                ranges: [(0, 20, 3), (10, 40, 5)],
                union: &[0, 3, 35, 6, 9, 10, 12, 15, 18, 20, 25, 30],
                intersection: &[15],
                difference: &[0, 3, 6, 9, 12, 18],
                symmetric_difference: &[0, 3, 6, 9, 10, 12, 18, 20, 25, 30, 35],
            },
            Row {
                ranges: [(0, 100, 7), (0, 8, 1)],
                union: &[0, 1, 2, 3, 4, 5, 70, 7, 6, 77, 14, 84, 21, 91, 28, 98, 35, 42, 49, 56, 63],
                intersection: &[0, 7],
                difference: &[98, 35, 70, 42, 77, 14, 49, 84, 21, 56, 91, 28, 63],
                symmetric_difference: &[1, 2, 3, 4, 5, 6, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91, 98],
            },
            Row {
                ranges: [(100, 0, -9), (0, 200, 12)],
                union: &[
                    64, 1, 0, 192, 132, 72, 73, 10, 12, 144, 82, 19, 84, 24, 91, 28, 156, 96, 100, 37, 36, 168, 108,
                    46, 48, 180, 55, 120, 60,
                ],
                intersection: &[],
                difference: &[64, 1, 100, 37, 73, 10, 46, 82, 19, 55, 91, 28],
                symmetric_difference: &[
                    0, 192, 64, 1, 132, 72, 73, 10, 12, 144, 82, 19, 84, 24, 91, 156, 28, 96, 36, 100, 37, 168, 108,
                    46, 48, 180, 55, 120, 60,
                ],
            },
            Row {
                ranges: [(5, 6, 1), (0, 64, 8)],
                union: &[0, 32, 5, 8, 40, 16, 48, 24, 56],
                intersection: &[],
                difference: &[5],
                symmetric_difference: &[0, 32, 5, 8, 40, 16, 48, 24, 56],
            },
            Row {
                ranges: [(0, 200, 16), (0, 200, 24)],
                union: &[0, 64, 128, 192, 72, 16, 80, 144, 24, 32, 96, 160, 168, 48, 112, 176, 120],
                intersection: &[0, 96, 192, 48, 144],
                difference: &[32, 64, 128, 160, 16, 80, 112, 176],
                symmetric_difference: &[32, 128, 64, 160, 72, 168, 80, 176, 16, 112, 24, 120],
            },
        ];
        for row in table {
            let [left, right] = row.ranges.map(|(start, stop, step)| {
                let mut set = SetTable::new();
                let mut value = start;
                while (step > 0 && value < stop) || (step < 0 && value > stop) {
                    add(&mut set, value);
                    value += step;
                }
                set
            });
            let mut union = left.copied();
            union.merge(&right, never);
            assert_eq!(values(&union), row.union);
            assert_eq!(values(&left.intersection(&right, never)), row.intersection);
            assert_eq!(values(&left.difference(&right, never)), row.difference);
            assert_eq!(values(&left.symmetric_difference(&right, never)), row.symmetric_difference);
        }
    }

    #[test]
    fn order_of_texts_is_cpythons() {
        let texts = ["k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "k10", "k11", "é", "日本", "self", ""];
        let mut set = SetTable::new();
        for (index, text) in texts.iter().enumerate() {
            set.add(hash_str(text), index, |_, _| false);
        }
        let order: Vec<&str> = set.iter().map(|(_, index)| texts[index]).collect();
        assert_eq!(
            order,
            ["k1", "", "k9", "é", "k2", "k3", "日本", "self", "k0", "k6", "k10", "k5", "k4", "k8", "k7", "k11"]
        );
    }

    #[test]
    fn equal_elements_are_found() {
        let mut set = SetTable::new();
        assert!(set.add(5, 100, |a, b| a % 10 == b % 10));
        assert!(!set.add(5, 200, |a, b| a % 10 == b % 10));
        assert!(set.add(5, 201, |a, b| a % 10 == b % 10));
        assert_eq!(set.candidates(5).collect::<Vec<i64>>(), [100, 201]);
        assert_eq!(set.get(5, 301, |a, b| a % 10 == b % 10), Some(201));
        assert_eq!(set.get(6, 301, |_, _| true), None);
        assert_eq!(set.next_from(0).map(|(_, hash, key)| (hash, key)), Some((5, 201)));
    }
}
