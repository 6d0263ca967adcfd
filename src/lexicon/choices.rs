//! A linear model with several answers as a table: features and what each speaks for, readable line by line.
//!
//! In: `feature` and `weights` columns, the latter as `accuse=12 neutral=-3`. Out: [`Choices`], which adds up what the features
//! of a case say for each of [`ANSWERS`]. What the features mean is the business of who asks; models/en-meaning/README.md
//! describes those of the shipped tables, which `build.rs` compiles with these very lines.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::fault::Faults;
use super::features::{Features, Sink, key_of};
use super::gazetteer::hash::{self, Table};
use super::table::{DataFile, rows};
use crate::model::{Act, Place, Polarity, Standing};

/// How many answers there are.
pub const COUNT: usize = 32;

/// The answers by the name that the tables give them: acts, stances, standings, and what is answered by yes or no.
pub const ANSWERS: [&str; COUNT] = {
    let mut names = [""; COUNT];
    let mut at = 0;
    while at < Act::ALL.len() {
        names[at] = Act::ALL[at].name();
        at += 1;
    }
    let mut nth = 0;
    while nth < Polarity::ALL.len() {
        names[at] = Polarity::ALL[nth].name();
        at += 1;
        nth += 1;
    }
    nth = 0;
    while nth < Standing::ALL.len() {
        names[at] = Standing::ALL[nth].name();
        at += 1;
        nth += 1;
    }
    names[at] = "valid";
    names[at + 1] = "target";
    names[at + 2] = "addressee";
    names[at + 3] = "about";
    names
};

/// The number of the first act among [`ANSWERS`].
pub const ACTS: usize = 0;
/// The number of the first stance.
pub const STANCES: usize = Act::ALL.len();
/// The number of the first standing.
pub const STANDINGS: usize = STANCES + Polarity::ALL.len();
/// It is a statement at all.
pub const VALID: usize = STANDINGS + Standing::ALL.len();
/// Somebody is aimed at; of a candidate: it is the one.
pub const TARGET: usize = VALID + 1;
/// It is said to somebody; of a candidate: to it.
pub const ADDRESSEE: usize = TARGET + 1;
/// The content speaks of the candidate.
pub const ABOUT: usize = ADDRESSEE + 1;

/// The answers of a table about candidates.
const ASIDE: std::ops::RangeInclusive<usize> = TARGET..=ABOUT;

/// Weights are kept as whole numbers of this many parts of one.
pub const PARTS: f32 = 24.0;

/// What the features of a case say for each of [`ANSWERS`], in [`PARTS`].
pub type Sums = [i32; COUNT];

/// The answers that a feature speaks for or against.
type Row = Vec<(u8, i8)>;

/// A linear model with several answers. Empty: it has no opinion.
#[derive(Debug, Default)]
pub struct Choices {
    /// Read in place, as [`compile`] wrote it: where each feature's row stands.
    index: &'static [u8],
    /// The rows: how many answers, and each with its weight. Empty where the index holds the weights of [`ASIDE`] itself.
    rows: &'static [u8],
    /// The line of each feature in `file`; nobody asks but to explain.
    lines: &'static [u8],
    file: &'static str,
    /// On top of these.
    own: FxHashMap<u64, Row>,
    /// Where each of them stands.
    places: FxHashMap<u64, Place>,
}

/// A feature of a case with what it says.
#[derive(Clone, Debug)]
pub struct Part {
    /// As the table writes it.
    pub feature: String,
    /// What it says for each of [`ANSWERS`].
    pub sums: Sums,
    /// Its row; `None`: the table does not know it.
    pub place: Option<Place>,
}

impl Choices {
    /// A table as [`compile`] wrote it, and the file that it was.
    pub(super) fn shipped(table: &'static [u8], file: &'static str) -> Choices {
        let (index, rest) = block(table);
        let (lines, rows) = block(rest);
        Choices {
            index,
            rows,
            lines,
            file,
            ..Choices::default()
        }
    }

