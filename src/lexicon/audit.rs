//! What is wrong with the loaded names and offices, and what is worth a look.
//!
//! A fault is a row that cannot do what it says: a name that no text can match, two entries that nothing tells apart, two
//! holders of one office with no day between them. A note is a row that does more, or less, than its author may think.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::gazetteer::{Entry, Keys, Role, World, WrittenName, fold, parts};
use super::{Fault, Lexicon, builtin};
use crate::model::Place;
use crate::text::{confusable, tokenize};

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// An entry of which no name can be found in a text.
    NeverMatches,
    /// Entries of one name that nothing tells apart.
    Collision,
    /// A name with letters of another script that look Latin.
    Confusable,
    /// An office with two holders and no day between them.
    Overlap,
    /// A name that no text can match, of an entry with others, or only where it begins with a capital.
    Useless,
    /// Entries of one name that something tells apart.
    Shared,
    /// A name that is an ordinary word, a given name, or very short.
    Common,
    /// Names of one entry that differ in case, accents or periods only.
    CaseOnly,
    /// An office with two holders for some days.
    DatedOverlap,
    /// An office that no title or noun names.
    UnknownTitle,
}

impl Check {
    /// All checks.
    pub const ALL: [Check; 10] = [
        Check::NeverMatches,
        Check::Collision,
        Check::Confusable,
        Check::Overlap,
        Check::Useless,
        Check::Shared,
        Check::Common,
        Check::CaseOnly,
        Check::DatedOverlap,
        Check::UnknownTitle,
    ];

    /// True when a finding of this is a fault, not a note.
    pub fn is_fault(self) -> bool {
        self <= Check::Overlap
    }

    /// What it finds, in the plural.
    pub fn name(self) -> &'static str {
        match self {
            Check::NeverMatches => "entries that no text can match",
            Check::Useless => "names that no text, or few, can match",
            Check::Collision => "names of several entries that nothing tells apart",
            Check::Confusable => "names with letters of another script that look Latin",
            Check::Overlap => "offices with two holders and no day between them",
            Check::Shared => "names of several entries",
            Check::Common => "names that are ordinary words, given names or very short",
            Check::CaseOnly => "names that differ in case, accents or periods only",
            Check::DatedOverlap => "offices with two holders for some days",
            Check::UnknownTitle => "offices that no title and no noun names",
        }
    }
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// By which check.
    pub check: Check,
    /// Where, what, and what to do.
    pub fault: Fault,
}

/// Everything that the checks find about rows of files for which `wanted` holds, by check, file and line.
pub fn audit(lexicon: &Lexicon, wanted: &dyn Fn(&Place) -> bool) -> Vec<Finding> {
    let mut audit = Audit {
        lexicon,
        world: &lexicon.world,
        wanted,
        found: Vec::new(),
        crowds: FxHashMap::default(),
    };
    audit.names();
    audit.offices();
    let mut found = audit.found;
    found.sort_by(|a, b| {
        (a.check, &a.fault.place, &a.fault.what).cmp(&(b.check, &b.fault.place, &b.fault.what))
    });
    found.dedup();
    found
}

/// Why a name is not found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Miss {
    /// It is cut otherwise in a text than in the list.
    Cut,
    /// Its first word has no capital.
    Small,
}

/// Kind, sort, place, population and whether an office is held.
#[derive(PartialEq, Eq, Hash)]
struct Facts<'a> {
    kind: u8,
    sort: &'a str,
    of: Option<&'a str>,
    acts_for: Option<&'a str>,
    population: u32,
    office: bool,
}

struct Audit<'a> {
    lexicon: &'a Lexicon,
    world: &'a World,
    wanted: &'a dyn Fn(&Place) -> bool,
    found: Vec<Finding>,
    /// What was seen of names that many bear.
    crowds: FxHashMap<&'a str, FxHashMap<u32, Option<Miss>>>,
}

/// Names of more bearers are looked up once.
const CROWD: usize = 8;

impl<'a> Audit<'a> {
    fn add(&mut self, check: Check, place: Place, what: String, help: &str) {
        if (self.wanted)(&place) {
            self.found.push(Finding {
                check,
                fault: Fault {
                    place,
                    what,
                    help: help.to_owned(),
                },
            });
        }
    }

    fn names(&mut self) {
        let mut by_key: FxHashMap<Vec<CompactString>, Vec<WrittenName<'a>>> = FxHashMap::default();
        let mut by_entry: FxHashMap<u32, Vec<WrittenName<'a>>> = FxHashMap::default();
        let common = self.common_words();
        for name in self.world.all_names() {
            self.common(&name, &common);
            self.confusable(&name);
            by_entry.entry(name.entry).or_default().push(name);
            let words = parts(name.written).map(fold).collect();
            by_key.entry(words).or_default().push(name);
        }
        for names in by_key.into_values() {
            self.shared(names);
        }
        for names in by_entry.into_values() {
            self.matches(&names);
            self.case_only(names);
        }
    }

