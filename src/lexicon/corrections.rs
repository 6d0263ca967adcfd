//! A user's last word: who is the same, who is not, and how somebody is called.
//!
//! In: `merges.tsv` and `splits.tsv`. Out: [`Corrections`], which coreference asks whenever it settles who is meant. The
//! texts themselves are not looked at here.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::fault::Faults;
use super::table::{DataFile, Row, some_rows};
use super::{Keys, NameUse, World, fold};
use crate::model::Place;
use crate::text::{Language, tokenize};

/// Rows of `merges.tsv` and `splits.tsv`.
#[derive(Debug, Default)]
pub struct Corrections {
    /// By the id of the entity that they are about.
    merges: FxHashMap<String, Merge>,
    /// By the name as an id.
    splits: FxHashMap<String, Vec<Split>>,
    /// Those whom no list knows.
    unlisted: Vec<Unlisted>,
    /// The places of splits, each once.
    places: BTreeSet<String>,
}

/// A cell of a correction that names nobody of the lists: somebody whom only articles know, or a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// What it names.
    pub what: Named,
    /// As the row writes it.
    pub written: String,
    /// The row.
    pub place: Place,
}

/// What a cell of a correction names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Somebody who must be there: `same` of a merge, `name` of a split.
    Present,
    /// Somebody who may be new: `as` of a merge, `is` of a split.
    Meant,
    /// An outlet, or a part of a document's path or address.
    Document,
}

/// An entity is another one, or has another name.
#[derive(Clone, Debug)]
pub struct Merge {
    /// Id of the entity that it is; `None`: it stays itself.
    pub into: Option<String>,
    /// The name of that entity, as the row gives it.
    pub into_name: String,
    /// The name to show.
    pub name: Option<String>,
    /// The row.
    pub place: Place,
}

/// A name means another entity than it seems to, everywhere or in some documents.
#[derive(Clone, Debug)]
pub struct Split {
    /// Id of the entity that is meant.
    pub id: String,
    /// Its name, as the row gives it.
    pub name: String,
    /// An outlet, or a part of the document's path or address; empty: everywhere.
    pub within: String,
    /// The row.
    pub place: Place,
}

impl Corrections {
    /// True when there is nothing to correct.
    pub fn is_empty(&self) -> bool {
        self.merges.is_empty() && self.splits.is_empty()
    }

    /// What the rows name and no list knows, in the order of the rows.
    pub fn unlisted(&self) -> &[Unlisted] {
        &self.unlisted
    }

    /// What the rows say about the entity with this id or, where its id is local to a document, with this name.
    pub fn merge(&self, id: &str, name: &str) -> Option<&Merge> {
        if self.merges.is_empty() {
            return None;
        }
        self.merges.get(id).or_else(|| {
            id.contains('#')
                .then(|| self.merges.get(&id_of(name)))
                .flatten()
        })
    }

    /// All rows: the file of each, and what it says in one line.
    pub fn rows(&self) -> Vec<(String, String)> {
        let merges = self.merges.iter().map(|(same, merge)| {
            let into = merge.into.as_deref().unwrap_or_default();
            let name = merge.name.as_deref().unwrap_or_default();
            (&merge.place, format!("merge\t{same}\t{into}\t{name}"))
        });
        let splits = self.splits.iter().flat_map(|(name, rows)| {
            rows.iter().map(move |row| {
                let says = format!("split\t{name}\t{}\t{}", row.id, row.within);
                (&row.place, says)
            })
        });
        let rows = merges.chain(splits);
        let mut rows: Vec<(String, String)> = rows
            .map(|(place, says)| (place.file.to_string(), says))
            .collect();
        rows.sort();
        rows
    }

    /// The places of rows of splits.tsv that are a part of a document's name.
    pub fn places_in(&self, name: &str) -> Vec<&str> {
        let places = self.places.iter().map(String::as_str);
        places.filter(|place| name.contains(place)).collect()
    }

