//! Tokens to quotations: nested, of several paragraphs, unclosed.
//!
//! A quotation ends with its paragraph; where the next paragraph opens with the same mark, that one goes on with it. A
//! single mark that nothing closes is an apostrophe.

use super::language::{Language, QuotationMark};
use crate::model::{Paragraph, Quotation, QuotationRole, Span, Token};

/// How many tokens a single mark may be from its partner: keeps a text without line breaks linear.
const REACH: usize = 400;

/// A mark that waits for its partner.
struct Open<'a> {
    mark: &'a QuotationMark,
    token: u32,
    found: usize,
}

/// Finds the quotations of each paragraph, outer before inner, in text order.
pub(super) fn find(
    text: &str,
    tokens: &[Token],
    paragraphs: &[Paragraph],
    language: &Language,
) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut unclosed: Option<(u32, usize)> = None; // paragraph and quotation that may go on
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let first = found.len();
        scan(text, tokens, paragraph, language, &mut found);
        if let Some((before, quotation)) = unclosed.take()
            && index as u32 == before + 1
            && let Some(next) = found.get_mut(first)
            && next.tokens.0 == paragraph.tokens.0
        {
            next.continues = Some(quotation as u32);
            found[quotation].closed = true;
        }
        if let Some(last) = (first..found.len())
            .rev()
            .find(|&q| found[q].within.is_none())
            && !found[last].closed
        {
            unclosed = Some((index as u32, last));
        }
    }
    for quotation in &mut found {
        quotation.role = role(text, tokens, quotation, paragraphs);
    }
    // What goes on in the next paragraph is speech, however short.
    for at in 0..found.len() {
        if let Some(before) = found[at].continues {
            found[before as usize].role = QuotationRole::Speech;
        }
    }
    found
}

fn scan(
    text: &str,
    tokens: &[Token],
    paragraph: &Paragraph,
    language: &Language,
    found: &mut Vec<Quotation>,
) {
    let (start, end) = paragraph.tokens;
    let mut open: Vec<Open<'_>> = Vec::new();
    for at in start..end {
        if tokens[at as usize].plain {
            continue; // no mark
        }
        let word = tokens[at as usize].span.of(text);
        if let Some(depth) = open
            .iter()
            .rposition(|o| o.mark.close == word && closes(text, tokens, at, paragraph, o))
            .or_else(|| {
                let foreign = is_foreign_close(text, tokens, at, paragraph, language);
                open.iter()
                    .rposition(|o| foreign && !o.mark.apostrophe && o.token + 1 < at)
            })
        {
            while open.len() > depth + 1 {
                if let Some(dropped) = open.pop() {
                    finish(tokens, found, &dropped, at, false);
                }
            }
            if let Some(closed) = open.pop() {
                finish(tokens, found, &closed, at + 1, true);
            }
        } else if let Some(mark) = language.quotation_marks.iter().find(|m| m.open == word)
            && opens(text, tokens, at, paragraph, mark)
        {
            // The same mark twice without a close: the first one was never closed.
            if let Some(depth) = open.iter().position(|o| o.mark.open == mark.open) {
                while open.len() > depth {
                    if let Some(dropped) = open.pop() {
                        finish(tokens, found, &dropped, at, false);
                    }
                }
            }
            let within = open.last().map(|o| o.found as u32);
            open.push(Open {
                mark,
                token: at,
                found: found.len(),
            });
            let span = tokens[at as usize].span;
            found.push(Quotation {
                span,
                inner: Span::new(span.end(), span.end()),
                tokens: (at, at + 1),
                closed: false,
                role: QuotationRole::Fragment,
                within,
                continues: None,
            });
        }
    }
    for dropped in open.iter().rev() {
        finish(tokens, found, dropped, end, false);
    }
}

/// Gives the quotation its end: the token after its last.
fn finish(tokens: &[Token], found: &mut [Quotation], open: &Open<'_>, end: u32, closed: bool) {
    let quotation = &mut found[open.found];
    let first = tokens[open.token as usize].span;
    let last = tokens[end as usize - 1].span;
    quotation.tokens = (open.token, end);
    quotation.span = first.cover(last);
    let inner_end = if closed && end > open.token + 1 {
        last.start()
    } else {
        last.end()
    };
    quotation.inner = Span::new(first.end(), inner_end.max(first.end()));
    quotation.closed = closed;
}