    /// Nobody can see that the name is another than the one it looks like.
    fn confusable(&mut self, name: &WrittenName<'a>) {
        if let Some(look) = confusable::looks_like(name.written) {
            let letters = confusable::disguised(name.written);
            let place = self.world.entry(name.entry).place();
            self.add(
                Check::Confusable,
                place,
                format!("`{}` looks like `{look}` and holds {letters}", name.written),
                "write it in the letters that articles use",
            );
        }
    }

    /// Each name as a text of its own must be found in it.
    fn matches(&mut self, names: &[WrittenName<'a>]) {
        let found: Vec<Option<Miss>> = names.iter().map(|name| self.miss(name)).collect();
        let never = found.iter().all(|miss| *miss == Some(Miss::Cut));
        for (name, miss) in names.iter().zip(found) {
            let (why, help) = match miss {
                None => continue,
                Some(Miss::Cut) => (
                    "is not found where it stands in a text",
                    "write it as articles do: words, hyphens, periods; a slash or a dash ends a name",
                ),
                Some(Miss::Small) => (
                    "counts only where its first word has a capital",
                    "add the name as it begins with a capital",
                ),
            };
            let check = if never {
                Check::NeverMatches
            } else {
                Check::Useless
            };
            let place = self.world.entry(name.entry).place();
            self.add(check, place, format!("`{}` {why}", name.written), help);
        }
    }

    /// Why no text, or few, can match the name.
    fn miss(&mut self, name: &WrittenName<'a>) -> Option<Miss> {
        if let Some(misses) = self.crowds.get(name.written) {
            return misses.get(&name.entry).copied().unwrap_or(Some(Miss::Cut));
        }
        let text = name.written;
        let tokens = tokenize(text, &self.lexicon.language);
        let keys = Keys::new(text, &tokens);
        let mut misses: FxHashMap<u32, Option<Miss>> = FxHashMap::default();
        for (at, token) in tokens.iter().enumerate() {
            let range = (at, tokens.len());
            let found = self.world.longest(text, &tokens, &keys, range, false);
            for entry in found.iter().flat_map(|(_, uses)| uses).map(|u| u.entry) {
                let miss = misses.entry(entry).or_insert(Some(Miss::Small));
                if token.capital {
                    *miss = None;
                }
            }
        }
        let miss = misses.get(&name.entry).copied().unwrap_or(Some(Miss::Cut));
        if misses.len() > CROWD {
            self.crowds.insert(name.written, misses);
        }
        miss
    }

    /// Words that are mostly no names, and given names.
    fn common_words(&self) -> FxHashMap<CompactString, &'static str> {
        let words = &self.lexicon.words;
        let mut common = FxHashMap::default();
        let shipped = builtin::files();
        let list = shipped.iter().find(|file| file.list() == "given-names.tsv");
        let given = words.given_names.all(list);
        let given = given.iter().map(|word| (fold(word), "a given name"));
        let nouns = words.nominals.keys().chain(words.tones.keys());
        let ordinary = nouns.chain(words.classes.keys());
        common.extend(given);
        common.extend(ordinary.map(|word| (fold(word), "an ordinary word")));
        common
    }

    fn common(&mut self, name: &WrittenName<'a>, common: &FxHashMap<CompactString, &'static str>) {
        let capitals = name.written.chars().all(|c| !c.is_lowercase());
        if name.weak || name.risky || capitals && name.written.len() > 1 {
            return; // counts with evidence only, or in capitals only
        }
        let why = match name.written.chars().count() {
            0..=2 => Some("very short"),
            _ => common.get(&fold(name.written)).copied(),
        };
        if let Some(why) = why {
            let place = self.world.entry(name.entry).place();
            self.add(
                Check::Common,
                place,
                format!("`{}` is {why}, and always counts", name.written),
                "move it to the column `weak`, or (places) say `word` or `person` in the column `risk`",
            );
        }
    }

    /// Several entries of one name.
    fn shared(&mut self, mut names: Vec<WrittenName<'a>>) {
        names.retain(|name| !name.weak);
        names.sort_by_key(|name| name.entry);
        names.dedup_by_key(|name| name.entry);
        // Entries before, by what could tell them apart.
        let mut alike: FxHashMap<Facts<'a>, Vec<u32>> = FxHashMap::default();
        for (at, name) in names.iter().enumerate() {
            let entry = self.world.entry(name.entry);
            let before = alike.entry(self.facts(&entry)).or_default();
            let is_twin = |&&other: &&u32| !is_within(self.world, &self.world.entry(other), &entry);
            let twin = before.iter().find(is_twin).copied();
            before.push(name.entry);
            if at == 0 {
                continue;
            }
            let (check, other) = match twin {
                Some(twin) => (Check::Collision, twin),
                None => (Check::Shared, names[0].entry),
            };
            let other = self.world.entry(other);
            let what = format!(
                "`{}` is `{}` and, at {}, `{}`",
                name.written,
                entry.id,
                other.place(),
                other.id
            );
            let help = match check {
                Check::Collision => {
                    "nothing tells them apart: merge the rows, or say `of`, `in`, `sort`, an office or a population"
                }
                _ => "the text decides; without a sign there it stays open",
            };
            self.add(check, entry.place(), what, help);
        }
    }

