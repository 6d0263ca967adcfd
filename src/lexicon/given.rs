//! Given names, with the sex they tell.
//!
//! In: `name` and `sex` columns. Out: [`GivenNames`]. The shipped list is compiled by `build.rs` with these very lines and
//! read in place; a user's rows lie on top.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::fault::Faults;
use super::gazetteer::fold;
use super::gazetteer::hash::{self, Table, hash};
use super::table::{DataFile, rows};
use crate::model::Gender;

/// Given names in lower case without accents.
#[derive(Debug, Default)]
pub struct GivenNames {
    /// Read in place, as [`compile`] wrote it.
    shipped: &'static [u8],
    /// On top of these.
    own: FxHashMap<CompactString, Option<Gender>>,
}

impl GivenNames {
    /// A list as [`compile`] wrote it.
    pub(super) fn shipped(list: &'static [u8]) -> GivenNames {
        GivenNames {
            shipped: list,
            own: FxHashMap::default(),
        }
    }

    /// True when `folded` is listed.
    pub fn contains(&self, folded: &str) -> bool {
        self.own.contains_key(folded) || self.code(folded).is_some()
    }

    /// The sex that `folded` tells.
    pub fn gender(&self, folded: &str) -> Option<Gender> {
        match self.own.get(folded) {
            Some(&gender) => gender,
            None => match self.code(folded)? {
                MALE => Some(Gender::Male),
                FEMALE => Some(Gender::Female),
                _ => None,
            },
        }
    }

    /// All names; `list` is the text of the shipped ones.
    pub(super) fn all(&self, list: Option<&DataFile>) -> Vec<CompactString> {
        let mut names: Vec<CompactString> = self.own.keys().cloned().collect();
        if let Some(list) = list.filter(|_| !self.shipped.is_empty()) {
            let mut shipped = GivenNames::default();
            read_given_names(&mut shipped, list, &mut Faults::default());
            names.extend(shipped.own.into_keys());
        }
        names
    }

    fn code(&self, folded: &str) -> Option<u32> {
        Table::new(self.shipped).get(hash(folded.as_bytes()))
    }
}

const MALE: u32 = 1;
const FEMALE: u32 = 2;
#[allow(dead_code)] // for build.rs
const UNKNOWN: u32 = 3;

/// The bytes of a list that is read in place.
#[allow(dead_code)] // for build.rs
pub fn compile(file: &DataFile, faults: &mut Faults) -> Vec<u8> {
    let mut names = GivenNames::default();
    read_given_names(&mut names, file, faults);
    let code = |gender: Option<Gender>| match gender {
        Some(Gender::Male) => MALE,
        Some(Gender::Female) => FEMALE,
        None => UNKNOWN,
    };
    let pairs: BTreeMap<u64, u32> = names
        .own
        .iter()
        .map(|(name, &gender)| (hash(name.as_bytes()), code(gender)))
        .collect();
    hash::build(&pairs.into_iter().collect::<Vec<_>>())
}

pub(super) fn read_given_names(names: &mut GivenNames, file: &DataFile, faults: &mut Faults) {
    rows(file, ["name", "sex"], faults, |row, faults| {
        let gender = row.sex(1, faults);
        names.own.insert(fold(row.cells[0]), gender);
    });
}
