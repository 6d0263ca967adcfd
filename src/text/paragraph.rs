//! Tokens to paragraphs, and which of them are the site's.

use super::language::Language;
use crate::model::{Paragraph, ParagraphKind, Span, Token};

/// What is longer, in bytes, is never the site's alone: an article on one line holds its boilerplate, too.
const LONGEST_BOILERPLATE: usize = 1200;

/// Cuts at line breaks, but not inside a text whose lines were wrapped by hand, and marks titles and boilerplate.
pub(super) fn split(text: &str, tokens: &[Token], language: &Language) -> Vec<Paragraph> {
    let wrapped = is_hard_wrapped(text);
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        let ends = at == tokens.len() || {
            let gap = &text[tokens[at - 1].span.end() as usize..tokens[at].span.start() as usize];
            breaks(gap, wrapped)
        };
        if ends {
            paragraphs.push(paragraph(text, tokens, start, at, language));
            start = at;
        }
    }
    mark_titles(text, tokens, &mut paragraphs);
    paragraphs
}

fn paragraph(
    text: &str,
    tokens: &[Token],
    start: usize,
    end: usize,
    language: &Language,
) -> Paragraph {
    let span = tokens[start].span.cover(tokens[end - 1].span);
    let words = span.of(text);
    let kind = if words.len() <= LONGEST_BOILERPLATE && language.boilerplate.is_match(words) {
        ParagraphKind::Boilerplate
    } else {
        ParagraphKind::Body
    };
    Paragraph {
        span: Span::new(span.start(), span.end()),
        tokens: (start as u32, end as u32),
        kind,
    }
}

/// True when the white space `gap` between two tokens separates paragraphs.
fn breaks(gap: &str, wrapped: bool) -> bool {
    let lines =
        gap.bytes().filter(|&b| b == b'\n').count() + gap.matches(['\u{2028}', '\u{2029}']).count();
    let lines = if lines == 0 {
        gap.bytes().filter(|&b| b == b'\r').count()
    } else {
        lines
    };
    lines >= if wrapped { 2 } else { 1 }
}

/// A text is wrapped by hand when blank lines separate blocks of lines that are nearly all of a typewriter's width.
fn is_hard_wrapped(text: &str) -> bool {
    let (mut inner, mut typical, mut blank) = (0u32, 0u32, 0u32);
    let mut lines = text.lines().take(400).peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            blank += 1;
            continue;
        }
        if lines.peek().is_some_and(|next| !next.trim().is_empty()) {
            inner += 1;
            if (50..=100).contains(&line.trim_end().chars().count()) {
                typical += 1;
            }
        }
    }
    blank >= 1 && inner >= 6 && typical * 10 >= inner * 8
}

/// The first lines that end without a stop are titles, as is any short line of this kind between paragraphs.
fn mark_titles(text: &str, tokens: &[Token], paragraphs: &mut [Paragraph]) {
    let mut at_head = true;
    for paragraph in paragraphs
        .iter_mut()
        .filter(|p| p.kind == ParagraphKind::Body)
    {
        let last = &tokens[paragraph.tokens.1 as usize - 1];
        let length = (paragraph.tokens.1 - paragraph.tokens.0) as usize;
        let stops = last
            .span
            .of(text)
            .ends_with(['.', '!', ':', '”', '"', '…', ',', ';', '’', '\'', ')']);
        let limit = if at_head { 30 } else { 14 };
        if !stops && length <= limit {
            paragraph.kind = ParagraphKind::Title;
        } else if length > 12 {
            at_head = false;
        }
    }
}
