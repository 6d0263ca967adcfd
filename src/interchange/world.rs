//! The loaded lists to rows.

use std::collections::BTreeMap;

use super::{Listed, Office, Rows};
use crate::lexicon::{Entry, World};
use crate::model::Gender;

/// The entries of `world` for which `wanted` holds, with their names and offices. Ids of other programs are not compiled
/// and so are missing.
pub fn rows(world: &World, wanted: impl Fn(&Entry<'_>) -> bool) -> Rows {
    let mut rows = Rows::default();
    let mut index: BTreeMap<u32, usize> = BTreeMap::new();
    for at in (0..world.len()).filter(|&at| world.current(at) == at) {
        let entry = world.entry(at);
        if !wanted(&entry) {
            continue;
        }
        index.insert(at, rows.entries.len());
        rows.entries.push(Listed {
            kind: Some(entry.kind),
            id: entry.id.to_owned(),
            name: entry.name.to_owned(),
            sex: match entry.gender {
                Some(Gender::Male) => "m",
                Some(Gender::Female) => "f",
                None => "",
            }
            .to_owned(),
            sort: entry.sort.to_owned(),
            of: entry.of.unwrap_or("").to_owned(),
            acts_for: entry.acts_for.unwrap_or("").to_owned(),
            population: entry.population,
            line: entry.place().line,
            ..Listed::default()
        });
    }
    for name in world.all_names() {
        let Some(&at) = index.get(&name.entry) else {
            continue;
        };
        let entry = &mut rows.entries[at];
        if name.risky {
            name.risk().clone_into(&mut entry.risk);
        }
        if name.weak {
            entry.weak.push(name.written.to_owned());
        } else if name.written != entry.name {
            entry.aliases.push(name.written.to_owned());
        }
    }
    let adjectives = world.all_adjectives();
    let peoples = world.all_peoples();
    for (word, entries) in adjectives {
        for at in entries.iter().filter_map(|at| index.get(at)) {
            rows.entries[*at].adjectives.push(word.to_owned());
        }
    }
    for (word, entries) in peoples {
        for at in entries.iter().filter_map(|at| index.get(at)) {
            rows.entries[*at].people.push(word.to_owned());
        }
    }
    for (&at, &holder) in &index {
        for role in world.offices(world.entry(at).id) {
            let day =
                |day: Option<crate::model::Date>| day.map_or_else(String::new, |d| d.to_string());
            rows.offices.push(Office {
                holder,
                title: role.title.to_owned(),
                of: role.of.to_owned(),
                from: day(role.from),
                to: day(role.to),
                line: role.place().line,
            });
        }
    }
    for entry in &mut rows.entries {
        for list in [
            &mut entry.aliases,
            &mut entry.weak,
            &mut entry.adjectives,
            &mut entry.people,
        ] {
            list.sort();
            list.dedup();
        }
    }
    rows
}