    /// Whom the name means in a document, if a row says so; `is_within` tells whether a row's place is the document's.
    pub fn split(&self, name: &str, is_within: impl Fn(&str) -> bool) -> Option<&Split> {
        if self.splits.is_empty() {
            return None;
        }
        let rows = self.splits.get(&id_of(name))?;
        // The closer row wins: one for this outlet before one for all.
        rows.iter()
            .find(|row| !row.within.is_empty() && is_within(&row.within))
            .or_else(|| rows.iter().find(|row| row.within.is_empty()))
    }
}

/// Lower-case words joined by hyphens, without accents: the id of what has no row. Letters of other scripts stay.
pub fn id_of(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for c in fold(name).chars() {
        if c.is_alphanumeric() {
            id.push(c);
        } else if c == '\'' {
        } else if !id.ends_with('-') && !id.is_empty() {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// Who the gazetteers are, for the names of the rows.
pub(super) struct Known<'a> {
    pub world: &'a World,
    pub language: &'a Language,
}

impl Known<'_> {
    /// True when no list knows the name; a surname or a weak alias is known, too.
    fn is_unlisted(&self, name: &str) -> bool {
        self.world.find(&id_of(name)).is_none()
            && self.world.bearers(&fold(name)).is_empty()
            && self.uses(name).is_empty()
    }

    fn uses(&self, cell: &str) -> Vec<NameUse> {
        let tokens = tokenize(cell, self.language);
        let keys = Keys::new(cell, &tokens);
        self.world
            .longest(cell, &tokens, &keys, (0, tokens.len()), false)
            .filter(|(end, _)| *end == tokens.len())
            .map_or_else(Vec::new, |(_, uses)| uses)
    }

    /// The id that a cell means: an id of the lists, a name of theirs, else a name that only texts have.
    fn id(
        &self,
        cell: &str,
        what: Named,
        row: &Row<'_>,
        (unlisted, faults): (&mut Vec<Unlisted>, &mut Faults),
    ) -> String {
        let id = id_of(cell);
        if self.world.find(&id).is_some() {
            return id;
        }
        let found = self.uses(cell);
        let mut ids: Vec<&str> = found
            .iter()
            .filter(|u| !u.weak)
            .map(|u| self.world.entry(u.entry).id)
            .collect();
        ids.sort_unstable();
        match ids.as_slice() {
            [] => {
                unlisted.push(Unlisted {
                    what,
                    written: cell.to_owned(),
                    place: row.place(),
                });
                id
            }
            [only] => (*only).to_owned(),
            several => {
                faults.add(
                    row.place(),
                    format!("`{cell}` names several: {}", several.join(", ")),
                    "write the id of the one that you mean",
                );
                id
            }
        }
    }
}

/// Reads `merges.tsv`.
pub(super) fn read_merges(
    corrections: &mut Corrections,
    known: &Known<'_>,
    file: &DataFile,
    faults: &mut Faults,
) {
    let (merges, unlisted) = (&mut corrections.merges, &mut corrections.unlisted);
    some_rows(file, ["same", "as", "name"], 2, faults, |row, faults| {
        let [same, into, name] = [row.cells[0], row.cells[1], row.cells[2]];
        let id = known.id(same, Named::Present, row, (unlisted, faults));
        let into =
            (!into.is_empty()).then(|| known.id(into, Named::Meant, row, (unlisted, faults)));
        if into.is_none() && name.is_empty() {
            faults.add(
                row.place(),
                format!("`{same}` is neither merged nor renamed"),
                "fill in `as`, the one that it is, or `name`, the name to show",
            );
        } else if into.as_ref() == Some(&id) {
            faults.add(
                row.place(),
                format!("`{same}` is merged into itself"),
                "`same` goes, `as` stays: name two different ones",
            );
        } else if let Some(other) = merges.get(&id) {
            faults.add(
                row.place(),
                format!("`{same}` has a row already, {}", line_of(&other.place)),
                "one row says both what it is and how it is called",
            );
        } else {
            merges.insert(
                id,
                Merge {
                    into,
                    into_name: row.cells[1].to_owned(),
                    name: (!name.is_empty()).then(|| name.to_owned()),
                    place: row.place(),
                },
            );
        }
    });
}

/// Lets each merge lead to where the merges behind it lead; a circle leads nowhere. Every row is gone through once.
pub(super) fn follow(corrections: &mut Corrections, faults: &mut Faults) {
    let merges = &corrections.merges;
    let mut ids: Vec<&String> = merges.keys().collect();
    ids.sort_unstable();
    // Where those lead that were gone through; `None`: into a circle.
    let mut ends: FxHashMap<&String, Option<&Merge>> = FxHashMap::default();
    for id in &ids {
        let mut path: Vec<&String> = Vec::new();
        let mut on_path: FxHashSet<&String> = FxHashSet::default();
        let mut at = *id;
        let end = loop {
            if let Some(end) = ends.get(at) {
                break *end;
            }
            if !on_path.insert(at) {
                break None;
            }
            path.push(at);
            let merge = &merges[at];
            let next = merge
                .into
                .as_ref()
                .and_then(|into| merges.get_key_value(into));
            match next.filter(|(_, further)| further.into.is_some()) {
                Some((further, _)) => at = further,
                None => break Some(merge),
            }
        };
        ends.extend(path.into_iter().map(|id| (id, end)));
    }
    let mut last = Vec::new();
    for id in ids {
        match ends[id] {
            Some(merge) => last.push((id.clone(), merge.into.clone(), merge.into_name.clone())),
            None => faults.add(
                merges[id].place.clone(),
                format!("`{id}` is merged in a circle"),
                "one of the rows must go: the entity that stays has no `as` of its own",
            ),
        }
    }
    for (id, into, into_name) in last {
        if let Some(merge) = corrections.merges.get_mut(&id) {
            (merge.into, merge.into_name) = (into, into_name);
        }
    }
}

/// "line 7 of merges.tsv"
fn line_of(place: &Place) -> String {
    let file = place.file.rsplit(['/', '\\']).next().unwrap_or("");
    format!("line {} of {file}", place.line)
}

/// Reads `splits.tsv`.
pub(super) fn read_splits(
    corrections: &mut Corrections,
    known: &Known<'_>,
    file: &DataFile,
    faults: &mut Faults,
) {
    let Corrections {
        splits,
        unlisted,
        places,
        ..
    } = corrections;
    let mut rows: FxHashMap<(String, String), Place> = splits
        .iter()
        .flat_map(|(name, rows)| rows.iter().map(move |row| (name, row)))
        .map(|(name, row)| ((name.clone(), row.within.clone()), row.place.clone()))
        .collect();
    some_rows(file, ["name", "is", "in"], 2, faults, |row, faults| {
        let [name, is, within] = [row.cells[0], row.cells[1], row.cells[2]];
        if is.is_empty() {
            faults.add(
                row.place(),
                format!("`{name}` is nobody"),
                "`is` holds the id or the name of whom it means; for somebody new a name such as `Ann Orr (baker)`",
            );
            return;
        }
        let id = known.id(is, Named::Meant, row, (unlisted, faults));
        let key = (id_of(name), within.to_owned());
        if let Some(other) = rows.get(&key) {
            faults.add(
                row.place(),
                format!("`{name}` has a row for this already, {}", line_of(other)),
                "one name means one in a document: delete a row, or say in which document it counts",
            );
            return;
        }
        rows.insert(key, row.place());
        let mut note = |what, written: &str| {
            unlisted.push(Unlisted {
                what,
                written: written.to_owned(),
                place: row.place(),
            });
        };
        if known.is_unlisted(name) {
            note(Named::Present, name);
        }
        if !within.is_empty() {
            note(Named::Document, within);
            places.insert(within.to_owned());
        }
        splits.entry(id_of(name)).or_default().push(Split {
            id,
            name: is.to_owned(),
            within: within.to_owned(),
            place: row.place(),
        });
    });
}
