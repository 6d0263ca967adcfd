//! Names to entries: the matcher.
//!
//! A tree over words, not characters: names are cut by the articles' own tokenizer, compared without accents, case and
//! periods ("U.S." is "US"), and then held against the case that the list gives ("US" is never "us").

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::model::Token;
use crate::text::{Language, normalize, tokenize};

/// What a name in a list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// Index of the entry.
    pub entry: u32,
    /// Counts only after the full name in the same document.
    pub weak: bool,
}

/// All names, ready to be found in tokens.
#[derive(Debug, Default)]
pub struct Names {
    steps: FxHashMap<(u32, u64), u32>,
    ends: FxHashMap<u32, Vec<End>>,
    nodes: u32,
}

/// A name that ends at a node: what it stands for, and how its words must be written.
type End = (NameUse, Box<[Case]>);

/// How a word must be written to be the listed one.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Case {
    /// As listed: acronyms and other all-capital words.
    Exact(CompactString),
    /// With a capital first letter.
    Capital,
    /// Any way.
    Free,
}

/// The key of one word: equal for words that differ in case, accents, periods and apostrophes only.
pub fn word_key(norm: &str) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    if norm.is_ascii() && !norm.contains('.') {
        norm.hash(&mut hasher);
    } else {
        let folded = fold(norm);
        folded.as_str().hash(&mut hasher);
    }
    hasher.finish()
}

/// Lower case without accents and periods.
pub fn fold(word: &str) -> CompactString {
    if word.is_ascii() {
        let folded: CompactString = word
            .bytes()
            .filter(|&b| b != b'.')
            .map(|b| b.to_ascii_lowercase() as char)
            .collect();
        return if folded.is_empty() {
            CompactString::new(word)
        } else {
            folded
        };
    }
    let folded: CompactString = word
        .nfkd()
        .filter(|c| !matches!(c, '\u{0300}'..='\u{036F}' | '.'))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            'ı' => 'i',
            '’' => '\'',
            c => c,
        })
        .collect();
    if folded.is_empty() {
        CompactString::new(word)
    } else {
        folded
    }
}

impl Names {
    /// Adds `name` for an entry. Returns false when the name holds no word.
    pub fn add(&mut self, name: &str, name_use: NameUse, language: &Language) -> bool {
        let mut node = 0;
        let mut cases = Vec::new();
        let mut step = |names: &mut Names, word: &str, norm: &str| {
            let next = names.nodes + 1;
            let found = *names.steps.entry((node, word_key(norm))).or_insert(next);
            names.nodes = names.nodes.max(found);
            node = found;
            cases.push(case_of(word));
        };
        // Most names are plain words with single spaces: no tokenizer needed.
        if name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ') {
            for word in name.split(' ').filter(|w| !w.is_empty()) {
                step(self, word, &normalize(word));
            }
        } else {
            for token in tokenize(name, language) {
                step(self, token.span.of(name), &token.norm);
            }
        }
        if cases.is_empty() {
            return false;
        }
        let ends = self.ends.entry(node).or_default();
        if !ends
            .iter()
            .any(|(u, _)| u.entry == name_use.entry && (!u.weak || name_use.weak))
        {
            ends.push((name_use, cases.into_boxed_slice()));
        }
        true
    }

    /// Names, each counted for every entry that bears it.
    pub fn len(&self) -> usize {
        self.ends.values().map(Vec::len).sum()
    }

    /// True when no list was read.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The longest name that starts at token `at`: how many tokens, and what it may stand for. `keys` holds
    /// [`word_key`] of every token; `shouting` says that the words around are all capitals, where case tells nothing.
    pub fn longest(
        &self,
        text: &str,
        tokens: &[Token],
        keys: &[u64],
        at: usize,
        shouting: bool,
    ) -> Option<(usize, Vec<NameUse>)> {
        let mut node = 0;
        let mut best = None;
        for (length, &key) in (1..).zip(&keys[at..keys.len().min(at + 12)]) {
            let Some(&next) = self.steps.get(&(node, key)) else {
                break;
            };
            node = next;
            if let Some(ends) = self.ends.get(&node) {
                let uses: Vec<NameUse> = ends
                    .iter()
                    .filter(|(_, cases)| {
                        cases
                            .iter()
                            .zip(&tokens[at..])
                            .all(|(case, token)| case.fits(token.span.of(text), shouting))
                    })
                    .map(|&(name_use, _)| name_use)
                    .collect();
                if !uses.is_empty() {
                    best = Some((length, uses));
                }
            }
        }
        best
    }
}

fn case_of(word: &str) -> Case {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if letters > 0 && letters == capitals && letters <= 6 {
        Case::Exact(word.chars().filter(|&c| c != '.').collect())
    } else if capitals > 0 {
        Case::Capital
    } else {
        Case::Free
    }
}

impl Case {
    fn fits(&self, word: &str, shouting: bool) -> bool {
        match self {
            Case::Exact(listed) => {
                word == listed.as_str() || word.chars().filter(|&c| c != '.').eq(listed.chars())
            }
            // "al-Qaeda", "iPhone": a capital anywhere.
            Case::Capital => shouting || word.chars().any(char::is_uppercase),
            Case::Free => true,
        }
    }
}
