//! Who speaks by standing before the words: "Ann Orr, 34, baker: “…”", "From Mayor Ann Orr:" and a block, a colon behind the name of
//! somebody who speaks elsewhere, too.
//!
//! In: the author's segments. Out: the words that name who speaks. Nobody is taken for a speaker because a colon follows: a label
//! is a name, and stands at the start of a paragraph.

use rustc_hash::FxHashSet;

use super::beside::Beside;
use crate::lexicon::{Frames, Lexicon, Part, fold};
use crate::model::{Paragraph, Tag, Token};
use crate::text::{Segment, Text, Unit, UnitKind};

/// A label has this many words and marks at most.
const LONGEST: u32 = 16;

/// `Ann Orr, 34, baker: “…”` and `Ann Orr, baker – “…”`: the name at the start of the paragraph, whose next words, behind a colon or a
/// dash, are the quotation at unit `at`.
pub(super) fn before(
    text: &Text,
    lexicon: &Lexicon,
    speaks: &dyn Fn(&str) -> bool,
    segment: &Segment,
    at: usize,
) -> Option<Beside> {
    let (label, mark) = segment.units.get(..at)?.split_last_chunk::<1>()?;
    let mark = mark[0];
    let opens = paragraph_of(text, label.first()?).tokens.0 == label[0].tokens.0;
    let source = named(text, lexicon, label).filter(|_| opens)?;
    // Before a dash stands a heading as often.
    let last = text.tokens[source.1 as usize - 1].norm.as_str();
    let parts = match mark.kind {
        UnitKind::Colon => true,
        UnitKind::Dash => speaks(last) || looks_like_a_person(text, lexicon, source),
        _ => false,
    };
    if !parts {
        return None;
    }
    Some(Beside {
        rule: "quote-labelled",
        cue: None,
        token: Some(mark.tokens.0),
        source,
    })
}

/// "From the desk of Ann Orr, mayor" in the paragraph before the quotation that opens a paragraph and is unit `at`.
pub(super) fn above(
    text: &Text,
    lexicon: &Lexicon,
    segment: &Segment,
    at: usize,
) -> Option<Beside> {
    let first = segment.units[at].tokens.0;
    let place = text.paragraphs.partition_point(|p| p.tokens.0 < first);
    let opens = text.paragraphs.get(place)?.tokens.0 == first;
    let before = text.paragraphs.get(place.checked_sub(1)?)?;
    let source = sender(text, lexicon, before).filter(|_| opens)?;
    Some(Beside {
        rule: "quote-labelled",
        cue: None,
        token: None,
        source,
    })
}

/// Whom a paragraph that is nothing but "From NAME" names.
pub(super) fn sender(text: &Text, lexicon: &Lexicon, paragraph: &Paragraph) -> Option<(u32, u32)> {
    let at = text
        .segments
        .partition_point(|s| s.span.start() < paragraph.span.start());
    let segment = text.segments.get(at)?;
    let whole = segment.units.last()?.tokens.1 == paragraph.tokens.1;
    let first = segment.units.first()?;
    (whole && is_origin(text, lexicon, first)).then(|| named(text, lexicon, &segment.units))?
}

fn is_origin(text: &Text, lexicon: &Lexicon, unit: &Unit) -> bool {
    let word = text.tokens[unit.tokens.0 as usize].norm.as_str();
    unit.kind == UnitKind::Preposition && lexicon.words.is(word, "origin")
}

/// The name in a label: the first noun phrase, or, behind "from", the first that is a name; no verb stands in it.
fn named(text: &Text, lexicon: &Lexicon, label: &[Unit]) -> Option<(u32, u32)> {
    let (first, last) = (label.first()?, label.last()?);
    let is_name = |unit: &&Unit| {
        unit.kind == UnitKind::Noun
            && (unit.tokens.0..unit.tokens.1)
                .any(|t| matches!(text.tokens[t as usize].tag, Tag::NNP | Tag::NNPS))
    };
    let fits = |unit: &Unit| {
        !matches!(
            unit.kind,
            UnitKind::Verb(_) | UnitKind::Quotation(_) | UnitKind::Semicolon
        )
    };
    if last.tokens.1 - first.tokens.0 > LONGEST || !label.iter().all(fits) {
        return None;
    }
    let found = match is_origin(text, lexicon, first) {
        true => label.iter().find(is_name),
        false => Some(first).filter(is_name),
    };
    found.map(|unit| unit.tokens)
}

fn paragraph_of<'a>(text: &'a Text, unit: &Unit) -> &'a Paragraph {
    let at = text
        .paragraphs
        .partition_point(|p| p.tokens.1 <= unit.tokens.0);
    &text.paragraphs[at]
}

/// Last words of the names that stand beside a verb of saying somewhere in the text: who speaks.
pub(super) fn speakers<'a>(text: &'a Text, lexicon: &Lexicon) -> FxHashSet<&'a str> {
    let mut speakers = FxHashSet::default();
    for segment in &text.segments {
        for (at, unit) in segment.units.iter().enumerate() {
            let word = |token: u32| text.tokens[token as usize].norm.as_str();
            let says = matches!(unit.kind, UnitKind::Verb(_))
                && lexicon
                    .cues
                    .form(Part::Verb, word(unit.head))
                    .is_some_and(|cue| lexicon.cues.takes(cue, Frames::QUOTE));
            if !says {
                continue;
            }
            let sides = [at.checked_sub(1), Some(at + 1)];
            let beside = sides
                .into_iter()
                .flatten()
                .filter_map(|at| segment.units.get(at));
            speakers.extend(
                beside
                    .filter(|unit| unit.kind == UnitKind::Noun)
                    .map(|unit| word(unit.tokens.1 - 1)),
            );
        }
    }
    speakers
}

/// True when the label `range` looks like somebody's name: words that are names alone, a given name or a title first.
pub(super) fn looks_like_a_person(text: &Text, lexicon: &Lexicon, range: (u32, u32)) -> bool {
    let tokens = &text.tokens[range.0 as usize..range.1 as usize];
    let first = tokens.first().map_or("", |token| token.norm.as_str());
    let is_name = |tag: Tag| matches!(tag, Tag::NNP | Tag::NNPS);
    tokens.len() > 1
        && tokens.iter().all(|token| is_name(token.tag))
        && (lexicon.words.given_names.contains(&fold(first))
            || lexicon.words.title_roles.contains_key(first))
}

/// True when the label `range` may stand before what a headline reports: "Poll: voters see Ann Orr ahead", "Town Gazette: …".
pub(super) fn heads(text: &Text, lexicon: &Lexicon, range: (u32, u32)) -> bool {
    let tokens = &text.tokens[range.0 as usize..range.1 as usize];
    let last = tokens.last().map_or("", |token| token.norm.as_str());
    let is_name = |token: &Token| matches!(token.tag, Tag::NNP | Tag::NNPS);
    tokens.iter().all(is_name) || lexicon.words.nominals.contains_key(last)
}
