//! The tokens of a text as the scorers count them, and sets of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Points;
use crate::model::{CodePoints, ContentKind};

/// Tokens of one text, by their numbers.
pub type Words = BTreeSet<u32>;

/// A word with its inner apostrophes, dots and hyphens, or any other sign.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}_]+(?:['’.\-][\p{L}\p{N}_]+)*|[^\p{L}\p{N}_\s\x1c-\x1f]")
        .expect("the pattern is a constant")
});

/// The tokens of one text.
#[derive(Debug)]
pub struct Index {
    tokens: Vec<Points>,
    word: Vec<bool>,
    quoted: Words,
}

impl Index {
    /// The index of `text`.
    pub fn new(text: &str, points: &CodePoints) -> Index {
        let mut index = Index {
            tokens: Vec::new(),
            word: Vec::new(),
            quoted: Words::new(),
        };
        for token in TOKEN.find_iter(text) {
            let (start, end) = (token.start() as u32, token.end() as u32);
            index.tokens.push((points.at(start), points.at(end)));
            index.word.push(is_word(token.as_str()));
        }
        index.quoted = index.words(&quoted(text));
        index
    }

    /// The words that share a character with one of `spans`.
    pub fn words(&self, spans: &[Points]) -> Words {
        let mut words = self.tokens(spans);
        words.retain(|&at| self.word[at as usize]);
        words
    }

    /// The same with punctuation marks.
    pub fn tokens(&self, spans: &[Points]) -> Words {
        let mut found = Words::new();
        for &(start, end) in spans {
            let first = self.tokens.partition_point(|token| token.0 <= start);
            let first = first.saturating_sub(1);
            let near = self.tokens[first..].iter().take_while(|t| t.0 < end);
            let near = (first as u32..).zip(near);
            found.extend(near.filter(|(_, t)| t.1 > start).map(|(at, _)| at));
        }
        found
    }

    /// How much of `content` lies inside quotation marks: from four fifths on it is direct.
    pub fn kind(&self, content: &Words) -> ContentKind {
        if content.is_empty() {
            return ContentKind::Indirect;
        }
        let share = shared(content, &self.quoted) as f64 / content.len() as f64;
        match share {
            s if s >= 0.8 => ContentKind::Direct,
            s if s > 0.0 => ContentKind::Mixed,
            _ => ContentKind::Indirect,
        }
    }
}

/// How many words two sets share.
pub fn shared(a: &Words, b: &Words) -> usize {
    a.intersection(b).count()
}

/// Shared words by all words; 0 for two empty sets.
pub fn jaccard(a: &Words, b: &Words) -> f64 {
    let shared = shared(a, b);
    match a.len() + b.len() - shared {
        0 => 0.0,
        all => shared as f64 / all as f64,
    }
}

/// Shared words by those of the smaller set; 0 where one is empty.
pub fn overlap(a: &Words, b: &Words) -> f64 {
    match a.len().min(b.len()) {
        0 => 0.0,
        least => shared(a, b) as f64 / least as f64,
    }
}

/// True for a token with a letter or a number.
fn is_word(token: &str) -> bool {
    static ALNUM: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[\p{L}\p{N}]").expect("the pattern is a constant"));
    ALNUM.is_match(token)
}

/// What stands inside double quotation marks, paired within a paragraph; what is left open ends with it.
fn quoted(text: &str) -> Vec<Points> {
    let mut regions = Vec::new();
    let mut open = None;
    let mut end = 0;
    for (at, sign) in (0u32..).zip(text.chars()) {
        match (open, sign) {
            (Some(start), '\n') => {
                regions.push((start, at));
                open = None;
            }
            (None, '“' | '"') => open = Some(at),
            (Some(start), '”' | '"') => {
                regions.push((start, at + 1));
                open = None;
            }
            _ => {}
        }
        end = at + 1;
    }
    regions.extend(open.map(|start| (start, end)));
    regions
}
