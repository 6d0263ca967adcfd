//! Names to the words they are compared by.
//!
//! Lists and articles are cut alike: at white space, hyphens and slashes, before a closing "'s". "Al-Qaeda" is "al Qaeda",
//! "U.S." is "US", "Erdoğan" is "Erdogan"; marks that are no letters stand for themselves.

use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;

use super::hash::hash;

/// How a word must be written to be the listed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// As listed: acronyms and other all-capital words.
    Exact,
    /// With a capital letter: "al-Qaeda", "iPhone".
    Capital,
    /// Any way.
    Free,
}

/// The words of a name as they stand in it.
pub fn parts(name: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &name[at..];
            let c = rest.chars().next()?;
            if c.is_alphanumeric() || is_apostrophe(c) {
                let end = word_end(rest);
                at += end;
                if rest[..end].chars().any(char::is_alphanumeric) {
                    return Some(&rest[..end]);
                }
            } else {
                at += c.len_utf8();
                if !is_gap(c) {
                    return Some(&rest[..c.len_utf8()]);
                }
            }
        }
    })
}

/// The end of the word that `rest` starts with: before a hyphen, before a final "'s".
fn word_end(rest: &str) -> usize {
    let mut end = rest.len();
    for (i, c) in rest.char_indices() {
        let inside = c.is_alphanumeric()
            || is_apostrophe(c)
            || matches!(c, '.' | '_' | '\u{0300}'..='\u{036F}');
        let clitic = i > 0 && is_apostrophe(c) && {
            let mut behind = rest[i..].chars().skip(1);
            matches!(behind.next(), Some('s' | 'S'))
                && !behind.next().is_some_and(char::is_alphanumeric)
        };
        if !inside || clitic {
            end = i;
            break;
        }
    }
    end
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// What stands between words and means nothing.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '/' | '!' | '?' | '*' | '.')
}

/// The key of one part: equal for words that differ in case, accents, periods and apostrophes only.
pub fn part_key(part: &str) -> u64 {
    if part.len() <= 32 && part.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let mut lower = [0; 32];
        let lower = &mut lower[..part.len()];
        lower.copy_from_slice(part.as_bytes());
        lower.make_ascii_lowercase();
        return hash(lower);
    }
    hash(bare(part).as_bytes())
}

/// Lower case without accents and periods; typographic apostrophes are plain.
pub fn fold(word: &str) -> CompactString {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return CompactString::new(word);
    }
    let folded: CompactString = if word.is_ascii() {
        let mut folded = CompactString::new(word);
        folded.make_ascii_lowercase();
        if word.as_bytes().contains(&b'.') {
            folded.retain(|c| c != '.');
        }
        folded
    } else {
        word.nfkd()
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
            .collect()
    };
    if folded.is_empty() {
        CompactString::new(word)
    } else {
        folded
    }
}

/// How the listed word `part` must be written.
pub fn case_of(part: &str) -> Case {
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = part.chars().filter(|c| c.is_uppercase()).count();
    if letters > 0 && letters == capitals && letters <= 6 {
        Case::Exact
    } else if capitals > 0 {
        Case::Capital
    } else {
        Case::Free
    }
}

/// True when `word` of an article, whose key is that of `listed`, is written as it must be; `shouting` says that the
/// words around are all capitals, where case tells nothing.
pub fn fits(listed: &str, word: &str, shouting: bool) -> bool {
    let letters = |s: &str| -> CompactString { s.chars().filter(|&c| c != '.').collect() };
    match case_of(listed) {
        Case::Exact => listed == word || letters(listed) == letters(word),
        Case::Capital => shouting || word.chars().any(char::is_uppercase),
        Case::Free => true,
    }
}

/// True when `listed` allows every writing that `other` allows; their words have the same keys.
pub fn covers(listed: &str, other: &str) -> bool {
    parts(listed)
        .zip(parts(other))
        .all(|(a, b)| match (case_of(a), case_of(b)) {
            (Case::Free, _) => true,
            (Case::Capital, Case::Free) => false,
            (Case::Capital, _) => true,
            (Case::Exact, Case::Exact) => a == b,
            (Case::Exact, _) => false,
        })
}

/// True when two words have one key, to be sure where two keys might collide.
pub fn same(listed: &str, word: &str) -> bool {
    listed.eq_ignore_ascii_case(word) || bare(listed) == bare(word)
}

fn bare(part: &str) -> CompactString {
    fold(part)
        .chars()
        .filter(|&c| c != '\'')
        .map(|c| if matches!(c, '“' | '”') { '"' } else { c })
        .collect()
}
