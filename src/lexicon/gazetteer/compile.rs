//! Rows of people, organizations, places and offices to one block of bytes that is read in place.
//!
//! The same rows give the same bytes. `build.rs` compiles the shipped lists with these very lines.

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::fault::{Faults, one_of};
use super::super::table::{DataFile, Row, some_rows};
use super::bytes::{HEAD, MAGIC, SECTIONS, seal};
use super::hash::{self, ROOT, hash};
use super::layer::{CONTINUES, LAST, OWN, RISK_PERSON, RISK_WORD, SHARED, WEAK};
use super::parts::{covers, fold, part_key, parts};
use super::record::{BLOCK, Record, SORTS, slug};
use crate::model::{Date, EntityKind, Gender, Place};

/// The lists that are compiled.
pub const LISTS: [&str; 4] = ["people.tsv", "organizations.tsv", "places.tsv", "roles.tsv"];

/// The longest name or id, in bytes.
const LONGEST: usize = 255;

/// Compiles the files, in this order; rows with a fault are left out and told.
pub fn compile(files: &[&DataFile], faults: &mut Faults) -> Vec<u8> {
    let mut compiler = Compiler::default();
    for file in files {
        compiler.file = compiler.files.len() as u8;
        compiler.files.push(file.name.clone());
        match file.list() {
            "people.tsv" => compiler.people(file, faults),
            "organizations.tsv" => compiler.organizations(file, faults),
            "places.tsv" => compiler.places(file, faults),
            _ => compiler.roles(file, faults),
        }
    }
    compiler.finish(super::super::table::fingerprint(files.iter().copied()))
}

struct EntryRow {
    id: CompactString,
    name: u32,
    of: u32,
    acts_for: u32,
    kind: EntityKind,
    gender: Option<Gender>,
    sort: u8,
    file: u8,
    line: u32,
    population: u32,
}

struct RoleRow {
    title: CompactString,
    of: CompactString,
    from: u32,
    to: u32,
    person: CompactString,
    file: u8,
    line: u32,
}

/// A name on its way into the table: what it stands for, with flags, and its string.
type Use = (u32, u32);

#[derive(Default)]
struct Compiler {
    files: Vec<Arc<str>>,
    file: u8,
    pool: Vec<u8>,
    strings: FxHashMap<CompactString, u32>,
    entries: Vec<EntryRow>,
    by_id: FxHashMap<CompactString, u32>,
    /// Paths of names: whether longer ones go through, and what ends here.
    nodes: FxHashMap<u64, (bool, Vec<Use>)>,
    /// Keys of the words that names begin with.
    starts: FxHashSet<u64>,
    adjectives: BTreeMap<CompactString, Vec<u32>>,
    peoples: BTreeMap<CompactString, Vec<u32>>,
    surnames: BTreeMap<CompactString, Vec<u32>>,
    roles: Vec<RoleRow>,
}

impl Compiler {
    fn people(&mut self, file: &DataFile, faults: &mut Faults) {
        let columns = ["id", "name", "aliases", "weak", "sex", "ids"];
        some_rows(file, columns, 2, faults, |row, faults| {
            let gender = row.sex(4, faults);
            let entry = EntryRow {
                gender,
                ..self.blank(row, EntityKind::Person)
            };
            if let Some(index) = self.entry(row, entry, 0, &[], faults)
                && let Some(surname) = row.cells[1].split_whitespace().next_back()
            {
                self.surnames.entry(fold(surname)).or_default().push(index);
            }
        });
    }

    fn organizations(&mut self, file: &DataFile, faults: &mut Faults) {
        let columns = [
            "id", "name", "aliases", "weak", "sort", "of", "acts_for", "ids", "shared",
        ];
        some_rows(file, columns, 2, faults, |row, faults| {
            let entry = EntryRow {
                sort: sort(row, 4, "body", faults),
                of: self.id(row.cells[5]),
                acts_for: self.id(row.cells[6]),
                ..self.blank(row, EntityKind::Organization)
            };
            let shared: Vec<&str> = row.values(8).collect();
            self.entry(row, entry, 0, &shared, faults);
        });
    }

