//! A linear model as a table: features and their weights, readable line by line.
//!
//! In: `feature` and `weight` columns. Out: [`Weights`], which adds up the weights of the features of a case. What the
//! features mean is the business of who asks; models/en-attribution/README.md describes those of the shipped tables, which
//! `build.rs` compiles with these very lines.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::fault::Faults;
use super::features::{Features, Sink, key_of};
use super::gazetteer::hash::{self, Table};
use super::table::{DataFile, rows};

/// A linear model. Empty: it has no opinion.
#[derive(Debug, Default)]
pub struct Weights {
    /// Read in place, as [`compile`] wrote it.
    shipped: &'static [u8],
    /// On top of these.
    own: FxHashMap<u64, f32>,
}

impl Weights {
    /// A table as [`compile`] wrote it.
    pub(super) fn shipped(table: &'static [u8]) -> Weights {
        Weights {
            shipped: table,
            own: FxHashMap::default(),
        }
    }

    /// True when nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.shipped.is_empty() && self.own.is_empty()
    }

    /// The weights of a table as the shipped ones are written; lines that are none are passed over.
    pub fn from_table(table: &str) -> Weights {
        let rows = table.lines().filter_map(|line| line.split_once('\t'));
        Weights {
            shipped: &[],
            own: rows
                .filter_map(|(feature, weight)| Some((key_of(feature), weight.parse().ok()?)))
                .collect(),
        }
    }

    /// The sum of the weights of a case's features, which `describe` names one by one: the log-odds of "yes".
    pub fn score(&self, describe: impl FnOnce(Sink<'_>)) -> f32 {
        let mut features = Features::default();
        describe(&mut features);
        let mut sum = 0.0;
        Table::new(self.shipped).get_all(features.keys(), |key, shipped| {
            let own = || self.own.get(&key).copied();
            let weight = (!self.own.is_empty()).then(own).flatten();
            sum += weight.or(shipped.map(f32::from_bits)).unwrap_or(0.0);
        });
        sum
    }

    /// As [`Weights::score`], as a probability.
    #[inline]
    pub fn probability(&self, describe: impl FnOnce(Sink<'_>)) -> f32 {
        1.0 / (1.0 + (-self.score(describe)).exp())
    }
}

/// The bytes of a table that is read in place.
#[allow(dead_code)] // for build.rs
pub fn compile(file: &DataFile, faults: &mut Faults) -> Vec<u8> {
    let mut weights = Weights::default();
    read_weights(&mut weights, file, faults);
    let pairs: BTreeMap<u64, u32> = weights
        .own
        .iter()
        .map(|(&key, weight)| (key, weight.to_bits()))
        .filter(|&(_, weight)| weight != 0)
        .collect();
    hash::build_sparse(&pairs.into_iter().collect::<Vec<_>>())
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
        weights.own.insert(key_of(row.cells[0]), weight);
    });
}
