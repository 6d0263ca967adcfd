//! Phrases of several words, found in one pass.

use aho_corasick::{AhoCorasick, MatchKind};

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

/// A few thousand phrases of several words in lower case.
#[derive(Debug, Default)]
pub struct Phrases {
    phrases: Vec<(String, u32)>,
    automaton: Option<AhoCorasick>,
}

impl Phrases {
    /// Adds `phrase`, words in lower case separated by spaces.
    pub fn add(&mut self, phrase: &str, id: u32) {
        self.phrases.push((format!(" {phrase} "), id));
        self.automaton = None;
    }

    /// Makes the phrases findable; call it after the last [`Phrases::add`].
    pub fn compile(&mut self) {
        self.automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(self.phrases.iter().map(|(phrase, _)| phrase))
            .ok();
    }

    /// All phrases in `tokens`, overlapping ones too, by first token and then longest first.
    pub fn find(&self, tokens: &[Token]) -> Vec<PhraseHit> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        // The words with single spaces between and around: a phrase with its own spaces is then bounded by words.
        let mut joined = String::with_capacity(tokens.len() * 6);
        let mut starts = Vec::with_capacity(tokens.len() + 1);
        joined.push(' ');
        for token in tokens {
            starts.push(joined.len());
            joined.push_str(&token.norm);
            joined.push(' ');
        }
        starts.push(joined.len());
        let mut hits: Vec<PhraseHit> = automaton
            .find_overlapping_iter(&joined)
            .filter_map(|hit| {
                let start = starts.binary_search(&(hit.start() + 1)).ok()?;
                let end = starts.binary_search(&hit.end()).ok()?;
                Some(PhraseHit {
                    start: start as u32,
                    end: end as u32,
                    id: self.phrases[hit.pattern().as_usize()].1,
                })
            })
            .collect();
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.id));
        hits
    }
}
