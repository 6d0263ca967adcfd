//! Phrases of several words, found in one pass.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

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

/// A few thousand phrases of several words in lower case, by their first two.
#[derive(Debug, Default)]
pub struct Phrases {
    by_start: FxHashMap<u64, Vec<(String, u32)>>,
    /// Some have one word only.
    short: bool,
}

impl Phrases {
    /// Adds `phrase`, words in lower case separated by spaces.
    pub fn add(&mut self, phrase: &str, id: u32) {
        let mut words = phrase.split(' ');
        let first = hash(words.next().unwrap_or_default());
        let key = match words.next() {
            Some(second) => pair(first, hash(second)),
            None => {
                self.short = true;
                first
            }
        };
        let phrase = (phrase.to_owned(), id);
        self.by_start.entry(key).or_default().push(phrase);
    }

    /// All phrases in `tokens`, overlapping ones too, by first token and then longest first.
    pub fn find(&self, tokens: &[Token]) -> Vec<PhraseHit> {
        let mut hits = Vec::new();
        let mut next = tokens.first().map_or(0, |token| hash(&token.norm));
        for at in 0..tokens.len() {
            let first = next;
            let from = hits.len();
            if let Some(second) = tokens.get(at + 1) {
                next = hash(&second.norm);
                self.starting(pair(first, next), tokens, at, &mut hits);
            }
            if self.short {
                self.starting(first, tokens, at, &mut hits);
            }
            hits[from..].sort_by_key(|hit| (std::cmp::Reverse(hit.end), hit.id));
        }
        hits
    }

    /// The phrases under `key` that stand at token `at`.
    fn starting(&self, key: u64, tokens: &[Token], at: usize, hits: &mut Vec<PhraseHit>) {
        for (phrase, id) in self.by_start.get(&key).into_iter().flatten() {
            if let Some(words) = length(phrase, &tokens[at..]) {
                hits.push(PhraseHit {
                    start: at as u32,
                    end: (at + words) as u32,
                    id: *id,
                });
            }
        }
    }
}

/// How many of the first of `tokens` make up `phrase`, if they do.
fn length(phrase: &str, tokens: &[Token]) -> Option<usize> {
    let mut words = 0;
    for word in phrase.split(' ') {
        tokens.get(words).filter(|token| token.norm == word)?;
        words += 1;
    }
    Some(words)
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(23) ^ second
}
