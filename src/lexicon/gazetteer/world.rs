//! All layers as one gazetteer.

use rustc_hash::FxHashMap;

use super::super::fault::nearest_within;
use super::hash::{ROOT, step};
use super::layer::{CONTINUES, Layer, RISK_PERSON, RISK_WORD, SHARED, WEAK};
use super::parts::{part_key, parts};
use super::{Entry, Role};
use crate::model::{EntityKind, Token};

/// The longest name, in words.
const LONGEST: usize = 14;
/// The key of a mark that no name goes through.
const BREAK: u64 = 0;
/// Instead of the key of a plain word: most words are never looked at, so the key waits until one is.
const PLAIN: u64 = 1;

/// What a name in a list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// Index of the entry.
    pub entry: u32,
    /// Counts only after the full name in the same document.
    pub weak: bool,
    /// An ordinary word, or a person's name, too: counts only where the text says that a place is meant.
    pub risky: bool,
    /// Others bear the name, too: counts where the text speaks of the bearer's country.
    pub shared: bool,
}

/// A name as a list writes it.
#[derive(Clone, Copy, Debug)]
pub struct WrittenName<'a> {
    /// Index of the entry.
    pub entry: u32,
    /// Counts only after the full name in the same document.
    pub weak: bool,
    /// Counts only where the text says that a place is meant.
    pub risky: bool,
    /// A person's name, too; else, if risky, an ordinary word.
    pub personal: bool,
    /// As the list writes it.
    pub written: &'a str,
}

impl WrittenName<'_> {
    /// What the list calls the risk: "word", "person" or nothing.
    pub fn risk(&self) -> &'static str {
        match (self.risky, self.personal) {
            (false, _) => "",
            (true, true) => "person",
            (true, false) => "word",
        }
    }
}

/// The gazetteer of a run: every layer, entries numbered through.
#[derive(Debug, Default)]
pub struct World {
    layers: Vec<Layer>,
    /// Number of the first entry of each layer.
    offsets: Vec<u32>,
}

/// The words of an article as names are compared by them: several to a token where a hyphen joins them.
#[derive(Debug, Default)]
pub struct Keys {
    keys: Vec<u64>,
    /// First word of each token; one more than there are tokens.
    first: Vec<u32>,
}

impl Keys {
    /// The words of `tokens`.
    pub fn new(text: &str, tokens: &[Token]) -> Keys {
        let mut keys = Keys {
            keys: Vec::with_capacity(tokens.len() + 16),
            first: Vec::with_capacity(tokens.len() + 1),
        };
        for (at, token) in tokens.iter().enumerate() {
            keys.first.push(keys.keys.len() as u32);
            if token.plain {
                keys.keys.push(PLAIN);
                continue;
            }
            let word = token.span.of(text);
            if word.chars().any(char::is_alphanumeric)
                || matches!(word, "&" | "," | "\"" | "“" | "”")
            {
                keys.keys.extend(parts(word).map(part_key));
            } else {
                // "Ban Ki-moon", "workers' party": what joins two words is no word.
                let joins = matches!(word, "-" | "‐" | "‑" | "–")
                    && tokens
                        .get(at + 1)
                        .is_some_and(|next| next.span.start() == token.span.end());
                if !joins && !matches!(word, "'" | "’") {
                    keys.keys.push(BREAK);
                }
            }
        }
        keys.first.push(keys.keys.len() as u32);
        keys
    }

    /// The key of a word, which stands in the token `token`.
    fn get(&self, word: usize, token: &Token) -> u64 {
        match self.keys[word] {
            PLAIN => token.key, // its part_key
            key => key,
        }
    }
}

impl World {
    /// Puts a layer on top.
    pub fn push(&mut self, layer: Layer) {
        self.offsets.push(self.len());
        self.layers.push(layer);
    }

    /// The layers, lowest first.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Entries, replaced ones included.
    pub fn len(&self) -> u32 {
        match (self.layers.last(), self.offsets.last()) {
            (Some(layer), Some(offset)) => offset + layer.count(),
            _ => 0,
        }
    }

    /// True when no list was read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names, each counted for every entry that bears it.
    pub fn names(&self) -> usize {
        self.layers.iter().map(Layer::names).sum()
    }

