//! Tokens to quotations: nested, of several paragraphs, unclosed.
//!
//! A quotation ends with its paragraph; where the next paragraph opens with the same mark, or a later one closes what was
//! opened here, that one goes on with it. A single mark that nothing closes is an apostrophe.

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
    let marks = marks_of(text, language);
    let mut found: Vec<Quotation> = Vec::new();
    let mut unclosed: Option<(u32, usize)> = None; // paragraph and quotation that may go on
    let mut begun = 0; // tokens that a quotation from before holds
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let first = found.len();
        let own = Paragraph {
            tokens: (paragraph.tokens.0.max(begun), paragraph.tokens.1),
            ..*paragraph
        };
        scan(text, tokens, &own, &marks, &mut found);
        if let Some((before, quotation)) = unclosed.take()
            && index as u32 == before + 1
            && let Some(next) = found.get_mut(first)
            && next.tokens.0 == paragraph.tokens.0
        {
            next.continues = Some(quotation as u32);
            found[quotation].closed = true;
        }
        let last = (first..found.len())
            .rev()
            .find(|&q| found[q].within.is_none());
        let Some(open) = last.filter(|&last| !found[last].closed) else {
            continue;
        };
        match closed_later(text, tokens, &paragraphs[index..], &found[open], &marks) {
            Some(end) => {
                go_on(tokens, &paragraphs[index + 1..], open, end, &mut found);
                begun = end;
            }
            None => unclosed = Some((index as u32, open)),
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

/// The pairs of marks that `text` uses: of two of which one closes with what opens the other, as «…» and »…« or “…” and ”…”, the
/// one that comes first in the list, unless the text opens with the other one.
fn marks_of<'a>(text: &str, language: &'a Language) -> Vec<&'a QuotationMark> {
    let mut marks: Vec<&QuotationMark> = Vec::with_capacity(language.quotation_marks.len());
    for mark in &language.quotation_marks {
        let is_rival = |other: &&QuotationMark| other.close == mark.open && other.open != mark.open;
        let Some(rival) = marks.iter().position(is_rival) else {
            marks.push(mark);
            continue;
        };
        let first = |mark: &str| text.find(mark);
        let opens_first = match (first(&mark.open), first(&marks[rival].open)) {
            (Some(_), None) => true,
            // One mark for both ends shows nothing beside the other pair.
            (Some(own), Some(other)) => own < other && mark.open != mark.close,
            (None, _) => false,
        };
        if opens_first {
            marks[rival] = mark;
        }
    }
    marks
}

/// How many paragraphs a quotation may go on for without opening again.
const LONGEST_BLOCK: usize = 6;

/// Where the quotation `open` of the first paragraph is closed in a later one, with no other mark of its pair between.
fn closed_later(
    text: &str,
    tokens: &[Token],
    paragraphs: &[Paragraph],
    open: &Quotation,
    marks: &[&QuotationMark],
) -> Option<u32> {
    let word = |token: u32| tokens[token as usize].span.of(text);
    let mark = marks.iter().find(|m| m.open == word(open.tokens.0))?;
    if mark.open == mark.close || mark.apostrophe {
        return None;
    }
    let rest = paragraphs.get(1..)?.iter().take(LONGEST_BLOCK);
    let mut behind = rest
        .flat_map(|paragraph| paragraph.tokens.0..paragraph.tokens.1)
        .filter(|&token| !tokens[token as usize].plain)
        .map(|token| (token, word(token)));
    let (token, found) = behind.find(|(_, found)| mark.open == *found || mark.close == *found)?;
    (mark.close == found).then_some(token + 1)
}

/// Lets the quotation `first` go on through `paragraphs` up to the token `end`.
fn go_on(
    tokens: &[Token],
    paragraphs: &[Paragraph],
    first: usize,
    end: u32,
    found: &mut Vec<Quotation>,
) {
    let mut before = first;
    for paragraph in paragraphs.iter().take_while(|p| p.tokens.0 < end) {
        let range = (paragraph.tokens.0, paragraph.tokens.1.min(end));
        let span = |from: u32, to: u32| {
            tokens[from as usize]
                .span
                .cover(tokens[to as usize - 1].span)
        };
        let closes = range.1 == end && range.1 > range.0 + 1;
        found[before].closed = true;
        found.push(Quotation {
            span: span(range.0, range.1),
            inner: span(range.0, range.1 - u32::from(closes)),
            tokens: range,
            closed: true,
            role: QuotationRole::Speech,
            within: None,
            continues: Some(before as u32),
        });
        before = found.len() - 1;
    }
}

fn scan(
    text: &str,
    tokens: &[Token],
    paragraph: &Paragraph,
    marks: &[&QuotationMark],
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
                let foreign = is_foreign_close(text, tokens, at, paragraph, marks);
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
        } else if let Some(&mark) = marks.iter().find(|m| m.open == word)
            && opens(text, tokens, at, paragraph, mark)
        {
            // The same mark twice without a close: the first one was never closed.
            if let Some(depth) = open.iter().position(|o| o.mark.open == mark.open)
                && !closes_twice(text, tokens, at, end, mark)
            {
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

/// “He said “no” to us”: behind token `at` the pair closes for this mark and for the one before.
fn closes_twice(text: &str, tokens: &[Token], at: u32, end: u32, mark: &QuotationMark) -> bool {
    if mark.open == mark.close || mark.apostrophe {
        return false;
    }
    let mut depth = 2;
    for token in tokens[at as usize + 1..end as usize].iter().take(REACH) {
        let word = token.span.of(text);
        if mark.open == word {
            depth += 1;
        } else if mark.close == word {
            depth -= 1;
        }
        if depth == 0 {
            return true;
        }
    }
    false
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
    marks: &[&QuotationMark],
) -> bool {
    let word = tokens[at as usize].span.of(text);
    let double = marks
        .iter()
        .any(|mark| !mark.apostrophe && (mark.open == word || mark.close == word));
    let opening = marks
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
    matches!(c, '”' | '"' | '’' | '\'' | '‘' | '»' | '›' | '」' | '』')
}

fn is_mark(c: char) -> bool {
    matches!(c, '“' | '"' | '‘' | '\'' | '„' | '«' | '‹' | '「' | '『')
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
