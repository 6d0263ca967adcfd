//! Phrases of one word or more, found in one pass over the tokens.

use rustc_hash::FxHashMap;

use super::gazetteer::hash::{hash, let_through, may_hold, step};
use crate::model::Token;

/// Where a phrase stands: tokens `start..end`, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhraseHit {
    /// First token.
    pub start: u32,
    /// The token after the last.
    pub end: u32,
    /// The number the phrase was given when it was added.
    pub id: u32,
}

/// Bytes of a filter: a power of two, large enough for some thousand phrases.
const FILTER: usize = 1 << 13;

/// A few thousand phrases in lower case. Those that begin with the same two words are a chain, which is looked through
/// where these words stand.
#[derive(Debug, Default)]
pub struct Phrases {
    /// Most keys that no chain has, at a glance: a bit for each that one has.
    filter: Vec<u8>,
    /// The last phrase of each chain, by the key of its first two words; of its only word, if it has but one.
    chains: FxHashMap<u64, u32>,
    phrases: Vec<Phrase>,
    /// The words of all phrases, each with a space behind it.
    words: String,
}

#[derive(Debug)]
struct Phrase {
    /// Where its words begin.
    words: u32,
    /// How many they are.
    count: u32,
    id: u32,
    /// The phrase before it in its chain.
    before: Option<u32>,
}

impl Phrases {
    /// Adds `phrase`, words in lower case separated by spaces.
    pub fn add(&mut self, phrase: &str, id: u32) {
        let mut words = phrase.split(' ').map(|word| hash(word.as_bytes()));
        let first = words.next().unwrap_or_default();
        let key = words.next().map_or(first, |second| step(first, second));
        if self.filter.is_empty() {
            self.filter = vec![0; FILTER];
        }
        let_through(&mut self.filter, key);
        let at = self.phrases.len() as u32;
        self.phrases.push(Phrase {
            words: self.words.len() as u32,
            count: phrase.split(' ').count() as u32,
            id,
            before: self.chains.insert(key, at),
        });
        self.words.push_str(phrase);
        self.words.push(' ');
    }

    /// All phrases in `tokens`, overlapping ones too, by first token and then longest first.
    pub fn find(&self, tokens: &[Token]) -> Vec<PhraseHit> {
        let mut hits = Vec::new();
        if self.phrases.is_empty() {
            return hits;
        }
        for (start, token) in tokens.iter().enumerate() {
            let here = hits.len();
            self.follow(token.key, tokens, start, &mut hits);
            if let Some(next) = tokens.get(start + 1) {
                self.follow(step(token.key, next.key), tokens, start, &mut hits);
            }
            hits[here..].sort_by_key(|hit| (std::cmp::Reverse(hit.end), hit.id));
        }
        hits
    }

    /// The phrases of the chain `key` that stand in `tokens` from `start`.
    fn follow(&self, key: u64, tokens: &[Token], start: usize, hits: &mut Vec<PhraseHit>) {
        if !may_hold(&self.filter, key) {
            return;
        }
        let mut at = self.chains.get(&key).copied();
        while let Some(phrase) = at.map(|at| &self.phrases[at as usize]) {
            let end = start + phrase.count as usize;
            if tokens
                .get(start..end)
                .is_some_and(|tokens| self.is(phrase, tokens))
            {
                hits.push(PhraseHit {
                    start: start as u32,
                    end: end as u32,
                    id: phrase.id,
                });
            }
            at = phrase.before;
        }
    }

    /// True when `tokens`, as many as the phrase has words, are its words.
    fn is(&self, phrase: &Phrase, tokens: &[Token]) -> bool {
        let mut rest = &self.words[phrase.words as usize..];
        tokens.iter().all(|token| {
            let behind = rest
                .strip_prefix(token.norm.as_str())
                .and_then(|behind| behind.strip_prefix(' '));
            rest = behind.unwrap_or_default();
            behind.is_some()
        })
    }
}
