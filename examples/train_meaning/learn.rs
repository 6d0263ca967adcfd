//! Log-linear models with several questions, learned by AdaGrad and averaged.

use sayso::lexicon::choices::{COUNT, PARTS, Sums};

/// A case to learn from: its features, and the right answers: (question, answer from 0; of yes and no 1 is yes).
pub struct Case {
    pub row: Vec<u32>,
    pub answers: Vec<(usize, usize)>,
    pub fold: usize,
}

/// A question: one of `count` answers from `first` on; yes or no where `count` is 1.
#[derive(Clone, Copy)]
pub struct Head {
    pub first: usize,
    pub count: usize,
}

/// How to learn.
pub struct How {
    /// Rarer features are left out.
    pub least: usize,
    pub epochs: usize,
    pub rate: f32,
    /// How strongly weights are drawn to nothing.
    pub decay: f32,
    /// A feature none of whose weights is as large, in parts, does not ship.
    pub smallest: u8,
}

/// Of `judgements.tsv`.
pub const JUDGEMENTS: How = How {
    least: 3,
    epochs: 12,
    rate: 0.03,
    decay: 2e-4,
    smallest: 3,
};
/// Of `candidates.tsv`.
pub const CANDIDATES: How = How {
    least: 4,
    epochs: 6,
    rate: 0.03,
    decay: 2e-5,
    smallest: 1,
};

/// What was learned: whole numbers, as the table has them.
pub struct Model {
    weights: Vec<[i8; COUNT]>,
    answers: Vec<usize>,
}

impl Model {
    /// Learns the questions `heads` from `cases`.
    pub fn learn(cases: &[&Case], heads: &[Head], features: usize, how: &How) -> Model {
        let mut counts = vec![0usize; features];
        for case in cases {
            for &feature in &case.row {
                counts[feature as usize] += 1;
            }
        }
        // Only what is frequent enough gets a place.
        let mut places = vec![u32::MAX; features];
        let mut used = 0;
        for (at, &count) in counts.iter().enumerate() {
            if count >= how.least {
                places[at] = used;
                used += 1;
            }
        }
        let rows: Vec<Vec<u32>> = cases
            .iter()
            .map(|case| {
                let mut row: Vec<u32> = case
                    .row
                    .iter()
                    .map(|&f| places[f as usize])
                    .filter(|&p| p != u32::MAX)
                    .collect();
                row.sort_unstable();
                row.dedup();
                row
            })
            .collect();
        let mut model = Model {
            weights: vec![[0; COUNT]; features],
            answers: Vec::new(),
        };
        for head in heads {
            let sums = descend(cases, &rows, *head, used as usize, how);
            for (at, &place) in places.iter().enumerate() {
                if place == u32::MAX {
                    continue;
                }
                for answer in 0..head.count {
                    let whole = (sums[place as usize * head.count + answer] * PARTS).round() as i32;
                    model.weights[at][head.first + answer] = whole.clamp(-127, 127) as i8;
                }
            }
            model.answers.extend(head.first..head.first + head.count);
        }
        model
    }

    /// What the features `row` say.
    pub fn sums(&self, row: &[u32]) -> Sums {
        let mut sums = [0; COUNT];
        let mut row = row.to_vec();
        row.sort_unstable();
        row.dedup();
        for feature in row {
            for &answer in &self.answers {
                sums[answer] += i32::from(self.weights[feature as usize][answer]);
            }
        }
        sums
    }

    /// The weights of a feature that are not zero, by answer.
    pub fn row(&self, feature: usize) -> impl Iterator<Item = (usize, i8)> {
        let weights = self.weights[feature];
        self.answers
            .clone()
            .into_iter()
            .map(move |a| (a, weights[a]))
            .filter(|&(_, w)| w != 0)
    }
}

/// The weights of one question, averaged over the last half of the steps.
fn descend(cases: &[&Case], rows: &[Vec<u32>], head: Head, features: usize, how: &How) -> Vec<f32> {
    let Head { first, count } = head;
    let asked: Vec<(usize, usize)> = cases
        .iter()
        .enumerate()
        .filter_map(|(at, case)| {
            let answer = case
                .answers
                .iter()
                .find(|(question, _)| *question == first)?;
            Some((at, answer.1))
        })
        .collect();
    let mut weights = vec![0f32; features * count];
    let mut squares = vec![1f32; features * count];
    let mut sums = vec![0f32; features * count];
    let mut order: Vec<usize> = (0..asked.len()).collect();
    let mut seed = 20_261_129;
    let mut scores = vec![0f32; count];
    for epoch in 0..how.epochs {
        shuffle(&mut order, &mut seed);
        for &nth in &order {
            let (at, answer) = asked[nth];
            let row = &rows[at];
            scores.fill(0.0);
            for &feature in row {
                let from = feature as usize * count;
                for (score, weight) in scores.iter_mut().zip(&weights[from..from + count]) {
                    *score += weight;
                }
            }
            if count == 1 {
                scores[0] = 1.0 / (1.0 + (-scores[0]).exp()) - answer as f32;
            } else {
                let top = scores.iter().copied().fold(f32::MIN, f32::max);
                let total: f32 = scores
                    .iter_mut()
                    .map(|s| {
                        *s = (*s - top).exp();
                        *s
                    })
                    .sum();
                for (a, score) in scores.iter_mut().enumerate() {
                    *score = *score / total - f32::from(u8::from(a == answer));
                }
            }
            for &feature in row {
                let from = feature as usize * count;
                for (a, &wrong) in scores.iter().enumerate() {
                    let i = from + a;
                    let slope = wrong + how.decay * weights[i] * 100.0;
                    squares[i] += slope * slope;
                    weights[i] -= how.rate * slope / squares[i].sqrt();
                }
            }
        }
        if epoch >= how.epochs / 2 {
            for (sum, weight) in sums.iter_mut().zip(&weights) {
                *sum += weight;
            }
        }
    }
    let share = (how.epochs - how.epochs / 2) as f32;
    for sum in &mut sums {
        *sum /= share;
    }
    sums
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for at in (1..order.len()).rev() {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (*seed >> 33) as usize % (at + 1));
    }
}
