//! What tells near copies of a text: a sample of its runs of three words that two texts share as far as they share all of them.
//!
//! In: a number for each word. Out: [`Signature`]. Each run of words has a number; of the runs that fall into one of 128 bins the one
//! with the lowest number stands for it. How many bins two texts have in common estimates how much of all their runs is common.

/// Bins of a signature.
const BINS: usize = 128;
/// Words of a run.
const RUN: usize = 3;
/// Bins of a band: two texts are compared where all bins of a band are the same.
const BAND: usize = 3;
/// So much of what either of two texts says, both say, where one is a copy of the other.
const ALIKE: f32 = 0.38;
/// Less will do where nearly all of the shorter one is in the longer one.
const ALIKE_IN_PART: f32 = 0.25;
const NEARLY_ALL: f32 = 0.8;
/// A part has so many words at least.
const SHORTEST_PART: u32 = 60;
/// What is shorter than this is a copy only where nearly all is the same.
const SHORTEST: u32 = 20;

/// A sample of a text's runs of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Empty for fewer words than a run has.
    bins: Vec<u16>,
    /// Words of the text.
    words: u32,
}

impl Signature {
    /// The signature of a text whose words are these.
    pub fn of(words: impl Iterator<Item = u64>) -> Signature {
        let mut lowest = [u64::MAX; BINS];
        let mut run = [0u64; RUN];
        let mut count = 0u32;
        for word in words {
            run.rotate_left(1);
            run[RUN - 1] = word;
            count += 1;
            if count as usize >= RUN {
                let number = run.iter().fold(0, |sum, &word| mixed(sum ^ word));
                let bin = &mut lowest[(number >> 57) as usize];
                *bin = (*bin).min(number);
            }
        }
        let Some(full) = lowest.iter().position(|&number| number != u64::MAX) else {
            return Signature::default();
        };
        let mut bins = vec![0; BINS];
        // A bin that nothing fell into takes what the next full one has, and how far that is.
        let (mut next, mut away) = (lowest[full] as u16, full as u16);
        for at in (0..BINS).rev() {
            (next, away) = match lowest[at] {
                u64::MAX => (next, away + 1),
                number => (number as u16, 0),
            };
            bins[at] = next ^ away.wrapping_mul(0x9E37);
        }
        Signature { bins, words: count }
    }

    /// As it is stored.
    pub fn bytes(&self) -> Vec<u8> {
        let bins = self.bins.iter().flat_map(|bin| bin.to_le_bytes());
        self.words.to_le_bytes().into_iter().chain(bins).collect()
    }

    /// What [`Signature::bytes`] made; of anything else the empty one.
    pub fn of_bytes(bytes: &[u8]) -> Signature {
        let Some((words, bins)) = bytes.split_first_chunk() else {
            return Signature::default();
        };
        let bins = bins
            .chunks_exact(2)
            .map(|bin| u16::from_le_bytes([bin[0], bin[1]]));
        Signature {
            words: u32::from_le_bytes(*words),
            bins: bins.collect(),
        }
    }

    /// Numbers of which two texts that are alike share one or more.
    pub fn bands(&self) -> impl Iterator<Item = u64> {
        self.bins
            .chunks_exact(BAND)
            .zip(1u64..)
            .map(|(band, number)| {
                let start = mixed(number);
                band.iter()
                    .fold(start, |sum, &bin| mixed(sum ^ u64::from(bin)))
            })
    }

    /// How much of what either text says, both say, 0 to 1.
    pub fn likeness(&self, other: &Signature) -> f32 {
        let same = self.bins.iter().zip(&other.bins).filter(|(a, b)| a == b);
        same.count() as f32 / BINS as f32
    }

    /// True when one of two texts is a copy of the other, edited a little or cut.
    pub fn is_copy(&self, other: &Signature) -> bool {
        let likeness = self.likeness(other);
        let (short, long) = (self.words.min(other.words), self.words.max(other.words));
        if short < SHORTEST {
            return likeness >= NEARLY_ALL;
        }
        let common = likeness / (1.0 + likeness) * (short + long) as f32;
        likeness >= ALIKE
            || likeness >= ALIKE_IN_PART
                && short >= SHORTEST_PART
                && common >= NEARLY_ALL * short as f32
    }
}

/// A number that looks like chance.
const fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let number = (number ^ (number >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    number ^ (number >> 32)
}
