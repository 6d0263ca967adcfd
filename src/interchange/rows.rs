//! Rows to our own lists, sorted by id.

use super::{Listed, Rows};
use crate::model::EntityKind;

/// The lists, in the order in which [`write()`] gives them.
pub const FILES: [&str; 4] = ["people.tsv", "organizations.tsv", "places.tsv", "roles.tsv"];

/// The texts of the lists, without those that would be empty.
pub fn write(rows: &Rows, comment: &str) -> Vec<(&'static str, String)> {
    let mut all: Vec<&Listed> = rows.entries.iter().collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    let of_kind = |kind: EntityKind| all.iter().filter(move |entry| entry.kind == Some(kind));
    let people = of_kind(EntityKind::Person).map(|e| {
        let cells = [
            &e.id,
            &e.name,
            &list(&e.aliases),
            &list(&e.weak),
            &e.sex,
            &list(&e.ids),
        ];
        line(&cells)
    });
    let organizations = of_kind(EntityKind::Organization).map(|e| {
        line(&[
            &e.id,
            &e.name,
            &list(&e.aliases),
            &list(&e.weak),
            &e.sort,
            &e.of,
            &e.acts_for,
            &list(&e.ids),
        ])
    });
    let places = of_kind(EntityKind::Place).map(|e| {
        let population = match e.population {
            0 => String::new(),
            count => count.to_string(),
        };
        line(&[
            &e.id,
            &e.name,
            &list(&e.aliases),
            &list(&e.weak),
            &list(&e.adjectives),
            &list(&e.people),
            &e.sort,
            &e.of,
            &e.acts_for,
            &list(&e.ids),
            &e.risk,
            &population,
        ])
    });
    let mut offices: Vec<String> = rows
        .offices
        .iter()
        .filter_map(|o| {
            let holder = &rows.entries.get(o.holder)?.id;
            Some(line(&[holder, &o.title, &o.of, &o.from, &o.to]))
        })
        .collect();
    offices.sort();
    offices.dedup();
    let headers = [
        "id\tname\taliases\tweak\tsex\tids",
        "id\tname\taliases\tweak\tsort\tof\tacts_for\tids",
        "id\tname\taliases\tweak\tadjectives\tpeople\tsort\tin\tacts_for\tids\trisk\tpopulation",
        "person\ttitle\tof\tfrom\tto",
    ];
    let bodies = [
        people.collect::<String>(),
        organizations.collect(),
        places.collect(),
        offices.concat(),
    ];
    FILES
        .into_iter()
        .zip(headers)
        .zip(bodies)
        .filter(|(_, body)| !body.is_empty())
        .map(|((file, header), body)| (file, format!("# {comment}\n{header}\n{body}")))
        .collect()
}

fn list(values: &[String]) -> String {
    values.join("|")
}

fn line(cells: &[&String]) -> String {
    let cells: Vec<&str> = cells.iter().map(|cell| cell.as_str()).collect();
    format!("{}\n", cells.join("\t"))
}
