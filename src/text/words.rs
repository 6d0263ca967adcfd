//! Sets of words of closed classes.

use rustc_hash::FxHashSet;

use crate::model::Token;
use crate::model::key::hash;

/// Words in lower case, by their keys: a token's is made already.
#[derive(Clone, Debug, Default)]
pub struct WordSet(FxHashSet<u64>);

impl WordSet {
    /// Adds a word.
    pub fn insert(&mut self, word: &str) {
        self.0.insert(hash(word.as_bytes()));
    }

    /// True when the word of `token` is there.
    #[inline]
    pub fn holds(&self, token: &Token) -> bool {
        self.0.contains(&token.key)
    }

    /// True when `word` is there.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(&hash(word.as_bytes()))
    }
}

impl<'a> FromIterator<&'a str> for WordSet {
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> WordSet {
        let mut set = WordSet::default();
        words.into_iter().for_each(|word| set.insert(word));
        set
    }
}