/// True when nothing but the paragraph's start, space or an opening mark stands before token `at`.
fn free_before(text: &str, tokens: &[Token], at: u32, paragraph: &Paragraph) -> bool {
    at == paragraph.tokens.0 || {
        let before = tokens[at as usize - 1].span;
        before.end() < tokens[at as usize].span.start()
            || matches!(
                before.of(text),
                "(" | "[" | "“" | "\"" | "‘" | "—" | "–" | "―" | "--" | "-" | "«" | "…" | "/"
            )
    }
}

fn free_after(tokens: &[Token], at: u32, paragraph: &Paragraph) -> bool {
    at + 1 >= paragraph.tokens.1
        || tokens[at as usize].span.end() < tokens[at as usize + 1].span.start()
}

fn opens(
    text: &str,
    tokens: &[Token],
    at: u32,
    paragraph: &Paragraph,
    mark: &QuotationMark,
) -> bool {
    if mark.apostrophe {
        return free_before(text, tokens, at, paragraph)
            && !free_after(tokens, at, paragraph)
            && tokens[at as usize + 1]
                .span
                .of(text)
                .starts_with(|c: char| c.is_alphabetic() || c == '…' || c == '.')
            && single_closes(text, tokens, at, paragraph, mark);
    }
    if mark.open == mark.close {
        // A straight mark: space on the left or text on the right opens.
        return free_before(text, tokens, at, paragraph) || !free_after(tokens, at, paragraph);
    }
    true
}

fn closes(text: &str, tokens: &[Token], at: u32, paragraph: &Paragraph, open: &Open<'_>) -> bool {
    if at == open.token {
        return false;
    }
    if open.mark.apostrophe {
        return is_single_close(text, tokens, at, paragraph)
            && !only_possessive(text, tokens, at, paragraph, open.mark);
    }
    if open.mark.open == open.mark.close {
        // `said "No" and` closes; ` "` before a word opens anew.
        let free_left = free_before(text, tokens, at, paragraph) && at > open.token + 1;
        return !free_left || free_after(tokens, at, paragraph);
    }
    true
}

/// A double mark of another pair where only a closing one can stand: `“We left," he said`, `"We left,“ he said`, and, with
/// the space left out, `“We left“he said`.
fn is_foreign_close(
    text: &str,
    tokens: &[Token],
    at: u32,
    paragraph: &Paragraph,
    language: &Language,
) -> bool {
    let word = tokens[at as usize].span.of(text);
    let double = language
        .quotation_marks
        .iter()
        .any(|mark| !mark.apostrophe && (mark.open == word || mark.close == word));
    let opening = language
        .quotation_marks
        .iter()
        .any(|mark| mark.open == word && mark.close != word);
    double
        && !free_before(text, tokens, at, paragraph)
        && (opening
            || free_after(tokens, at, paragraph)
            || tokens[at as usize + 1]
                .span
                .of(text)
                .starts_with(|c: char| c.is_ascii_punctuation() || is_mark(c)))
}

fn is_single_close(text: &str, tokens: &[Token], at: u32, paragraph: &Paragraph) -> bool {
    let glued = at > paragraph.tokens.0
        && tokens[at as usize - 1].span.end() == tokens[at as usize].span.start();
    let next_is_word = at + 1 < paragraph.tokens.1
        && !free_after(tokens, at, paragraph)
        && tokens[at as usize + 1]
            .span
            .of(text)
            .starts_with(char::is_alphanumeric);
    glued && !next_is_word
}

/// "the workers’ demand …,’": behind an s without punctuation, when a better close follows.
fn only_possessive(
    text: &str,
    tokens: &[Token],
    at: u32,
    paragraph: &Paragraph,
    mark: &QuotationMark,
) -> bool {
    let before = tokens[at as usize - 1].span.of(text);
    before.ends_with('s')
        && (at + 1..paragraph.tokens.1)
            .take(REACH)
            .take_while(|&next| {
                tokens[next as usize].span.of(text) != mark.open || mark.open == mark.close
            })
            .any(|next| {
                tokens[next as usize].span.of(text) == mark.close
                    && is_single_close(text, tokens, next, paragraph)
                    && tokens[next as usize - 1]
                        .span
                        .of(text)
                        .ends_with([',', '.', '?', '!'])
            })
}

