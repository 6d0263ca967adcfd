//! Intervals of F1 by drawing documents again and again, with the scorer's own series of random numbers.

use super::counts::Counts;
use super::figures::headline;

/// Draws of as many documents as there are.
const DRAWS: usize = 1000;
/// What the series starts from.
const SEED: u32 = 20_161_108;

/// The 95 % intervals of the headline figures.
pub fn intervals(documents: &[Counts]) -> Vec<(&'static str, f64, f64)> {
    let mut random = Twister::new(SEED);
    let mut drawn: [Vec<f64>; 4] = std::array::from_fn(|_| Vec::with_capacity(DRAWS));
    let mut names = [""; 4];
    for _ in 0..DRAWS {
        let mut total = Counts::default();
        for _ in 0..documents.len() {
            let at = (random.next() * documents.len() as f64).floor() as usize;
            total.add(&documents[at]);
        }
        for (at, (name, value)) in headline(&total).into_iter().enumerate() {
            names[at] = name;
            drawn[at].push(value);
        }
    }
    let ends = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        (values[DRAWS / 40], values[DRAWS - DRAWS / 40])
    };
    let ends = drawn.map(ends);
    let rows = names.into_iter().zip(ends);
    rows.map(|(name, (low, high))| (name, low, high)).collect()
}

/// The Mersenne Twister MT19937 as Python seeds it with a small number: the scorer's figures depend on its series.
/// Matsumoto and Nishimura, "Mersenne Twister", 1998.
struct Twister {
    state: [u32; 624],
    at: usize,
}

impl Twister {
    fn new(seed: u32) -> Twister {
        let mut state = [19_650_218u32; 624];
        for at in 1..624 {
            state[at] = spread(state[at - 1], 1_812_433_253, 0).wrapping_add(at as u32);
        }
        let mut at = 1;
        for _ in 0..624 {
            // The key has one word, the seed.
            state[at] = spread(state[at - 1], 1_664_525, state[at]).wrapping_add(seed);
            at = next(&mut state, at);
        }
        for _ in 0..623 {
            state[at] = spread(state[at - 1], 1_566_083_941, state[at]).wrapping_sub(at as u32);
            at = next(&mut state, at);
        }
        state[0] = 1 << 31;
        Twister { state, at: 624 }
    }

    /// A number from 0 up to 1, with 53 random bits.
    fn next(&mut self) -> f64 {
        let (high, low) = (self.word() >> 5, self.word() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    fn word(&mut self) -> u32 {
        if self.at == 624 {
            for at in 0..624 {
                let both = self.state[at] & 1 << 31 | self.state[(at + 1) % 624] & !(1 << 31);
                let odd = if both & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[at] = self.state[(at + 397) % 624] ^ both >> 1 ^ odd;
            }
            self.at = 0;
        }
        let mut word = self.state[self.at];
        self.at += 1;
        word ^= word >> 11;
        word ^= word << 7 & 0x9d2c_5680;
        word ^= word << 15 & 0xefc6_0000;
        word ^ word >> 18
    }
}

fn spread(before: u32, factor: u32, here: u32) -> u32 {
    here ^ (before ^ before >> 30).wrapping_mul(factor)
}

/// The place after `at`; from the last the state goes round.
fn next(state: &mut [u32; 624], at: usize) -> usize {
    if at + 1 < 624 {
        return at + 1;
    }
    state[0] = state[623];
    1
}
