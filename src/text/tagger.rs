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
    /// Slots of (hash u32, listed u8, certain u8); tag 253 is none.
    words: &'static [u8],
    /// Slots of (hash u32, two of (tag u8, weight i16)), by hash. One weight has tag 254 behind it; where there are three and
    /// more, the slot holds tag 255, a u32, which is where their list begins, and 0. All is 255 where no feature stands.
    features: &'static [u8],
    /// Lists of (tag u8, weight i16), each ended by tag 255.
    weights: &'static [u8],
}

/// What the tagger sees of a word by itself. Texts are hashed here, once, and not for each neighbour that looks.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// [`product`] of the normal form.
    whole: u64,
    /// Those of its last one, two and three characters; not of a certain word, and so below.
    tails: [u64; 3],
    /// Its first character.
    head: u32,
    /// The word list's tag; 253 for none, 254 past the sentence.
    listed: u8,
    /// The only tag that the word ever has; 253 for none.
    certain: u8,
    /// See [`shape`].
    shape: u8,
}

const WORD_SLOT: usize = 6;
/// Bytes of a feature with its first two weights: most have no more, and the memory is asked once.
pub const FEATURE_SLOT: usize = 10;
/// In place of a tag: none.
pub const NO_TAG: u8 = 253;
/// Past the sentence.
const OUTSIDE: u8 = 254;
/// In place of a tag: no weight.
pub const NO_WEIGHT: u8 = 254;
/// In place of a tag: the end of a list, a list instead of a weight, an empty slot.
pub const END: u8 = 255;

impl Word {
    /// A word as it stands, its normal form, and what `look_up` finds in a word list under the product of a writing of it: its
    /// tag, and the only one it ever has, each 253 for none.
    pub fn new(word: &str, norm: &str, look_up: impl Fn(&str, u64) -> Option<(u8, u8)>) -> Word {
        let whole = product(norm.as_bytes());
        let own = || {
            let capital = word.starts_with(char::is_uppercase);
            capital.then(|| look_up(word, product(word.as_bytes())))
        };
        let found = own().flatten().or_else(|| look_up(norm, whole));
        let (listed, certain) = found.unwrap_or((NO_TAG, NO_TAG));
        let mut tails = [whole; 3];
        if certain != NO_TAG {
            // Nobody looks at its letters.
            return Word {
                whole,
                tails,
                head: 0,
                listed,
                certain,
                shape: 0,
            };
        }
        let starts = norm.char_indices().rev().map(|(start, _)| start);
        for (tail, start) in tails.iter_mut().zip(starts) {
            *tail = product(&norm.as_bytes()[start..]);
        }
        Word {
            whole,
            tails,
            head: norm.chars().next().map_or(0, u32::from),
            listed,
            certain,
            shape: shape(word),
        }
    }

