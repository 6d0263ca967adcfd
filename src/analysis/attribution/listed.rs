//! What a sentence that ends in a colon leads to: the items of a list, or the block behind "From Mayor Ann Orr:".
//!
//! In: the author's segments that end a paragraph with a colon. Out: a statement for each item. Whose they are is read from the
//! last cue of the sentence, whatever patterns made of it.

use super::cue::{self, CueHit};
use super::{Attribution, label};
use crate::lexicon::{Frames, Lexicon, Part, PhraseHit};
use crate::model::{Paragraph, ParagraphKind, Tag};
use crate::text::{Clauses, Segment, Text, UnitKind};

/// The most items of a list.
const LONGEST_LIST: usize = 40;

/// Adds a statement for each item that somebody's words lead to.
pub(super) fn find(
    text: &Text,
    lexicon: &Lexicon,
    phrases: &[PhraseHit],
    found: &mut Vec<Attribution>,
) {
    for (index, segment) in text.segments.iter().enumerate() {
        let Some(last) = segment.units.last() else {
            continue;
        };
        let paragraph = &text.paragraphs[segment.paragraph as usize];
        let leads = last.kind == UnitKind::Colon && last.tokens.1 == paragraph.tokens.1;
        if !leads || segment.within.is_some() {
            continue;
        }
        let behind = &text.paragraphs[segment.paragraph as usize + 1..];
        let items: Vec<(u32, u32)> = behind
            .iter()
            .map_while(|paragraph| item(text, paragraph))
            .take(LONGEST_LIST)
            .collect();
        if !items.is_empty() {
            if let Some((source, hit)) = leader(text, lexicon, phrases, segment) {
                let listed = |item| attribution(source, Some(&hit), item, index);
                found.extend(items.into_iter().map(listed));
            }
        } else if let Some(next) = behind.first()
            && let Some(source) = label::sender(text, lexicon, paragraph)
            && next.kind == ParagraphKind::Body
            && !text.tokens[next.tokens.0 as usize].tag.is_quotation_mark()
        {
            let block = without_stop(text, next.tokens);
            found.push(attribution(source, None, block, index));
        }
    }
}

/// The words of an item behind its dash, dot or number.
fn item(text: &Text, paragraph: &Paragraph) -> Option<(u32, u32)> {
    let (start, end) = paragraph.tokens;
    let token = |at: u32| text.tokens.get(at as usize);
    let norm = |at: u32| token(at).map_or("", |token| token.norm.as_str());
    let first = token(start)?;
    let marked = first.tag == Tag::Dash || matches!(norm(start), "•" | "*" | "·" | "◦" | "▪" | "‣");
    let is_figure = norm(start).bytes().all(|byte| byte.is_ascii_digit());
    let numbered = is_figure && matches!(norm(start + 1), "." | ")");
    let words = match (marked, numbered) {
        (true, _) => start + 1,
        (_, true) => start + 2,
        _ => return None,
    };
    let (words, end) = without_stop(text, (words, end));
    (words < end).then_some((words, end))
}

fn without_stop(text: &Text, (start, mut end): (u32, u32)) -> (u32, u32) {
    let ends = |tag| matches!(tag, Tag::Stop | Tag::Comma | Tag::Colon);
    while end > start + 1 && ends(text.tokens[end as usize - 1].tag) {
        end -= 1;
    }
    (start, end)
}

/// Who speaks by the last cue of `segment`, and the cue.
fn leader(
    text: &Text,
    lexicon: &Lexicon,
    phrases: &[PhraseHit],
    segment: &Segment,
) -> Option<((u32, u32), CueHit)> {
    let clauses = Clauses {
        units: &segment.units,
        tokens: &text.tokens,
        language: &lexicon.language,
    };
    let is_saying = |cue| {
        [Frames::QUOTE, Frames::BARE]
            .iter()
            .any(|&f| lexicon.cues.takes(cue, f))
    };
    let hits = cue::find(segment, &text.tokens, phrases, lexicon);
    hits.into_iter().rev().find_map(|hit| {
        let verb = match hit.part {
            Part::Verb if is_saying(hit.cue?) => hit.unit,
            Part::Noun => (0..hit.unit)
                .rev()
                .find(|&at| matches!(segment.units[at].kind, UnitKind::Verb(_)))?,
            _ => return None,
        };
        let UnitKind::Verb(group) = segment.units[verb].kind else {
            return None;
        };
        let subject = clauses
            .subject(verb)
            .filter(|_| group.finite && !group.passive)?;
        let first = segment.units[subject.start].tokens.0;
        let end = segment.units[subject.end - 1].tokens.1;
        Some(((first, end), hit))
    })
}

fn attribution(
    source: (u32, u32),
    hit: Option<&CueHit>,
    content: (u32, u32),
    segment: usize,
) -> Attribution {
    Attribution {
        source: Some(source),
        cue_tokens: hit.map(|hit| hit.tokens),
        cue: hit.and_then(|hit| hit.cue),
        negated: hit.is_some_and(|hit| hit.group.negated),
        ..Attribution::by_rule("listed", vec![content], segment, 0.8)
    }
}
