//! One compiled gazetteer, read in place: compiled into the program, in a file or made a moment ago.
//!
//! Whatever the bytes are, nothing here fails or goes on for ever: what is not there is empty.

use std::sync::Arc;

use super::bytes::{Bytes, HEAD, MAGIC, SECTIONS, Unfit, View, number};
use super::hash::{self, Index, Table, hash};
use super::memo::Memo;
use super::parts::{fits, parts};
use super::record::{self, BLOCK, Record, SORTS, slug};
use super::{Entry, Role};
use crate::model::{Date, EntityKind, Gender, Place};

/// Of a node: longer names go through.
pub const CONTINUES: u32 = 1 << 31;
/// Of a node: the number is that of the one entry whose own name ends here.
pub const OWN: u32 = 1 << 30;
/// Of a use or a value: no other follows.
pub const LAST: u32 = 1 << 31;
/// Of a use: counts only after the full name in the same document.
pub const WEAK: u32 = 1 << 30;
/// Of a use: an ordinary word, too.
pub const RISK_WORD: u32 = 1 << 29;
/// Of a use: a person's name, too.
pub const RISK_PERSON: u32 = 1 << 28;
/// Of a use: others bear the name, too; counts where the text speaks of the bearer's country.
pub const SHARED: u32 = 1 << 27;
/// The index of the entry in a use.
const INDEX: u32 = SHARED - 1;

const ROLE: usize = 24;

/// A compiled gazetteer.
#[derive(Debug)]
pub struct Layer {
    bytes: Bytes,
    ends: [usize; SECTIONS],
    fingerprint: String,
    files: Vec<Arc<str>>,
    count: u32,
    names: usize,
    /// Ids that are not written.
    ids: Memo,
}

/// What a name ends with.
#[derive(Clone, Copy, Debug)]
pub struct End {
    /// Index in this layer.
    pub entry: u32,
    /// [`WEAK`], [`RISK_WORD`], [`RISK_PERSON`], [`SHARED`].
    pub flags: u32,
    /// Where the name stands; 0 for the entry's own.
    string: u32,
}

impl Layer {
    /// Reads the head and the names of the files.
    pub fn open(bytes: Bytes) -> Result<Layer, Unfit> {
        let head = bytes.head();
        if !head.starts_with(MAGIC) {
            return Err(Unfit::Foreign);
        }
        let mut ends = [0; SECTIONS];
        let mut last = HEAD;
        for (at, end) in ends.iter_mut().enumerate() {
            *end = number(&head[MAGIC.len()..], at) as usize;
            if *end < last {
                return Err(Unfit::Damaged);
            }
            last = *end;
        }
        if last > bytes.size() {
            return Err(Unfit::Damaged);
        }
        let mut layer = Layer {
            bytes,
            ends,
            fingerprint: String::new(),
            files: Vec::new(),
            count: 0,
            names: 0,
            ids: Memo::new(0),
        };
        let counts = layer.section(13);
        let (length, count, names) = (counts.len(), counts.number(0), counts.number(1));
        (layer.count, layer.names) = (count, names as usize);
        let blocks = count.div_ceil(BLOCK) as usize;
        if length != 8 || layer.section(14).len() != blocks * 4 {
            return Err(Unfit::Damaged);
        }
        layer.ids = Memo::new(layer.count as usize);
        let fingerprint = String::from_utf8_lossy(layer.section(0).from(0));
        layer.fingerprint = fingerprint.into_owned();
        let files = layer.section(2);
        layer.files = (0..files.len() / 4)
            .map(|at| layer.string(files.number(at)).into())
            .collect();
        if layer.is_damaged() {
            return Err(Unfit::Damaged);
        }
        Ok(layer)
    }

    /// True when something was asked for that is not as it was written.
    pub fn is_damaged(&self) -> bool {
        self.bytes.is_damaged()
    }

