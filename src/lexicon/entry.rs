//! People, organizations and places of the gazetteers, and the offices people held.

use compact_str::CompactString;

use super::fault::Faults;
use super::names::NameUse;
use super::table::{DataFile, Row, rows};
use super::{Lexicon, names};
use crate::model::{Date, EntityKind, Gender, Place};

/// A row of people, organizations or places.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Stable id, unique over all lists.
    pub id: CompactString,
    /// Person, organization or place.
    pub kind: EntityKind,
    /// Canonical English name.
    pub name: CompactString,
    /// "country", "city", "media", "ministry" …; empty for people.
    pub sort: CompactString,
    /// Id of what it belongs to: the country of a city, the state of a ministry.
    pub of: Option<CompactString>,
    /// Id of what it stands for when it acts: Moscow for Russia.
    pub acts_for: Option<CompactString>,
    /// Of a person.
    pub gender: Option<Gender>,
    /// The row.
    pub place: Place,
}

/// Who held which office of what, and when.
#[derive(Clone, Debug)]
pub struct Role {
    /// Id of the person.
    pub person: CompactString,
    /// Generic title in lower case: "foreign minister".
    pub title: CompactString,
    /// Id of the country or body.
    pub of: CompactString,
    /// First day; `None`: unknown.
    pub from: Option<Date>,
    /// Last day; `None`: still in office.
    pub to: Option<Date>,
    /// The row.
    pub place: Place,
}

impl Role {
    /// True when the office was held on `day`; an unknown day fits only who is still in office.
    pub fn held_on(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => {
                self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
            }
            None => self.to.is_none(),
        }
    }
}

const ENTITY_SORTS: [&str; 29] = [
    "country",
    "territory",
    "region",
    "city",
    "area",
    "continent",
    "water",
    "base",
    "quarter",
    "body",
    "government",
    "ministry",
    "agency",
    "parliament",
    "court",
    "bank",
    "military",
    "intelligence",
    "police",
    "party",
    "armed-group",
    "ngo",
    "think-tank",
    "university",
    "company",
    "media",
    "alliance",
    "union",
    "church",
];

pub(super) fn read_people(lexicon: &mut Lexicon, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        ["id", "name", "aliases", "weak", "sex", "ids"],
        faults,
        |row, faults| {
            let gender = sex(row, 4, faults);
            add_entry(
                lexicon,
                row,
                EntityKind::Person,
                Entry {
                    gender,
                    ..blank(row)
                },
                faults,
            );
        },
    );
}

pub(super) fn read_organizations(lexicon: &mut Lexicon, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        [
            "id", "name", "aliases", "weak", "sort", "of", "acts_for", "ids",
        ],
        faults,
        |row, faults| {
            let entry = Entry {
                sort: sort(row, 4, faults),
                of: id(row.cells[5]),
                acts_for: id(row.cells[6]),
                ..blank(row)
            };
            add_entry(lexicon, row, EntityKind::Organization, entry, faults);
        },
    );
}

pub(super) fn read_places(lexicon: &mut Lexicon, file: &DataFile, faults: &mut Faults) {
    let columns = [
        "id",
        "name",
        "aliases",
        "weak",
        "adjectives",
        "people",
        "sort",
        "in",
        "acts_for",
        "ids",
    ];
    rows(file, columns, faults, |row, faults| {
        let entry = Entry {
            sort: sort(row, 6, faults),
            of: id(row.cells[7]),
            acts_for: id(row.cells[8]),
            ..blank(row)
        };
        let Some(index) = add_entry(lexicon, row, EntityKind::Place, entry, faults) else {
            return;
        };
        for adjective in row.values(4) {
            lexicon
                .adjectives
                .entry(names::fold(adjective))
                .or_default()
                .push(index);
        }
        for people in row.values(5) {
            lexicon.peoples.entry(names::fold(people)).or_insert(index);
        }
    });
}

pub(super) fn read_roles(lexicon: &mut Lexicon, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        ["person", "title", "of", "from", "to"],
        faults,
        |row, faults| {
            let (from, to) = (day(row, 3, false, faults), day(row, 4, true, faults));
            if let (Some(from), Some(to)) = (from, to)
                && to < from
            {
                faults.add(
                    row.place(),
                    format!("the office ends ({to}) before it begins ({from})"),
                    "swap the dates, or mend one",
                );
            }
            lexicon.roles.push(Role {
                person: row.cells[0].into(),
                title: row.cells[1].into(),
                of: row.cells[2].into(),
                from,
                to,
                place: row.place(),
            });
        },
    );
}

