//! Words to parts of speech: an averaged perceptron over a word list, read in place from its file.
//!
//! The model and how it was made: `models/en-tagger/README.md`. `examples/train_tagger.rs` makes it again, byte for byte.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::model::{Sentence, Tag, Token};

/// Features of one word.
pub const FEATURES: usize = 17;

static ENGLISH: &[u8] = include_bytes!("../../models/en-tagger/model.bin");

/// A tagger over a model in memory; opening it costs nothing.
#[derive(Clone, Copy, Debug)]
pub struct Tagger {
    /// Slots of (hash u32, tag u8, certain u8).
    words: &'static [u8],
    /// Slots of (hash u32, first weight u32).
    features: &'static [u8],
    /// Lists of (tag u8, weight i16), each ended by tag 255.
    weights: &'static [u8],
}

/// What the tagger sees of one word: itself, its neighbours, the tags already given.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Normal form.
    pub word: &'a str,
    /// Normal forms of the two words before and behind; empty past the sentence.
    pub before: [&'a str; 2],
    /// See `before`.
    pub behind: [&'a str; 2],
    /// Tags of the two words before; 254 past the sentence.
    pub tags: [u8; 2],
    /// Tags that the word list gives to the word and its neighbours before and behind; 253 for none.
    pub listed: [u8; 3],
    /// How the word is written: see [`shape`].
    pub shape: u8,
    /// First of its sentence, or behind an opening quotation mark.
    pub first: bool,
}

const WORD_SLOT: usize = 6;
const FEATURE_SLOT: usize = 8;
const NO_TAG: u8 = 253;
/// Past the sentence.
pub const OUTSIDE: u8 = 254;
const END: u8 = 255;

impl Tagger {
    /// The English model compiled into the program.
    pub fn english() -> Tagger {
        Tagger::open(ENGLISH)
    }

    /// A model as `examples/train_tagger.rs` writes it.
    ///
    /// # Panics
    /// If the bytes are no such model.
    pub fn open(model: &'static [u8]) -> Tagger {
        let size = |at: usize| {
            u32::from_le_bytes([model[at], model[at + 1], model[at + 2], model[at + 3]]) as usize
        };
        let (words, features) = (size(0), size(4));
        let (words, rest) = model[8..].split_at(words * WORD_SLOT);
        let (features, weights) = rest.split_at(features * FEATURE_SLOT);
        Tagger {
            words,
            features,
            weights,
        }
    }

    /// Gives every token of every sentence its tag.
    pub(super) fn tag_sentences(&self, text: &str, tokens: &mut [Token], sentences: &[Sentence]) {
        let mut tags = Vec::new();
        for sentence in sentences {
            let tokens = &mut tokens[sentence.tokens.0 as usize..sentence.tokens.1 as usize];
            tags.clear();
            let words: Vec<(&str, &str)> = tokens
                .iter()
                .map(|t| (t.span.of(text), t.norm.as_str()))
                .collect();
            self.tag(&words, &mut tags);
            for (token, &tag) in tokens.iter_mut().zip(&tags) {
                token.tag = tag;
            }
        }
    }

    /// Tags one sentence, given as (word as it stands, normal form).
    pub fn tag(&self, words: &[(&str, &str)], tags: &mut Vec<Tag>) {
        let mut keys = [0; FEATURES];
        let mut listed: Vec<(u8, bool)> = Vec::with_capacity(words.len());
        listed.extend(words.iter().map(|&(word, norm)| self.listed(word, norm)));
        for at in 0..words.len() {
            let (word, _) = words[at];
            if let Some(tag) = mark(word) {
                tags.push(tag);
                continue;
            }
            let (own, certain) = listed[at];
            // "ca|n't", "wo|n't"
            if words.get(at + 1).is_some_and(|next| next.1 == "n't") && !is_auxiliary(own) {
                tags.push(Tag::MD);
                continue;
            }
            if certain {
                tags.push(Tag::ALL[own as usize]);
                continue;
            }
            let context = context(words, &listed, tags, at);
            features(&context, &mut keys);
            let tag = self.best(&keys);
            let name = tag == Tag::WP && is_acronym_among(words, word);
            tags.push(if name { Tag::NNP } else { tag });
        }
    }

    fn best(&self, keys: &[u32; FEATURES]) -> Tag {
        let mut scores = [0i32; Tag::ALL.len()];
        // Looked up all at once: the memory answers seventeen questions in the time of one.
        let firsts = keys.map(|key| self.first_weight(key));
        for first in firsts.into_iter().flatten() {
            for weight in self.weights[first..].chunks_exact(3) {
                if weight[0] == END {
                    break;
                }
                scores[weight[0] as usize] += i32::from(i16::from_le_bytes([weight[1], weight[2]]));
            }
        }
        let mut best = 0;
        for (tag, &score) in scores.iter().enumerate() {
            if score > scores[best] {
                best = tag;
            }
        }
        Tag::ALL[best]
    }

    fn first_weight(&self, key: u32) -> Option<usize> {
        let slots = self.features.len() / FEATURE_SLOT;
        let mut slot = slot_of(key, slots);
        loop {
            let bytes = &self.features[slot * FEATURE_SLOT..][..FEATURE_SLOT];
            let first = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
            if first == u32::MAX {
                return None;
            }
            if u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) == key {
                return Some(first as usize);
            }
            slot = if slot + 1 == slots { 0 } else { slot + 1 };
        }
    }

    /// The word list's tag, and whether it is the only one the word ever has.
    fn listed(&self, word: &str, norm: &str) -> (u8, bool) {
        let found = if word.starts_with(char::is_uppercase) {
            self.look_up(word).or_else(|| self.look_up(norm))
        } else {
            self.look_up(norm)
        };
        found.unwrap_or((NO_TAG, false))
    }

    fn look_up(&self, word: &str) -> Option<(u8, bool)> {
        let key = word_hash(word);
        let slots = self.words.len() / WORD_SLOT;
        let mut slot = slot_of(key, slots);
        loop {
            let bytes = &self.words[slot * WORD_SLOT..][..WORD_SLOT];
            if bytes[4] == END {
                return None;
            }
            if u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) == key {
                return Some((bytes[4], bytes[5] == 1));
            }
            slot = if slot + 1 == slots { 0 } else { slot + 1 };
        }
    }
}