    /// What may tell an entry from another of its name.
    fn facts(&self, entry: &Entry<'a>) -> Facts<'a> {
        Facts {
            kind: entry.kind as u8,
            sort: entry.sort,
            of: entry.of,
            acts_for: entry.acts_for,
            population: entry.population,
            office: self.world.offices(entry.id).next().is_some(),
        }
    }

    /// Names of one entry that mean the same to the matcher.
    fn case_only(&mut self, mut names: Vec<WrittenName<'a>>) {
        names.sort_by_key(|name| name.written);
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for name in &names {
            let key: Vec<CompactString> = parts(name.written).map(fold).collect();
            match seen.get(&key.join(" ")) {
                Some(first) if *first != name.written => {
                    let place = self.world.entry(name.entry).place();
                    let what = format!("`{}` and `{first}` are one name", name.written);
                    let help =
                        "case, accents, periods and hyphens do not count: one of them is enough";
                    self.add(Check::CaseOnly, place, what, help);
                }
                _ => {
                    seen.insert(key.join(" "), name.written);
                }
            }
        }
    }

    fn offices(&mut self) {
        let mut by_office: BTreeMap<(&str, &str), Vec<Role<'a>>> = BTreeMap::new();
        for role in self.world.all_roles() {
            by_office
                .entry((role.title, role.of))
                .or_default()
                .push(role);
        }
        let single = single_titles(&by_office);
        let named = self.named_titles();
        for ((title, _), roles) in &by_office {
            if !named.contains(*title) {
                self.add(
                    Check::UnknownTitle,
                    roles[0].place(),
                    format!("no title and no noun has the role `{title}`"),
                    "use the role of a row of en/titles.tsv or en/nominals.tsv, or add one there",
                );
            }
            if single.contains(title) {
                self.overlaps(roles);
            }
        }
    }

    /// Tells who held an office together; of a crowd each is told beside a few.
    fn overlaps(&mut self, roles: &[Role<'a>]) {
        for (at, role) in roles.iter().enumerate() {
            let others = roles[at.saturating_sub(NEAR)..at].iter();
            for other in others.filter(|o| o.person != role.person) {
                if !overlap(role, other) {
                    continue;
                }
                let undated = role.to.is_none() && other.to.is_none();
                let (check, help) = if undated {
                    (
                        Check::Overlap,
                        "say the last day of one of them, or merge the two people",
                    )
                } else {
                    (
                        Check::DatedOverlap,
                        "mend a day, unless both held it together",
                    )
                };
                let what = format!(
                    "`{}` and `{}` ({}) are both {} of {}",
                    role.person,
                    other.person,
                    other.place(),
                    role.title,
                    role.of
                );
                self.add(check, role.place(), what, help);
            }
        }
    }

    /// Roles that a title or a noun gives.
    fn named_titles(&self) -> FxHashSet<&'a str> {
        let titles = self.lexicon.words.titles.iter().map(|t| t.role.as_str());
        let nouns = self
            .lexicon
            .words
            .nominals
            .values()
            .map(|n| n.role.as_str());
        titles.chain(nouns).collect()
    }
}

/// True when one of the two belongs to the other: a city and the region of its name.
fn is_within(world: &World, a: &Entry<'_>, b: &Entry<'_>) -> bool {
    let inside = |inner: &Entry<'_>, outer: &Entry<'_>| {
        world
            .find(inner.id)
            .is_some_and(|at| world.within(at).any(|above| above.id == outer.id))
    };
    inside(a, b) || inside(b, a)
}

/// Holders before one among whom those are looked for that held the office with him.
const NEAR: usize = 20;

/// Titles that one person holds at a time: those for which that is so in nine bodies of ten.
fn single_titles<'a>(
    by_office: &BTreeMap<(&'a str, &'a str), Vec<Role<'a>>>,
) -> FxHashSet<&'a str> {
    let mut bodies: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for ((title, _), roles) in by_office {
        // They stand in the order of their first days.
        let crowded = roles.iter().enumerate().any(|(at, role)| {
            roles[at.saturating_sub(NEAR)..at]
                .iter()
                .any(|other| other.person != role.person && overlap(role, other))
        });
        let count = bodies.entry(title).or_default();
        count.0 += 1;
        count.1 += usize::from(crowded);
    }
    bodies
        .into_iter()
        .filter(|(_, (all, crowded))| *all >= 5 && crowded * 10 <= *all)
        .map(|(title, _)| title)
        .collect()
}

/// True when both held the office on more than the day of handing over.
fn overlap(a: &Role<'_>, b: &Role<'_>) -> bool {
    let ends_before = |a: &Role<'_>, b: &Role<'_>| match (a.to, b.from) {
        (Some(to), Some(from)) => to <= from,
        _ => false,
    };
    // A row without days says who, not when.
    let undated = |role: &Role<'_>| role.from.is_none() && role.to.is_none();
    !undated(a) && !undated(b) && !ends_before(a, b) && !ends_before(b, a)
}