    /// The word's tag, where it has no other.
    pub fn certain(&self) -> Option<Tag> {
        Tag::ALL.get(self.certain as usize).copied()
    }
}

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
        let look_up = |_: &str, product| self.look_up(product);
        let seen: Vec<Word> = words
            .iter()
            .map(|&(word, norm)| Word::new(word, norm, look_up))
            .collect();
        let start = self.start();
        for (at, &(word, _)) in words.iter().enumerate() {
            let negated = || words.get(at + 1).is_some_and(|next| next.1 == "n't");
            let tag = if let Some(tag) = mark(word) {
                tag
            } else if !is_auxiliary(seen[at].listed) && negated() {
                Tag::MD // "ca|n't", "wo|n't"
            } else if let Some(tag) = seen[at].certain() {
                tag
            } else {
                let tag = self.best(features(&seen, tags, at), &start);
                let name = tag == Tag::WP && is_acronym_among(words, word);
                if name { Tag::NNP } else { tag }
            };
            tags.push(tag);
        }
    }

    /// The tag that the word list gives `word` as it is written here.
    pub fn listed(&self, word: &str) -> Option<Tag> {
        let (listed, _) = self.look_up(product(word.as_bytes()))?;
        Tag::ALL.get(listed as usize).copied()
    }

    /// The scores of a word of which nothing is known.
    fn start(&self) -> Scores {
        let (slots, _) = self.features.as_chunks();
        let mut scores = Scores::new();
        if let Some(slot) = find(slots, bias(), slots[slot_of(bias(), slots.len())]) {
            self.weigh(&slot, &mut scores);
        }
        scores
    }

    /// The best tag of a word with these features; `start` counts the first of them, which all words have.
    fn best(&self, [_, keys @ ..]: [u32; FEATURES], start: &Scores) -> Tag {
        let mut scores = *start;
        // First all slots are read, then looked at: the memory answers sixteen questions in the time of one.
        let (slots, _) = self.features.as_chunks();
        let firsts = keys.map(|key| slots[slot_of(key, slots.len())]);
        for (key, first) in keys.into_iter().zip(firsts) {
            if let Some(slot) = find(slots, key, first) {
                self.weigh(&slot, &mut scores);
            }
        }
        scores.best()
    }

    /// Adds the weights in a slot.
    fn weigh(&self, slot: &[u8; FEATURE_SLOT], scores: &mut Scores) {
        if slot[4] == END {
            let first = u32::from_le_bytes([slot[5], slot[6], slot[7], slot[8]]) as usize;
            for weight in self.weights[first..].as_chunks().0 {
                if weight[0] == END {
                    break;
                }
                scores.add(*weight);
            }
        } else {
            scores.add([slot[4], slot[5], slot[6]]);
            scores.add([slot[7], slot[8], slot[9]]);
        }
    }

    fn look_up(&self, product: u64) -> Option<(u8, u8)> {
        let key = word_key(product);
        let slots = self.words.len() / WORD_SLOT;
        let mut slot = slot_of(key, slots);
        loop {
            let bytes = &self.words[slot * WORD_SLOT..][..WORD_SLOT];
            if bytes[4] == END {
                return None;
            }
            if u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) == key {
                return Some((bytes[4], bytes[5]));
            }
            slot = if slot + 1 == slots { 0 } else { slot + 1 };
        }
    }
}

/// Scores of the tags. Below each stands its tag, counted from the last: the highest number of all says who is best, the first of
/// equals. There is room for 64, and tags are taken modulo that, so that no index needs a check.
#[derive(Clone, Copy)]
struct Scores([i32; 64]);

impl Scores {
    const LAST: i32 = 63;

    fn new() -> Scores {
        Scores(std::array::from_fn(|tag| Scores::LAST - tag as i32))
    }

    /// Adds a tag's weight as it stands in the model.
    #[inline]
    fn add(&mut self, [tag, low, high]: [u8; 3]) {
        let weight = i32::from(i16::from_le_bytes([low, high]));
        self.0[tag as usize % 64] += weight * (Scores::LAST + 1);
    }

    fn best(&self) -> Tag {
        let scores = self.0[..Tag::ALL.len()].iter();
        let best = scores.fold(i32::MIN, |best, &score| best.max(score));
        Tag::ALL[(Scores::LAST - (best & Scores::LAST)) as usize]
    }
}