/// True for the tags of words that "not" may hang on.
fn is_auxiliary(tag: u8) -> bool {
    [Tag::MD, Tag::VBD, Tag::VBP, Tag::VBZ, Tag::VB]
        .contains(Tag::ALL.get(tag as usize).unwrap_or(&Tag::NN))
}

/// Where the search for `key` begins among `slots`: its share of the range of keys.
pub fn slot_of(key: u32, slots: usize) -> usize {
    ((u64::from(key) * slots as u64) >> 32) as usize
}

/// The hash by which the word list is keyed.
pub fn word_hash(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    (hasher.finish() >> 16) as u32
}

/// What the tagger sees of word `at`; `listed` holds the word list's answer for each word, `tags` those given so far.
pub fn context<'a>(
    words: &[(&'a str, &'a str)],
    listed: &[(u8, bool)],
    tags: &[Tag],
    at: usize,
) -> Context<'a> {
    let norm = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or("", |w| w.1);
    let of_list = |i: Option<usize>| i.and_then(|i| listed.get(i)).map_or(OUTSIDE, |l| l.0);
    let tag = |back: usize| at.checked_sub(back).map_or(OUTSIDE, |i| tags[i] as u8);
    Context {
        word: words[at].1,
        before: [norm(at.checked_sub(1)), norm(at.checked_sub(2))],
        behind: [norm(Some(at + 1)), norm(Some(at + 2))],
        tags: [tag(1), tag(2)],
        listed: [
            listed[at].0,
            of_list(at.checked_sub(1)),
            of_list(Some(at + 1)),
        ],
        shape: shape(words[at].0),
        first: at == 0 || tags[at - 1] == Tag::QuoteOpen,
    }
}

