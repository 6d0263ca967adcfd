//! Tokens to paragraphs, and which of them are the site's.

use super::language::Language;
use crate::model::{Paragraph, ParagraphKind, Span, Token};

/// A dateline has this many words and marks at most.
const LONGEST_DATELINE: usize = 20;
/// A credit in brackets, too.
const LONGEST_CREDIT: usize = 16;
/// A heading over a list of links has this many at most.
const LONGEST_LIST_HEADING: usize = 5;
/// What has fewer and stops shows nothing of where the article has begun.
const SHORTEST_PROSE: usize = 8;

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
            let credit = credit(text, &tokens[start..at], language);
            let end = at - credit;
            paragraphs.push(paragraph(text, tokens, start, end, language));
            if credit > 0 {
                paragraphs.push(paragraph(text, tokens, end, at, language));
            }
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
        dateline: dateline(text, &tokens[start..end]).map(|length| (start + length) as u32),
    }
}

/// How many of the last of `tokens` are a credit in brackets, "(Photo: Ann Orr)", behind words of the article.
fn credit(text: &str, tokens: &[Token], language: &Language) -> usize {
    let word = |token: &Token| token.span.of(text);
    if tokens.last().map(word) != Some(")") {
        return 0;
    }
    let opens = tokens
        .iter()
        .rev()
        .take(LONGEST_CREDIT)
        .position(|token| word(token) == "(");
    let Some(length) = opens
        .map(|before| before + 1)
        .filter(|&length| length < tokens.len())
    else {
        return 0;
    };
    let bracket = &tokens[tokens.len() - length..];
    let span = bracket[0].span.cover(bracket[length - 1].span);
    if language.boilerplate.is_match(span.of(text)) {
        length
    } else {
        0
    }
}

/// How many of the first of `tokens` are a dateline with its dash: a place in capitals, or an agency in brackets before the dash.
fn dateline(text: &str, tokens: &[Token]) -> Option<usize> {
    let word = |at: usize| tokens[at].span.of(text);
    let is_dash = |at: usize| {
        matches!(word(at), "-" | "--" | "–" | "—" | "―")
            && tokens[at - 1].span.end() < tokens[at].span.start()
    };
    if !tokens.first()?.capital {
        return None;
    }
    let dash = (1..tokens.len().min(LONGEST_DATELINE)).find(|&at| is_dash(at))?;
    // Names, figures and the marks between them; an address of a place is no sentence.
    let fits = |at: usize| {
        tokens[at].capital
            || word(at).starts_with(|c: char| c.is_ascii_digit())
            || matches!(word(at), "," | "(" | ")" | "/")
    };
    let is_capitals = |word: &str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.contains(char::is_lowercase)
    };
    let next = tokens.get(dash + 1)?;
    let place = is_capitals(word(0)) && next.span.of(text).starts_with(|c: char| !c.is_lowercase());
    let agency = word(dash - 1) == ")";
    ((place || agency) && (0..dash).all(fits)).then_some(dash + 1)
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

/// The first lines that end without a stop are titles, as is any short line of this kind between paragraphs; behind a heading
/// of the site's in the middle of an article they are links to others.
fn mark_titles(text: &str, tokens: &[Token], paragraphs: &mut [Paragraph]) {
    let (mut at_head, mut has_begun, mut listed) = (true, false, false);
    for paragraph in paragraphs.iter_mut() {
        let last = &tokens[paragraph.tokens.1 as usize - 1];
        let length = (paragraph.tokens.1 - paragraph.tokens.0) as usize;
        let stops = last
            .span
            .of(text)
            .ends_with(['.', '!', ':', '”', '"', '…', ',', ';', '’', '\'', ')']);
        if paragraph.kind == ParagraphKind::Boilerplate {
            listed |= has_begun && !stops && length <= LONGEST_LIST_HEADING;
            continue;
        }
        let limit = if at_head { 30 } else { 14 };
        let is_title = !stops && length <= limit;
        if is_title {
            paragraph.kind = match listed {
                true => ParagraphKind::Boilerplate,
                false => ParagraphKind::Title,
            };
        } else {
            at_head &= length <= 12;
            has_begun |= stops && length >= SHORTEST_PROSE;
            listed = false;
        }
    }
}
