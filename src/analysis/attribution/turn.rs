//! The turns of a transcript: "SMITH: We left early." paragraph by paragraph.
//!
//! In: the paragraphs. Out: for each that opens with a name and a colon a statement of all behind it, where the same name
//! opens another one as well: a single label and a colon say nothing yet. Paragraphs inside one long quotation that open
//! with no name go on with the turn before them.

use super::Attribution;
use crate::model::{ContentKind, Paragraph, ParagraphKind, Tag};
use crate::text::Text;

/// A speaker's name has this many words at most.
const LONGEST_NAME: u32 = 5;
/// What is said has this many words at least.
const SHORTEST: u32 = 4;
/// Fewer turns are no transcript.
const FEWEST: usize = 3;

/// A paragraph that may be a turn.
struct Turn {
    paragraph: usize,
    name: (u32, u32),
    /// The token of the colon.
    colon: u32,
}

/// Adds the turns to `found`, gives them the quotations that they are, and returns the tokens of their colons, in order.
pub(super) fn find(
    text: &Text,
    found: &mut Vec<Attribution>,
    owner: &mut [Option<usize>],
) -> Vec<u32> {
    let mut turns: Vec<Turn> = text
        .paragraphs
        .iter()
        .enumerate()
        .filter_map(|(at, paragraph)| turn(text, at, paragraph))
        .collect();
    let name = |turn: &Turn| -> Vec<&str> {
        (turn.name.0..turn.name.1)
            .map(|t| text.tokens[t as usize].norm.as_str())
            .collect()
    };
    let mut names: Vec<Vec<&str>> = turns.iter().map(name).collect();
    names.sort_unstable();
    let again = |turn: &Turn| {
        let name = name(turn);
        names.partition_point(|n| *n <= name) - names.partition_point(|n| *n < name) > 1
    };
    turns.retain(again);
    if turns.len() < FEWEST {
        return Vec::new();
    }
    for turn in &turns {
        add(text, turn, found, owner);
    }
    turns.iter().map(|turn| turn.colon).collect()
}

/// "NAME: …" or `“NAME: …`
fn turn(text: &Text, at: usize, paragraph: &Paragraph) -> Option<Turn> {
    let (start, end) = paragraph.tokens;
    let tag = |token: u32| text.tokens[token as usize].tag;
    if start >= end || paragraph.kind == ParagraphKind::Boilerplate {
        return None;
    }
    let first = start + u32::from(tag(start).is_quotation_mark());
    let colon = (first..end.min(first + LONGEST_NAME + 1))
        .find(|&t| text.tokens[t as usize].norm == ":")?;
    let named = (first..colon).all(|t| matches!(tag(t), Tag::NNP | Tag::NNPS | Tag::NN));
    // "Q:" names nobody.
    let named = named && (first..colon).any(|t| text.tokens[t as usize].norm.len() > 1);
    let said = colon + SHORTEST < end && !tag(colon + 1).is_quotation_mark();
    (first < colon && named && said).then_some(Turn {
        paragraph: at,
        name: (first, colon),
        colon,
    })
}

fn add(text: &Text, turn: &Turn, found: &mut Vec<Attribution>, owner: &mut [Option<usize>]) {
    let paragraph = &text.paragraphs[turn.paragraph];
    let segment = text
        .segments
        .partition_point(|s| s.span.start() < paragraph.span.start());
    let (start, end) = paragraph.tokens;
    let mut content = vec![(turn.colon + 1, end)];
    let mut quotations = Vec::new();
    let mut first = text.quotations.partition_point(|q| q.tokens.0 < start);
    if text
        .quotations
        .get(first)
        .is_some_and(|q| q.tokens.0 == start)
    {
        quotations.push(first as u32);
        content[0].1 = text.quotations[first].tokens.1;
        // Paragraphs of the same quotation that open with no name, nor with a bracket.
        let mut last = turn.paragraph;
        while let Some(next) = text.paragraphs.get(last + 1) {
            let behind = text
                .quotations
                .partition_point(|q| q.tokens.0 < next.tokens.0);
            let goes_on = text
                .quotations
                .get(behind)
                .is_some_and(|q| q.tokens.0 == next.tokens.0 && q.continues == Some(first as u32));
            if !goes_on || turn_opens(text, next) {
                break;
            }
            content.push(text.quotations[behind].tokens);
            quotations.push(behind as u32);
            (first, last) = (behind, last + 1);
        }
    }
    for &q in &quotations {
        owner[q as usize] = Some(found.len());
    }
    found.push(Attribution {
        rule: "turn".to_owned(),
        pattern: None,
        source: Some(turn.name),
        source_of: None,
        cue_tokens: Some((turn.colon, turn.colon + 1)),
        cue: None,
        negated: false,
        content,
        quotations,
        addressee: None,
        target: None,
        kind: ContentKind::Direct,
        segment: segment.min(text.segments.len().saturating_sub(1)),
        parent: None,
        confidence: 0.9,
    });
}

/// A name and a colon, or a bracket, open the paragraph behind its mark.
fn turn_opens(text: &Text, paragraph: &Paragraph) -> bool {
    let first = text.tokens.get(paragraph.tokens.0 as usize + 1);
    first.is_none_or(|token| token.tag == Tag::BracketOpen)
        || (paragraph.tokens.0 + 1..paragraph.tokens.1)
            .take(LONGEST_NAME as usize + 1)
            .any(|t| text.tokens[t as usize].norm == ":")
}