    fn places(&mut self, file: &DataFile, faults: &mut Faults) {
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
            "population",
            "risk",
        ];
        some_rows(file, columns, 2, faults, |row, faults| {
            let entry = EntryRow {
                sort: sort(row, 6, "area", faults),
                of: self.id(row.cells[7]),
                acts_for: self.id(row.cells[8]),
                population: row.number(10, faults),
                ..self.blank(row, EntityKind::Place)
            };
            let risk = match row.cells[11] {
                "" => 0,
                "word" => RISK_WORD,
                "person" => RISK_PERSON,
                other => {
                    faults.add(
                        row.place(),
                        format!("unknown risk `{other}`"),
                        "word, person or nothing",
                    );
                    0
                }
            };
            let Some(index) = self.entry(row, entry, risk, &[], faults) else {
                return;
            };
            for adjective in row.values(4) {
                let of = self.adjectives.entry(fold(adjective)).or_default();
                of.push(index);
            }
            for people in row.values(5) {
                let of = self.peoples.entry(fold(people)).or_default();
                of.push(index);
            }
        });
    }

    fn roles(&mut self, file: &DataFile, faults: &mut Faults) {
        let columns = ["person", "title", "of", "from", "to"];
        some_rows(file, columns, 3, faults, |row, faults| {
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
            if row.cells[1].is_empty() {
                faults.add(
                    row.place(),
                    "no title",
                    "write the office in small letters: foreign minister",
                );
            }
            self.roles.push(RoleRow {
                person: row.cells[0].into(),
                title: row.cells[1].into(),
                of: row.cells[2].into(),
                from: pack(from),
                to: pack(to),
                file: self.file,
                line: row.line,
            });
        });
    }

    fn blank(&mut self, row: &Row<'_>, kind: EntityKind) -> EntryRow {
        EntryRow {
            id: row.cells[0].into(),
            name: self.string(row.cells[1]),
            of: 0,
            acts_for: 0,
            kind,
            gender: None,
            sort: 0,
            file: self.file,
            line: row.line,
            population: 0,
        }
    }

    /// Adds an entry and its names (columns 1 to 3, and those that it shares with others). A later file's row with the same id replaces the earlier one's
    /// facts and adds to its names.
    fn entry(
        &mut self,
        row: &Row<'_>,
        entry: EntryRow,
        risk: u32,
        shared: &[&str],
        faults: &mut Faults,
    ) -> Option<u32> {
        let kebab = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !entry.id.bytes().all(kebab) {
            faults.add(
                row.place(),
                format!("the id `{}` is not in kebab-case", entry.id),
                "use lower-case ASCII letters, digits and hyphens",
            );
            return None;
        }
        let index = match self.by_id.get(&entry.id) {
            Some(&index) if self.entries[index as usize].file == entry.file => {
                let first = Place {
                    line: self.entries[index as usize].line,
                    ..row.place()
                };
                faults.add(
                    row.place(),
                    format!("the id `{}` stands twice", entry.id),
                    format!("the first is at {first}: merge the rows or choose another id"),
                );
                return None;
            }
            Some(&index) => {
                self.entries[index as usize] = entry;
                index
            }
            None => {
                let index = self.entries.len() as u32;
                self.by_id.insert(entry.id.clone(), index);
                self.entries.push(entry);
                index
            }
        };
        let names = std::iter::once(row.cells[1]).chain(row.values(2));
        for (name, flag) in names
            .map(|name| (name, 0))
            .filter(|&(name, _)| !shared.contains(&name))
            .chain(row.values(3).map(|name| (name, WEAK)))
            .chain(shared.iter().map(|&name| (name, SHARED)))
        {
            if name.len() > LONGEST || !self.name(name, index | flag | risk) {
                faults.add(
                    row.place(),
                    format!("the name `{name}` holds no word or more than {LONGEST} bytes"),
                    "give the name as it stands in text",
                );
            }
        }
        Some(index)
    }

    fn name(&mut self, name: &str, meaning: u32) -> bool {
        let mut node = ROOT;
        let mut any = false;
        for part in parts(name) {
            let key = part_key(part);
            if any {
                self.nodes.entry(node).or_default().0 = true;
            } else {
                self.starts.insert(key);
            }
            node = hash::step(node, key);
            any = true;
        }
        if any {
            let string = self.string(name);
            let pool = &self.pool;
            let uses = &mut self.nodes.entry(node).or_default().1;
            let entry = |meaning: u32| meaning & !(WEAK | RISK_WORD | RISK_PERSON | SHARED);
            // The names of a new entry are the last; one that is replaced may have others anywhere.
            let is_new = entry(meaning) as usize + 1 == self.entries.len();
            let own = |u: &&Use| entry(u.0) == entry(meaning);
            let covered = |u: &Use| {
                (u.0 & (WEAK | SHARED) == 0 || meaning & WEAK != 0)
                    && covers(text_at(pool, u.1), name)
            };
            let is_covered = match is_new {
                true => uses.iter().rev().take_while(own).any(covered),
                false => uses.iter().filter(own).any(covered),
            };
            if !is_covered {
                uses.push((meaning, string));
            }
        }
        any
    }

    /// Where an id that another row names stands in the pool; 0 for none.
    fn id(&mut self, cell: &str) -> u32 {
        if cell.is_empty() {
            0
        } else {
            self.string(cell)
        }
    }

    fn string(&mut self, text: &str) -> u32 {
        if let Some(&at) = self.strings.get(text) {
            return at;
        }
        if self.pool.is_empty() {
            self.pool.push(0); // the empty string, at 0
        }
        if text.is_empty() {
            return 0;
        }
        let mut length = text.len().min(LONGEST);
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        let at = self.pool.len() as u32;
        self.pool.push(length as u8);
        self.pool.extend_from_slice(&text.as_bytes()[..length]);
        self.strings.insert(text.into(), at);
        at
    }

    fn finish(mut self, fingerprint: String) -> Vec<u8> {
        self.roles.sort_by(|a, b| {
            (&a.title, &a.of, a.from, &a.person).cmp(&(&b.title, &b.of, b.from, &b.person))
        });
        let mut ids: Vec<(u64, u32)> = std::mem::take(&mut self.by_id)
            .into_iter()
            .map(|(id, index)| (hash(id.as_bytes()), index))
            .collect();
        ids.sort_unstable();
        let mut nodes: Vec<(u64, (bool, Vec<Use>))> =
            std::mem::take(&mut self.nodes).into_iter().collect();
        nodes.sort_unstable_by_key(|node| node.0);
        // From here on strings are those that the result holds: names stand with their entries.
        let texts = std::mem::take(&mut self.pool);
        self.strings.clear();
        let mut files = Vec::new();
        for file in std::mem::take(&mut self.files) {
            files.extend(self.string(&file).to_le_bytes());
        }
        let entries = std::mem::take(&mut self.entries);
        let (records, blocks) = self.records(&entries, &texts);
        let mut roles = Vec::new();
        let mut offices: BTreeMap<CompactString, Vec<u32>> = BTreeMap::new();
        for (index, role) in (0..).zip(std::mem::take(&mut self.roles)) {
            let texts = [&role.title, &role.of, &role.person].map(|text| self.string(text));
            let place = u32::from(role.file) << 24 | role.line;
            for field in texts.into_iter().chain([role.from, role.to, place]) {
                roles.extend(field.to_le_bytes());
            }
            offices.entry(role.person).or_default().push(index);
        }
        let names: usize = nodes.iter().map(|(_, (_, ends))| ends.len()).sum();
        let mut counts = Vec::new();
        for count in [entries.len(), names] {
            counts.extend((count as u32).to_le_bytes());
        }
        let (nodes, uses) = self.nodes(nodes, &entries, &texts);
        let mut starts: Vec<u64> = std::mem::take(&mut self.starts).into_iter().collect();
        starts.sort_unstable();
        let starts = hash::build_filter(&starts);
        let mut values = Vec::new();
        let lists = [
            std::mem::take(&mut self.adjectives),
            std::mem::take(&mut self.peoples),
            std::mem::take(&mut self.surnames),
            offices,
        ]
        .map(|list| self.lists(&list, &mut values));
        let [adjectives, peoples, surnames, offices] = lists;
        let fingerprint = fingerprint.into_bytes();
        let sections: [&[u8]; SECTIONS] = [
            &fingerprint,
            &self.pool,
            &files,
            &records,
            &hash::build_index(&ids, entries.len() as u32),
            &hash::build(&nodes),
            &uses,
            &roles,
            &adjectives,
            &peoples,
            &surnames,
            &offices,
            &values,
            &counts,
            &blocks,
            &starts,
        ];
        let mut bytes = MAGIC.to_vec();
        let mut at = HEAD;
        for section in sections {
            at += section.len();
            bytes.extend((at as u32).to_le_bytes());
        }
        for section in sections {
            bytes.extend_from_slice(section);
        }
        seal(&mut bytes);
        bytes
    }

    /// The entries, and where every block of them begins.
    fn records(&mut self, entries: &[EntryRow], texts: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let (mut records, mut blocks) = (Vec::new(), Vec::new());
        let mut before = (0, 0);
        for (at, e) in (0..).zip(entries) {
            let starts = at % BLOCK == 0;
            if starts {
                blocks.extend((records.len() as u32).to_le_bytes());
            }
            let name = text_at(texts, e.name);
            let place = (e.file, e.line);
            let record = Record {
                kind: e.kind as u8,
                gender: match e.gender {
                    None => 0,
                    Some(Gender::Male) => 1,
                    Some(Gender::Female) => 2,
                },
                id: (slug(name) != e.id).then_some(e.id.as_str()),
                name,
                place: (starts || place != (before.0, before.1 + 1)).then_some(place),
                sort: e.sort,
                of: self.string(text_at(texts, e.of)),
                acts_for: self.string(text_at(texts, e.acts_for)),
                population: e.population,
            };
            record.write(&mut records);
            before = place;
        }
        (records, blocks)
    }

    /// The values of all paths, and what ends at those where more ends than one entry's own name.
    fn nodes(
        &mut self,
        nodes: Vec<(u64, (bool, Vec<Use>))>,
        entries: &[EntryRow],
        texts: &[u8],
    ) -> (Vec<(u64, u32)>, Vec<u8>) {
        let mut uses = Vec::new();
        let mut table = Vec::with_capacity(nodes.len());
        let own = |&(meaning, string): &Use| {
            let entry = entries.get(meaning as usize);
            entry.is_some_and(|entry| entry.name == string)
        };
        for (key, (continues, ends)) in nodes {
            let mut value = if continues { CONTINUES } else { 0 };
            if let [end] = ends.as_slice()
                && own(end)
            {
                value |= OWN | (end.0 + 1);
            } else if !ends.is_empty() {
                value |= (uses.len() / 8) as u32 + 1;
                for (at, &(meaning, string)) in ends.iter().enumerate() {
                    let last = if at + 1 == ends.len() { LAST } else { 0 };
                    let string = self.string(text_at(texts, string));
                    uses.extend((meaning | last).to_le_bytes());
                    uses.extend(string.to_le_bytes());
                }
            }
            table.push((key, value));
        }
        (table, uses)
    }

    /// A table from words to lists of numbers in `values`; each list begins with the word's string and ends with a mark.
    fn lists(
        &mut self,
        lists: &BTreeMap<CompactString, Vec<u32>>,
        values: &mut Vec<u8>,
    ) -> Vec<u8> {
        let mut pairs = Vec::with_capacity(lists.len());
        for (word, list) in lists {
            let mut list = list.clone();
            list.sort_unstable();
            list.dedup();
            pairs.push((hash(word.as_bytes()), (values.len() / 4) as u32 + 1));
            values.extend(self.string(word).to_le_bytes());
            let Some((&last, before)) = list.split_last() else {
                continue;
            };
            for &value in before {
                values.extend(value.to_le_bytes());
            }
            values.extend((last | LAST).to_le_bytes());
        }
        hash::build(&pairs)
    }
}

fn sort(row: &Row<'_>, column: usize, default: &str, faults: &mut Faults) -> u8 {
    let name = match row.cells[column] {
        "" => default,
        name => name,
    };
    match SORTS.iter().position(|&sort| sort == name) {
        Some(at) => at as u8,
        None => {
            faults.add(
                row.place(),
                format!("unknown sort `{name}`"),
                one_of(name, SORTS),
            );
            0
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

/// A day as a number that sorts like it; 0 for none.
fn pack(day: Option<Date>) -> u32 {
    day.map_or(0, |day| {
        (day.year().max(0) as u32) << 9 | (day.month() as u32) << 5 | day.day() as u32
    })
}

/// The string that stands in the pool at `at`.
fn text_at(pool: &[u8], at: u32) -> &str {
    let at = at as usize;
    let end = at + 1 + usize::from(pool[at]);
    std::str::from_utf8(&pool[at + 1..end]).unwrap_or("")
}
