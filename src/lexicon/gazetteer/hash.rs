//! Hash tables that are read in place from their bytes: the same on every machine and in every release of a format.

const K: [u64; 3] = [
    0x9E37_79B9_7F4A_7C15,
    0xD6E8_FEB8_6659_FD93,
    0xA076_1D64_78BD_642F,
];

/// Where the path of every name begins.
pub const ROOT: u64 = K[0];

/// The key of a run of bytes.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut state = K[2] ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = mix(state ^ u64::from_le_bytes(word), K[1]);
    }
    mix(state, K[0])
}

/// The key of a path that goes on from `node` with the word `key`.
pub fn step(node: u64, key: u64) -> u64 {
    mix(node ^ key.rotate_left(17), K[1])
}

/// A product of 128 bits, folded: every bit of the result depends on every bit of `a`.
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ K[2]) * u128::from(b);
    (product as u64) ^ (product >> 64) as u64
}

/// Keys to values, by open addressing: slots of (low half of the key, value), all zero when empty. Two keys are taken
/// for one when they share a neighbourhood and 32 bits: whoever must be sure compares the words behind the value.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    slots: &'a [u8],
    count: usize,
}

const SLOT: usize = 8;

impl<'a> Table<'a> {
    /// Reads a table where [`build`] wrote it.
    pub fn new(slots: &'a [u8]) -> Table<'a> {
        Table {
            slots,
            count: slots.len() / SLOT,
        }
    }

    /// The value of `key`.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        if self.count == 0 {
            return None;
        }
        let mut at = first_slot(key, self.count);
        loop {
            let slot = &self.slots[at * SLOT..][..SLOT];
            let value = u32::from_le_bytes([slot[4], slot[5], slot[6], slot[7]]);
            if value == 0 {
                return None;
            }
            if u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]) == key as u32 {
                return Some(value);
            }
            at = if at + 1 == self.count { 0 } else { at + 1 };
        }
    }
}

fn first_slot(key: u64, count: usize) -> usize {
    (((key >> 32) * count as u64) >> 32) as usize
}

/// The bytes of a table that holds `pairs`: distinct keys, values that are not zero. A quarter of the slots stays free.
pub fn build(pairs: &[(u64, u32)]) -> Vec<u8> {
    let count = pairs.len() + pairs.len() / 3 + usize::from(!pairs.is_empty());
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
