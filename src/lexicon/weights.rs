//! A linear model as a table: features and their weights, readable line by line.
//!
//! In: `feature` and `weight` columns. Out: [`Weights`], which adds up the weights of the features of a case. What the
//! features mean is the business of who asks; models/en-attribution/README.md describes those of the shipped tables.

use rustc_hash::FxHashMap;

use super::fault::Faults;
use super::table::{DataFile, rows};

/// A linear model. Empty: it has no opinion.
#[derive(Debug, Default)]
pub struct Weights(FxHashMap<u64, f32>);

impl Weights {
    /// True when nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The weights of a table as the shipped ones are written; lines that are none are passed over.
    pub fn from_table(table: &str) -> Weights {
        let rows = table.lines().filter_map(|line| line.split_once('\t'));
        Weights(
            rows.filter_map(|(feature, weight)| Some((hash(feature), weight.parse().ok()?)))
                .collect(),
        )
    }

    /// The sum of the weights of a case's features, which `describe` names one by one: the log-odds of "yes".
    pub fn score(&self, describe: impl FnOnce(&mut dyn FnMut(&str, &[&str]))) -> f32 {
        let mut sum = 0.0;
        describe(&mut |template, values| {
            if let Some(weight) = self.0.get(&key(template, values)) {
                sum += weight;
            }
        });
        sum
    }

    /// As [`Weights::score`], as a probability.
    pub fn probability(&self, describe: impl FnOnce(&mut dyn FnMut(&str, &[&str]))) -> f32 {
        1.0 / (1.0 + (-self.score(describe)).exp())
    }
}

/// A feature as it is written in the table: `template=value|value`.
pub fn feature_name(template: &str, values: &[&str]) -> String {
    format!("{template}={}", values.join("|"))
}

/// The hash of [`feature_name`], made without writing it (FNV-1a).
fn key(template: &str, values: &[&str]) -> u64 {
    let mut hash = Fnv::default();
    hash.add(template.as_bytes());
    for (at, value) in values.iter().enumerate() {
        hash.add(if at == 0 { b"=" } else { b"|" });
        hash.add(value.as_bytes());
    }
    if values.is_empty() {
        hash.add(b"=");
    }
    hash.0
}

fn hash(feature: &str) -> u64 {
    let mut hash = Fnv::default();
    hash.add(feature.as_bytes());
    hash.0
}

struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

pub(super) fn read_weights(weights: &mut Weights, file: &DataFile, faults: &mut Faults) {
    rows(file, ["feature", "weight"], faults, |row, faults| {
        let Ok(weight) = row.cells[1].parse::<f32>() else {
            faults.add(
                row.place(),
                format!("`{}` is no weight", row.cells[1]),
                "write a decimal number",
            );
            return;
        };
        weights.0.insert(hash(row.cells[0]), weight);
    });
}
