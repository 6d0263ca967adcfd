//! Imported rows to rows that can be added to the loaded lists: ids that are none's, offices of somebody's.
//!
//! A row whose name is that of a listed entry of the same kind becomes more names of that entry and keeps its facts; no
//! row takes the id of another kind's entry.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::{Listed, Rows, cells};
use crate::lexicon::{Fault, World, fold};
use crate::model::{EntityKind, Gender, Place};

/// What became of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Rows that say more of a listed entry.
    pub known: usize,
    /// Rows that were put together, for they have one id.
    pub merged: usize,
}

/// Gives every entry of `rows` its id, puts those of one id together, and drops offices of what does not exist.
pub fn settle(rows: &mut Rows, file: &str, world: &World) -> Settled {
    let mut settled = Settled::default();
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    let mut entries: Vec<Listed> = Vec::new();
    let mut moved = Vec::new();
    for mut entry in std::mem::take(&mut rows.entries) {
        entry.id = free_id(&entry, world, &by_id, &entries);
        match by_id.get(&entry.id) {
            Some(&at) => {
                settled.merged += 1;
                entries[at].aliases.push(entry.name);
                entries[at].aliases.extend(entry.aliases);
                entries[at].weak.extend(entry.weak);
                entries[at].ids.extend(entry.ids);
                moved.push(at);
            }
            None => {
                settled.known += usize::from(complete(&mut entry, world));
                by_id.insert(entry.id.clone(), entries.len());
                moved.push(entries.len());
                entries.push(entry);
            }
        }
    }
    let owners = Owners::new(world, &by_id);
    for entry in &mut entries {
        tidy(entry);
        for id in [&mut entry.of, &mut entry.acts_for] {
            if !id.is_empty() && !owners.settle(id) {
                rows.faults.push(missing(file, entry.line, id));
                id.clear();
            }
        }
    }
    rows.offices.retain_mut(|office| {
        office.holder = moved[office.holder];
        let known = owners.settle(&mut office.of);
        if !known {
            rows.faults.push(missing(file, office.line, &office.of));
        }
        known
    });
    rows.entries = entries;
    settled
}

/// Whom cells mean that should hold ids: other programs write names there, "Norway".
struct Owners<'a> {
    world: &'a World,
    here: &'a BTreeMap<String, usize>,
    /// Ids by names without case and accents; made when a name is first asked for. `None` where several bear it.
    names: OnceCell<BTreeMap<String, Option<&'a str>>>,
}

impl<'a> Owners<'a> {
    fn new(world: &'a World, here: &'a BTreeMap<String, usize>) -> Owners<'a> {
        Owners {
            world,
            here,
            names: OnceCell::new(),
        }
    }

    /// Makes an id of a cell; false when it means nobody.
    fn settle(&self, cell: &mut String) -> bool {
        let exists = |id: &str| self.here.contains_key(id) || self.world.find(id).is_some();
        if exists(cell) {
            return true;
        }
        let slug = cells::id(cell);
        let names = || self.names.get_or_init(|| names(self.world));
        let id = match exists(&slug) {
            true => slug,
            false => match names().get(fold(cell).as_str()) {
                Some(Some(id)) => (*id).to_owned(),
                _ => return false,
            },
        };
        *cell = id;
        true
    }
}

/// The countries and bodies by all their names.
fn names(world: &World) -> BTreeMap<String, Option<&str>> {
    let mut names: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for name in world.all_names().filter(|name| !name.weak) {
        let entry = world.entry(name.entry);
        if entry.kind == EntityKind::Person {
            continue;
        }
        names
            .entry(fold(name.written).into())
            .and_modify(|known| *known = known.filter(|id| *id == entry.id))
            .or_insert(Some(entry.id));
    }
    names
}

fn missing(file: &str, line: u32, id: &str) -> Fault {
    Fault {
        place: Place {
            file: file.into(),
            line,
        },
        what: format!("no entry has the id `{id}`, so it is left out"),
        help: "`sayso gazetteer search NAME` tells ids".to_owned(),
    }
}

/// The id that the entry says, or that of its name; another where an entry of another kind has it.
fn free_id(
    entry: &Listed,
    world: &World,
    by_id: &BTreeMap<String, usize>,
    entries: &[Listed],
) -> String {
    let kebab = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let wanted = match entry.id.as_str() {
        id if !id.is_empty() && id.len() < 256 && id.bytes().all(kebab) => id.to_owned(),
        _ => cells::id(&entry.name),
    };
    let other_kind = |id: &str| {
        let listed = world.find(id).map(|at| world.kind(at));
        let here = by_id.get(id).and_then(|&at| entries[at].kind);
        [listed, here]
            .into_iter()
            .flatten()
            .any(|kind| Some(kind) != entry.kind)
    };
    if !other_kind(&wanted) {
        return wanted;
    }
    let kind = entry.kind.map_or("", EntityKind::name);
    let mut id = format!("{wanted}-{kind}");
    let mut number = 1;
    while other_kind(&id) {
        number += 1;
        id = format!("{wanted}-{kind}-{number}");
    }
    id
}

/// Fills in what the listed entry with this id says and the imported row does not; false when there is none.
fn complete(entry: &mut Listed, world: &World) -> bool {
    let Some(at) = world.find(&entry.id) else {
        return false;
    };
    let listed = world.entry(at);
    let own = std::mem::replace(&mut entry.name, listed.name.to_owned());
    entry.aliases.push(own);
    let fill = |cell: &mut String, listed: &str| {
        if cell.is_empty() {
            listed.clone_into(cell);
        }
    };
    let sex = match listed.gender {
        Some(Gender::Male) => "m",
        Some(Gender::Female) => "f",
        None => "",
    };
    fill(&mut entry.sex, sex);
    // The import knows kinds, the list knows better which sort.
    listed.sort.clone_into(&mut entry.sort);
    fill(&mut entry.of, listed.of.unwrap_or(""));
    fill(&mut entry.acts_for, listed.acts_for.unwrap_or(""));
    if entry.population == 0 {
        entry.population = listed.population;
    }
    true
}

/// Names once each; the name is no alias of its own. A sort that is none of ours is left out.
fn tidy(entry: &mut Listed) {
    let mut seen = vec![entry.name.clone()];
    for list in [&mut entry.aliases, &mut entry.weak] {
        list.retain(|name| {
            let new = !seen.contains(name);
            if new {
                seen.push(name.clone());
            }
            new
        });
    }
    entry.ids.dedup();
    let people = entry.kind == Some(EntityKind::Person);
    if people || !crate::lexicon::SORTS.contains(&entry.sort.as_str()) {
        entry.sort.clear();
    }
}
