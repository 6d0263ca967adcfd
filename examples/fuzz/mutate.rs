//! Inputs to other inputs: spliced, swapped, repeated, cut, with words of a dictionary put in.

/// Chance that a seed repeats (SplitMix64).
pub struct Random(u64);

impl Random {
    /// Begins at `seed`.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// A number below `most`; 0 where `most` is 0.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % most.max(1) as u64) as usize
    }

    /// One of `list`.
    pub fn one<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// One of `corpus`, changed in one to eight places, with at most `longest` bytes.
pub fn mutate(
    corpus: &[Vec<u8>],
    dictionary: fn() -> &'static [String],
    longest: usize,
    random: &mut Random,
) -> Vec<u8> {
    let mut input = random.one(corpus).cloned().unwrap_or_default();
    for _ in 0..1 + random.below(8) {
        change(&mut input, corpus, dictionary(), random);
        input.truncate(longest);
    }
    input
}

fn change(input: &mut Vec<u8>, corpus: &[Vec<u8>], dictionary: &[String], random: &mut Random) {
    let (at, to) = range(input, random);
    match random.below(12) {
        // Most often: a word or sign of the dictionary, at a place where it may tear a token apart.
        0..=4 => {
            let word = random
                .one(dictionary)
                .map_or(&[][..], |word| word.as_bytes());
            input.splice(at..at, word.iter().copied());
        }
        5 => {
            let word = random
                .one(dictionary)
                .map_or(&[][..], |word| word.as_bytes());
            input.splice(at..to, word.iter().copied());
        }
        6 => {
            let other = random.one(corpus).cloned().unwrap_or_default();
            let (from, until) = range(&other, random);
            input.splice(at..at, other[from..until].iter().copied());
        }
        7 => {
            let part = input[at..to].to_vec();
            let power = random.below(7);
            let times = 1 + random.below(1 << power);
            input.splice(at..at, part.repeat(times));
        }
        8 => {
            let part: Vec<u8> = input.drain(at..to).collect();
            let place = random.below(input.len() + 1);
            input.splice(place..place, part);
        }
        9 => {
            input.drain(at..to);
        }
        10 => input.truncate(at),
        _ => {
            if let Some(byte) = input.get_mut(at) {
                *byte = random.below(256) as u8;
            }
        }
    }
}

/// A short part of `input`.
fn range(input: &[u8], random: &mut Random) -> (usize, usize) {
    let at = random.below(input.len() + 1);
    let power = random.below(9);
    let length = random.below(1 << power);
    (at, input.len().min(at + length))
}