    /// True when nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty() && self.own.is_empty()
    }

    /// The model of a table as the shipped ones are written; lines that are none are passed over.
    pub fn from_table(table: &str) -> Choices {
        let rows = table.lines().filter_map(|line| line.split_once('\t'));
        Choices {
            own: rows
                .filter_map(|(feature, weights)| Some((key_of(feature), row(weights).ok()?)))
                .collect(),
            ..Choices::default()
        }
    }

    /// What the features of a case, which `describe` names one by one, say for each answer.
    pub fn sums(&self, describe: impl FnOnce(Sink<'_>)) -> Sums {
        let mut features = Features::default();
        describe(&mut features);
        let mut sums = [0; COUNT];
        self.add_up(features.keys(), |answer, weight| sums[answer] += weight);
        sums
    }

    /// What each feature that `describe` names says, in that order.
    pub fn parts(&self, describe: impl FnOnce(Sink<'_>)) -> Vec<Part> {
        let mut features = Features::named();
        describe(&mut features);
        let keys = features.keys().to_vec();
        let part = |(key, feature): (u64, String)| {
            let mut sums = [0; COUNT];
            self.add_up(&[key], |answer, weight| sums[answer] += weight);
            Part {
                feature,
                sums,
                place: self.place(key),
            }
        };
        keys.into_iter()
            .zip(features.into_names())
            .map(part)
            .collect()
    }

    /// The row of a feature.
    fn place(&self, key: u64) -> Option<Place> {
        if let Some(place) = self.places.get(&key) {
            return Some(place.clone());
        }
        let mut line = None;
        Table::new(self.lines).get_all(&[key], |_, found| line = found);
        Some(Place {
            file: self.file.into(),
            line: line?,
        })
    }

    /// Tells `add` what each of the features says for which answer.
    #[inline]
    fn add_up(&self, keys: &[u64], mut add: impl FnMut(usize, i32)) {
        Table::new(self.index).get_all(keys, |key, at| {
            if let Some(own) = (!self.own.is_empty()).then(|| self.own.get(&key)).flatten() {
                for &(answer, weight) in own {
                    add(answer as usize, i32::from(weight));
                }
            } else if let Some(at) = at.filter(|_| self.rows.is_empty()) {
                for (answer, weight) in ASIDE.zip(at.to_le_bytes()) {
                    add(answer, i32::from(weight as i8));
                }
            } else if let Some(at) = at {
                let row = &self.rows[at as usize..];
                for pair in row[1..][..2 * row[0] as usize].chunks_exact(2) {
                    add(pair[0] as usize % COUNT, i32::from(pair[1] as i8));
                }
            }
        });
    }
}

/// What stands behind its length, and the rest.
fn block(table: &'static [u8]) -> (&'static [u8], &'static [u8]) {
    let (length, rest) = table.split_first_chunk().unwrap_or((&[0; 4], &[]));
    rest.split_at(u32::from_le_bytes(*length) as usize)
}

/// The probability of yes.
pub fn probability(sum: i32) -> f32 {
    1.0 / (1.0 + (-(sum as f32) / PARTS).exp())
}

/// The best of the answers `first..first + count`, as its number from 0, and its probability among them.
pub fn best(sums: &Sums, first: usize, count: usize) -> (usize, f32) {
    let of = &sums[first..first + count];
    let mut at = 0;
    for (other, sum) in of.iter().enumerate() {
        if *sum > of[at] {
            at = other;
        }
    }
    let total: f32 = of
        .iter()
        .map(|&sum| ((sum - of[at]) as f32 / PARTS).exp())
        .sum();
    (at, 1.0 / total)
}

/// The best of the answers `first..first + count` but that of number `not`, as its number among all.
pub fn rival(sums: &Sums, first: usize, count: usize, not: usize) -> usize {
    let others = (first..first + count).filter(|&at| at != first + not);
    others.rev().max_by_key(|&at| sums[at]).unwrap_or(first) // the first of equal ones
}

fn row(weights: &str) -> Result<Row, String> {
    let mut row = Vec::new();
    for pair in weights.split(' ').filter(|pair| !pair.is_empty()) {
        let parsed = pair.split_once('=').and_then(|(name, weight)| {
            let answer = ANSWERS.iter().position(|answer| *answer == name)?;
            Some((answer as u8, weight.parse().ok()?))
        });
        row.push(parsed.ok_or_else(|| format!("`{pair}` is no answer with a weight"))?);
    }
    Ok(row)
}

/// The bytes of a table that is read in place.
#[allow(dead_code)] // for build.rs
pub fn compile(file: &DataFile, faults: &mut Faults) -> Vec<u8> {
    let mut choices = Choices::default();
    read_choices(&mut choices, file, faults);
    let by_key: BTreeMap<u64, &Row> = choices.own.iter().map(|(&key, row)| (key, row)).collect();
    let is_narrow = |row: &&Row| {
        row.iter()
            .all(|(answer, _)| ASIDE.contains(&(*answer as usize)))
    };
    let narrow = by_key.values().all(is_narrow);
    // The first byte belongs to nobody: a place is not zero.
    let mut bytes = if narrow { Vec::new() } else { vec![0] };
    let mut pairs = Vec::new();
    for (key, row) in by_key {
        if narrow {
            let mut weights = [0, 0, 0, 1]; // the last makes a value that is not zero
            for &(answer, weight) in row {
                weights[answer as usize - TARGET] = weight as u8;
            }
            pairs.push((key, u32::from_le_bytes(weights)));
            continue;
        }
        pairs.push((key, bytes.len() as u32));
        bytes.push(row.len() as u8);
        for &(answer, weight) in row {
            bytes.extend([answer, weight as u8]);
        }
    }
    let lines: BTreeMap<u64, u32> = choices.places.iter().map(|(&k, p)| (k, p.line)).collect();
    let lines: Vec<(u64, u32)> = lines.into_iter().collect();
    let mut table = Vec::new();
    for index in [hash::build_sparse(&pairs), hash::build_sparse(&lines)] {
        table.extend((index.len() as u32).to_le_bytes());
        table.extend(index);
    }
    table.extend(bytes);
    table
}

pub(super) fn read_choices(choices: &mut Choices, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        ["feature", "weights"],
        faults,
        |cells, faults| match row(cells.cells[1]) {
            Ok(row) => {
                let key = key_of(cells.cells[0]);
                choices.own.insert(key, row);
                choices.places.insert(key, cells.place());
            }
            Err(fault) => faults.add(
                cells.place(),
                fault,
                format!(
                    "one of: {}; and a whole number from -127 to 127",
                    ANSWERS.join(" ")
                ),
            ),
        },
    );
}
