//! Tokens to sentences.

use super::language::{Abbreviation, Language};
use crate::model::{Paragraph, Sentence, Token};

/// The most tokens of a sentence: what is longer is a list or no prose, and is cut so that all that looks through whole
/// sentences stays linear.
const LONGEST: u32 = 600;

/// Cuts paragraphs at full stops, question and exclamation marks; closing marks stay with the sentence they close.
pub(super) fn split(
    text: &str,
    tokens: &[Token],
    paragraphs: &[Paragraph],
    language: &Language,
) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 20 + paragraphs.len());
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let (mut start, end) = paragraph.tokens;
        let mut at = start;
        while at < end {
            at += 1;
            let too_long = at - start >= LONGEST;
            let ends = || ends_sentence(text, tokens, at as usize - 1, end as usize, language);
            if at < end && !too_long && !ends() {
                continue;
            }
            while at < end && is_closing(text, tokens, at as usize) {
                at += 1;
            }
            sentences.push(Sentence {
                tokens: (start, at),
                span: tokens[start as usize]
                    .span
                    .cover(tokens[at as usize - 1].span),
                paragraph: index as u32,
            });
            start = at;
        }
    }
    sentences
}

/// True when a sentence ends with token `at`, closing marks aside.
fn ends_sentence(
    text: &str,
    tokens: &[Token],
    at: usize,
    limit: usize,
    language: &Language,
) -> bool {
    let word = tokens[at].span.of(text);
    if !word.ends_with(['.', '!', '?', '…']) {
        return false; // before looking further: a text of nothing but closing marks stays linear
    }
    let mut next = at + 1;
    while next < limit && is_closing(text, tokens, next) {
        next += 1;
    }
    let Some(after) = (next < limit).then(|| tokens[next].span.of(text)) else {
        return false; // the paragraph's end is one anyway
    };
    let opens = after
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric() || is_open_mark(c));
    match word {
        "." => !after.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';')),
        "!" | "?" => opens,
        "…" => opens,
        _ if word.bytes().all(|b| b == b'.') => opens,
        _ if word.ends_with('.') => {
            let norm = tokens[at].norm.trim_end_matches('.');
            let title = language.abbreviation(norm) == Some(Abbreviation::Title)
                || norm.chars().count() == 1;
            let capital = after
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || is_open_mark(c));
            !title
                && capital
                && (next > at + 1
                    || language.starters.holds(&tokens[next])
                    || is_open_mark(after.chars().next().unwrap_or(' ')))
        }
        _ => false,
    }
}

fn is_open_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '"' | '‘' | '«' | '„' | '‹' | '「' | '『' | '(' | '['
    )
}

/// Marks that close what the sentence before them opened. A straight mark closes when nothing stands between it and
/// the word before.
fn is_closing(text: &str, tokens: &[Token], at: usize) -> bool {
    let glued = at > 0 && tokens[at - 1].span.end() == tokens[at].span.start();
    match tokens[at].span.of(text) {
        "”" | "»" | "›" | "」" | "』" | ")" | "]" => true,
        "’" | "\"" | "'" | "''" => glued,
        // It closes what „ opened.
        "“" | "«" => {
            let end = tokens[at].span.end();
            glued
                && tokens
                    .get(at + 1)
                    .is_none_or(|next| end < next.span.start())
        }
        _ => false,
    }
}
