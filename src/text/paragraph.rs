//! Tokens to paragraphs, and which of them are the site's.

use super::language::Language;
use crate::model::{Paragraph, ParagraphKind, Span, Token};

/// What is longer, in bytes, is never the site's alone: an article on one line holds its boilerplate, too.
const LONGEST_BOILERPLATE: usize = 1200;

/// Cuts at line breaks, but not inside a text whose lines were wrapped by hand, and marks titles and boilerplate.
pub(super) fn split(text: &str, tokens: &[Token], language: &Language) -> Vec<Paragraph> {
    let width = wrapped_at(text);
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        let ends = at == tokens.len() || {
            let gap = tokens[at - 1].span.end() as usize..tokens[at].span.start() as usize;
            breaks(text, gap, width)
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

/// True when the white space `gap` between two tokens separates paragraphs, in a text that is wrapped at `width` or at none.
fn breaks(text: &str, gap: std::ops::Range<usize>, width: Option<usize>) -> bool {
    let white = &text[gap.clone()];
    let lines = white.bytes().filter(|&b| b == b'\n').count()
        + white.matches(['\u{2028}', '\u{2029}']).count();
    let lines = if lines == 0 {
        white.bytes().filter(|&b| b == b'\r').count()
    } else {
        lines
    };
    match width {
        Some(width) if lines == 1 => {
            // Between wrapped lines only one that is short and ends, or stands before a new beginning, closes a paragraph.
            let line = text[..gap.start].rsplit('\n').next().unwrap_or_default();
            let is_short = line.trim().chars().count() * 5 < width * 3;
            let stops = line.trim_end().ends_with(['.', '!', '?', '”', '"', ':']);
            is_short && (stops || !text[gap.end..].starts_with(char::is_lowercase))
        }
        Some(_) => lines >= 2,
        None => lines >= 1,
    }
}

/// The width at which the lines of a text were wrapped: by hand, where lines go on in the middle of sentences, or at a
/// typewriter's, where nearly all between blank lines are as long.
fn wrapped_at(text: &str) -> Option<usize> {
    let (mut inner, mut typical, mut blank, mut goes_on, mut width) = (0u32, 0u32, 0u32, 0u32, 0);
    let mut lines = text.lines().take(400).map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            blank += 1;
            continue;
        }
        if let Some(next) = lines.peek().filter(|next| !next.is_empty()) {
            inner += 1;
            let length = line.chars().count();
            width = width.max(length.min(100));
            typical += u32::from((50..=100).contains(&length));
            let is_open = line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';'));
            goes_on += u32::from(is_open && next.starts_with(char::is_lowercase));
        }
    }
    let by_hand = goes_on >= 2 && goes_on * 5 >= inner * 2;
    let by_width = blank >= 1 && inner >= 6 && typical * 10 >= inner * 8;
    (by_hand || by_width).then_some(width)
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
