//! Text to words and marks.
//!
//! Clitics stand alone ("Russia" + "'s", "do" + "n't"), a period stays with an abbreviation, and a hyphen splits a word
//! only behind a name ("US" + "-" + "led"), so that the name can be found.

use compact_str::CompactString;

use super::language::{Abbreviation, Language};
use crate::model::key::hash;
use crate::model::{Span, Tag, Token};

/// Cuts `text` into tokens: ascending, disjoint, together holding every byte that is not white space. All carry the
/// tag `NN` until the tagger has seen their sentence.
pub fn tokenize(text: &str, language: &Language) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = at + simple_word(&text.as_bytes()[at..]);
        if end > at {
            push(&mut tokens, text, at, end);
            at = end;
            continue;
        }
        if is_space(c) {
            at += c.len_utf8();
            continue;
        }
        let end = if c.is_alphanumeric() || matches!(c, '@' | '#') {
            word_end(text, at, language)
        } else {
            mark_end(text, at, c)
        };
        push_word(&mut tokens, text, at, end, language);
        at = end;
    }
    tokens
}

/// Lower case, typographic apostrophes and hyphens made plain: the form in which all lists are looked up.
pub fn normalize(word: &str) -> CompactString {
    if word.is_ascii() {
        let mut norm = CompactString::new(word);
        norm.make_ascii_lowercase();
        return norm;
    }
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | 'ʼ' | '`' => '\'',
            '‐' | '‑' => '-',
            c => c,
        })
        .collect()
}

pub(super) fn is_space(c: char) -> bool {
    // What takes no room and what turns the direction is no letter of anything: no word is made of it.
    c.is_whitespace()
        || matches!(
            c,
            '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// How long the word is that `rest` starts with, where that is plain: letters and digits before a space or a mark that
/// never belongs to a word. Most are, and this is the fast way.
fn simple_word(rest: &[u8]) -> usize {
    let length = rest
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let ends = match rest.get(length) {
        None | Some(b' ' | b'\n' | b'"' | b')' | b';' | b'?' | b'!') => true,
        Some(b',') => length > 0 && rest[length - 1].is_ascii_alphabetic(),
        Some(_) => false,
    };
    if ends { length } else { 0 }
}

/// The end of the word that starts at `start`.
fn word_end(text: &str, start: usize, language: &Language) -> usize {
    let rest = &text[start..];
    if is_address(rest) {
        return start + address_len(rest);
    }
    let mut end = start;
    let mut chars = rest.char_indices().peekable();
    let mut last = ' ';
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, c)| c);
        let goes_on = c.is_alphanumeric()
            || i == 0
            || c == '_'
            || is_combining(c)
            || ((is_apostrophe(c) || is_hyphen(c) || c == '&')
                && last.is_alphanumeric()
                && next.is_alphanumeric())
            || (c == '.'
                && last.is_alphanumeric()
                && next.is_alphanumeric()
                && (last.is_numeric() == next.is_numeric()))
            || (matches!(c, ',' | ':' | '/') && last.is_ascii_digit() && next.is_ascii_digit());
        if !goes_on {
            break;
        }
        end = start + i + c.len_utf8();
        last = c;
    }
    if let Some(behind) = text[end..].strip_prefix('.')
        && keeps_period(&text[start..end], behind, language)
    {
        end += 1;
    }
    end
}

/// True when the period behind `word` belongs to it: "U.S.", "J.", "Mr.".
fn keeps_period(word: &str, after: &str, language: &Language) -> bool {
    let mut chars = word.chars();
    let (first, second) = (chars.next(), chars.next());
    let initial = second.is_none() && first.is_some_and(|c| c.is_uppercase() && c.is_alphabetic());
    let dotted = word.contains('.')
        && word
            .split('.')
            .all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
    if initial {
        // "Plan B." at a paragraph's end is no initial.
        return after
            .chars()
            .next()
            .is_some_and(|c| c == ' ' || c.is_alphanumeric() || c == ',');
    }
    dotted
        || match language.abbreviation(&normalize(word)) {
            Some(Abbreviation::Number) => {
                let next = after.trim_start_matches([' ', '\u{A0}']);
                next.starts_with(|c: char| c.is_ascii_digit())
            }
            sort => sort.is_some(),
        }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

fn is_address(rest: &str) -> bool {
    let head = rest.as_bytes();
    head.starts_with(b"http://") || head.starts_with(b"https://") || head.starts_with(b"www.") || {
        // e-mail: word@word within one run of characters
        let run = rest
            .bytes()
            .take(64)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'@'));
        let mut at = 0;
        let mut len = 0;
        for b in run {
            if b == b'@' && len > 0 {
                at += 1;
            }
            len += 1;
        }
        at == 1 && len > 4
    }
}

