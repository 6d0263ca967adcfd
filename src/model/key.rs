//! Texts and paths of texts as numbers: the same on every machine and in every release of a format.

const K: [u64; 3] = [
    0x9E37_79B9_7F4A_7C15,
    0xD6E8_FEB8_6659_FD93,
    0xA076_1D64_78BD_642F,
];

/// Where the path of every name begins.
pub const ROOT: u64 = K[0];

/// The key of a run of bytes.
#[inline]
pub const fn hash(bytes: &[u8]) -> u64 {
    let mut state = K[2] ^ bytes.len() as u64;
    let mut rest = bytes;
    while let Some((&whole, behind)) = rest.split_first_chunk() {
        state = mix(state ^ u64::from_le_bytes(whole), K[1]);
        rest = behind;
    }
    if !rest.is_empty() {
        state = mix(state ^ word(rest), K[1]);
    }
    mix(state, K[0])
}

/// One to seven bytes as a number, the first lowest. They are read from both ends, where the reads may overlap.
#[inline]
const fn word(bytes: &[u8]) -> u64 {
    let length = bytes.len();
    if let (Some(&first), Some(&last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(first), u32::from_le_bytes(last));
        first as u64 | (last as u64) << (8 * (length - 4))
    } else {
        let middle = length / 2;
        bytes[0] as u64
            | (bytes[middle] as u64) << (8 * middle)
            | (bytes[length - 1] as u64) << (8 * (length - 1))
    }
}

/// The key of a path that goes on from `node` with the word `key`.
#[inline]
pub const fn step(node: u64, key: u64) -> u64 {
    mix(node ^ key.rotate_left(17), K[1])
}

/// A product of 128 bits, folded: every bit of the result depends on every bit of `a`.
const fn mix(a: u64, b: u64) -> u64 {
    let product = (a ^ K[2]) as u128 * b as u128;
    (product as u64) ^ (product >> 64) as u64
}
