//! Hash tables that are read in place from their bytes: the same on every machine and in every release of a format.

use super::bytes::View;

pub use crate::model::key::{ROOT, hash, step};

/// Keys to values, by open addressing: slots of (low half of the key, value), all zero when empty. Two keys are taken
/// for one when they share a neighbourhood and 32 bits: whoever must be sure compares the words behind the value.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a>(Slots<'a>);

/// Where the slots are.
#[derive(Clone, Copy, Debug)]
enum Slots<'a> {
    Whole(&'a [[u8; SLOT]]),
    /// In a file, and how many they are.
    Paged(View<'a>, usize),
}

const SLOT: usize = 8;

impl<'a> Table<'a> {
    /// Reads a table where [`build`] wrote it.
    #[inline]
    pub fn new(slots: &'a [u8]) -> Table<'a> {
        Table(Slots::Whole(slots.as_chunks().0))
    }

    /// As [`Table::new`], wherever the bytes are.
    #[inline]
    pub fn at(slots: View<'a>) -> Table<'a> {
        match slots {
            View::Whole(slots) => Table::new(slots),
            View::Paged(..) => Table(Slots::Paged(slots, slots.len() / SLOT)),
        }
    }

    #[inline]
    fn len(self) -> usize {
        match self.0 {
            Slots::Whole(slots) => slots.len(),
            Slots::Paged(_, count) => count,
        }
    }

    /// The slot at `at`; an empty one where there is none.
    #[inline]
    fn slot(self, at: usize) -> u64 {
        let slot = match self.0 {
            Slots::Whole(slots) => slots.get(at),
            Slots::Paged(slots, _) => slots.from(at * SLOT).first_chunk(),
        };
        slot.map_or(0, |slot| u64::from_le_bytes(*slot))
    }

    /// All values, in no order that means anything.
    pub fn values(self) -> impl Iterator<Item = u32> + use<'a> {
        let values = (0..self.len()).map(move |at| value(self.slot(at)));
        values.filter(|&value| value != 0)
    }

    /// The value of `key`.
    #[inline]
    pub fn get(self, key: u64) -> Option<u32> {
        self.find(key, self.slot(first_slot(key, self.len())))
    }

    /// Tells `each` the keys with their values, in order. First all are looked up, then looked at: the memory answers many
    /// questions in the time of one.
    pub fn get_all(self, keys: &[u64], mut each: impl FnMut(u64, Option<u32>)) {
        const AT_ONCE: usize = 16;
        let Slots::Whole(table) = self.0 else {
            keys.iter().for_each(|&key| each(key, self.get(key)));
            return;
        };
        for keys in keys.chunks(AT_ONCE) {
            let mut slots = [0; AT_ONCE];
            for (slot, &key) in slots.iter_mut().zip(keys) {
                let first = table.get(first_slot(key, table.len()));
                *slot = first.map_or(0, |first| u64::from_le_bytes(*first));
            }
            for (&key, slot) in keys.iter().zip(slots) {
                each(
                    key,
                    find(key, slot, table.len(), |at| u64::from_le_bytes(table[at])),
                );
            }
        }
    }

    /// The value of `key`, where the search begins with `slot`. Each kind of table has a loop of its own: all names and all
    /// features go through here.
    #[inline]
    fn find(self, key: u64, slot: u64) -> Option<u32> {
        match self.0 {
            Slots::Whole(table) => find(key, slot, table.len(), |at| u64::from_le_bytes(table[at])),
            Slots::Paged(_, count) => find(key, slot, count, |at| self.slot(at)),
        }
    }
}

/// The value of `key` in a table of `count` slots, where the search begins with `slot` and goes round once.
#[inline]
fn find(key: u64, mut slot: u64, count: usize, next: impl Fn(usize) -> u64) -> Option<u32> {
    let mut at = first_slot(key, count);
    let mut is_second = false;
    loop {
        if value(slot) == 0 {
            return None;
        }
        if slot as u32 == key as u32 {
            return Some(value(slot));
        }
        at += 1;
        if at == count {
            if is_second {
                return None; // no table that was written is full
            }
            (at, is_second) = (0, true);
        }
        slot = next(at);
    }
}

/// The value in a slot, behind half a key; 0 where it is empty.
fn value(slot: u64) -> u32 {
    (slot >> 32) as u32
}

/// Rows by keys, four bytes a slot: the number of a row, and as much of the key as has room beside it. Whoever looks a key
/// up tells whether a row is the right one.
#[derive(Clone, Copy, Debug)]
pub struct Index<'a> {
    slots: View<'a>,
    /// Bits that the number of a row takes.
    bits: u32,
}

impl<'a> Index<'a> {
    /// Reads an index over `rows` rows where [`build_index`] wrote it.
    pub fn new(slots: View<'a>, rows: u32) -> Index<'a> {
        Index {
            slots,
            bits: index_bits(rows),
        }
    }

    /// The row of `key` for which `is` holds.
    pub fn find(&self, key: u64, is: impl Fn(u32) -> bool) -> Option<u32> {
        let count = self.slots.len() / 4;
        let mark = index_mark(key, self.bits);
        let mut at = (count > 0).then(|| first_slot(key, count))?;
        for _ in 0..count {
            let slot = self.slots.number(at);
            if slot == 0 {
                return None;
            }
            let row = (slot & low_bits(self.bits)).wrapping_sub(1);
            if slot & !low_bits(self.bits) == mark && is(row) {
                return Some(row);
            }
            at = if at + 1 == count { 0 } else { at + 1 };
        }
        None
    }
}

fn index_bits(rows: u32) -> u32 {
    32 - rows.leading_zeros()
}

fn low_bits(bits: u32) -> u32 {
    u32::MAX.checked_shr(32 - bits).unwrap_or(0)
}

fn index_mark(key: u64, bits: u32) -> u32 {
    key as u32 & !low_bits(bits)
}

/// The bytes of an index over `pairs` of distinct keys and the numbers of their rows, all below `rows`. A fifth of the
/// slots stays free.
pub fn build_index(pairs: &[(u64, u32)], rows: u32) -> Vec<u8> {
    let count = pairs.len() + pairs.len() / 4 + usize::from(!pairs.is_empty());
    let bits = index_bits(rows);
    let mut slots = vec![0u8; count * 4];
    for &(key, row) in pairs {
        let mut at = first_slot(key, count);
        while slots[at * 4..][..4] != [0; 4] {
            at = if at + 1 == count { 0 } else { at + 1 };
        }
        slots[at * 4..][..4].copy_from_slice(&(index_mark(key, bits) | (row + 1)).to_le_bytes());
    }
    slots
}

/// One bit in sixteen set: enough to pass over most keys that are not there without touching a large table.
pub fn build_filter(keys: &[u64]) -> Vec<u8> {
    let mut bits = vec![0u8; (keys.len() * 2).next_power_of_two()];
    for &key in keys {
        let_through(&mut bits, key);
    }
    bits
}

/// Adds `key` to a filter, whose length is a power of two.
pub fn let_through(filter: &mut [u8], key: u64) {
    let (at, bit) = place_in(filter.len(), key);
    filter[at] |= bit;
}

/// False when `key` was not among those that `filter` was built of.
#[inline]
pub fn may_hold(filter: &[u8], key: u64) -> bool {
    let (at, bit) = place_in(filter.len(), key);
    filter.get(at).is_some_and(|byte| byte & bit != 0)
}

/// The byte and the bit of `key` in a filter of so many bytes.
#[inline]
pub fn place_in(length: usize, key: u64) -> (usize, u8) {
    let bit = key as usize & (length * 8).wrapping_sub(1);
    (bit / 8, 1 << (bit % 8))
}

fn first_slot(key: u64, count: usize) -> usize {
    (((key >> 32) * count as u64) >> 32) as usize
}

/// The bytes of a table that holds `pairs`: distinct keys, values that are not zero. A quarter of the slots stays free.
pub fn build(pairs: &[(u64, u32)]) -> Vec<u8> {
    build_in(pairs.len() + pairs.len() / 3, pairs)
}

/// As [`build`], for keys that most often are not there: half of the slots stay free, where the search ends at once.
pub fn build_sparse(pairs: &[(u64, u32)]) -> Vec<u8> {
    build_in(pairs.len() * 2, pairs)
}

fn build_in(count: usize, pairs: &[(u64, u32)]) -> Vec<u8> {
    let count = count + usize::from(!pairs.is_empty());
    let mut slots = vec![0u8; count * SLOT];
    for &(key, value) in pairs {
        let mut at = first_slot(key, count);
        while slots[at * SLOT + 4..][..4] != [0; 4] {
            at = if at + 1 == count { 0 } else { at + 1 };
        }
        slots[at * SLOT..][..4].copy_from_slice(&(key as u32).to_le_bytes());
        slots[at * SLOT + 4..][..4].copy_from_slice(&value.to_le_bytes());
    }
    slots
}