fn address_len(rest: &str) -> usize {
    let end = rest
        .char_indices()
        .find(|&(_, c)| is_space(c) || matches!(c, '"' | '“' | '”' | '<' | '>' | ')' | ']'))
        .map_or(rest.len(), |(i, _)| i);
    let trimmed = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']);
    trimmed
        .len()
        .max(1)
        .max(rest.chars().next().map_or(1, char::len_utf8))
}

/// The end of the mark `c` that starts at `start`: runs of dots and of hyphens are one token.
fn mark_end(text: &str, start: usize, c: char) -> usize {
    let run = |wanted: fn(char) -> bool| {
        text[start..]
            .char_indices()
            .find(|&(_, c)| !wanted(c))
            .map_or(text.len(), |(i, _)| start + i)
    };
    match c {
        '.' => run(|c| c == '.'),
        '-' => run(|c| c == '-'),
        '`' => run(|c| c == '`'),
        '\'' if text[start..].starts_with("''") => start + 2,
        _ => {
            start
                + c.len_utf8()
                + text[start..]
                    .chars()
                    .skip(1)
                    .take_while(|&c| is_combining(c))
                    .map(char::len_utf8)
                    .sum::<usize>()
        }
    }
}

/// Adds the word `start..end`, split at its clitic and behind a hyphenated name.
fn push_word(tokens: &mut Vec<Token>, text: &str, start: usize, end: usize, language: &Language) {
    let word = &text[start..end];
    let mut cut = start;
    if let Some(hyphen) = name_hyphen(word).filter(|&at| !is_given_name(word, at, language)) {
        push(tokens, text, cut, cut + hyphen);
        let width = word[hyphen..].chars().next().map_or(1, char::len_utf8);
        push(tokens, text, cut + hyphen, cut + hyphen + width);
        cut += hyphen + width;
    }
    let tail = &text[cut..end];
    let clitic = if tail.bytes().any(|b| b == b'\'' || b >= 0x80) {
        language.clitic(tail)
    } else {
        0
    };
    if clitic > 0 && clitic < tail.len() {
        push(tokens, text, cut, end - clitic);
        cut = end - clitic;
    }
    push(tokens, text, cut, end);
}

/// "Min-suk": syllables on both sides of the hyphen.
fn is_given_name(word: &str, hyphen: usize, language: &Language) -> bool {
    let (before, behind) = word.split_at(hyphen);
    let behind = behind.trim_start_matches(is_hyphen);
    [before, behind]
        .iter()
        .all(|part| language.syllables.contains(&normalize(part)))
}

/// Where a capitalised name is glued to a lower-case word: "US-led", "Kyiv-based".
fn name_hyphen(word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    if !first.is_uppercase() {
        return None;
    }
    let hyphen = word.find(is_hyphen)?;
    let mut behind = word[hyphen..].chars().skip(1);
    let glued = hyphen >= 2 && behind.next()?.is_lowercase();
    (glued && !behind.any(is_hyphen)).then_some(hyphen)
}

fn push(tokens: &mut Vec<Token>, text: &str, start: usize, end: usize) {
    if start < end {
        let word = &text[start..end];
        let mut plain = true;
        let mut capital = false;
        for byte in word.bytes() {
            plain &= byte.is_ascii_alphanumeric();
            capital |= byte.is_ascii_uppercase();
        }
        capital |= !plain && !capital && word.chars().any(char::is_uppercase);
        let norm = normalize(word);
        tokens.push(Token {
            span: Span::new(start as u32, end as u32),
            key: hash(norm.as_bytes()),
            norm,
            tag: Tag::NN,
            capital,
            plain,
        });
    }
}
