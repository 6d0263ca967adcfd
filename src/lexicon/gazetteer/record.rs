//! One row of people, organizations or places as it stands in a compiled gazetteer: a head, and what is not empty.
//!
//! A name that stands on the line behind the one before needs no line; an id that is the name in kebab-case is not
//! written. A name of fourteen letters takes sixteen bytes.

use compact_str::CompactString;

use super::parts::fold;
use crate::model::EntityKind;

/// The sorts of places and organizations; the empty one is that of people.
pub const SORTS: [&str; 31] = [
    "",
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
    "sport",
];

/// Rows between two that are found without walking.
pub const BLOCK: u32 = 8;

const KIND: u8 = 0b0000_0011;
const GENDER: u8 = 0b0000_1100;
const HAS_ID: u8 = 1 << 4;
const HAS_PLACE: u8 = 1 << 5;
const HAS_FACTS: u8 = 1 << 6;

const PLACE: usize = 4;
const FACTS: usize = 13;

/// A row. Numbers of other tables stand for texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record<'a> {
    /// Its number in the order of kinds.
    pub kind: u8,
    /// 0 unknown, 1 male, 2 female.
    pub gender: u8,
    /// The id; `None` when it is [`slug`] of the name.
    pub id: Option<&'a str>,
    /// The name.
    pub name: &'a str,
    /// File and line; `None` when it stands on the line behind the row before.
    pub place: Option<(u8, u32)>,
    /// Number of the sort.
    pub sort: u8,
    /// Where the id of what it belongs to stands.
    pub of: u32,
    /// Where the id of what it stands for stands.
    pub acts_for: u32,
    /// Of a place.
    pub population: u32,
}

impl<'a> Record<'a> {
    /// Appends the row to `out`; texts of more than 255 bytes are cut by whoever made them.
    pub fn write(&self, out: &mut Vec<u8>) {
        let facts = (self.sort, self.of, self.acts_for, self.population) != (0, 0, 0, 0);
        let mut head = self.kind & KIND | (self.gender << 2) & GENDER;
        for (bit, set) in [
            (HAS_ID, self.id.is_some()),
            (HAS_PLACE, self.place.is_some()),
            (HAS_FACTS, facts),
        ] {
            head |= if set { bit } else { 0 };
        }
        out.extend([head, self.name.len() as u8]);
        if let Some(id) = self.id {
            out.push(id.len() as u8);
        }
        if let Some((file, line)) = self.place {
            out.extend((u32::from(file) << 24 | line & 0xFF_FFFF).to_le_bytes());
        }
        if facts {
            out.push(self.sort);
            for number in [self.of, self.acts_for, self.population] {
                out.extend(number.to_le_bytes());
            }
        }
        out.extend_from_slice(self.name.as_bytes());
        out.extend_from_slice(self.id.unwrap_or("").as_bytes());
    }

    /// The row that `bytes` begin with; empty where they are none.
    pub fn read(bytes: &'a [u8]) -> Record<'a> {
        Record::try_read(bytes).unwrap_or_default()
    }

    fn try_read(bytes: &'a [u8]) -> Option<Record<'a>> {
        let (&head, rest) = bytes.split_first()?;
        let (&name_length, mut rest) = rest.split_first()?;
        let mut take = |length: usize| -> Option<&'a [u8]> {
            let (taken, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some(taken)
        };
        let id_length = match head & HAS_ID {
            0 => 0,
            _ => usize::from(take(1)?[0]),
        };
        let mut record = Record {
            kind: head & KIND,
            gender: (head & GENDER) >> 2,
            ..Record::default()
        };
        if head & HAS_PLACE != 0 {
            let packed = number(take(PLACE)?);
            record.place = Some(((packed >> 24) as u8, packed & 0xFF_FFFF));
        }
        if head & HAS_FACTS != 0 {
            record.sort = take(1)?[0];
            record.of = number(take(4)?);
            record.acts_for = number(take(4)?);
            record.population = number(take(4)?);
        }
        record.name = std::str::from_utf8(take(usize::from(name_length))?).ok()?;
        if head & HAS_ID != 0 {
            record.id = Some(std::str::from_utf8(take(id_length)?).ok()?);
        }
        Some(record)
    }
}

/// How long the row is that `bytes` begin with.
pub fn length(bytes: &[u8]) -> usize {
    let &[head, name, id, ..] = bytes else {
        return bytes.len();
    };
    let has = |bit: u8, length: usize| if head & bit == 0 { 0 } else { length };
    2 + usize::from(name)
        + has(HAS_ID, 1 + usize::from(id))
        + has(HAS_PLACE, PLACE)
        + has(HAS_FACTS, FACTS)
}

/// The place of the row that `bytes` begin with, when it says one.
pub fn place(bytes: &[u8]) -> Option<(u8, u32)> {
    let head = *bytes.first()?;
    let at = if head & HAS_ID == 0 { 2 } else { 3 };
    let packed = number(bytes.get(at..at + PLACE)?);
    (head & HAS_PLACE != 0).then_some(((packed >> 24) as u8, packed & 0xFF_FFFF))
}

/// The kind of the row that `bytes` begin with.
pub fn kind(bytes: &[u8]) -> EntityKind {
    kind_of(bytes.first().map_or(0, |head| head & KIND))
}

/// The kind of this number.
pub fn kind_of(number: u8) -> EntityKind {
    match number {
        0 => EntityKind::Person,
        1 => EntityKind::Organization,
        _ => EntityKind::Place,
    }
}

fn number(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

/// A name in kebab-case, the id that it has unless the list gives another: "Ann O'Orr" is `ann-oorr`.
pub fn slug(name: &str) -> CompactString {
    let mut slug = CompactString::with_capacity(name.len());
    let mut gap = false;
    for c in fold(name).chars() {
        if c.is_ascii_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(c);
        } else if c != '\'' {
            gap = true;
        }
    }
    slug
}