    #[inline]
    fn section(&self, index: usize) -> View<'_> {
        let start = match index.checked_sub(1) {
            Some(before) => self.ends[before],
            None => HEAD,
        };
        self.bytes.view(start..self.ends[index])
    }

    fn string(&self, at: u32) -> &str {
        std::str::from_utf8(self.string_bytes(at)).unwrap_or("")
    }

    fn string_bytes(&self, at: u32) -> &[u8] {
        match self.section(1).from(at as usize) {
            [length, text @ ..] => text.get(..usize::from(*length)).unwrap_or_default(),
            [] => &[],
        }
    }

    fn filled(&self, at: u32) -> Option<&str> {
        (at != 0).then(|| self.string(at))
    }

    /// SHA-256 of the files it was made of.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The bytes, as they stand in a file, where they are in memory.
    pub fn whole(&self) -> Option<&[u8]> {
        self.bytes.whole()
    }

    /// Bytes in all.
    pub fn size(&self) -> usize {
        self.bytes.size()
    }

    /// Files it was made of.
    pub fn files(&self) -> &[Arc<str>] {
        &self.files
    }

    /// How many entries it has.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Names, each counted for every entry that bears it.
    pub fn names(&self) -> usize {
        self.names
    }

    /// Dated offices.
    pub fn role_count(&self) -> u32 {
        (self.section(7).len() / ROLE) as u32
    }

    /// The bytes that the row at `index` begins; `pass` sees those of the rows before it in its block.
    fn row(&self, index: u32, mut pass: impl FnMut(&[u8])) -> &[u8] {
        if index >= self.count {
            return &[];
        }
        let rows = self.section(3);
        let mut at = self.section(14).number((index / BLOCK) as usize) as usize;
        for _ in 0..index % BLOCK {
            let row = rows.from(at);
            pass(row);
            at += record::length(row);
        }
        rows.from(at)
    }

    fn record(&self, index: u32) -> Record<'_> {
        Record::read(self.row(index, |_| ()))
    }

    /// Where the row at `index` was written.
    pub fn place(&self, index: u32) -> Place {
        let (mut file, mut line) = (0, 0);
        let mut go_on = |row: &[u8]| (file, line) = record::place(row).unwrap_or((file, line + 1));
        let row = self.row(index, &mut go_on);
        go_on(row);
        Place {
            file: self.file(usize::from(file)).clone(),
            line,
        }
    }

    fn file(&self, index: usize) -> &Arc<str> {
        static NONE: std::sync::LazyLock<Arc<str>> = std::sync::LazyLock::new(Arc::default);
        self.files.get(index).unwrap_or(&NONE)
    }

    /// The entry at `index`.
    pub fn entry(&self, index: u32) -> Entry<'_> {
        let row = self.record(index);
        Entry {
            id: self.id(index, &row),
            name: row.name,
            of: self.filled(row.of),
            acts_for: self.filled(row.acts_for),
            kind: record::kind_of(row.kind),
            gender: match row.gender {
                1 => Some(Gender::Male),
                2 => Some(Gender::Female),
                _ => None,
            },
            sort: SORTS.get(usize::from(row.sort)).unwrap_or(&""),
            population: row.population,
            written: (self, index),
        }
    }

    /// The kind of the entry at `index`.
    pub fn kind(&self, index: u32) -> EntityKind {
        record::kind(self.row(index, |_| ()))
    }

    /// The entry with this id.
    pub fn find(&self, id: &str) -> Option<u32> {
        Index::new(self.section(4), self.count()).find(hash(id.as_bytes()), |index| {
            self.id(index, &self.record(index)) == id
        })
    }

    /// The id of `row`, which stands at `index`.
    fn id<'a>(&'a self, index: u32, row: &Record<'a>) -> &'a str {
        let made = || slug(row.name).as_str().into();
        if index >= self.count {
            return "";
        }
        row.id.unwrap_or_else(|| self.ids.get(index as usize, made))
    }

    /// The table of paths of names.
    pub fn nodes(&self) -> Table<'_> {
        Table::at(self.section(5))
    }

    /// False when no name begins with the word of this key.
    #[inline]
    pub fn starts(&self, key: u64) -> bool {
        let filter = self.section(15);
        let (at, bit) = hash::place_in(filter.len(), key);
        filter
            .get(at, 1)
            .first()
            .is_some_and(|byte| byte & bit != 0)
    }

    /// What ends at the node with this `value`.
    pub fn ends(&self, value: u32) -> impl Iterator<Item = End> {
        let uses = self.section(6);
        let own = (value & OWN != 0).then(|| End {
            entry: (value & (OWN - 1)).wrapping_sub(1) & INDEX,
            flags: 0,
            string: 0,
        });
        let mut at = match own {
            Some(_) => None,
            None => (value & !CONTINUES)
                .checked_sub(1)
                .map(|at| at as usize * 8),
        };
        let listed = std::iter::from_fn(move || {
            let row = uses.get(at?, 8);
            if row.is_empty() {
                return None;
            }
            let meaning = number(row, 0);
            at = (meaning & LAST == 0).then(|| at.unwrap_or(0) + 8);
            Some(End {
                entry: meaning & INDEX,
                flags: meaning & (WEAK | RISK_WORD | RISK_PERSON | SHARED),
                string: number(row, 1),
            })
        });
        own.into_iter().chain(listed)
    }

    /// The listed name.
    pub fn written(&self, end: End) -> &str {
        match end.string {
            0 => self.record(end.entry).name,
            string => self.string(string),
        }
    }

    /// True when the words of an article are the listed name, written as it must be.
    pub fn is_written(&self, end: End, words: &[&str], shouting: bool) -> bool {
        let mut listed = parts(self.written(end));
        words.iter().all(|word| {
            listed.next().is_some_and(|listed| {
                super::parts::same(listed, word) && fits(listed, word, shouting)
            })
        }) && listed.next().is_none()
    }

    /// All names: each entry with what it is called.
    pub fn all_names(&self) -> impl Iterator<Item = (End, &str)> {
        self.nodes()
            .values()
            .flat_map(|value| self.ends(value))
            .map(|end| (end, self.written(end)))
    }

    /// The office at `index`; they stand in the order of title, body, first day and person.
    pub fn role(&self, index: u32) -> Role<'_> {
        let row = self.role_row(index);
        let place = number(row, 5);
        Role {
            title: self.string(number(row, 0)),
            of: self.string(number(row, 1)),
            person: self.string(number(row, 2)),
            from: unpack(number(row, 3)),
            to: unpack(number(row, 4)),
            file: self.file((place >> 24) as usize),
            line: place & 0xFF_FFFF,
        }
    }

    fn role_row(&self, index: u32) -> &[u8] {
        self.section(7).get(index as usize * ROLE, ROLE)
    }

    /// Holders of the office `title` of `of`.
    pub fn holders<'a>(&'a self, title: &'a str, of: &'a str) -> impl Iterator<Item = Role<'a>> {
        let wanted = (title.as_bytes(), of.as_bytes());
        let office = move |at: u32| {
            let row = self.role_row(at);
            let text = |field| self.string_bytes(number(row, field));
            (text(0), text(1))
        };
        let (mut low, mut high) = (0, self.role_count());
        while low < high {
            let middle = low + (high - low) / 2;
            if office(middle) < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low..self.role_count())
            .take_while(move |&at| office(at) == wanted)
            .map(|at| self.role(at))
    }

    /// Countries and regions of an adjective, in lower case without accents.
    pub fn adjective(&self, word: &str) -> impl Iterator<Item = u32> {
        self.list(8, word)
    }

    /// Countries and regions of a people.
    pub fn people(&self, word: &str) -> impl Iterator<Item = u32> {
        self.list(9, word)
    }

    /// People with this last name.
    pub fn bearers(&self, surname: &str) -> impl Iterator<Item = u32> {
        self.list(10, surname)
    }

    /// All adjectives with the entries of each.
    pub fn all_adjectives(&self) -> Vec<(&str, Vec<u32>)> {
        self.all_lists(8)
    }

    /// All names of peoples with the entries of each.
    pub fn all_peoples(&self) -> Vec<(&str, Vec<u32>)> {
        self.all_lists(9)
    }

    fn all_lists(&self, section: usize) -> Vec<(&str, Vec<u32>)> {
        let mut words: Vec<&str> = Table::at(self.section(section))
            .values()
            .filter_map(|at| {
                Some(self.string(self.section(12).number((at as usize).checked_sub(1)?)))
            })
            .collect();
        words.sort_unstable();
        words
            .into_iter()
            .map(|word| (word, self.list(section, word).collect()))
            .collect()
    }

    /// Offices of the person with this id, as indices for [`Layer::role`].
    pub fn offices(&self, person: &str) -> impl Iterator<Item = u32> {
        self.list(11, person)
    }

    fn list(&self, section: usize, word: &str) -> impl Iterator<Item = u32> {
        let values = self.section(12);
        let value = move |at: usize| (at < values.len() / 4).then(|| values.number(at));
        let mut at = Table::at(self.section(section))
            .get(hash(word.as_bytes()))
            .and_then(|at| (at as usize).checked_sub(1))
            .filter(|&at| value(at).is_some_and(|string| self.string(string) == word))
            .map(|at| at + 1);
        std::iter::from_fn(move || {
            let found = value(at?)?;
            at = (found & LAST == 0).then(|| at.unwrap_or(0) + 1);
            Some(found & !LAST)
        })
    }
}

fn unpack(packed: u32) -> Option<Date> {
    if packed == 0 {
        return None;
    }
    Date::new(
        (packed >> 9) as i16,
        (packed >> 5 & 15) as i8,
        (packed & 31) as i8,
    )
    .ok()
}
