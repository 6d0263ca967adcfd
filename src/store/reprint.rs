//! Which documents are near copies of another one: reprints of an agency's story, an article that was edited a little.
//!
//! In: the signatures of all documents. Out: the table `reprints`, a function of the documents alone: what is a copy of one of a group
//! is of the group, and all of it are copies of its first, by day and then by id.

use rusqlite::params;
use rustc_hash::FxHashMap;

use super::{Error, Store};
use crate::model::Signature;

/// Documents that are looked at in one band: what is like more is like one of these, too.
const MOST: usize = 64;

impl Store {
    /// Finds the copies again, where documents came or went.
    pub(super) fn link_reprints(&mut self) -> Result<(), Error> {
        if !std::mem::take(&mut self.altered) {
            return Ok(());
        }
        self.begin()?;
        let written = self.reprints().and_then(|reprints| {
            self.connection.execute("DELETE FROM reprints", [])?;
            let sql = "INSERT INTO reprints (document, original, likeness) VALUES (?1, ?2, ?3)";
            let mut insert = self.connection.prepare_cached(sql)?;
            for (document, original, likeness) in reprints {
                let likeness = f64::from((likeness * 100.0).round()) / 100.0;
                insert.execute(params![document, original, likeness])?;
            }
            Ok(())
        });
        written.map_err(|e| self.error(e))
    }

    /// Lets go of the copies that are known: a document comes or goes.
    pub(super) fn forget_reprints(&mut self) -> rusqlite::Result<()> {
        if !std::mem::replace(&mut self.altered, true) {
            self.connection.execute("DELETE FROM reprints", [])?;
        }
        Ok(())
    }

    /// Each copy with its original and how much they have in common.
    fn reprints(&self) -> rusqlite::Result<Vec<(i64, i64, f32)>> {
        let sql = "SELECT d.id, s.bins FROM documents d JOIN signatures s ON s.document = d.id
            ORDER BY d.published IS NULL, d.published, d.hash";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut documents: Vec<(i64, Signature)> = Vec::new();
        // For each the first that is known to be of its group.
        let mut first: Vec<usize> = Vec::new();
        let mut bands: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        while let Some(row) = rows.next()? {
            let signature = Signature::of_bytes(row.get_ref(1)?.as_blob()?);
            let at = documents.len();
            first.push(at);
            let mut near: Vec<u32> = Vec::new();
            for band in signature.bands() {
                let alike = bands.entry(band).or_default();
                near.extend(alike.iter());
                if alike.len() < MOST {
                    alike.push(at as u32);
                }
            }
            near.sort_unstable();
            near.dedup();
            for other in near {
                let (mine, other_first) = (
                    first_of(&mut first, at),
                    first_of(&mut first, other as usize),
                );
                if mine != other_first && documents[other as usize].1.is_copy(&signature) {
                    first[mine.max(other_first)] = mine.min(other_first);
                }
            }
            documents.push((row.get(0)?, signature));
        }
        let mut reprints = Vec::new();
        for at in 0..documents.len() {
            let original = first_of(&mut first, at);
            if original != at {
                let likeness = documents[at].1.likeness(&documents[original].1);
                reprints.push((documents[at].0, documents[original].0, likeness));
            }
        }
        Ok(reprints)
    }
}

/// The first of the group of `at`; the way to it is cut short for whoever asks again.
fn first_of(first: &mut [usize], mut at: usize) -> usize {
    while first[at] != at {
        first[at] = first[first[at]];
        at = first[at];
    }
    at
}
