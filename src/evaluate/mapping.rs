//! Which gold entity an entity of a record is: one to one, by votes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::Points;
use super::gold::{Gold, GoldEntity};
use super::record::{EntityRecord, MentionRecord, Record};
use super::verdict::slice;
use super::words::{Words, jaccard};
use crate::model::CodePoints;

/// Letters, numbers and low lines.
static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("the pattern is a constant"));

/// Words of a name that do not count: the scorer's own list.
const ASIDE: [&str; 7] = ["the", "a", "an", "mr", "mrs", "ms", "dr"];

/// A text in which words are told by where they start.
#[derive(Clone, Copy)]
pub struct Text<'t> {
    /// The text.
    pub text: &'t str,
    /// Its code points.
    pub points: &'t CodePoints<'t>,
}

impl Text<'_> {
    /// The words of `span`.
    pub fn words(&self, span: Points) -> Words {
        self.starts(span, |_| true)
    }

    /// The words of `span` that tell a name from another.
    fn bare(&self, span: Points) -> Words {
        self.starts(span, |word| !ASIDE.contains(&word.to_lowercase().as_str()))
    }

    fn starts(&self, span: Points, counts: impl Fn(&str) -> bool) -> Words {
        let piece = slice(span, self.points, self.text);
        let first = self.points.byte(span.0);
        let words = WORD.find_iter(piece).filter(|word| counts(word.as_str()));
        words
            .map(|word| self.points.at(first + word.start() as u32))
            .collect()
    }
}

/// Gold mentions, and the mention of the record found for each.
pub struct Mentions<'a> {
    /// The named mentions of the record, with their words.
    pub system: Vec<(Words, &'a MentionRecord)>,
    /// The mentions of gold, with their words and whose they are.
    pub gold: Vec<(Words, &'a GoldEntity)>,
    /// For each of gold the record's, or none.
    pub found: Vec<Option<&'a MentionRecord>>,
}

impl<'a> Mentions<'a> {
    /// Looks for each gold mention among the record's.
    pub fn new(text: Text, gold: &'a Gold, record: &'a Record) -> Mentions<'a> {
        let named = record.mentions.iter().filter(|m| m.kind == "name");
        let system: Vec<_> = named.map(|m| (text.bare(m.range.into()), m)).collect();
        let gold: Vec<_> = gold
            .entities
            .iter()
            .flat_map(|e| e.mentions.iter().map(move |m| (text.bare(m.span), e)))
            .collect();
        let mut by_word: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, (words, _)) in system.iter().enumerate() {
            for &word in words {
                by_word.entry(word).or_default().push(at);
            }
        }
        let found = gold.iter().map(|(words, _)| {
            let mut best: Option<(f64, usize)> = None;
            for word in python_order(words) {
                for &at in by_word.get(&word).into_iter().flatten() {
                    let alike = jaccard(words, &system[at].0);
                    if best.is_none_or(|(most, _)| alike > most) {
                        best = Some((alike, at));
                    }
                }
            }
            best.filter(|(alike, _)| *alike >= 0.5)
                .map(|(_, at)| system[at].1)
        });
        Mentions {
            found: found.collect(),
            system,
            gold,
        }
    }

    /// How many named mentions of the record are gold's.
    pub fn correct(&self) -> usize {
        let is_gold = |words: &Words| self.gold.iter().any(|(g, _)| jaccard(words, g) >= 0.5);
        self.system
            .iter()
            .filter(|(words, _)| is_gold(words))
            .count()
    }
}

/// Votes of a record's entity, the first id, for one of gold, the second.
#[derive(Default)]
pub struct Votes(BTreeMap<(String, String), f64>);

impl Votes {
    /// One vote for each mention found, half a vote for the same name.
    pub fn new(mentions: &Mentions, gold: &Gold, record: &Record) -> Votes {
        let mut votes = Votes::default();
        for (found, (_, entity)) in mentions.found.iter().zip(&mentions.gold) {
            if let Some(id) = found.and_then(|m| m.entity.as_deref()) {
                votes.add(id, &entity.id, 1.0);
            }
        }
        let entities: BTreeMap<&str, &EntityRecord> =
            record.entities.iter().map(|e| (e.id.as_str(), e)).collect();
        for entity in &gold.entities {
            let names = entity.surfaces.iter().chain([&entity.name]);
            let names: BTreeSet<String> = names.map(|name| fold(name)).collect();
            for other in entities.values() {
                if names.contains(&fold(&other.name)) {
                    votes.add(&other.id, &entity.id, 0.5);
                }
            }
        }
        votes
    }

    /// Votes of `system` for `gold`.
    pub fn add(&mut self, system: &str, gold: &str, votes: f64) {
        if !system.is_empty() {
            let key = (system.to_owned(), gold.to_owned());
            *self.0.entry(key).or_default() += votes;
        }
    }

    /// The gold entity of each of the record's: most votes first, then by id; each is given once.
    pub fn mapping(self) -> BTreeMap<String, String> {
        let mut votes: Vec<_> = self.0.into_iter().collect();
        votes.sort_by(|a, b| b.1.total_cmp(&a.1)); // stable: ids keep their order
        let mut mapping = BTreeMap::new();
        let mut given = BTreeSet::new();
        for ((system, gold), _) in votes {
            if !mapping.contains_key(&system) && given.insert(gold.clone()) {
                mapping.insert(system, gold);
            }
        }
        mapping
    }
}

/// A name without regard to case.
fn fold(name: &str) -> String {
    name.to_lowercase().replace('ß', "ss").replace('ς', "σ")
}

/// The order in which Python goes through a set of small numbers that were added in ascending order. The scorer takes
/// the first of two mentions that fit a gold mention equally well, so this order decides.
fn python_order(words: &Words) -> Vec<u32> {
    let mut table: Vec<Option<u32>> = vec![None; 8];
    for (at, &word) in words.iter().enumerate() {
        place(&mut table, word);
        let filled = at + 1;
        if filled * 5 >= (table.len() - 1) * 3 {
            let mut size = 8;
            while size <= filled * 4 {
                size *= 2;
            }
            let old = std::mem::replace(&mut table, vec![None; size]);
            old.into_iter().flatten().for_each(|w| place(&mut table, w));
        }
    }
    table.into_iter().flatten().collect()
}

/// Puts `word` into the first free place of its series.
fn place(table: &mut [Option<u32>], word: u32) {
    /// Neighbours that are tried before the next jump.
    const NEIGHBOURS: usize = 9;
    let mask = table.len() - 1;
    let (mut rest, mut at) = (word as usize, word as usize & mask);
    loop {
        let near = if at + NEIGHBOURS <= mask {
            NEIGHBOURS
        } else {
            0
        };
        if let Some(free) = (at..=at + near).find(|&i| table[i].is_none()) {
            table[free] = Some(word);
            return;
        }
        rest >>= 5;
        at = (at * 5 + 1 + rest) & mask;
    }
}
