//! The constant table of a code unit: each constant once, in order of first use.

use crate::code::Const;

use hashbrown::HashTable;
use siphasher::sip::SipHasher13;
use std::hash::{Hash, Hasher};

/// A growing constant table.
#[derive(Default, Clone)]
pub(super) struct Constants {
    items: Vec<Const>,
    /// Indices by hash; only looked up, never iterated.
    index: HashTable<u32>,
}

fn hash(constant: &Const) -> u64 {
    let mut hasher = SipHasher13::new();
    constant.hash(&mut hasher);
    hasher.finish()
}

impl Constants {
    /// The index of a constant, added if it is new.
    pub fn add(&mut self, constant: Const) -> u32 {
        let code = hash(&constant);
        if let Some(&index) = self.index.find(code, |&index| self.items[index as usize] == constant) {
            return index;
        }
        let index = self.items.len() as u32;
        let items = &mut self.items;
        items.push(constant);
        self.index.insert_unique(code, index, |&index| hash(&items[index as usize]));
        index
    }

    /// The constant with this index.
    pub fn get(&self, index: u32) -> &Const {
        &self.items[index as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Keeps the constants marked in `used`; returns the new index of each old one (0 for the dropped).
    pub fn retain(&mut self, used: &[bool]) -> Vec<u32> {
        let mut renumbered = Vec::with_capacity(self.items.len());
        let mut kept = Constants::default();
        for (constant, &used) in std::mem::take(&mut self.items).into_iter().zip(used) {
            renumbered.push(if used { kept.add(constant) } else { 0 });
        }
        *self = kept;
        renumbered
    }

    /// The constants in order.
    pub fn into_vec(self) -> Vec<Const> {
        self.items
    }
}