    /// All names of all entries, in no order that means anything.
    pub fn all_names(&self) -> impl Iterator<Item = WrittenName<'_>> {
        self.offsets
            .iter()
            .zip(&self.layers)
            .flat_map(move |(&offset, layer)| {
                layer.all_names().map(move |(end, written)| WrittenName {
                    entry: self.current(offset + end.entry),
                    weak: end.flags & WEAK != 0,
                    risky: end.flags & (RISK_WORD | RISK_PERSON) != 0,
                    personal: end.flags & RISK_PERSON != 0,
                    written,
                })
            })
    }

    /// All adjectives of countries and regions, in lower case, with their entries.
    pub fn all_adjectives(&self) -> Vec<(&str, Vec<u32>)> {
        self.all_lists(Layer::all_adjectives)
    }

    /// All names of peoples, in lower case, with their countries and regions.
    pub fn all_peoples(&self) -> Vec<(&str, Vec<u32>)> {
        self.all_lists(Layer::all_peoples)
    }

    fn all_lists<'a>(
        &'a self,
        lists: impl Fn(&'a Layer) -> Vec<(&'a str, Vec<u32>)>,
    ) -> Vec<(&'a str, Vec<u32>)> {
        let mut all = Vec::new();
        for (&offset, layer) in self.offsets.iter().zip(&self.layers) {
            all.extend(lists(layer).into_iter().map(|(word, entries)| {
                let entries = entries.iter().map(|at| self.current(offset + at));
                (word, entries.collect())
            }));
        }
        all.sort();
        all
    }

    /// All dated offices.
    pub fn all_roles(&self) -> impl Iterator<Item = Role<'_>> {
        self.layers
            .iter()
            .flat_map(|layer| (0..layer.role_count()).map(|at| layer.role(at)))
    }

    /// Dated offices.
    pub fn role_count(&self) -> u32 {
        self.layers.iter().map(Layer::role_count).sum()
    }

    /// The entry with this number.
    pub fn entry(&self, index: u32) -> Entry<'_> {
        let at = self.offsets.partition_point(|&offset| offset <= index) - 1;
        self.layers[at].entry(index - self.offsets[at])
    }

    /// The kind of the entry with this number.
    pub fn kind(&self, index: u32) -> EntityKind {
        let at = self.offsets.partition_point(|&offset| offset <= index) - 1;
        self.layers[at].kind(index - self.offsets[at])
    }

    /// What the entry belongs to, and what that belongs to: city, region, country.
    pub fn within(&self, index: u32) -> impl Iterator<Item = Entry<'_>> {
        const DEEPEST: usize = 5; // lists may lead in a circle
        let above = |entry: &Entry<'_>| Some(self.entry(self.find(entry.of?)?));
        std::iter::successors(above(&self.entry(index)), move |entry| above(entry)).take(DEEPEST)
    }

    /// The entry with this id.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.tops()
            .find_map(|(offset, layer)| layer.find(id).map(|index| offset + index))
    }

    /// The id that is spelled most like `id`, where one is at all.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        nearest_within(id, 5, (0..self.len()).map(|at| self.entry(at).id))
    }

    /// Layers with their offsets, highest first.
    fn tops(&self) -> impl Iterator<Item = (u32, &Layer)> {
        self.offsets.iter().copied().zip(&self.layers).rev()
    }

    /// The entry that took the place of this one: that of the highest layer with its id.
    pub fn current(&self, index: u32) -> u32 {
        let higher = |&(offset, _): &(u32, &Layer)| offset > index;
        if !self.tops().take(1).any(|layer| higher(&layer)) {
            return index;
        }
        let id = self.entry(index).id;
        self.tops()
            .take_while(higher)
            .find_map(|(offset, layer)| layer.find(id).map(|at| offset + at))
            .unwrap_or(index)
    }

    /// The longest name that starts at token `at` and ends before token `limit`: the token behind it, and what it may
    /// stand for. `shouting` says that the words around are all capitals, where case tells nothing.
    pub fn longest(
        &self,
        text: &str,
        tokens: &[Token],
        keys: &Keys,
        (at, limit): (usize, usize),
        shouting: bool,
    ) -> Option<(usize, Vec<NameUse>)> {
        let mut best: Option<(usize, Uses)> = None;
        for (&offset, layer) in self.offsets.iter().zip(&self.layers) {
            let start = keys.first[at] as usize;
            let end = (start + LONGEST).min(keys.first[limit] as usize);
            let nodes = layer.nodes();
            let mut node = ROOT;
            let mut token = at;
            for word in start..end {
                while keys.first[token + 1] as usize <= word {
                    token += 1;
                }
                let key = keys.get(word, &tokens[token]);
                if word == start && !layer.starts(key) {
                    break;
                }
                node = step(node, key);
                let Some(value) = nodes.get(node) else {
                    break;
                };
                let whole = keys.first[token + 1] as usize == word + 1;
                let longest_yet = best.as_ref().is_none_or(|(end, _)| *end <= token + 1);
                if whole && value & !CONTINUES != 0 && longest_yet {
                    let words: Vec<&str> = tokens[at..=token]
                        .iter()
                        .flat_map(|t| parts(t.span.of(text)))
                        .collect();
                    let uses = layer
                        .ends(value)
                        .filter(|&end| layer.is_written(end, &words, shouting))
                        .map(|end| NameUse {
                            entry: self.current(offset + end.entry),
                            weak: end.flags & WEAK != 0,
                            risky: end.flags & (RISK_WORD | RISK_PERSON) != 0,
                            shared: end.flags & SHARED != 0,
                        });
                    for found in uses {
                        match &mut best {
                            Some((end, uses)) if *end == token + 1 => uses.add(found),
                            _ => best = Some((token + 1, Uses::of(found))),
                        }
                    }
                }
                if value & CONTINUES == 0 {
                    break;
                }
            }
        }
        best.map(|(end, uses)| (end, uses.all))
    }

    /// Who held the office `title` of `of`, in order of their first days.
    pub fn holders<'a>(&'a self, title: &'a str, of: &'a str) -> impl Iterator<Item = Role<'a>> {
        self.layers
            .iter()
            .flat_map(move |layer| layer.holders(title, of))
    }

    /// The offices that the person with this id held.
    pub fn offices<'a>(&'a self, person: &'a str) -> impl Iterator<Item = Role<'a>> {
        self.layers
            .iter()
            .flat_map(move |layer| layer.offices(person).map(move |at| layer.role(at)))
    }

    /// The country or region of an adjective, given in lower case without accents: the highest layer's first.
    pub fn adjective(&self, word: &str) -> Option<u32> {
        self.tops()
            .find_map(|(offset, layer)| layer.adjective(word).next().map(|at| offset + at))
    }

    /// The country or region of a people: "russians".
    pub fn people(&self, word: &str) -> Option<u32> {
        self.tops()
            .find_map(|(offset, layer)| layer.people(word).next().map(|at| offset + at))
    }

    /// Listed people with this last name, given in lower case without accents.
    pub fn bearers(&self, surname: &str) -> Vec<u32> {
        let mut all: Vec<u32> = self
            .offsets
            .iter()
            .zip(&self.layers)
            .flat_map(|(offset, layer)| layer.bearers(surname).map(move |at| offset + at))
            .map(|index| self.current(index))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// What a name may stand for: each entry once.
struct Uses {
    all: Vec<NameUse>,
    /// Where each entry stands, once they are many.
    index: FxHashMap<u32, usize>,
}

impl Uses {
    /// More are looked up, not looked through.
    const FEW: usize = 32;

    fn of(found: NameUse) -> Uses {
        Uses {
            all: vec![found],
            index: FxHashMap::default(),
        }
    }

    /// Adds a use, unless its entry is there; a strong one wins over a weak one.
    fn add(&mut self, found: NameUse) {
        if self.all.len() == Self::FEW && self.index.is_empty() {
            self.index = self.all.iter().map(|u| u.entry).zip(0..).collect();
        }
        let known = match self.index.is_empty() {
            true => self.all.iter().position(|u| u.entry == found.entry),
            false => self.index.get(&found.entry).copied(),
        };
        let Some(known) = known.map(|at| &mut self.all[at]) else {
            if !self.index.is_empty() {
                self.index.insert(found.entry, self.all.len());
            }
            self.all.push(found);
            return;
        };
        let strong = [*known, found].iter().any(|u| !u.weak && !u.shared);
        known.weak &= found.weak;
        known.risky &= found.risky;
        known.shared = !strong && (known.shared || found.shared);
    }
}