fn single_closes(
    text: &str,
    tokens: &[Token],
    at: u32,
    paragraph: &Paragraph,
    mark: &QuotationMark,
) -> bool {
    (at + 1..paragraph.tokens.1).take(REACH).any(|next| {
        tokens[next as usize].span.of(text) == mark.close
            && is_single_close(text, tokens, next, paragraph)
    })
}

/// Speech, or words lifted into the author's sentence.
fn role(
    text: &str,
    tokens: &[Token],
    quotation: &Quotation,
    paragraphs: &[Paragraph],
) -> QuotationRole {
    let (start, end) = quotation.tokens;
    let inner: Vec<&str> = tokens[start as usize + 1..end as usize]
        .iter()
        .map(|token| token.span.of(text))
        .filter(|word| word.starts_with(|c: char| c.is_alphanumeric()))
        .collect();
    if inner.is_empty() {
        return QuotationRole::Fragment;
    }
    // A quotation inside may end with it: “… ‘the end,’”
    let last = tokens[start as usize + 1..end as usize - usize::from(quotation.closed)]
        .iter()
        .rev()
        .map(|token| token.span.of(text))
        .find(|word| !word.starts_with(is_closing_mark))
        .unwrap_or_default();
    let stop_inside = last.ends_with(['.', '!', '?', '…', '—', '–']) || last == "--";
    // With the space left out, `“We left“he said`, the comma is, too.
    let glued = tokens.get(end as usize).is_some_and(|next| {
        let behind = next.span.of(text).starts_with(char::is_alphabetic);
        behind && next.span.start() == tokens[end as usize - 1].span.end()
    });
    let comma = glued || last == "," || next_word(text, tokens, end, paragraphs) == Some(",");
    let sentences_inside = tokens[start as usize + 1..end as usize - 1]
        .windows(2)
        .any(|pair| {
            matches!(pair[0].span.of(text), "." | "?" | "!" | "..." | "…")
                && pair[1]
                    .span
                    .of(text)
                    .starts_with(|c: char| c.is_uppercase() || is_mark(c))
        });
    let long_words = inner.iter().filter(|word| word.len() > 3).count();
    let capital_words = inner
        .iter()
        .filter(|word| word.len() > 3 && word.starts_with(char::is_uppercase))
        .count();
    let titled = long_words >= 2 && capital_words == long_words && !stop_inside;
    let capital = inner[0].starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let before = previous_word(text, tokens, start, paragraphs);
    let speech = if titled && inner.len() < 12 {
        last == "," && before.is_none()
    } else if sentences_inside || quotation.continues.is_some() || !quotation.closed {
        true
    } else {
        match before {
            // At the start of a sentence.
            None | Some("." | "!" | "?" | "”" | "\"" | "’") => stop_inside || comma,
            // Behind a comma, a colon or a dash.
            Some("," | ":" | "—" | "–" | "--" | "-" | ";") => {
                stop_inside || comma || (capital && inner.len() >= 4)
            }
            // Inside a sentence.
            Some(_) => {
                capital
                    && (inner.len() >= 4 && (stop_inside || last == ",")
                        || inner.len() >= 2 && last.ends_with(['!', '?']))
            }
        }
    };
    if speech {
        QuotationRole::Speech
    } else {
        QuotationRole::Fragment
    }
}

fn is_closing_mark(c: char) -> bool {
    matches!(c, '”' | '"' | '’' | '\'' | '‘')
}

fn is_mark(c: char) -> bool {
    matches!(c, '“' | '"' | '‘' | '\'')
}

fn paragraph_of(paragraphs: &[Paragraph], token: u32) -> &Paragraph {
    let at = paragraphs.partition_point(|p| p.tokens.1 <= token);
    &paragraphs[at]
}

fn previous_word<'a>(
    text: &'a str,
    tokens: &[Token],
    at: u32,
    paragraphs: &[Paragraph],
) -> Option<&'a str> {
    (at > paragraph_of(paragraphs, at).tokens.0).then(|| tokens[at as usize - 1].span.of(text))
}

fn next_word<'a>(
    text: &'a str,
    tokens: &[Token],
    end: u32,
    paragraphs: &[Paragraph],
) -> Option<&'a str> {
    (end < paragraph_of(paragraphs, end - 1).tokens.1).then(|| tokens[end as usize].span.of(text))
}