/// The slot of the feature `key` among `slots`, where the search begins with `slot`.
fn find(
    slots: &[[u8; FEATURE_SLOT]],
    key: u32,
    mut slot: [u8; FEATURE_SLOT],
) -> Option<[u8; FEATURE_SLOT]> {
    let mut at = slot_of(key, slots.len());
    loop {
        if slot[4] == END && slot[9] == END {
            return None;
        }
        let found = u32::from_le_bytes([slot[0], slot[1], slot[2], slot[3]]);
        if found == key {
            return Some(slot);
        }
        // Keys stand in order, but for those that went on from the last slot to the first.
        if found > key && slot_of(found, slots.len()) <= at {
            return None;
        }
        at = if at + 1 == slots.len() { 0 } else { at + 1 };
        slot = slots[at];
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

/// What the word list is keyed by, from a word's [`product`].
pub fn word_key(product: u64) -> u32 {
    (product.rotate_left(TURN) >> 16) as u32
}

/// How a word is written: lower case, capitalised, all capitals, with a digit, with a hyphen.
pub fn shape(word: &str) -> u8 {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return 0;
    }
    let mut chars = word.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let rest_upper = chars.clone().any(char::is_uppercase) && !chars.any(char::is_lowercase);
    let digit = word.bytes().any(|b| b.is_ascii_digit());
    let hyphen = word.contains('-');
    u8::from(first) | u8::from(rest_upper) << 1 | u8::from(digit) << 2 | u8::from(hyphen) << 3
}

/// The hashed features of word `at`; `tags` are those given to the words before it.
pub fn features(words: &[Word], tags: &[Tag], at: usize) -> [u32; FEATURES] {
    let none = product(b"");
    let word = |i: Option<usize>| i.and_then(|i| words.get(i));
    let whole = |i: Option<usize>| word(i).map_or(none, |word| word.whole);
    let tag = |back: usize| at.checked_sub(back).map_or(OUTSIDE, |i| tags[i] as u8);
    let own = &words[at];
    let (before, second_before) = (whole(at.checked_sub(1)), whole(at.checked_sub(2)));
    let (behind, second_behind) = (whole(Some(at + 1)), whole(Some(at + 2)));
    let next = word(Some(at + 1)).map_or(OUTSIDE, |word| word.listed);
    let (last, second_last) = (tag(1), tag(2));
    // First of its sentence, or behind an opening quotation mark.
    let first = u8::from(at == 0 || tags[at - 1] == Tag::QuoteOpen);
    let (listed, shape) = (own.listed, own.shape);
    [
        bias(),
        key(1, &[shape, first], own.whole, none),
        key(2, &[shape], own.tails[2], none),
        key(3, &[first], own.tails[1], none),
        key(4, &[listed, shape, first], none, none),
        key(5, &[last, listed], none, none),
        key(6, &[last, second_last, listed], none, none),
        key(7, &[last], own.whole, none),
        key(8, &[listed], before, none),
        key(9, &[listed], behind, none),
        key(10, &[listed, next, last], none, none),
        key(11, &[], own.whole, behind),
        key(12, &[], before, own.whole),
        key(13, &[listed], second_before, none),
        key(14, &[listed], second_behind, none),
        key(15, &own.head.to_le_bytes(), own.tails[0], none),
        key(16, &[shape, first, last, next], none, none),
    ]
}

/// The feature that every word has.
fn bias() -> u32 {
    key(0, &[], product(b""), product(b""))
}

/// What `FxHasher` multiplies its state by, and how far it turns it at the end.
const K: u64 = 0xf135_7aea_2e62_a9c5;
/// See [`K`].
const TURN: u32 = 26;

/// What a part of a feature adds to the hasher's state: its own hash, multiplied.
pub fn product(part: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(part);
    hasher.finish().rotate_right(TURN)
}

/// The hash of a feature: its template, small values, a text, a zero and another text, as `FxHasher` would take them in one
/// after the other. Its state is a polynomial in [`K`] whose coefficients are the parts, so that the texts, which many
/// features share, are hashed once.
#[inline]
fn key(template: u8, small: &[u8], text: u64, more: u64) -> u32 {
    let next = |state: u64, product: u64| state.wrapping_mul(K).wrapping_add(product);
    let state = next(u64::from(template).wrapping_mul(K), product(small));
    let state = next(state, text).wrapping_mul(K);
    word_key(next(state, more))
}

/// "WHO" in a sentence that is not all in capitals is a name, no pronoun.
fn is_acronym_among(words: &[(&str, &str)], word: &str) -> bool {
    word.chars().count() > 2
        && word.chars().all(char::is_uppercase)
        && words.iter().any(|(w, _)| w.chars().any(char::is_lowercase))
}

/// The tag of what is a mark and no word.
pub fn mark(word: &str) -> Option<Tag> {
    if word.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return None;
    }
    Some(match word {
        "," => Tag::Comma,
        "." | "?" | "!" => Tag::Stop,
        ":" | ";" | "…" => Tag::Colon,
        "-" | "--" | "–" | "—" | "―" | "‐" | "‑" | "---" => Tag::Dash,
        "“" | "``" | "«" | "„" | "‹" | "「" | "『" => Tag::QuoteOpen,
        "”" | "\"" | "''" | "»" | "›" | "」" | "』" => Tag::QuoteClose,
        "(" | "[" | "{" => Tag::BracketOpen,
        ")" | "]" | "}" => Tag::BracketClose,
        "&" => Tag::CC,
        "$" | "%" | "€" | "£" | "#" | "*" | "+" | "=" | "<" | ">" | "|" | "/" | "@" | "~" | "^"
        | "\\" => Tag::SYM,
        _ if word.bytes().all(|b| b == b'.') => Tag::Colon,
        _ => return None,
    })
}