/// How a word is written: lower case, capitalised, all capitals, with a digit, with a hyphen.
pub fn shape(word: &str) -> u8 {
    let mut chars = word.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let rest_upper = chars.clone().any(char::is_uppercase) && !chars.any(char::is_lowercase);
    let digit = word.bytes().any(|b| b.is_ascii_digit());
    let hyphen = word.contains('-');
    u8::from(first) | u8::from(rest_upper) << 1 | u8::from(digit) << 2 | u8::from(hyphen) << 3
}

/// The hashed features of a context.
pub fn features(c: &Context<'_>, keys: &mut [u32; FEATURES]) {
    let tail = |n: usize| {
        let start = c.word.char_indices().rev().nth(n - 1).map_or(0, |(i, _)| i);
        &c.word[start..]
    };
    let head = c
        .word
        .chars()
        .next()
        .map_or(0, |ch| ch as u32)
        .to_le_bytes();
    let (s, first) = (c.shape, u8::from(c.first));
    let key = |template: u8, bytes: &[u8], text: &str, more: &str| {
        let mut hasher = FxHasher::default();
        hasher.write_u8(template);
        hasher.write(bytes);
        hasher.write(text.as_bytes());
        hasher.write_u8(0);
        hasher.write(more.as_bytes());
        (hasher.finish() >> 16) as u32
    };
    *keys = [
        key(0, &[], "", ""),
        key(1, &[s, first], c.word, ""),
        key(2, &[s], tail(3), ""),
        key(3, &[first], tail(2), ""),
        key(4, &[c.listed[0], s, first], "", ""),
        key(5, &[c.tags[0], c.listed[0]], "", ""),
        key(6, &[c.tags[0], c.tags[1], c.listed[0]], "", ""),
        key(7, &[c.tags[0]], c.word, ""),
        key(8, &[c.listed[0]], c.before[0], ""),
        key(9, &[c.listed[0]], c.behind[0], ""),
        key(10, &[c.listed[0], c.listed[2], c.tags[0]], "", ""),
        key(11, &[], c.word, c.behind[0]),
        key(12, &[], c.before[0], c.word),
        key(13, &[c.listed[0]], c.before[1], ""),
        key(14, &[c.listed[0]], c.behind[1], ""),
        key(15, &head, tail(1), ""),
        key(16, &[s, first, c.tags[0], c.listed[2]], "", ""),
    ];
}

/// "WHO" in a sentence that is not all in capitals is a name, no pronoun.
fn is_acronym_among(words: &[(&str, &str)], word: &str) -> bool {
    word.chars().count() > 2
        && word.chars().all(char::is_uppercase)
        && words.iter().any(|(w, _)| w.chars().any(char::is_lowercase))
}

/// The tag of what is a mark and no word.
pub fn mark(word: &str) -> Option<Tag> {
    Some(match word {
        "," => Tag::Comma,
        "." | "?" | "!" => Tag::Stop,
        ":" | ";" | "…" => Tag::Colon,
        "-" | "--" | "–" | "—" | "―" | "‐" | "‑" | "---" => Tag::Dash,
        "“" | "``" | "«" | "„" => Tag::QuoteOpen,
        "”" | "\"" | "''" | "»" => Tag::QuoteClose,
        "(" | "[" | "{" => Tag::BracketOpen,
        ")" | "]" | "}" => Tag::BracketClose,
        "&" => Tag::CC,
        "$" | "%" | "€" | "£" | "#" | "*" | "+" | "=" | "<" | ">" | "|" | "/" | "@" | "~" | "^"
        | "\\" => Tag::SYM,
        _ if word.bytes().all(|b| b == b'.') => Tag::Colon,
        _ => return None,
    })
}