/// Every id that another row names must exist.
pub(super) fn check_references(lexicon: &Lexicon, faults: &mut Faults) {
    let mut missing = |id: &str, place: &Place| {
        if !lexicon.by_id.contains_key(id) {
            faults.add(
                place.clone(),
                format!("no entry has the id `{id}`"),
                "add its row to people, organizations or places, or mend the id",
            );
        }
    };
    for entry in &lexicon.entries {
        for id in entry.of.iter().chain(&entry.acts_for) {
            missing(id, &entry.place);
        }
    }
    for role in &lexicon.roles {
        missing(&role.person, &role.place);
        missing(&role.of, &role.place);
    }
}

fn blank(row: &Row<'_>) -> Entry {
    Entry {
        id: row.cells[0].into(),
        kind: EntityKind::Person,
        name: row.cells[1].into(),
        sort: CompactString::default(),
        of: None,
        acts_for: None,
        gender: None,
        place: row.place(),
    }
}

/// Adds the entry and its names (columns 1 to 3). A later file's row with the same id replaces the earlier one's facts
/// and adds to its names.
fn add_entry(
    lexicon: &mut Lexicon,
    row: &Row<'_>,
    kind: EntityKind,
    entry: Entry,
    faults: &mut Faults,
) -> Option<u32> {
    if !entry
        .id
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        faults.add(
            row.place(),
            format!("the id `{}` is not in kebab-case", entry.id),
            "use lower-case ASCII letters, digits and hyphens",
        );
        return None;
    }
    let entry = Entry { kind, ..entry };
    let index = match lexicon.by_id.get(&entry.id) {
        Some(&index) if lexicon.entries[index as usize].place.file == entry.place.file => {
            let first = &lexicon.entries[index as usize].place;
            faults.add(
                row.place(),
                format!("the id `{}` stands twice", entry.id),
                format!("the first is at {first}: merge the rows or choose another id"),
            );
            return None;
        }
        Some(&index) => {
            lexicon.entries[index as usize] = entry;
            index
        }
        None => {
            let index = lexicon.entries.len() as u32;
            lexicon.by_id.insert(entry.id.clone(), index);
            lexicon.entries.push(entry);
            index
        }
    };
    let strong = std::iter::once(row.cells[1])
        .chain(row.values(2))
        .map(|name| (name, false));
    for (name, weak) in strong.chain(row.values(3).map(|name| (name, true))) {
        if !lexicon
            .names
            .add(name, NameUse { entry: index, weak }, &lexicon.language)
        {
            faults.add(
                row.place(),
                format!("the name `{name}` holds no word"),
                "give the name as it stands in text",
            );
        }
    }
    Some(index)
}

fn id(cell: &str) -> Option<CompactString> {
    (!cell.is_empty()).then(|| cell.into())
}

fn sort(row: &Row<'_>, column: usize, faults: &mut Faults) -> CompactString {
    let sort = row.cells[column];
    if !ENTITY_SORTS.contains(&sort) && sort != "sport" {
        faults.add(
            row.place(),
            format!("unknown sort `{sort}`"),
            format!("one of: {} sport", ENTITY_SORTS.join(" ")),
        );
    }
    sort.into()
}

pub(super) fn sex(row: &Row<'_>, column: usize, faults: &mut Faults) -> Option<Gender> {
    match row.cells[column] {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        "" | "u" => None,
        other => {
            faults.add(
                row.place(),
                format!("unknown sex `{other}`"),
                "m, f or nothing",
            );
            None
        }
    }
}

/// A date of one, two or three parts: its first day, or its last when `end`.
fn day(row: &Row<'_>, column: usize, end: bool, faults: &mut Faults) -> Option<Date> {
    let cell = row.cells[column];
    if cell.is_empty() {
        return None;
    }
    let parts: Vec<Option<i16>> = cell.split('-').map(|part| part.parse().ok()).collect();
    let date = match parts.as_slice() {
        [Some(year)] => Date::new(*year, if end { 12 } else { 1 }, if end { 31 } else { 1 }).ok(),
        [Some(year), Some(month)] => i8::try_from(*month)
            .ok()
            .and_then(|month| Date::new(*year, month, 1).ok())
            .map(|date| if end { date.last_of_month() } else { date }),
        [Some(_), Some(_), Some(_)] => cell.parse().ok(),
        _ => None,
    };
    if date.is_none() {
        faults.add(
            row.place(),
            format!("`{cell}` is no date"),
            "write YYYY, YYYY-MM or YYYY-MM-DD",
        );
    }
    date
}
